"""One round as a card: what is fixed, how far everybody is, and what can be done next. It does nothing itself."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.services.rounds import ExpertProgress, Round
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.expert_line import ExpertLine
from rubric_studio.ui.rounds.round_words import more_facts, round_facts, tr


class RoundCard(QFrame):
    """Each wish carries the round's id. `me` is who sits at the keyboard, `sent` says what went out, by person."""

    score_requested = Signal(str)
    send_requested = Signal(str)
    close_requested = Signal(str)
    agreement_requested = Signal(str)
    reopen_requested = Signal(str, str)

    def __init__(
        self,
        look: Look,
        round: Round,
        me: str,
        sent: Mapping[str, str],
        *,
        can_write: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.round = round
        dress(self, "card")
        self.setAccessibleName(round.plan.title)
        own = next((each for each in round.progress if each.person == me), None)
        self.score_button = QPushButton(_score_text(own))
        self.send_button = QPushButton(tr("Send the packets…"))
        self.close_button = QPushButton(tr("Close the round…"))
        self.agreement_button = QPushButton(tr("See where you agree"))
        self.lines = [
            ExpertLine(
                look,
                each,
                is_me=each.person == me,
                is_closed=round.is_closed,
                sent=sent.get(each.person, ""),
                marks=len(round.counted.get(each.person, ())),
            )
            for each in round.progress
        ]
        self.hint = PlainLabel(_hint(round, own), "muted", wrap=True)
        self._connect()
        self._show_buttons(own, can_write=can_write)
        self._lay_out(look)

    def _connect(self) -> None:
        id = self.round.id
        self.score_button.clicked.connect(lambda: self.score_requested.emit(id))
        self.send_button.clicked.connect(lambda: self.send_requested.emit(id))
        self.close_button.clicked.connect(lambda: self.close_requested.emit(id))
        self.agreement_button.clicked.connect(lambda: self.agreement_requested.emit(id))
        for line in self.lines:
            line.reopen_requested.connect(lambda person: self.reopen_requested.emit(id, person))

    def _show_buttons(self, own: ExpertProgress | None, *, can_write: bool) -> None:
        is_open = can_write and not self.round.is_closed
        others = len(self.round.progress) - (own is not None)
        self.score_button.setVisible(is_open and own is not None)
        self.send_button.setVisible(is_open and others > 0)
        self.close_button.setVisible(is_open)
        self.agreement_button.setVisible(self.round.is_closed)
        for line in self.lines:
            line.reopen_button.setVisible(can_write and not line.reopen_button.isHidden())
        first = self._first_button(own, is_sent=all(line.sent.text() or line.is_there for line in self.lines))
        if first is not None:
            dress(first, "primary")

    def _first_button(self, own: ExpertProgress | None, *, is_sent: bool) -> QPushButton | None:
        """What is most likely wanted next."""
        if self.round.is_closed:
            return self.agreement_button
        if self.round.is_done:
            return self.close_button
        is_own_open = own is not None and not own.finished
        return self.score_button if is_own_open and is_sent else self.send_button

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(PlainLabel(self.round.plan.title, "strong", wrap=True), 1)
        state = tr("Closed") if self.round.is_closed else tr("Open")
        head.addWidget(PlainLabel(state, "chip"), 0, Qt.AlignmentFlag.AlignTop)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=space.small)
        for button in (self.score_button, self.send_button, self.close_button, self.agreement_button):
            flow.addWidget(button)
        more = PlainLabel(more_facts(self.round.plan), "caption", wrap=True)
        more.setVisible(bool(more.text()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.large, space.medium, space.large, space.medium)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(round_facts(self.round), "muted", wrap=True))
        layout.addWidget(more)
        for line in self.lines:
            layout.addWidget(line)
        layout.addWidget(self.hint)
        layout.addWidget(buttons)


def _score_text(own: ExpertProgress | None) -> str:
    if own is None or not own.done:
        return tr("Score my part")
    return tr("Look at my part again") if own.finished else tr("Go on with my part")


def _hint(round: Round, own: ExpertProgress | None) -> str:
    """What comes next, in one or two sentences."""
    if round.is_closed:
        return tr(
            "Everybody's marks are open now. Look where you differ, settle it or change the wording, and let the "
            "answers concerned be scored again in a next round."
        )
    if round.is_done:
        return tr("Everybody has handed in. Close the round to see where you agree.")
    if (
        own is not None
        and not own.finished
        and all(each.finished for each in round.progress if each is not own)
    ):
        if len(round.progress) == 1:
            return tr("Nobody but you scores in it: there will be nothing to compare.")
        return tr("The others have handed in: only your part is missing.")
    return tr("You see who is done, and nothing of what they say, until the round is closed.")
