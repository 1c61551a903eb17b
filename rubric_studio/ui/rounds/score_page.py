"""Score: rounds of blind scoring, who is done, and the lead's own part of them. Never what somebody else said."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.round_start import RoundStart
from rubric_studio.services.rounds import Round, reopen, rounds
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.message import Choice, ask
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.missing_words import Missing, missing_for_round
from rubric_studio.ui.rounds.round_words import names_text, tr, unfinished, with_names_apart
from rubric_studio.ui.rounds.rounds_board import RoundsBoard
from rubric_studio.ui.session import Session

if TYPE_CHECKING:
    from rubric_studio.ui.rounds.score_desk import ScoreDesk


class ScorePage(QWidget):
    """Shows what is missing, the rounds, or the part of whoever sits here.

    `session_at_hand` is the project's session, or while she scores her part, the packet's: the undo keys act on it.
    """

    page_requested = Signal(str)
    import_requested = Signal(object)
    compare_requested = Signal(str)
    hand_changed = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "page")
        self._session, self._look = session, look
        self._is_stale = True
        self._missing: Missing | None = None
        self._desk: ScoreDesk | None = None
        self.rounds: tuple[Round, ...] = ()
        self.empty = EmptyState(look, " ", main=" ", link=" ", icon="score")
        self.board = RoundsBoard(look)
        self.list = QWidget()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def session_at_hand(self) -> Session:
        """Whose last action the undo keys take back."""
        own = self._desk.own.session if self._desk is not None else None
        return own if own is not None and self.stack.currentWidget() is not self.list else self._session

    @property
    def desk(self) -> "ScoreDesk | None":
        """What goes out, comes in and is scored here; None where this window has no files for rounds."""
        files = self._session.round_files
        if self._desk is None and files is not None:
            from rubric_studio.ui.rounds.score_desk import ScoreDesk  # when first needed: start is quick

            self._desk = desk = ScoreDesk(self._session, self._look, files, self)
            desk.starting.started.connect(self._on_started)
            desk.sending.sent.connect(self._refresh)
            desk.answers.told.connect(self.board.show_news)
            desk.answers.watching.told.connect(self.board.show_watched)
            desk.answers.watched.connect(self._on_watched)
            desk.review_opened.connect(self._on_review_opened)
            desk.review_left.connect(self._on_review_left)
        return self._desk

    def plan_round(self, start: object) -> None:
        """Open the dialog of a new round, prefilled by a RoundStart."""
        desk = self.desk
        if desk is not None and isinstance(start, RoundStart) and not self._session.store.read_only:
            desk.starting.begin(start)

    def bring_in(self, files: list[Path]) -> None:
        """Take in what colleagues sent; without files ask for them."""
        desk = self.desk
        if desk is None or self._session.store.read_only:
            return
        if files:
            desk.answers.take(files)
        else:
            desk.answers.choose()

    def put_away(self) -> None:
        """Close her packet: the project is about to be closed."""
        if self._desk is not None:
            self._desk.put_away()

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()
        folder = self._session.watched_folder
        if folder and self.rounds and self.desk is not None and self.desk.answers.watching.folder is None:
            self.desk.answers.watch(Path(folder))

    def setFocus(self, *reason: object) -> None:
        """Put the keyboard into what is shown."""
        shown = self.stack.currentWidget()
        if shown is self.list and self.rounds:
            self.board.put_keyboard(self.rounds[-1].id)
        elif shown is self.list:
            self.empty.main_button.setFocus()
        elif shown is not None:
            shown.setFocus()

    # ---- showing

    def _refresh(self) -> None:
        if not self.isVisible():
            self._is_stale = True
            return
        self._is_stale = False
        store = self._session.store
        self.rounds = tuple(with_names_apart(each) for each in rounds(store))
        self.board.setVisible(bool(self.rounds))
        self.empty.setVisible(not self.rounds)
        if not self.rounds:
            self._show_empty()
            return
        desk = self.desk
        sent = {str(each.id): desk.sending.told(each) for each in self.rounds} if desk is not None else {}
        can_write = desk is not None and not store.read_only
        self.board.show_rounds(self.rounds, self._session.author.person, sent, can_write=can_write)

    def _show_empty(self) -> None:
        self._missing = missing = missing_for_round(self._session.store)
        what = tr(
            "In a round several experts score the same answers, each alone; only then you see where you agree."
        )
        can_start = (
            missing is None and self._session.round_files is not None and not self._session.store.read_only
        )
        self.empty.set_sentence(what if missing is None else f"{what} {missing.sentence}")
        self.empty.main_button.setText(tr("Start a round…") if missing is None else missing.button)
        self.empty.main_button.setVisible(can_start or missing is not None)
        self.empty.link_button.setText(tr("Bring answers in…"))
        self.empty.link_button.hide()

    def _on_empty(self) -> None:
        if self._missing is None:
            self._start()
        elif self._missing.page:
            self.page_requested.emit(self._missing.page)
        else:
            self.import_requested.emit(None)

    def _on_session_changed(self, changes: Changes) -> None:
        topics = (Topic.ROUNDS, Topic.PEOPLE, Topic.VERSIONS, Topic.SAMPLES, Topic.ROWS)
        if changes.touches(*topics):
            self._refresh()

    # ---- doing

    def _start(self) -> None:
        if self.desk is not None:
            self.desk.starting.begin()

    def _on_started(self, round: str) -> None:
        self._refresh()
        self.board.put_keyboard(round)

    def _send(self, id: str) -> None:
        if self.desk is not None:
            self.desk.sending.begin(self._round(id))

    def _reopen(self, id: str, person: str) -> None:
        try:
            self._session.announce(reopen(self._session.store, id, person))
        except StudioError as error:
            self._session.failed.emit(error)

    def _ask_to_close(self, id: str) -> None:
        """What is seen stays seen: closing cannot be undone, so it says what becomes of whom."""
        round = self._round(id)
        waiting = unfinished(round)
        said = [
            tr("Everybody's marks become visible to all, and nobody can score this round blind afterwards.")
        ]
        if waiting:
            words = tr("Not finished yet: {names}. What they sent so far counts; what comes later does not.")
            said.insert(0, words.format(names=names_text(waiting)))
        said.append(tr("This cannot be undone."))
        choice = Choice(
            tr("Close {title}?").format(title=round.plan.title),
            "\n\n".join(said),
            tr("Close the round"),
            tr("Not yet"),
            dangerous=bool(waiting),
        )
        ask(self.window(), choice, lambda: self._close(id))

    def _close(self, id: str) -> None:
        author = self._session.author
        job = self._session.background(
            tr("Opening what was sent"), lambda store, _: close_round(store, id, author)
        )
        job.finished.connect(self._session.announce)

    def _round(self, id: str) -> Round:
        return next(each for each in self.rounds if each.id == id)

    # ---- her own part

    def _score(self, id: str) -> None:
        if self.desk is not None:
            self.desk.open_review(self._round(id))

    def _on_review_opened(self, view: QWidget) -> None:
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)
        view.setFocus()
        self.hand_changed.emit()

    def _on_review_left(self, view: QWidget, round: str) -> None:
        self.stack.setCurrentWidget(self.list)
        self.stack.removeWidget(view)
        self.hand_changed.emit()
        self._refresh()
        self.board.put_keyboard(round)

    # ---- a shared folder

    def _on_watched(self, folder: Any) -> None:
        if folder is None:
            self.board.show_watched("")
            self.board.show_news("")
        self._session.watch_folder(str(folder) if folder is not None else "")

    # ---- making

    def _connect(self) -> None:
        board = self.board
        self.empty.main_requested.connect(self._on_empty)
        board.start_requested.connect(self._start)
        board.answers_requested.connect(lambda: self.bring_in([]))
        board.folder_requested.connect(lambda: self.desk and self.desk.answers.choose_folder())
        board.stop_requested.connect(lambda: self.desk and self.desk.answers.watch(None))
        board.score_requested.connect(self._score)
        board.send_requested.connect(self._send)
        board.close_requested.connect(self._ask_to_close)
        board.agreement_requested.connect(lambda _: self.compare_requested.emit("agreement"))
        board.reopen_requested.connect(self._reopen)
        self._session.changed.connect(self._on_session_changed)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        column = QVBoxLayout(self.list)
        column.setContentsMargins(space.wide, space.large, space.wide, space.large)
        column.setSpacing(space.medium)
        column.addWidget(PlainLabel(heading("page.score"), "title"))
        words = tr(
            "Rounds of scoring, each expert alone. You see who is done, never what, until a round is closed."
        )
        column.addWidget(PlainLabel(words, "muted", wrap=True))
        column.addWidget(self.empty, 1)
        column.addWidget(self.board, 1)
        self.stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
