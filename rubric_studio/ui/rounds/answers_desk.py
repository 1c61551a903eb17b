"""Bringing answers in: chosen, dropped, or arriving in a shared folder. What may come in, a service decides."""

from collections.abc import Sequence
from functools import reduce
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.changes import Changes
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import Complaint
from rubric_studio.services.answers import TakenIn, take_in
from rubric_studio.services.edits import Author
from rubric_studio.services.ports import Store
from rubric_studio.services.review_sheet import take_in_sheet
from rubric_studio.services.round_files import RoundFiles
from rubric_studio.services.rounds import round_of
from rubric_studio.services.watching import Look as Looked
from rubric_studio.services.watching import Seen, look_into
from rubric_studio.ui.choosing_files import choose_answers, choose_folder
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.rounds.brought_in_dialog import Arrived, BroughtInDialog, arrived_text
from rubric_studio.ui.rounds.packet_forms import SHEET_ENDING
from rubric_studio.ui.rounds.round_words import tr, with_names_apart
from rubric_studio.ui.rounds.watching import Watching
from rubric_studio.ui.session import Session


class AnswersDesk(QObject):
    """`told` carries one quiet line about what arrived by itself; `watched` the folder that is watched now, or None."""

    told = Signal(str)
    watched = Signal(object)

    def __init__(
        self, session: Session, look: Look, files: RoundFiles, window: QWidget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._look, self._files, self._window = session, look, files, window
        self._seen = Seen()
        self.watching = Watching(self._look_into, self)
        self.watching.looked.connect(self._on_looked)

    def choose(self) -> None:
        """Let files be chosen and take them in."""
        choose_answers(self._window, tr("Bring answers in"), self.take)

    def take(self, paths: Sequence[Path], *, without_faulty: bool = False) -> None:
        """Take files in, in the background, and say what came of each; sheets perhaps without faulty cells."""
        files, author = self._files, self._session.author

        def work(store: Store, progress: Progress) -> tuple[Arrived, ...]:
            found: list[Arrived] = []
            for at, path in enumerate(paths):
                progress(at, len(paths), path.name)
                found.append(_taken(files, store, path, author, without_faulty=without_faulty))
            return tuple(found)

        job = self._session.background(tr("Bringing answers in"), work)
        job.finished.connect(self._on_taken)

    def choose_folder(self) -> None:
        """Let a folder be chosen that is watched from now on."""
        first = self.watching.folder or Path.home()
        choose_folder(self._window, tr("Which folder do you share?"), first, self.watch)

    def watch(self, folder: Path | None) -> None:
        """Watch a folder; None stops."""
        self._seen = Seen()
        self.watching.watch(folder)
        self.watched.emit(folder)

    def _on_taken(self, arrived: tuple[Arrived, ...]) -> None:
        self._announce(arrived)
        dialog = BroughtInDialog(self._look, arrived, self._window)
        dialog.rest_requested.connect(lambda paths: self.take(paths, without_faulty=True))
        dialog.open()

    def _announce(self, arrived: Sequence[Arrived]) -> None:
        changes = [each.taken.changes for each in arrived if each.taken is not None]
        whole = reduce(lambda one, other: one | other, changes, Changes())
        if whole.topics:
            self._session.announce(whole)

    def _look_into(self, folder: Path) -> Job:
        files, seen, author = self._files, self._seen, self._session.author

        def work(store: Store, progress: Progress) -> Looked:
            found = look_into(store, files, folder, seen, author.standing_in_for, progress)
            return found._replace(taken=tuple(_told_apart(store, each) for each in found.taken))

        return self._session.background(tr("Looking into the shared folder"), work, tells=False)

    def _on_looked(self, found: Looked) -> None:
        self._seen = found.seen
        self._announce([Arrived(Path(), taken) for taken in found.taken])
        said = [arrived_text(taken) for taken in found.taken if not taken.was_known]
        said += [f"{error.place or error.title}: {error.message}" for error in found.complaints]
        if said:
            self.told.emit("\n".join(said))


def _taken(files: RoundFiles, store: Store, path: Path, author: Author, *, without_faulty: bool) -> Arrived:
    try:
        if path.suffix.lower() != SHEET_ENDING:
            return Arrived(path, _told_apart(store, take_in(store, files.read_answers(path), path.name)))
        sheet = take_in_sheet(
            store, files, files.read_sheet(path), author.standing_in_for, without_faulty=without_faulty
        )
    except StudioError as error:
        return Arrived(path, error=error)
    taken = _told_apart(store, sheet.taken) if sheet.taken is not None else None
    return Arrived(path, taken, complaints=tuple(_complaint_text(each) for each in sheet.complaints))


def _told_apart(store: Store, taken: TakenIn) -> TakenIn:
    """Two people of one name are told apart as on the cards of their round."""
    names = {each.person: each.name for each in with_names_apart(round_of(store, taken.round)).progress}
    return taken._replace(name=names.get(taken.person, taken.name))


def _complaint_text(complaint: Complaint) -> str:
    words = " ".join(each for each in (complaint.message, complaint.hint) if each)
    return tr("Cell {cell}: {what}").format(cell=complaint.cell, what=words) if complaint.cell else words
