"""Where a dispute is ended: a grade by its key, why they differed, a reason. It writes nothing."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rubric_studio.services.disputes import Dispute
from rubric_studio.ui.compare.cause_chips import CauseChips
from rubric_studio.ui.compare.dispute_words import (
    NA_KEY,
    by_worth,
    cause_words,
    decided_words,
    level_name,
    tr,
)
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import label
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.review.level_button import LevelButton
from rubric_studio.ui.review.reason_box import ReasonBox
from rubric_studio.ui.state_shape import Shape, shape_of

NOT_APPLICABLE = ""
"""The choice that no grade applies; None is no choice yet."""
KEYED = 9


class SettlePanel(QWidget):
    """`decided` carries the grade's key (or `NOT_APPLICABLE`), the cause and the reason.

    The grades are the panel itself; `foot`, with cause, reason and buttons, is put where it always stays in sight.
    """

    decided = Signal(str, str, str)
    left_open = Signal(str)
    reopened = Signal()
    drop_requested = Signal(str)
    rewording_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.foot = QFrame()
        self._dispute: Dispute | None = None
        self._choice: str | None = None
        self._was_told = self._awaits_cause = False
        self._keys: list[str] = []
        self.buttons: list[LevelButton] = []
        self.heading = PlainLabel("", "strong", wrap=True)
        self.levels = QVBoxLayout()
        self.cause = CauseChips(look)
        self.reason = ReasonBox(look)
        self.reason.setAccessibleName(tr("Why it is decided so"))
        self.reason.setPlaceholderText(tr("Why? Your colleagues will read it (R)"))
        self.hint = PlainLabel("", "muted", wrap=True)
        self.decide_button = _button(tr("Decide  Enter"))
        dress(self.decide_button, "primary")
        self.open_button = _button(tr("Leave open  O"))
        self.words_button = _button(tr("New words  E"))
        self.drop_button = _button(tr("Drop question  D"))
        self.reopen_button = _button(tr("Take it back  Backspace"))
        self._lay_out()
        self._connect()

    # ---- what is shown

    def show_dispute(self, dispute: Dispute, who: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Show what can be chosen and who chose it; `who` gives letters, `names` those who decide."""
        is_other = self._dispute is None or self._dispute.subject != dispute.subject
        self._dispute = dispute
        if is_other:
            self._choice, self._was_told, self._awaits_cause = None, False, False
            self.cause.set_value(dispute.decision.cause if dispute.decision else "")
            self.reason.show_reason("")
            self._say("")
        self._keys = [level.key for level in by_worth(dispute.asked.levels)]
        if self._may_not_apply:
            self._keys.append(NOT_APPLICABLE)
        self._fill_levels(who)
        self._tell_decision(names)

    @property
    def choice(self) -> str | None:
        """The grade that is chosen and not decided on yet."""
        return self._choice

    @property
    def _may_not_apply(self) -> bool:
        """A question's own point always applies: without it, it is dropped."""
        return self._dispute is not None and self._dispute.asked.criterion is not None

    def _fill_levels(self, who: Mapping[str, str]) -> None:
        assert self._dispute is not None
        for place in range(len(self.buttons), len(self._keys)):
            button = LevelButton(self._look)
            button.clicked.connect(lambda _=False, at=place: self.choose_at(at))
            self.buttons.append(button)
            self.levels.addWidget(button)
        levels = {level.key: level for level in self._dispute.asked.levels}
        for at, button in enumerate(self.buttons):
            button.setVisible(at < len(self._keys))
            if at >= len(self._keys):
                continue
            key = self._keys[at]
            level = levels.get(key)
            name = level_name(key) if level else label("shape.not_applicable")
            text = level.text if level else ""
            costs = self._dispute.asked.weight < 0
            shape = shape_of(level.value, costs_points=costs) if level else Shape.NOT_APPLICABLE
            shown = NA_KEY if level is None else (str(at + 1) if at < KEYED else "")
            button.show_level(shown, name, text, self._chosen_by(key, who), shape, chosen=key == self._choice)

    def _chosen_by(self, key: str, who: Mapping[str, str]) -> Sequence[str]:
        assert self._dispute is not None
        every = [*self._dispute.said, *self._dispute.judges]
        people = sorted(
            who.get(each.rater, each.name)
            for each in every
            if (each.says_na if key == NOT_APPLICABLE else each.verdict.level == key)
        )
        return [tr("given by {people}").format(people=", ".join(people))] if people else []

    def _tell_decision(self, names: Mapping[str, str]) -> None:
        assert self._dispute is not None
        decision, dropped = self._dispute.decision, self._dispute.dropped
        if dropped:
            self.heading.setText(tr("This question was dropped, so nothing needs deciding."))
        elif decision is None:
            self.heading.setText(tr("What shall count?"))
        else:
            words = tr("{decided} · {cause} · {who}, {day}. {reason}")
            self.heading.setText(
                words.format(
                    decided=_capital(decided_words(decision)),
                    cause=cause_words(decision.cause),
                    who=names.get(decision.person, decision.person),
                    day=day_text(decision.at),
                    reason=decision.reason,
                )
            )
        self.reopen_button.setVisible(decision is not None)
        self.open_button.setVisible(decision is None or not decision.is_open)
        self.drop_button.setVisible(not dropped)
        self._tell()

    # ---- what people do

    def choose_key(self, key: str) -> bool:
        """Choose a grade by its key on the keyboard; whether there is one."""
        if key == NA_KEY:
            if NOT_APPLICABLE in self._keys:
                self.choose_at(self._keys.index(NOT_APPLICABLE))
                return True
            self._say(tr("A question's own point always applies. Drop the question, or change its words."))
            return False
        at = int(key) - 1
        if not 0 <= at < min(KEYED, len([each for each in self._keys if each != NOT_APPLICABLE])):
            return False
        self.choose_at(at)
        return True

    def choose_at(self, at: int) -> None:
        """Choose a grade by its place."""
        self._choice = self._keys[at]
        for place, button in enumerate(self.buttons):
            button.setChecked(place == at)
        self._say("")
        self._tell()

    def decide(self) -> bool:
        """Hand in the choice. It asks why they differed, and without a reason for one, once; a key for the cause
        then goes on deciding. False where nothing was handed in."""
        if self._choice is None:
            self._say(tr("Choose a grade first: 1, 2, 3 … or N."))
            return False
        self._awaits_cause = not self.cause.value()
        if self._awaits_cause:
            self._say(tr("Why did they differ? Press W, F, L or S."))
            self.reason.left.emit()
            return False
        reason = self.reason.text()
        if not reason and not self._was_told:
            self._was_told = True
            self._say(tr("Say in a word why: your colleagues will see it. Enter once more decides without."))
            self.reason.setFocus()
            return False
        self.decided.emit(self._choice, self.cause.value(), reason)
        return True

    def leave_open(self) -> None:
        """Hand in that it stays open."""
        self.left_open.emit(self.reason.text())

    def drop(self) -> None:
        """Ask to drop the question, with the reason; without one it asks for it."""
        if not self.reason.text():
            self._say(tr("Say why the question is dropped, then press D or the button again."))
            self.reason.setFocus()
            return
        self.drop_requested.emit(self.reason.text())

    def _on_cause_chosen(self) -> None:
        if self._awaits_cause:
            self.decide()

    def _say(self, words: str) -> None:
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def _tell(self) -> None:
        self.decide_button.setEnabled(self._choice is not None)

    # ---- making

    def _connect(self) -> None:
        self.decide_button.clicked.connect(self.decide)
        self.reason.done.connect(self.decide)
        self.cause.chosen.connect(self._on_cause_chosen)
        self.open_button.clicked.connect(self.leave_open)
        self.drop_button.clicked.connect(self.drop)
        self.words_button.clicked.connect(self.rewording_requested)
        self.reopen_button.clicked.connect(self.reopened)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=space.small)
        for button in (
            self.decide_button,
            self.words_button,
            self.open_button,
            self.drop_button,
            self.reopen_button,
        ):
            flow.addWidget(button)
        self.levels.setSpacing(space.tiny)
        upper, foot = QVBoxLayout(self), QVBoxLayout(self.foot)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(space.small)
        upper.addWidget(self.heading)
        upper.addLayout(self.levels)
        dress(self.foot, "strip")
        foot.setContentsMargins(0, space.small, space.small, 0)
        foot.setSpacing(space.small)
        for widget in (
            PlainLabel(tr("Why they differed"), "caption"),
            self.cause,
            self.reason,
            self.hint,
            buttons,
        ):
            foot.addWidget(widget)
        self._say("")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _button(words: str) -> QPushButton:
    button = QPushButton(button_text(words))
    button.setAutoDefault(False)
    return button
