"""Puts answers in order beside the guide: the sheet, the line that compares, the report. It compares nothing itself."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout

from rubric_studio.services.orders import FEWEST, PutInOrder, to_order
from rubric_studio.services.scores import SampleScore
from rubric_studio.ui.guide.order_board import OrderBoard
from rubric_studio.ui.guide.order_line import OrderLine
from rubric_studio.ui.guide.order_numbers import OrderNumbers
from rubric_studio.ui.guide.order_report import OrderReport
from rubric_studio.ui.guide.preview import AnswersPreview
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session


class GutOrder(QObject):
    """One for a preview; it follows the totals that the preview shows, live."""

    def __init__(self, session: Session, look: Look, preview: AnswersPreview) -> None:
        super().__init__(preview)
        self._session, self._look, self._preview = session, look, preview
        self.board: OrderBoard | None = None
        self._row = ""
        self.numbers = OrderNumbers(session, look, preview.current, self)
        self.line = OrderLine(look)
        self.report = OrderReport(look)
        self.report.hide()
        layout = preview.reading.layout()
        assert isinstance(layout, QVBoxLayout)
        at = layout.indexOf(preview.tools) + 1
        layout.insertWidget(at, self.line)
        layout.insertWidget(at + 1, self.report)
        self._wire()

    def begin(self) -> None:
        """Open the sheet with the answers of the question that is read, in one's own order where there is one."""
        question, row = self._preview.current.question, self._preview.current.row
        if question is None or row is None or self.board is not None or not self._can_order():
            self._press(False)
            return
        samples = [(id, question.sample(id)) for id in question.ids]
        mine = self.numbers.own_order(row.id)
        by_key = {sample.key: id for id, sample in samples}
        ids = [by_key[key] for key in mine.samples if key in by_key] if mine is not None else []
        ids = ids if len(ids) >= FEWEST else to_order(samples)
        self._row = str(row.id)
        texts = {id: sample.text for id, sample in samples}
        rest = to_order([each for each in samples if each[0] not in ids], len(samples))
        self.board = board = OrderBoard(
            self._look,
            row.prompt_text,
            [(id, texts[id]) for id in ids],
            [(id, texts[id]) for id in rest],
            self._preview,
        )
        board.done.connect(self._on_done)
        board.given_up.connect(self._close)
        board.show()
        board.raise_()
        board.take_keyboard()
        self._press(True)

    def _can_order(self) -> bool:
        question = self._preview.current.question
        return question is not None and len(question.ids) >= FEWEST and not self._session.store.read_only

    def _on_done(self, ids: list[int]) -> None:
        question, row = self._preview.current.question, self._preview.current.row
        if question is not None and row is not None and all(id in question.ids for id in ids):
            keys = tuple(question.sample(id).key for id in ids)
            mine = self.numbers.own_order(row.id)
            person = self._session.author.person
            if mine is None or mine.samples != keys:
                self._session.perform(PutInOrder(row=row.id, person=person, samples=keys))
        self._close()

    def _close(self) -> None:
        board, self.board = self.board, None
        if board is not None:
            self._preview.removeEventFilter(board)
            board.hide()
            board.deleteLater()
            self._preview.columns.take_keyboard()
            if self._preview.focusWidget() is None:
                self._preview.setFocus(Qt.FocusReason.OtherFocusReason)
        self._press(False)

    def _press(self, on: bool) -> None:
        button = self._preview.tools.order
        button.blockSignals(True)
        button.setChecked(on)
        button.blockSignals(False)

    def _show(self) -> None:
        question, numbers = self._preview.current.question, self.numbers
        answers = len(question.ids) if question is not None and self._can_order() else 0
        is_empty = not any(True for _ in self._preview.current.rubric.criteria())
        self._preview.tools.order.setEnabled(answers > 1)
        self.line.show_state(numbers.here, numbers.overall, answers=answers, is_empty=is_empty)
        if not self.report.isHidden():
            titles = {each.key: each.title for each in question.asked} if question is not None else {}
            titles = {
                **{str(c.key): c.title or str(c.key) for c in self._preview.current.rubric.criteria()},
                **titles,
            }
            self.report.show_report(numbers.here, numbers.overall, titles, self._name_of)

    def _name_of(self, score: SampleScore) -> str:
        return self.tr("{model}, run {run}").format(model=score.sample.model, run=score.sample.run)

    def _on_report_toggled(self, on: bool) -> None:
        self.report.setVisible(on)
        self.numbers.want_causes(on)
        self._show()

    def _on_row_shown(self, row: str) -> None:
        if self.board is not None and row != self._row:
            self._close()  # another question is read: its answers are not those on the sheet

    def _on_pair_chosen(self, ids: list[int]) -> None:
        self._preview.tools.filter.setChecked(False)
        self._preview.columns.put(ids)

    def _wire(self) -> None:
        tools = self._preview.tools
        tools.order.toggled.connect(lambda on: self.begin() if on else self._close())
        self._preview.numbers_changed.connect(self.numbers.begin)
        self._preview.row_shown.connect(self._on_row_shown)
        self.numbers.changed.connect(self._show)
        self.line.order_requested.connect(self.begin)
        self.line.report_toggled.connect(self._on_report_toggled)
        self.report.order_requested.connect(self.begin)
        self.report.pair_chosen.connect(self._on_pair_chosen)
