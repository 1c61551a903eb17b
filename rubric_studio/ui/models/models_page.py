"""Models: fresh answers, judges, runs and connections as four views of one page. The views know each other not."""

from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.record import RecordKind
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.judges import keeping_choice
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.first_connection import FirstConnection
from rubric_studio.ui.pages import VIEWS_OF
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.segmented import Segmented
from rubric_studio.ui.session import Session

ANSWERS, JUDGES, RUNS, CONNECTIONS = VIEWS_OF["models"]
VIEWS = {
    ANSWERS: "rubric_studio.ui.models.sampling_view:SamplingView",
    JUDGES: "rubric_studio.ui.models.judges_view:JudgesView",
    RUNS: "rubric_studio.ui.models.runs_view:RunsView",
    CONNECTIONS: "rubric_studio.ui.models.connections_view:ConnectionsView",
}
"""Name -> where the view's class is; each is made when it is first shown."""
VIEW_KEYS = "Alt+1…4"
SHEET = "rubric_studio.ui.models.start_sheet:StartSheet"


class ModelsPage(QWidget):
    """Hosts the views, opens the sheet before a run, and starts what was agreed to there."""

    row_requested = Signal(str)
    samples_requested = Signal(list)
    point_requested = Signal(list, str)
    page_requested = Signal(str)
    import_requested = Signal(object)

    def __init__(
        self,
        session: Session,
        look: Look,
        parent: QWidget | None = None,
        *,
        views: dict[str, str] | None = None,
        sheet: str = SHEET,
    ) -> None:
        super().__init__(parent)
        dress(self, "page")
        self._session, self._look = session, look
        self._places, self._sheet_place = views or VIEWS, sheet
        self.views: dict[str, Any] = {}
        self._orders: list[RunOrder] = []
        self._sheet: Any = None
        self._sheets = 0
        self._listens_to_runs = False
        options = [
            (ANSWERS, self.tr("Answers")),
            (JUDGES, self.tr("Judges")),
            (RUNS, self.tr("Runs")),
            (CONNECTIONS, self.tr("Connections")),
        ]
        self.choice = Segmented(self.tr("What to do with models"), options)
        self.sentence = PlainLabel("", "muted", wrap=True)
        self.first = FirstConnection(look)
        self.unreachable = EmptyState(
            look,
            self.tr("Models cannot be reached from here. Everything else works without them."),
            icon="models",
        )
        self._body = QStackedWidget()
        self._lay_out()
        self.choice.chosen.connect(self.show_view)
        self.first.connections_requested.connect(lambda: self.show_view(CONNECTIONS))
        self.first.import_requested.connect(lambda: self.import_requested.emit(None))
        self.choice.set_value(ANSWERS)
        for place, name in enumerate(VIEWS, start=1):  # no key of the page: a field would write the digit
            QShortcut(QKeySequence(f"Alt+{place}"), self).activated.connect(partial(self._go_to, name))

    def show_view(self, name: str) -> None:
        """Show one of the four."""
        self.choice.set_value(name)
        if self._session.models is None:
            self._body.setCurrentWidget(self.unreachable)
        elif self._is_first(name):
            self._body.setCurrentWidget(self.first)
        else:
            self._body.setCurrentWidget(self._view(name))
        self.sentence.setText(self._sentences()[name])
        self.choice.setVisible(self._session.models is not None)

    @property
    def shown(self) -> str:
        """The name of the view that is chosen."""
        return self.choice.value()

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_view(self.choice.value())

    def setFocus(self, *reason: object) -> None:
        """Put the keyboard into what is shown."""
        shown = self._body.currentWidget()
        if shown is not None and shown is not self.unreachable:
            shown.setFocus()
        else:
            super().setFocus()

    def _go_to(self, name: str) -> None:
        self.show_view(name)
        self.setFocus()

    # ---- views

    def _is_first(self, name: str) -> bool:
        """Whether somebody who never connected a model is to be told first what models are for."""
        models = self._session.models
        if name == CONNECTIONS or models is None or models.connections.all():
            return False
        store = self._session.store
        if name == JUDGES:  # what judges said is in the project, whoever asked them
            return not (store.judges() or store.heads(RecordKind.JUDGE))
        return name == ANSWERS or not self._session.runs.runs()

    def _view(self, name: str) -> Any:
        if name not in self.views:
            self.views[name] = view = _named(self._places[name])(self._session, self._look)
            self._body.addWidget(view)
            self._listen(view)
        return self.views[name]

    def _listen(self, view: Any) -> None:
        wishes = {
            "order_wanted": self._open_sheet,
            "row_requested": self.row_requested,
            "samples_requested": self.samples_requested,
            "point_requested": self.point_requested,
            "page_requested": self.page_requested,
            "import_requested": self.import_requested,
            "view_requested": self.show_view,
            "comparison_requested": self._compare,
        }
        for wish, answer in wishes.items():
            if hasattr(view, wish):
                getattr(view, wish).connect(answer)

    def _compare(self, judge: str) -> None:
        self.show_view(JUDGES)
        self._view(JUDGES).compare(judge)

    def _open_sheet(self, order: RunOrder) -> None:
        """Show what would be asked. Several models wish several runs: their sheets come one after the other."""
        self._orders.append(order)
        if len(self._orders) == 1:
            self._open_next_sheet()
        self._number_sheet()

    def _number_sheet(self) -> None:
        """Say which of several sheets is open: each is about another model."""
        self._sheet.show_place(self._sheets, self._sheets + len(self._orders) - 1)

    def _open_next_sheet(self) -> None:
        sheet = _named(self._sheet_place)(self._session, self._look, self._orders[0], self)
        self._sheet, self._sheets = sheet, self._sheets + 1
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.accepted_order.connect(self._start)
        sheet.finished.connect(self._on_sheet_finished)
        sheet.open()

    def _on_sheet_finished(self) -> None:
        self._orders.pop(0)
        if self._orders:
            self._open_next_sheet()
            self._number_sheet()
        else:
            self._sheet, self._sheets = None, 0

    def _start(self, order: RunOrder) -> None:
        runs = self._session.runs
        if not self._listens_to_runs:  # they are made when they are first asked for
            runs.started.connect(self._on_run_started)
            self._listens_to_runs = True
        self._keep_what_counts(order)
        runs.start(order)
        self.show_view(RUNS)
        self.setFocus()

    def _keep_what_counts(self, order: RunOrder) -> None:
        """A new judge is there to be compared: it takes nothing from the one whose marks count."""
        plan = order.plan
        keeping = keeping_choice(self._session.store, plan.judge.rater) if plan.judge is not None else None
        if keeping is not None and plan.purpose == "judging":
            self._session.perform(keeping)

    def _on_run_started(self, run: str) -> None:
        """Stand on what was just started, or on the run that it waits for."""
        if self.shown == RUNS and self.isVisible():
            self._view(RUNS).show_run(self._session.runs.active or run)

    def _sentences(self) -> dict[str, str]:
        return {
            ANSWERS: self.tr("Ask models your questions: what comes back stands beside the other answers."),
            JUDGES: self.tr(
                "A judge is a model that marks what no program can decide, by your guide's words."
            ),
            RUNS: self.tr(
                "Everything that models were asked to do: how far it is, what failed, what it cost."
            ),
            CONNECTIONS: self.tr("Where models are asked. Keys stay on this computer and in no project."),
        }

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.large)
        head.addWidget(PlainLabel(self.tr("Models"), "title"))
        head.addWidget(self.choice)
        head.addWidget(PlainLabel(key_text(VIEW_KEYS), "caption"))
        head.addStretch(1)
        self._body.addWidget(self.first)
        self._body.addWidget(self.unreachable)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.large, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addLayout(head)
        layout.addWidget(self.sentence)
        layout.addWidget(self._body, 1)


def _named(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
