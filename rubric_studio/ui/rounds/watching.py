"""Looks into a shared folder every now and then, so that answers appear as they arrive. It draws nothing."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTime, QTimer, Signal

from rubric_studio.ui.jobs import Job

LOOK_MS = 20_000
Look = Callable[[Path], Job]
"""Looks into the folder in the background; the job ends with what was found there."""


class Watching(QObject):
    """`looked` carries what a look found; `told` says where and when it looked last, or why it could not."""

    looked = Signal(object)
    told = Signal(str)

    def __init__(self, look: Look, parent: QObject | None = None, interval: int = LOOK_MS) -> None:
        super().__init__(parent)
        self._look = look
        self._job: Job | None = None
        self.folder: Path | None = None
        self._looked_into: Path | None = None
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(self.look_now)

    def watch(self, folder: Path | None) -> None:
        """Watch another folder, beginning now; None watches none."""
        self.folder = folder
        if folder is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look_now()

    def look_now(self) -> None:
        """Look, unless the last look is still under way."""
        if self.folder is None or self._job is not None:
            return
        self._looked_into = self.folder
        self._job = job = self._look(self.folder)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)

    def _on_finished(self, found: object) -> None:
        if self.folder is not None:
            self.looked.emit(found)
        if self.folder is not None and self.folder == self._looked_into:
            words = self.tr("Watching {folder}: last looked {time}")
            time = QTime.currentTime().toString("HH:mm")
            self.told.emit(words.format(folder=self.folder.name, time=time))

    def _on_failed(self, error: BaseException) -> None:
        if self.folder is not None and self.folder == self._looked_into:
            words = self.tr("Watching {folder}: it cannot be looked into just now. {why}")
            why = getattr(error, "message", str(error))
            self.told.emit(words.format(folder=self.folder.name, why=why))

    def _on_ended(self) -> None:
        self._job = None
        if self.folder != self._looked_into:
            self.look_now()
