"""Blind scoring inside the project: whoever sits here has a packet of her own, and what she says is sealed too.

The packet lies on this computer. What is in it goes into the project sealed, as a colleague's answers do: when
she leaves it and when she hands in.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.changes import Changes
from rubric_studio.domain.errors import StudioError, Unreadable
from rubric_studio.domain.packet import PACKET_SUBJECT
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.answers import TakenIn, answer_file, answers_of, hand_in, take_in
from rubric_studio.services.edits import Author
from rubric_studio.services.handing_in import the_packet
from rubric_studio.services.own_packet import fill_own_packet
from rubric_studio.services.ports import Store
from rubric_studio.services.projects import OpenStore
from rubric_studio.services.reviewing import finished_subjects
from rubric_studio.services.round_files import RoundFiles
from rubric_studio.services.rounds import Round
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.session import Session

DAMAGED = ".damaged"


class OwnPart(QObject):
    """At most one packet is open at a time. `opened` carries its Session; `left` tells that it is closed."""

    opened = Signal(object)
    failed = Signal(object)
    left = Signal()

    def __init__(self, session: Session, files: RoundFiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project, self._files = session, files
        self._store: OpenStore | None = None
        self._sealed = self._sealing = ""
        self._is_busy = False
        self.session: Session | None = None

    def open(self, round: Round) -> None:
        """Open the packet of whoever sits here; where it is not there or damaged it is made first."""
        if self.session is not None or self._is_busy:
            return
        files, person, now = self._files, self._project.author.person, self._project.author.now()
        path = files.own_packet(round.id, person)
        is_there = path.exists()
        if is_there and self._open_file(path):
            return

        def make(store: Store, _: Progress) -> Path:
            if is_there:  # damaged: what was sealed of it is in the project
                path.replace(path.with_name(path.name + DAMAGED))
            path.parent.mkdir(parents=True, exist_ok=True)
            files.make_packet(path, fill_own_packet(store, round.id, person, now))
            return path

        self._is_busy = True
        job = self._project.background(self.tr("Laying out your part"), make)
        job.finished.connect(self._open_file)
        job.ended.connect(self._on_making_ended)

    def hand_in(self, finished: bool) -> Job:
        """Say that her part may go, and seal it into the project; the job ends with nothing to show."""
        assert self._store is not None
        sibling, author = self._store.sibling, self._project.author

        def work(store: Store, _: Progress) -> tuple[Changes, TakenIn]:
            packet = sibling()
            try:
                changes = hand_in(packet, author, finished=finished)
                return changes, _seal(store, packet, author, finished=finished)
            finally:
                packet.close()

        job = self._project.background(self.tr("Handing in"), work)
        job.finished.connect(self._on_handed_in)
        return job

    def leave(self) -> None:
        """Seal what is new, then close the packet; `left` tells when that is done."""
        if self._store is None or self._is_busy:
            return
        if not self._has_news(self._store):
            self._close()
            return
        sibling, author = self._store.sibling, self._project.author

        def work(store: Store, _: Progress) -> TakenIn:
            packet = sibling()
            try:
                return _seal(store, packet, author, finished=bool(finished_subjects(packet)))
            finally:
                packet.close()

        self._is_busy, self._sealing = True, _newest_edit(self._store)
        job = self._project.background(self.tr("Keeping your part"), work)
        job.finished.connect(self._on_sealed)
        job.ended.connect(self._on_sealing_ended)

    def put_away(self) -> None:
        """Seal and close at once: the project is about to be closed, and nothing runs any more."""
        if self._store is None:
            return
        try:
            if self._has_news(self._store):
                done = bool(finished_subjects(self._store))
                _seal(self._project.store, self._store, self._project.author, finished=done)
        except StudioError as error:
            self.failed.emit(error)
        finally:
            self._close()

    def _has_news(self, store: Store) -> bool:
        return _newest_edit(store) != self._sealed and not self._project.store.read_only

    def _open_file(self, path: Path) -> bool:
        """Open her packet; False where it is of no use any more, and has to be made again."""
        try:
            self._store = store = self._files.open_packet(path, "")
        except Unreadable:
            return False
        except StudioError as error:
            self.failed.emit(error)
            return True
        self._sealed = _packing_edit(store)  # what was said before a crash is not sealed yet
        project = self._project
        self.session = session = Session(
            store,
            store.sibling,
            project.author,
            project.jobs,
            project.executor,
            own_code=project.own_code,
            rounds=project.round_files,
            parent=self,
        )
        session.failed.connect(project.failed)
        self.opened.emit(session)
        return True

    def _close(self) -> None:
        store, session = self._store, self.session
        if store is None or session is None:
            return
        self._store, self.session, self._sealed = None, None, ""
        self.left.emit()  # whoever shows it lets go of it before the file is closed
        session.end()
        session.deleteLater()
        store.close()

    def _on_making_ended(self) -> None:
        self._is_busy = False

    def _on_sealed(self, taken: TakenIn) -> None:
        self._sealed = self._sealing
        self._project.announce(taken.changes)

    def _on_sealing_ended(self) -> None:
        """Close, once what was said while it was sealed is sealed too; what cannot be sealed now stays in the file."""
        self._is_busy = False
        if self._store is not None and self._sealed == self._sealing != _newest_edit(self._store):
            self.leave()
        else:
            self._close()

    def _on_handed_in(self, done: tuple[Changes, TakenIn]) -> None:
        changes, taken = done
        if self.session is not None and self._store is not None:
            self._sealed = _newest_edit(self._store)
            self.session.announce(changes)
        self._project.announce(taken.changes)


def _seal(store: Store, packet_store: Store, author: Author, *, finished: bool) -> TakenIn:
    packet = the_packet(packet_store)
    answers = answers_of(packet_store, finished, author.now())
    return take_in(store, answer_file(answers, packet.key), packet.title)


def _packing_edit(store: Store) -> str:
    """The id of the edit that made the packet."""
    heads = store.heads(RecordKind.PACKET, subjects=[PACKET_SUBJECT])
    return heads[-1].edit if heads else ""


def _newest_edit(store: Store) -> str:
    """The id of the newest edit: whether anything was said since."""
    newest = store.edits(newest=1)
    return newest[0].id if newest else ""
