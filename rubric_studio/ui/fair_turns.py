"""While work runs in the background the window gets its turn soon: nothing holds the interpreter for long.

Two things would hold it longer than a frame. A thread keeps it for 5 ms before it hands it over, and one event of the
window asks for it several times. And once a million values have been made, Python's collector looks through all of
them in one step of a second, in whichever thread it happens to be.
"""

import gc
import sys

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

USUAL_SECONDS = sys.getswitchinterval()
SHORT_SECONDS = 0.001

USUAL_THRESHOLDS = gc.get_threshold()
NEVER = 2**31 - 1
"""A C int: so many looks at young values would come before one at all of them."""

CALM_MS = 30_000


class FairTurns(QObject):
    """Young values are looked through as ever; all of them only while the person works elsewhere.

    Little goes unseen until then: what jobs make - rows, plans, boards - refers to nothing in a circle and goes
    when nobody holds it any more.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        young, middle, _ = USUAL_THRESHOLDS
        gc.set_threshold(young, middle, NEVER)
        self._is_busy = False
        self._calm = QTimer(self, interval=CALM_MS)
        self._calm.timeout.connect(self._on_calm_timeout)
        self._calm.start()

    def set_busy(self, busy: bool) -> None:
        """Say whether work runs: then the interpreter is handed over more often."""
        self._is_busy = busy
        sys.setswitchinterval(SHORT_SECONDS if busy else USUAL_SECONDS)

    def end(self) -> None:
        """Leave everything to Python again."""
        self._calm.stop()
        self.set_busy(False)
        gc.set_threshold(*USUAL_THRESHOLDS)

    def look_through(self) -> None:
        """Let go of all that only circles still hold."""
        if gc.get_count()[2]:
            gc.collect()

    def _on_calm_timeout(self) -> None:
        is_used = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if not is_used and not self._is_busy:
            self.look_through()
