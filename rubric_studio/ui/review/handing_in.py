"""Handing in from the review page: first how far she is, then her word. Where it goes to is another's business."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from rubric_studio.services.handing_in import progress_of
from rubric_studio.ui.jobs import Job
from rubric_studio.ui.look import Look
from rubric_studio.ui.review.hand_in_dialog import HandInDialog
from rubric_studio.ui.session import Session


class Written(NamedTuple):
    """The file that she sends back, and the words of the e-mail."""

    path: Path
    size: int
    letter: str


class HandingIn(QObject):
    """`hand_in(finished)` does it in the background; its job ends with `Written` where a file is to be sent."""

    def __init__(
        self,
        session: Session,
        look: Look,
        lead: str,
        hand_in: Callable[[bool], Job],
        window: QWidget,
        *,
        as_file: bool,
    ) -> None:
        super().__init__(window)
        self._session, self._look, self._lead = session, look, lead
        self._hand_in, self._window, self._as_file = hand_in, window, as_file
        self.dialog: HandInDialog | None = None

    def begin(self) -> None:
        """Look how far she is and ask."""
        if self.dialog is not None:
            return
        job = self._session.background(
            self.tr("Counting what is scored"), lambda store, _: progress_of(store)
        )
        job.finished.connect(lambda far: self._ask(far.done, far.total))

    def _ask(self, done: int, total: int) -> None:
        dialog = HandInDialog(self._look, done, total, self._lead, as_file=self._as_file, parent=self._window)
        self.dialog = dialog
        dialog.chosen.connect(self._on_chosen)
        dialog.folder_requested.connect(show_in_folder)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_chosen(self, finished: bool) -> None:
        job = self._hand_in(finished)
        job.finished.connect(self._on_handed_in)
        job.failed.connect(self._on_failed)

    def _on_handed_in(self, written: object) -> None:
        if self.dialog is not None and isinstance(written, Written):
            self.dialog.show_written(*written)

    def _on_failed(self) -> None:
        """The session tells why; she may choose again."""
        if self.dialog is not None:
            self.dialog.reject()

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def show_in_folder(path: Path) -> None:
    """Open the folder in which a file lies, as this system does."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
