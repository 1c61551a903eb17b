"""A whole window on real project files in a temporary folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rubric_studio import wiring
from rubric_studio.domain.record import Person
from rubric_studio.store.keeper import Keeper
from rubric_studio.store.preferences_file import PreferencesFile
from rubric_studio.ui.look import Look
from rubric_studio.ui.menu_answers import MenuAnswers
from rubric_studio.ui.preferences import Preferences
from rubric_studio.ui.shell import Shell
from rubric_studio.ui.undo_keys import UndoKeys
from rubric_studio.ui.workplace import Workplace


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    """The keeper of project files, with its folders below the test's."""
    return Keeper(wiring.SystemClock(), tmp_path / "backups", tmp_path / "copies")


@pytest.fixture
def anna() -> Person:
    """The person at the keyboard."""
    return wiring.new_person("Anna Example")


@pytest.fixture
def project(tmp_path: Path, keeper: Keeper) -> Path:
    """An empty project that nobody has open."""
    path = tmp_path / "Tax.rubric"
    keeper.create(path, "").close()
    return path


@pytest.fixture
def workplace(tmp_path: Path, keeper: Keeper) -> Workplace:
    """What the window is handed: real files, real workers, no preferences yet."""

    def example() -> Path:
        path = tmp_path / "Example.rubric"
        wiring.make_example(path)
        return path

    return Workplace(
        projects=keeper,
        preferences=PreferencesFile(tmp_path / "config" / "preferences.json"),
        example=example,
        new_person=wiring.new_person,
        author=wiring.author,
        executor=wiring.workers(1),
        bundles=wiring.bundles(),
        reading=wiring.file_reading(),
        rounds=wiring.round_files(),
    )


@pytest.fixture
def shell(look: Look, workplace: Workplace, qapp: QApplication, qtbot) -> Iterator[Shell]:
    """A window that nobody has introduced herself to yet, not started."""
    keys = UndoKeys(qapp)
    shell = Shell(look, workplace, QGuiApplication.styleHints())
    MenuAnswers(shell)
    shell.window.show()
    yield shell
    shell.window.close_now()
    shell.shut_down()
    keys.deleteLater()


@pytest.fixture
def known(shell: Shell, anna: Person) -> Shell:
    """A window that knows Anna."""
    shell.preferred.use(Preferences(person=anna, tours_seen=("example", "own")))
    return shell


@pytest.fixture
def opened(known: Shell, project: Path, qtbot) -> Shell:
    """A window with an empty project open."""
    known.start(project)
    qtbot.waitUntil(lambda: known.desk is not None)
    qtbot.waitUntil(lambda: not known.jobs.running)
    return known


Press = Callable[[str], None]


@pytest.fixture
def answer(shell: Shell, qtbot) -> Press:
    """Press a button by its words in the message box that is open."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    def pressed(words: str) -> None:
        qtbot.waitUntil(lambda: any(box.isVisible() for box in shell.window.findChildren(QMessageBox)))
        box = next(box for box in shell.window.findChildren(QMessageBox) if box.isVisible())
        button = next(button for button in box.buttons() if button.text().replace("&", "") == words)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return pressed
