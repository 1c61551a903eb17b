"""The places of the preview and what stands in them, each made when it is first needed. It shows no answer."""

from collections.abc import Iterator
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.guide.answer_columns import MOST, AnswerColumns
from rubric_studio.ui.guide.film_strip import FilmStrip
from rubric_studio.ui.guide.marking import Marking
from rubric_studio.ui.guide.no_answers import no_answer, no_question, none_fits
from rubric_studio.ui.guide.passages_view import PassagesView
from rubric_studio.ui.guide.preview_tools import PreviewTools
from rubric_studio.ui.guide.question_header import QuestionHeader
from rubric_studio.ui.look import Look
from rubric_studio.ui.notice_bar import NoticeBar


class PreviewPlaces(QWidget):
    """Header, tools, columns and strip, and what stands in the columns' place where there is nothing."""

    import_requested = Signal(object)
    passage_chosen = Signal(int, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        space = look.theme.space
        self.reading = QWidget()
        self._lines = QVBoxLayout(self.reading)
        self._lines.setContentsMargins(space.large, space.medium, space.medium, space.medium)
        self._lines.setSpacing(space.small)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.reading)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    @cached_property
    def passages(self) -> PassagesView:
        """Point by point what the answers in the columns say to it."""
        passages = PassagesView(self._look, MOST)
        passages.passage_chosen.connect(self.passage_chosen)
        self.body.addWidget(passages)
        return passages

    @cached_property
    def no_question(self) -> EmptyState:
        """What stands there in a project without questions."""
        empty = no_question(self._look)
        empty.main_requested.connect(lambda: self.import_requested.emit(None))
        self.pages.addWidget(empty)
        return empty

    @cached_property
    def no_answer(self) -> EmptyState:
        """What stands there for a question without answers."""
        empty = no_answer(self._look)
        empty.main_requested.connect(lambda: self.import_requested.emit(None))
        self.body.addWidget(empty)
        return empty

    @cached_property
    def none_fits(self) -> EmptyState:
        """What stands there where the filter leaves nothing."""
        empty = none_fits(self._look)
        empty.main_requested.connect(lambda: self.tools.filter.setChecked(False))
        self.body.addWidget(empty)
        return empty

    def _parts(self, marking: Marking) -> Iterator[None]:
        """Make what is always there, one after the other."""
        self.header = QuestionHeader(self._look)
        self._lines.addWidget(self.header)
        yield
        self.tools = PreviewTools(self._look)
        self._lines.addWidget(self.tools)
        yield
        self.notice = NoticeBar(self._look, "guide", "")
        self._lines.addWidget(self.notice)
        self.strip = FilmStrip(self._look)
        self.columns = AnswerColumns(self._look, marking)
        self._place_body()
        yield
        for _ in range(MOST):
            self.columns.add_column()
            yield

    def _place_body(self) -> None:
        self.body = QStackedWidget()
        self.body.addWidget(self.columns)
        beside = QHBoxLayout()
        beside.setSpacing(self._look.theme.space.medium)
        beside.addWidget(self.body, 1)
        beside.addWidget(self.strip)
        self._lines.addLayout(beside, 1)
