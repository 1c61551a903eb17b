"""A new round: few fields first, and live what it would come to for everybody. It knows no project."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.round import RoundExpert, StopRule
from rubric_studio.services.round_start import HoldOut, Pick, RoundProposal, RoundStart
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.name_box import NameBox
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.experts_field import ExpertsField
from rubric_studio.ui.rounds.pick_field import PickField
from rubric_studio.ui.rounds.round_choices import RoundChoices
from rubric_studio.ui.rounds.round_more import RoundMore
from rubric_studio.ui.rounds.round_words import tr
from rubric_studio.ui.rounds.workload_view import WorkloadView

TYPING_MS = 300
"""How long choosing rests before it is worked out anew."""
WIDTH, HEIGHT = 92, 60
"""In heights of a control's text."""
BESIDE = 72
"""From so many on what it comes to stands beside the fields, else below them."""
USUAL_COUNT = 40
USUAL_SHARE = 0.3
"""A third of the questions is kept for the figure that is quoted in the end, at most."""


class NewRoundDialog(QDialog):
    """`asks(RoundStart)` wants to know what it would come to; `chosen(RoundPlan)` is what shall start.

    Whoever opens it answers with `show_proposal` or `show_problem`, with the start that was asked about.
    """

    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        choices: RoundChoices,
        new_id: Callable[[], str],
        start: RoundStart | None = None,
        parent: QWidget | None = None,
        *,
        asks: Callable[[RoundStart], object],
    ) -> None:
        super().__init__(parent)
        self._look, self._choices, self._asks = look, choices, asks
        self._asked: RoundStart | None = None
        self._proposal: RoundProposal | None = None
        self._first = _with_people(start, choices) if start is not None else usual_start(choices)
        self.version = NameBox()
        for each in choices.versions:
            words = tr("Version {n}, {day}").format(n=each.number, day=day_text(each.at))
            self.version.addItem(f"{words} \N{EN DASH} {each.note}" if each.note else words, each.id)
        self.pick = PickField(look, choices.labels, has_judges=choices.has_judges)
        self.experts = ExpertsField(look, choices.people, choices.lead.id, new_id)
        self.more = RoundMore(look, tuple(choices.languages))
        self.workload = WorkloadView(look)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = self.buttons.addButton(
            tr("Start the round"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        dress(self.start_button, "primary")
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self.setWindowTitle(tr("New round"))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._show_start(self._first)
        self._connect()
        look.changed.connect(self._arrange)
        self._ask()

    def start(self) -> RoundStart:
        """The round as it is put together now."""
        experts = self.experts.experts()
        start = self._first.model_copy(
            update={"version": self.version.currentData(), "pick": self.pick.pick(), "experts": experts}
        )
        return self.more.added_to(start)

    def show_proposal(self, asked: RoundStart, proposal: RoundProposal, helper: str = "") -> None:
        """Show what a start comes to, unless something else was chosen meanwhile."""
        if asked != self._asked:
            return
        self._proposal = proposal
        self.workload.show_proposal(proposal)
        self.more.stop.helper.setText(helper)
        self.start_button.setEnabled(bool(proposal.plan.samples()))

    def show_problem(self, asked: RoundStart, problem: str) -> None:
        """Say why the round cannot be like that."""
        if asked == self._asked:
            self._proposal = None
            self.workload.show_waiting(problem)

    def accept(self) -> None:
        """Give the plan back."""
        if self._proposal is not None and self.start_button.isEnabled():
            super().accept()
            self.chosen.emit(self._proposal.plan)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # ---- choosing

    def _show_start(self, start: RoundStart) -> None:
        if start.version is not None:
            self.version.setCurrentIndex(max(0, self.version.findData(start.version)))
        self._offer_languages(start.language_field)
        self.pick.show_pick(start.pick)
        self.experts.choose(start.experts)
        self.more.show_start(start)
        self.more.set_experts(len(start.experts))

    def _connect(self) -> None:
        for field in (self.pick, self.more):
            field.changed.connect(self._on_changed)
        self.experts.changed.connect(self._on_experts_changed)
        self.version.currentIndexChanged.connect(self._on_changed)
        self.more.language_chosen.connect(self._offer_languages)
        self.workload.fewer_requested.connect(self._take_fewer)
        self._typing.timeout.connect(self._ask)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _offer_languages(self, field: str) -> None:
        self.experts.offer_languages(self._choices.languages.get(field, ()))

    def _on_experts_changed(self) -> None:
        self.more.set_experts(len(self.experts.experts()))
        self._on_changed()

    def _on_changed(self) -> None:
        """What was worked out no longer holds."""
        self._asked, self._proposal = None, None
        self.start_button.setEnabled(False)
        self._typing.start()

    def _ask(self) -> None:
        self._typing.stop()
        start = self.start()
        self._proposal = None
        self.start_button.setEnabled(False)
        if start.experts:
            self._asked = start
            self._asks(start)
        else:
            self.workload.show_waiting(tr("Choose who scores."))

    def _take_fewer(self, count: int) -> None:
        """Let the round take so many answers."""
        start = self.start()
        pick = start.pick.model_copy(update={"count": count, "samples": start.pick.samples[:count]})
        self.pick.show_pick(pick)
        self._on_changed()

    # ---- making

    def _arrange(self) -> None:
        beside = self.width() >= BESIDE * self._look.theme.sizes.control
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _lay_out(self) -> None:
        space, size = self._look.theme.space, self._look.theme.sizes.control
        form = ScrollColumn(space.large, right=space.medium)
        form.setAccessibleName(tr("What the round is made of"))
        form.column.addWidget(Captioned(self._look, tr("Scoring guide"), self.version))
        form.column.addWidget(self.pick)
        form.column.addWidget(Captioned(self._look, tr("Who scores"), self.experts))
        form.column.addWidget(self.more)
        right = QFrame()
        dress(right, "card")
        card = QVBoxLayout(right)
        card.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        card.setSpacing(space.small)
        card.addWidget(PlainLabel(tr("What it comes to"), "caption"))
        card.addWidget(self.workload, 1)
        body = self._body
        body.setSpacing(space.large)
        body.addWidget(form, 3)
        body.addWidget(right, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(self._first.title or tr("New round"), "title", wrap=True))
        words = tr(
            "Everybody scores alone. What they say stays sealed, from you too, until you close the round."
        )
        layout.addWidget(PlainLabel(words, "muted", wrap=True))
        layout.addLayout(body, 1)
        layout.addWidget(self.buttons)
        parent = self.parentWidget()
        room = parent.window() if parent is not None else None
        widest = room.width() - 2 * space.large if room else size * WIDTH
        highest = room.height() - 2 * space.large if room else size * HEIGHT
        self.resize(min(size * WIDTH, widest), min(size * HEIGHT, highest))


def usual_start(choices: RoundChoices) -> RoundStart:
    """What a first round begins with: the lead and whoever scored last time, a third held out, a rule to stop."""
    experts = _experts(choices, (choices.lead.id, *choices.last))
    return RoundStart(
        title=tr("Round {n}").format(n=choices.number),
        pick=Pick(how="balanced", count=max(1, min(USUAL_COUNT, choices.samples))),
        experts=experts,
        hold_out=HoldOut(share=USUAL_SHARE),
        stop=StopRule(),
        language_field=choices.language_field,
    )


def _with_people(start: RoundStart, choices: RoundChoices) -> RoundStart:
    """Where a start names nobody, as after a rewording: those who scored last time score again."""
    if start.experts:
        return start
    return start.model_copy(update={"experts": _experts(choices, choices.last or (choices.lead.id,))})


def _experts(choices: RoundChoices, wanted: Iterable[PersonId]) -> tuple[RoundExpert, ...]:
    people = {person.id: person.name for person in choices.people}
    return tuple(RoundExpert(person=id, name=people[id]) for id in dict.fromkeys(wanted) if id in people)
