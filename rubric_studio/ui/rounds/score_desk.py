"""What the Score page does besides showing: rounds start, files go out and come in, her own part opens and closes."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.services.person_names import person_name
from rubric_studio.services.round_files import RoundFiles
from rubric_studio.services.rounds import Round
from rubric_studio.ui.look import Look
from rubric_studio.ui.message import show_error
from rubric_studio.ui.review.handing_in import HandingIn
from rubric_studio.ui.rounds.answers_desk import AnswersDesk
from rubric_studio.ui.rounds.own_part import OwnPart
from rubric_studio.ui.rounds.own_view import OwnView
from rubric_studio.ui.rounds.round_sending import RoundSending
from rubric_studio.ui.rounds.round_starting import RoundStarting
from rubric_studio.ui.session import Session


class ScoreDesk(QObject):
    """`review_opened` and `review_left` carry the view of her own part, the latter with the round's id."""

    review_opened = Signal(object)
    review_left = Signal(object, str)

    def __init__(self, session: Session, look: Look, files: RoundFiles, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._look, self._window = session, look, window
        self.starting = RoundStarting(session, look, window)
        self.sending = RoundSending(session, look, files, window)
        self.answers = AnswersDesk(session, look, files, window, self)
        self.own = OwnPart(session, files, self)
        self.view: OwnView | None = None
        self._round: Round | None = None
        self._handing_in: HandingIn | None = None
        self.own.opened.connect(self._on_opened)
        self.own.left.connect(self._on_left)
        self.own.failed.connect(lambda error: show_error(window, error))

    def open_review(self, round: Round) -> None:
        """Open her part of a round."""
        if self.own.session is None:
            self._round = round
            self.own.open(round)

    def put_away(self) -> None:
        """Close her part at once; no folder is watched any more."""
        self.answers.watching.watch(None)
        if self.view is not None:
            self.view.leave()
        self.own.put_away()

    def _leave(self) -> None:
        if self.view is not None:
            self.view.leave()
            self.own.leave()

    def _hand_in(self) -> None:
        if self._handing_in is not None:
            self._handing_in.begin()

    def _on_opened(self, session: Session) -> None:
        assert self._round is not None
        self.view = view = OwnView(session, self._look, self._round.plan.title)
        lead = person_name(session.store, self._round.plan.lead)
        whom = lead if self._round.plan.lead != session.author.person else ""
        self._handing_in = HandingIn(session, self._look, whom, self.own.hand_in, self._window, as_file=False)
        session.acted.connect(self._session.acted)
        session.changed.connect(self._window.hand_changed)  # type: ignore[attr-defined]
        view.left.connect(self._leave)
        view.hand_in_requested.connect(self._hand_in)
        self.review_opened.emit(view)

    def _on_left(self) -> None:
        view, round, self.view = self.view, self._round, None
        if self._handing_in is not None:
            self._handing_in.deleteLater()
            self._handing_in = None
        if view is not None and round is not None:
            self.review_left.emit(view, round.id)
            view.deleteLater()
