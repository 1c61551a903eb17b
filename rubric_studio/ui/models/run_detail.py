"""One run in full: where it stands, what was asked, what failed, what it brought, its calls. Does nothing itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.run import RunState, RunSummary
from rubric_studio.services.runs import FailureKind
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.run_buttons import RunButtons
from rubric_studio.ui.models.run_calls_model import ReadCalls
from rubric_studio.ui.models.run_calls_table import FAILED, RunCallsTable
from rubric_studio.ui.models.run_facts import RunFacts
from rubric_studio.ui.models.run_failures import RunFailures
from rubric_studio.ui.models.run_line import RunNow
from rubric_studio.ui.models.run_words import (
    PAUSING,
    asked_lines,
    cost_text,
    counts_text,
    failed_text,
    flying_text,
    pace_text,
    purpose_text,
    state_text,
    token_details,
    tr,
    when_text,
)
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.segmented import Segmented

OVERVIEW, CALLS = "overview", "calls"
BROUGHT_KEY, COMPARE_KEY = "Enter", "K"


class RunDetail(QWidget):
    """Two views: the overview, and the table of calls."""

    wanted = Signal(str)
    brought_requested = Signal()
    comparison_requested = Signal()
    opened = Signal(str)

    def __init__(self, look: Look, read: ReadCalls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._person = ""
        self.title = PlainLabel("", "title", wrap=True)
        self.about = PlainLabel("", "muted", wrap=True)
        self.state = PlainLabel("", wrap=True)
        self.buttons = RunButtons(look)
        self.choice = Segmented(tr("What to show"), [(OVERVIEW, tr("Overview")), (CALLS, tr("Calls"))])
        self.numbers = RunFacts(look, tr("Numbers"))
        self.asked = RunFacts(look, tr("What was asked"))
        self.failures = RunFailures(look)
        self.brought = QPushButton()
        dress(self.brought, "link")
        self.compare = QPushButton(button_text(f"{tr('Compare with experts')}  {COMPARE_KEY}"))
        dress(self.compare, "link")
        self.calls = RunCallsTable(look, read)
        self._views = QStackedWidget()
        self._overview = QScrollArea()
        self._lay_out()
        self.buttons.wanted.connect(self.wanted)
        self.choice.chosen.connect(self.show_view)
        self.failures.calls_requested.connect(self.show_failed)
        self.brought.clicked.connect(self.brought_requested)
        self.compare.clicked.connect(self.comparison_requested)
        self.calls.opened.connect(self.opened)

    def show_now(self, now: RunNow, person: str, *, writing: bool) -> None:
        """Show a run, or what has become of it."""
        run = now.run
        self.title.setText(run.plan.title)
        self.about.setText(f"{purpose_text(run.plan)} · {when_text(run, person)}")
        self.state.setText(self._state_words(now))
        self.buttons.show_now(now, writing=writing)
        self.numbers.show_facts(self._numbers(now))
        self.asked.show_facts(asked_lines(run.plan))
        self.brought.setText(self._brought_words(run))
        self.brought.setVisible(run.done > 0 and run.plan.purpose not in ("drift", "wording"))
        self.compare.setVisible(run.done > 0 and run.plan.purpose == "judging" and now.state == RunState.DONE)

    def show_failures(self, found: list[FailureKind], names: dict[str, str]) -> None:
        """Show what failed, kind by kind."""
        self.failures.show_failures(found, names)

    def show_view(self, which: str) -> None:
        """Show the overview or the calls."""
        self.choice.set_value(which)
        if which == CALLS:
            self.calls.show_calls()
        self._views.setCurrentWidget(self.calls if which == CALLS else self._overview)

    def show_failed(self) -> None:
        """Show only the calls that failed."""
        self.calls.filter.set_value(FAILED)
        self.show_view(CALLS)

    @property
    def shows_calls(self) -> bool:
        """Whether the table of calls is in sight."""
        return self._views.currentWidget() is self.calls

    # ---- words

    def _state_words(self, now: RunNow) -> str:
        """Where it stands, and why it waits."""
        run, told = now.run, now.progress
        if now.state == PAUSING:
            flying = told.in_flight if told is not None else 0
            return tr("Pausing: {calls} under way, waited for and kept.").format(calls=flying_text(flying))
        if told is not None and run.plan.batch:
            by_itself = tr("It goes on there by itself, also while the run is paused here.")
            return f"{told.waiting_for or tr('It is with the provider, as a batch.')} {by_itself}"
        if told is not None:
            flying = flying_text(told.in_flight)
            going = (
                tr("Under way: {calls} on the way.").format(calls=flying)
                if told.in_flight
                else tr("Under way.")
            )
            return (
                f"{going} {tr('It waits: {why}.').format(why=told.waiting_for)}"
                if told.waiting_for
                else going
            )
        if run.state is RunState.PAUSED:
            return tr("Paused: {why}").format(why=run.reason) if run.reason else tr("Paused.")
        if run.state is RunState.WAITING:
            return tr("Waits for its turn: {n} before it.").format(n=now.place) if now.place else tr("Waits.")
        if run.sent:
            return tr("{n} calls are with the provider, as a batch.").format(n=count_text(run.sent))
        ended = f"{state_text(run.state)}."
        return (
            f"{ended} {tr('Without an answer: {calls}.').format(calls=flying_text(run.failed))}"
            if run.failed
            else ended
        )

    def _numbers(self, now: RunNow) -> list[tuple[str, str]]:
        run = now.run
        facts = [(tr("Answered"), counts_text(run))]
        if run.failed:
            facts.append((tr("Failed"), failed_text(run.failed)))
        if run.reused:
            known = tr("{n} were known already and cost nothing").format(n=count_text(run.reused))
            facts.append((tr("Not asked again"), known))
        if now.progress is not None and not now.is_pausing and pace_text(now.progress):
            facts.append((tr("Pace"), pace_text(now.progress)))
        facts.append((tr("Tokens"), token_details(run.usage)))
        if cost_text(run):
            facts.append((tr("Cost so far"), cost_text(run)))
        if run.dropped_quotes:
            dropped = tr("{n} quotes were not in the answer").format(n=count_text(run.dropped_quotes))
            facts.append((tr("Left out"), dropped))
        return facts

    def _brought_words(self, run: RunSummary) -> str:
        if run.plan.purpose == "sampling":
            text = tr("Show the answers it brought")
        else:
            text = tr("Show the answers it marked")
        return f"{text}  {key_text(BROUGHT_KEY)}"

    # ---- laying out

    def _lay_out(self) -> None:
        space = self._look.theme.space
        inside = QWidget()
        dress(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, space.small, 0)
        column.setSpacing(space.small)
        links = (self.brought, self.compare)
        for heading, widget in (
            (tr("So far"), self.numbers),
            ("", self.brought),
            ("", self.compare),
            ("", self.failures),
            (tr("What was asked"), self.asked),
        ):
            if heading:
                column.addWidget(PlainLabel(heading, "strong"))
            column.addWidget(
                widget, 0, Qt.AlignmentFlag.AlignLeft if widget in links else Qt.AlignmentFlag(0)
            )
            column.addSpacing(space.small)
        column.addStretch(1)
        self._overview.setWidget(inside)
        self._overview.setWidgetResizable(True)
        self._overview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._overview.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._views.addWidget(self._overview)
        self._views.addWidget(self.calls)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.large, 0, 0, 0)
        layout.setSpacing(space.small)
        for widget in (self.title, self.about, self.state, self.buttons, self.choice):
            layout.addWidget(widget)
        layout.addWidget(self._views, 1)
