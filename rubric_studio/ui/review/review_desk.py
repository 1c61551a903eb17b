"""The open packet in the window: Score alone, with the strips. All of it goes when the packet is closed."""

from PySide6.QtCore import QObject, QTime, QTimer, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.packet import ANSWERS_ENDING, Packet
from rubric_studio.domain.record import Person
from rubric_studio.services.answers import answer_file, answers_of, hand_in
from rubric_studio.services.own_repeats import own_repeats
from rubric_studio.services.ports import Store
from rubric_studio.services.projects import OpenStore
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.main_window import MainWindow
from rubric_studio.ui.message import show_error
from rubric_studio.ui.notice_bar import NoticeBar
from rubric_studio.ui.review.handing_in import HandingIn, Written
from rubric_studio.ui.review.packet_bar import PacketBar
from rubric_studio.ui.review.return_words import returning_letter
from rubric_studio.ui.review.review_page import ReviewPage
from rubric_studio.ui.review.told_dialog import ToldDialog
from rubric_studio.ui.review.told_reading import told_lines
from rubric_studio.ui.rounds.round_words import packet_title, tr
from rubric_studio.ui.session import Session


class ReviewDesk(QObject):
    """Puts a packet's review page into the window and keeps the strips true; `pause_requested`: enough for today.

    Args:
        session: the packet's; its author is the person whom the packet is for.
        here: who this computer's person is; where that is somebody else, she is told whose marks these are.
    """

    pause_requested = Signal()

    def __init__(
        self,
        window: MainWindow,
        look: Look,
        store: OpenStore,
        session: Session,
        packet: Packet,
        here: Person,
    ) -> None:
        super().__init__(window)
        self.session, self.store, self.packet = session, store, packet
        self._window, self._look = window, look
        session.setParent(self)
        self.page = ReviewPage(session, look)
        self.bar = PacketBar(look, packet)
        self._bars: list[QWidget] = [self.bar]
        self.handing_in = HandingIn(session, look, packet.lead_name, self._hand_in, window, as_file=True)
        self._connect()
        self._place(here)

    @property
    def at_hand(self) -> Session:
        """Whose last action the undo keys take back."""
        return self.session

    def undo(self) -> None:
        """Take back her last mark."""
        self.session.undo()

    def redo(self) -> None:
        """Give the mark again that was taken back last."""
        self.session.redo()

    def close(self) -> None:
        """Take everything of the packet out of the window and close its file; it opens where she was."""
        _put_away(self.page)
        self.session.end()
        for bar in self._bars:
            bar.hide()
            bar.deleteLater()
        self.handing_in.deleteLater()
        self.store.close()
        self.deleteLater()

    def tell_copied(self) -> None:
        """Say that this is a copy, and where it lies."""
        words = tr("You are working in a copy in {folder}. Next time, open it there or from the start page.")
        self._add_bar(NoticeBar(self._look, "folder", words.format(folder=self.store.path.parent)))

    def refresh_strip(self) -> None:
        """Name what can be undone and redone."""
        stacks = self.session.stacks()
        strip, can_write = self._window.action_strip, not self.store.read_only
        strip.set_last_action(stacks.undo[-1].label if stacks.undo and can_write else "")
        strip.set_redo(stacks.redo[-1].label if stacks.redo and can_write else "")

    def _connect(self) -> None:
        strip, session = self._window.action_strip, self.session
        strip.undo_requested.connect(self.undo)
        strip.redo_requested.connect(self.redo)
        session.changed.connect(self.refresh_strip)
        session.acted.connect(self._on_session_acted)
        session.failed.connect(lambda error: show_error(self._window, error))
        self.bar.hand_in_requested.connect(self.handing_in.begin)
        self.bar.told_requested.connect(self._show_told)
        self.page.pause_requested.connect(self.pause_requested)
        self.page.hand_in_requested.connect(self.handing_in.begin)

    def _place(self, here: Person) -> None:
        window, packet = self._window, self.packet
        window.show_body(self.page, is_project=False, is_packet=True)
        window.setWindowTitle(packet_title(packet))
        window.action_strip.set_saved("")
        window.action_strip.show_network(offline=True, can_switch=False)
        window.add_notice(self.bar)
        if self.store.read_only:
            words = tr(
                "Open to read: no mark can be kept here. Copy it to a folder of your own, or close its other window."
            )
            self._add_bar(NoticeBar(self._look, "lock", words))
        elif here.id != packet.expert.person:
            words = tr(
                "This was sent to {name}. On this computer you are {me}; what you mark here counts as {name}'s."
            )
            words = words.format(name=packet.expert.name, me=here.name)
            self._add_bar(NoticeBar(self._look, "person", words))
        self.bar.hand_in_button.setEnabled(not self.store.read_only)
        if own_repeats(self.store).marks:
            self.bar.told_button.show()
        self.refresh_strip()
        self.page.setFocus()

    def _add_bar(self, bar: QWidget) -> None:
        self._bars.append(bar)
        self._window.add_notice(bar)

    def _hand_in(self, finished: bool) -> Job:
        """Write the answer file beside the packet."""
        files, author, packet = self.session.round_files, self.session.author, self.packet
        assert files is not None
        path = self.store.path.with_suffix(ANSWERS_ENDING)

        def work(store: Store, _: Progress) -> Written:
            hand_in(store, author, finished=finished)
            content = answer_file(answers_of(store, finished, author.now()), packet.key)
            files.write_answers(path, content)
            return Written(path, len(content), returning_letter(packet, path.name, finished=finished))

        job = self.session.background(tr("Writing your answers"), work)
        job.finished.connect(self._on_handed_in)
        return job

    def _on_handed_in(self) -> None:
        self.session.announce(Changes(topics=frozenset({Topic.ROUNDS})))

    def _show_told(self) -> None:
        job = self.session.background(
            tr("Looking what was decided"), lambda store, _: (told_lines(store), own_repeats(store))
        )
        job.finished.connect(
            lambda found: ToldDialog(self._look, found[0], self._window, repeats=found[1]).open()
        )

    def _on_session_acted(self) -> None:
        self._window.action_strip.set_saved(QTime.currentTime().toString("HH:mm"))


def _put_away(page: ReviewPage) -> None:
    """Let a review page keep where she is, and look no more into a file that is about to be closed."""
    page.leave()
    page.hide()
    for timer in page.findChildren(QTimer):
        timer.stop()
