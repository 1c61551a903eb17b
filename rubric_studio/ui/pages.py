"""The pages of an open project, each made when it is first shown, and the ways between them. Draws nothing itself."""

from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session

PAGES = {
    "questions": "rubric_studio.ui.questions.questions_page:QuestionsPage",
    "guide": "rubric_studio.ui.guide.guide_page:GuidePage",
    "models": "rubric_studio.ui.models.models_page:ModelsPage",
    "score": "rubric_studio.ui.rounds.score_page:ScorePage",
    "compare": "rubric_studio.ui.compare.compare_page:ComparePage",
    "results": "rubric_studio.ui.results.results_page:ResultsPage",
    "handover": "rubric_studio.ui.handover.handover_page:HandoverPage",
}
"""Name -> where the page's class is. Importing the results page imports pyqtgraph: only when it is shown."""

SUBPAGES = {"versions": "rubric_studio.ui.guide.version_page:VersionsPage"}
"""Pages that are reached from another one only, and stand in its place on the rail."""
SUBPAGE_OF = {"versions": "guide"}

VIEWS_OF = {
    "models": ("answers", "judges", "runs", "connections"),
    "compare": ("agreement", "trend", "differences", "decided"),
}
"""Pages with views of their own, which are pictured and asked for one by one."""

FIRST_PAGE = "questions"
ROW_OPENS_ON = {
    "questions": "guide",
    "guide": "questions",
    "models": "guide",
    "score": "guide",
    "compare": "guide",
    "results": "guide",
    "handover": "questions",
}
"""Where a question is shown that a page asks for."""


class Pages(QStackedWidget):
    """Routes the wishes of pages: none of them knows another."""

    page_shown = Signal(str)
    import_requested = Signal(object)
    example_requested = Signal()
    hand_changed = Signal()
    """The page that is shown works on another file than before: see `ProjectDesk.at_hand`."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._made: dict[str, Any] = {}

    @property
    def shown(self) -> str:
        """The name of the page that is shown, "" before there is one."""
        return next((name for name, page in self._made.items() if page is self.currentWidget()), "")

    def show_page(self, name: str) -> None:
        """Show a page; it is made now if it never was."""
        before, page = (
            self.currentWidget(),
            self._page(name),
        )  # the first page made is the current one at once
        if before is not page:
            self.setCurrentWidget(page)
            page.setFocus()
        self.page_shown.emit(SUBPAGE_OF.get(name, name))

    def _page(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = page = self._make(name)
            self.addWidget(page)
        return self._made[name]

    def _make(self, name: str) -> Any:
        module, _, factory = (PAGES | SUBPAGES)[name].partition(":")
        page = getattr(import_module(module), factory)(self._session, self._look)
        wishes = {
            "page_requested": self.show_page,
            "import_requested": self.import_requested,
            "example_requested": self.example_requested,
            "row_requested": lambda row: self._show_row(ROW_OPENS_ON[name], row),
            "samples_requested": self._show_samples,
            "versions_requested": self._show_version,
            "point_requested": self._show_point,
            "models_requested": lambda view: self.show_view("models", view),
            "compare_requested": lambda view: self.show_view("compare", view),
            "round_requested": self._plan_round,
            "hand_changed": self.hand_changed,
        }
        for wish, answer in wishes.items():
            if hasattr(page, wish):
                getattr(page, wish).connect(answer)
        return page

    def _show_row(self, name: str, row: str) -> None:
        self.show_page(name)
        self._made[name].show_row(row)

    def show_view(self, name: str, view: str) -> None:
        """Show a page of `VIEWS_OF` at one of its views."""
        self.show_page(name)
        self._made[name].show_view(view)

    def bring_answers_in(self, files: list[Path]) -> None:
        """Show the Score page and let it take in what colleagues sent; without files it asks for them."""
        self.show_page("score")
        self._made["score"].bring_in(files)

    def put_away(self) -> None:
        """Let every page close what it opened by itself: the project is about to be closed."""
        for page in self._made.values():
            if hasattr(page, "put_away"):
                page.put_away()

    def _plan_round(self, start: object) -> None:
        self.show_page("score")
        self._made["score"].plan_round(start)

    def _show_version(self, id: str) -> None:
        self.show_page("versions")
        self._made["versions"].show_version(id)

    def _show_samples(self, samples: list[int]) -> None:
        self.show_page("guide")
        self._made["guide"].show_samples(samples)

    def _show_point(self, samples: list[int], point: str) -> None:
        self.show_page("guide")
        self._made["guide"].show_point(samples, point)
