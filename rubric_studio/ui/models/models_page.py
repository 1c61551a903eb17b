"""Models: fresh answers, judges, runs and connections as four views of one page. The views know each other not."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.record import RecordKind
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.judges import keeping_choice
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.first_connection import FirstConnection
from rubric_studio.ui.page_of_views import Answer, PageOfViews, ViewOnPage
from rubric_studio.ui.pages import VIEWS_OF
from rubric_studio.ui.session import Session

ANSWERS, JUDGES, RUNS, CONNECTIONS = VIEWS_OF["models"]
VIEWS = {
    ANSWERS: "rubric_studio.ui.models.sampling_view:SamplingView",
    JUDGES: "rubric_studio.ui.models.judges_view:JudgesView",
    RUNS: "rubric_studio.ui.models.runs_view:RunsView",
    CONNECTIONS: "rubric_studio.ui.models.connections_view:ConnectionsView",
}
"""Name -> where the view's class is; each is made when it is first shown."""
SHEET = "rubric_studio.ui.models.start_sheet:StartSheet"


class ModelsPage(PageOfViews):
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
        self._sheet_place = sheet
        self._orders: list[RunOrder] = []
        self._sheet: Any = None
        self._sheets = 0
        self._listens_to_runs = False
        titles = (_tr("Models"), _tr("What to do with models"))
        super().__init__(session, look, titles, _views(), views or VIEWS, parent)
        self.first = FirstConnection(look)
        self.unreachable = EmptyState(
            look,
            self.tr("Models cannot be reached from here. Everything else works without them."),
            icon="models",
        )
        self._body.addWidget(self.first)
        self._body.addWidget(self.unreachable)
        self.first.connections_requested.connect(lambda: self.show_view(CONNECTIONS))
        self.first.import_requested.connect(lambda: self.import_requested.emit(None))
        self.choice.set_value(ANSWERS)

    def show_view(self, name: str) -> None:
        """Show one of the four."""
        super().show_view(name)
        self.choice.setVisible(self._session.models is not None)

    # ---- views

    def _instead(self, name: str) -> QWidget | None:
        if self._session.models is None:
            return self.unreachable
        return self.first if self._is_first(name) else None

    def _is_first(self, name: str) -> bool:
        """Whether somebody who never connected a model is to be told first what models are for."""
        models = self._session.models
        if name == CONNECTIONS or models is None or models.connections.all():
            return False
        store = self._session.store
        if name == JUDGES:  # what judges said is in the project, whoever asked them
            return not (store.judges() or store.heads(RecordKind.JUDGE))
        return name == ANSWERS or not self._session.runs.runs()

    def _wishes(self) -> Mapping[str, Answer]:
        return {
            "order_wanted": self._open_sheet,
            "row_requested": self.row_requested,
            "samples_requested": self.samples_requested,
            "point_requested": self.point_requested,
            "page_requested": self.page_requested,
            "import_requested": self.import_requested,
            "view_requested": self.show_view,
            "comparison_requested": self._compare,
        }

    def _compare(self, judge: str) -> None:
        self.show_view(JUDGES)
        self.view(JUDGES).compare(judge)

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
            self.view(RUNS).show_run(self._session.runs.active or run)


def _views() -> list[ViewOnPage]:
    return [
        ViewOnPage(
            ANSWERS,
            _tr("Answers"),
            _tr("Ask models your questions: what comes back stands beside the other answers."),
        ),
        ViewOnPage(
            JUDGES,
            _tr("Judges"),
            _tr("A judge is a model that marks what no program can decide, by your guide's words."),
        ),
        ViewOnPage(
            RUNS,
            _tr("Runs"),
            _tr("Everything that models were asked to do: how far it is, what failed, what it cost."),
        ),
        ViewOnPage(
            CONNECTIONS,
            _tr("Connections"),
            _tr("Where models are asked. Keys stay on this computer and in no project."),
        ),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelsPage", text)


def _named(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
