"""Sending a round out: asks for whom and where, writes the files in the background, remembers what went out."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.services.ports import Store
from rubric_studio.services.round_files import RoundFiles
from rubric_studio.services.rounds import Round
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.review.handing_in import show_in_folder
from rubric_studio.ui.rounds.packet_files import Outgoing, write_packets
from rubric_studio.ui.rounds.packet_forms import packet_forms
from rubric_studio.ui.rounds.round_words import size_text, tr
from rubric_studio.ui.rounds.send_dialog import SendChoice, SendDialog
from rubric_studio.ui.session import Session


class RoundSending(QObject):
    """`sent` tells that files were written."""

    sent = Signal()

    def __init__(self, session: Session, look: Look, files: RoundFiles, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._look, self._files, self._window = session, look, files, window
        self._job: Job | None = None
        self.dialog: SendDialog | None = None

    def begin(self, round: Round) -> None:
        """Ask for whom, in which form and where."""
        if self.dialog is not None:
            return
        me = self._session.author.person
        people = [each for each in round.progress if each.person != me]
        self.dialog = dialog = SendDialog(
            self._look, round.plan.title, people, packet_forms(), self._folder(), self._window
        )
        dialog.wanted.connect(lambda choice: self._write(round, choice))
        dialog.stopped.connect(self._stop)
        dialog.folder_requested.connect(show_in_folder)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def told(self, round: Round) -> dict[str, str]:
        """What went out of a round, by person: how large and when."""
        kept: Any = self._session.store.kept_place(_place(round.id))
        known = kept if isinstance(kept, dict) else {}
        words = tr("packet {size}, {day}")
        return {
            person: words.format(size=size_text(int(each["size"])), day=day_text(str(each["at"])))
            for person, each in known.items()
        }

    def _write(self, round: Round, choice: SendChoice) -> None:
        files, now = self._files, self._session.author.now()

        def work(store: Store, progress: Progress) -> tuple[Outgoing, ...]:
            return write_packets(files, store, round, choice, now, progress)

        job = self._session.background(
            tr("Writing the packets of {title}").format(title=round.plan.title), work
        )
        job.progressed.connect(self._on_progressed)
        job.delivered.connect(lambda written: self._on_written(round, written))
        done = tr("Each file goes to one person only. Here are words for the e-mail.")
        job.finished.connect(lambda _: self._tell(done))
        job.failed.connect(lambda _: self._tell(tr("Not all files could be written.")))
        job.cancelled.connect(self.sent)
        self._job = job
        self._session.send_packets_to(str(choice.folder))

    def _on_progressed(self, done: int, total: int, name: str) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(done, total, name)

    def _on_written(self, round: Round, written: list[Outgoing]) -> None:
        store, now = self._session.store, self._session.author.now()
        kept: Any = store.kept_place(_place(round.id))
        known = dict(kept) if isinstance(kept, dict) else {}
        for each in written:
            known[each.person] = {"size": each.size, "at": now}
            if self.dialog is not None:
                self.dialog.add_written(each)
        store.keep_place(_place(round.id), known)
        self.sent.emit()

    def _tell(self, words: str) -> None:
        self._job = None
        if self.dialog is not None:
            self.dialog.show_done(words)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _folder(self) -> Path:
        """Where files went last, else the documents of whoever sits here."""
        last = self._session.packets_folder
        if last and Path(last).is_dir():
            return Path(last)
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _place(round: str) -> str:
    return f"rounds.sent/{round}"
