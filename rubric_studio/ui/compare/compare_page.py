"""Compare: how far experts agree, how that moved, where they differ and what was decided, as views of one page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.compare.report_button import ReportButton
from rubric_studio.ui.look import Look
from rubric_studio.ui.page_of_views import Answer, PageOfViews, ViewOnPage
from rubric_studio.ui.pages import VIEWS_OF
from rubric_studio.ui.session import Session

AGREEMENT, TREND, DIFFERENCES, DECIDED = VIEWS_OF["compare"]
VIEWS = {
    AGREEMENT: "rubric_studio.ui.compare.agreement_view:AgreementView",
    TREND: "rubric_studio.ui.compare.trend_view:TrendView",
    DIFFERENCES: "rubric_studio.ui.compare.differences_view:DifferencesView",
    DECIDED: "rubric_studio.ui.compare.decided_view:DecidedView",
}
"""Name -> where the view's class is; each is made when it is first shown."""


class ComparePage(PageOfViews):
    """Hosts the views and hands their wishes on."""

    row_requested = Signal(str)
    samples_requested = Signal(list)
    point_requested = Signal(list, str)
    page_requested = Signal(str)
    models_requested = Signal(str)
    compare_requested = Signal(str)
    round_requested = Signal(object)

    def __init__(
        self,
        session: Session,
        look: Look,
        parent: QWidget | None = None,
        *,
        views: Mapping[str, str] = VIEWS,
    ) -> None:
        self.report_button = ReportButton(session)
        titles = (_tr("Compare"), _tr("What to compare"))
        super().__init__(session, look, titles, _views(), views, parent)
        self.choice.set_value(AGREEMENT)
        self.report_button.told.connect(self.sentence.setText)

    def _tools(self) -> Sequence[QWidget]:
        return (self.report_button,)

    def _wishes(self) -> Mapping[str, Answer]:
        return {
            "row_requested": self.row_requested,
            "samples_requested": self.samples_requested,
            "point_requested": self.point_requested,
            "page_requested": self.page_requested,
            "models_requested": self.models_requested,
            "compare_requested": self.compare_requested,
            "round_requested": self.round_requested,
            "view_requested": self.show_view,
        }


def _views() -> list[ViewOnPage]:
    return [
        ViewOnPage(
            AGREEMENT,
            _tr("Agreement"),
            _tr("How far people who marked the same answers, each alone, came to the same grades."),
        ),
        ViewOnPage(
            TREND, _tr("Trend"), _tr("Whether new words helped: agreement on each point, wording by wording.")
        ),
        ViewOnPage(
            DIFFERENCES,
            _tr("Where we differ"),
            _tr("Marks that lie apart, the furthest first. What nobody disputes is left out."),
        ),
        ViewOnPage(DECIDED, _tr("Decided"), _tr("What was decided where you differed, by whom and why.")),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComparePage", text)
