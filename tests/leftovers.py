"""What is alive in this process: threads, child processes and top-level widgets, before and after a test."""

import gc
import sys
import threading
import time
from multiprocessing import active_children, resource_tracker
from pathlib import Path
from typing import Any, NamedTuple

GRACE = 3.0  # seconds in which a thread or a process may still come to its end


class Alive(NamedTuple):
    """The threads, child processes and parentless widgets of one moment."""

    threads: frozenset[threading.Thread]
    processes: frozenset[int]
    widgets: frozenset[int]

    @classmethod
    def now(cls) -> "Alive":
        """Look around."""
        return cls(_threads(), _processes(), frozenset(_widgets()))

    def leftovers(self, grace: float = GRACE) -> list[str]:
        """Name what has come since and does not go within the grace."""
        self._let_widgets_go()
        until = time.monotonic() + grace
        while (found := self._new()) and time.monotonic() < until:
            time.sleep(0.01)
        return found

    def _new(self) -> list[str]:
        threads = [f"thread {thread.name}" for thread in _threads() - self.threads]
        processes = [f"process {number}: {_command(number)}" for number in _processes() - self.processes]
        widgets = [f"widget {name}" for address, name in _widgets().items() if address not in self.widgets]
        return threads + processes + widgets + _pool_threads()

    def _let_widgets_go(self) -> None:
        if _application() is None:
            return
        from PySide6.QtCore import QCoreApplication, QEvent

        # Outside an event loop Qt keeps what deleteLater() was called on until it is told.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if set(_widgets()) - self.widgets:
            gc.collect()  # a widget in a reference circle goes only now
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _threads() -> frozenset[threading.Thread]:
    # A thread of Qt's that once ran Python stays in this list as a dummy after it has ended.
    return frozenset(each for each in threading.enumerate() if not isinstance(each, threading._DummyThread))


def _processes() -> frozenset[int]:
    children = {child.pid for child in active_children() if child.pid}
    if sys.platform == "linux":
        lists = Path("/proc/self/task").glob("*/children")
        children |= {int(number) for each in lists for number in _read(each).split()}
    # Python's own helper, started once with the first spawned process, lives as long as this process.
    return frozenset(children - {getattr(resource_tracker._resource_tracker, "_pid", None)})


def _command(number: int) -> str:
    return _read(Path(f"/proc/{number}/cmdline")).replace("\0", " ").strip() or "(ended, not waited for)"


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the thread or process has ended meanwhile
        return ""


def _widgets() -> dict[int, str]:
    application = _application()
    if application is None:
        return {}
    from shiboken6 import Shiboken

    alone = [widget for widget in application.topLevelWidgets() if widget.parent() is None]
    return {Shiboken.getCppPointer(widget)[0]: _widget_name(widget) for widget in alone}


def _widget_name(widget: Any) -> str:
    return " ".join(filter(None, [type(widget).__name__, widget.objectName(), repr(widget.windowTitle())]))


def _pool_threads() -> list[str]:
    if _application() is None:
        return []
    from PySide6.QtCore import QThreadPool

    busy = QThreadPool.globalInstance().activeThreadCount()
    return [f"{busy} busy threads of Qt's pool"] if busy else []


def _application() -> Any:
    """Return the QApplication; importing Qt only to find none would slow every test without a window."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.instance() if widgets else None
