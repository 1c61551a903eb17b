"""Saving the draft as a version: counts marks under old words first, asks, then saves. Shows only the dialog."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.edits import SaveVersion
from rubric_studio.services.ports import Store
from rubric_studio.services.reworded_marks import reworded_marks
from rubric_studio.services.versions import Reworded, newest_version
from rubric_studio.ui.guide.save_dialog import SaveChoice, SaveDialog
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session


class Saving(QObject):
    """One save at a time."""

    def __init__(self, session: Session, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._look, self._window = session, look, window
        self._is_busy = False

    def begin(self) -> None:
        """Ask what must be asked and save."""
        if self._is_busy:
            return
        self._is_busy = True
        rubric = self._session.draft
        store = self._session.store
        has_marks = store.counts().expert_verdicts > 0 or bool(store.judges())
        if has_marks and any(criterion.is_judged for criterion in rubric.criteria()):
            self._count(rubric)
        else:
            self._ask(rubric, [])

    def _count(self, rubric: Rubric) -> None:
        """Find out in the background which marks were given under other words."""

        def work(store: Store, progress: Progress) -> list[tuple[Reworded, int]]:
            return reworded_marks(store, rubric, progress)

        job = self._session.background(self.tr("Counting marks under the old words"), work)
        job.finished.connect(lambda found: self._ask(rubric, found))
        job.failed.connect(self._on_given_up)
        job.cancelled.connect(self._on_given_up)

    def _ask(self, rubric: Rubric, found: Sequence[tuple[Reworded, int]]) -> None:
        newest = newest_version(self._session.store)
        number = newest.number + 1 if newest else 1
        dialog = SaveDialog(self._look, number, found, self._window)
        dialog.chosen.connect(lambda choice: self._save(rubric, number, choice))
        dialog.finished.connect(self._on_given_up)
        dialog.open()
        dialog.note.setFocus()

    def _save(self, rubric: Rubric, number: int, choice: SaveChoice) -> None:
        edit = SaveVersion(rubric=rubric, number=number, note=choice.note, same_meaning=choice.same_meaning)
        self._session.perform(edit)

    def _on_given_up(self) -> None:
        self._is_busy = False
