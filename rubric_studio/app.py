"""Starts the window: the application, its look, the real parts. Whatever is slow to import comes when it is shown."""

import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rubric_studio import wiring
from rubric_studio.ui.garbage import GarbageOnThisThread
from rubric_studio.ui.look import Look
from rubric_studio.ui.menu_answers import MenuAnswers
from rubric_studio.ui.shell import Shell
from rubric_studio.ui.undo_keys import UndoKeys
from rubric_studio.ui.workplace import Workplace

NAME = "Rubric Studio"
STARTED_MS = 1000
"""By then the first page is there, and garbage is collected: `cli.py` leaves it alone at start."""

log = logging.getLogger(__name__)


def run_window(path: Path | None, *, demo: bool) -> int:
    """Open the window, on a project, on a fresh example or on the start page; return the exit code."""
    application = _application()
    UndoKeys(application)
    shell = Shell(Look(application), _workplace(), QGuiApplication.styleHints())
    MenuAnswers(shell)
    shell.start(path, demo=demo)
    shell.window.show()
    QTimer.singleShot(STARTED_MS, partial(GarbageOnThisThread, application))
    usual, sys.excepthook = sys.excepthook, _telling(shell)
    try:
        return application.exec()
    finally:
        sys.excepthook = usual
        shell.shut_down()


def snapshot(path: Path, directory: Path) -> list[Path]:
    """Write a PNG of every page of a project, without a screen; return what was written.

    The pictures are of a copy: a page may measure what is not measured yet, and the project stays as it is.

    Raises:
        StudioError: the project cannot be opened, or the folder cannot be written to.
    """
    from rubric_studio.ui.snapshot import take_snapshots

    application = _application()
    workplace = _workplace()
    try:
        with TemporaryDirectory(prefix="rubric-studio-") as folder:
            copy = Path(folder) / path.name
            wiring.copy_project(path, copy)
            return take_snapshots(application, workplace, copy, directory)
    finally:
        workplace.executor.shutdown(wait=True, cancel_futures=True)


def _telling(shell: Shell) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """A mistake of ours in a slot must reach the person at the screen: Qt would go on as if nothing were."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("A slot broke", exc_info=(kind, error, trace))
        shell.show_error(error)

    return tell


def _application() -> QApplication:
    # pyqtgraph reads this when it is imported, which is when the Results page is first shown.
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setApplicationDisplayName(NAME)
    return application


def _workplace() -> Workplace:
    return Workplace(
        projects=wiring.keeper(),
        preferences=wiring.preferences_file(),
        example=wiring.open_example,
        new_person=wiring.new_person,
        author=wiring.author,
        executor=wiring.workers(),
        bundles=wiring.bundles(),
        reading=wiring.file_reading(),
        guides=wiring.guide_files(),
        own_code=wiring.own_code(),
        models=wiring.models(),
        rounds=wiring.round_files(),
    )
