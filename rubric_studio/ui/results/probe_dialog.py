"""One trick answer's worst questions: the made-up text of each, and what every point gives it. Knows no store."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.verdict import State
from rubric_studio.services.marks import Mark
from rubric_studio.services.probe_outcomes import KindOutcome, RowResult
from rubric_studio.services.probing import TriedProbe, text_hash
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.point_row import Marker, Point, PointRow
from rubric_studio.ui.reading_pane import ReadingPane
from rubric_studio.ui.results.choosers import ChoiceBox
from rubric_studio.ui.results.probe_model import ProbeLine
from rubric_studio.ui.results.probe_words import ends_text, tr
from rubric_studio.ui.state_shape import Shape, shape_of

MOST_ROWS = 50


class ProbeDialog(QDialog):
    """The list on the left names questions, the worst first. `row_wanted` asks for the made-up text of one.

    Whoever opens it answers with `show_tried`. `row_requested` asks to leave for the question itself,
    `remove_requested` to take one's own trick away.
    """

    row_wanted = Signal(str)
    row_requested = Signal(str)
    remove_requested = Signal()

    def __init__(
        self,
        look: Look,
        line: ProbeLine,
        rubric: Rubric,
        *,
        is_own: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(line.doing)
        self._look, self._line, self._rubric = look, line, rubric
        self._is_own = is_own
        self._tried: TriedProbe | None = None
        self.rows = QListWidget()
        self.rows.setAccessibleName(tr("Questions, the worst first"))
        self.steps = ChoiceBox(tr("Step"))
        self.said = PlainLabel("", "muted", wrap=True)
        self.text = ReadingPane(look, tr("Made-up answer"))
        self.points = QWidget()
        dress(self.points, "plain")
        self.point_rows: list[PointRow] = []
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.row_button = self.buttons.addButton(
            tr("Open the question"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.remove_button = self.buttons.addButton(
            tr("Take this trick away"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.remove_button.setVisible(is_own)
        self._lay_out()
        self._connect()
        for result in line.kind.rows[:MOST_ROWS]:
            self.rows.addItem(_row_item(line.kind, result))
        size, room = look.theme.sizes.control, self.parentWidget()
        widest, highest = (room.width(), room.height()) if room else (size * 74, size * 50)
        self.resize(min(size * 74, widest), min(size * 50, highest))

    def start(self) -> None:
        """Ask for the worst question's text."""
        self.rows.setCurrentRow(0)
        self.rows.setFocus()

    def show_tried(self, tried: TriedProbe | None) -> None:
        """Show a made-up answer with the points that apply; None where it can no longer be made."""
        self._tried = tried
        result = self._result()
        if tried is None or not tried.texts or result is None:
            self._show_nothing(tried)
            return
        several = len(tried.texts) > 1
        options = [(str(at), self._step_words(at, len(tried.texts))) for at in range(len(tried.texts))]
        self.steps.offer(options, str(len(tried.texts) - 1))
        self.steps.setVisible(several)
        self.steps.label.setVisible(several)
        self._show_step(len(tried.texts) - 1)

    def _show_step(self, at: int) -> None:
        tried, result = self._tried, self._result()
        assert tried is not None
        assert result is not None
        points = tried.points[at]
        self.text.set_text(tried.texts[at])
        words = (
            tr("Kept as a trick by one of you. It earns {amount}.")
            if self._is_own
            else tr("Made by this program, no model wrote it. It earns {amount}.")
        )
        ends = points.earned
        amount = tr("no score") if ends.low is None or ends.high is None else _ends(ends.low, ends.high)
        changed = (
            ""
            if text_hash(tried.texts) == result.text
            else tr("The question or its answers changed since it was tried: this is what it would be now.")
        )
        empty = tr("The answer is empty.") if not tried.texts[at] else ""
        self.said.setText(" ".join(each for each in (words.format(amount=amount), empty, changed) if each))
        self._show_points(points.marks)

    def _show_points(self, marks: Mapping[str, Mark]) -> None:
        layout = self.points.layout()
        assert layout is not None
        for row in self.point_rows:
            layout.removeWidget(row)
            row.deleteLater()
        named = {str(criterion.key): criterion for criterion in self._rubric.criteria()}
        self.point_rows = []
        for key, mark in marks.items():
            if mark.state is State.NOT_APPLICABLE:
                continue
            criterion = named.get(key)
            weight = criterion.weight if criterion else 1.0
            title = (criterion.title or criterion.key) if criterion else key.removeprefix("row:")
            point = Point(key, title, _shape(mark, weight), weight=weight, value=mark.value,
                          marker=Marker("check") if mark.raters else None, reason=mark.reason)  # fmt: skip
            row = PointRow(self._look, point, self.points)
            self.point_rows.append(row)
            layout.addWidget(row)

    def _show_nothing(self, tried: TriedProbe | None) -> None:
        self.text.set_text("")
        gone = tr("It can no longer be made: the question or its answers changed.")
        self.said.setText(gone if tried is None else tr(tried.skipped))
        self._show_points({})

    def _step_words(self, at: int, count: int) -> str:
        return tr("{n} of {all}").format(n=at + 1, all=count)

    def _result(self) -> RowResult | None:
        at = self.rows.currentRow()
        return self._line.kind.rows[at] if 0 <= at < len(self._line.kind.rows) else None

    def _on_row_changed(self, at: int) -> None:
        result = self._result()
        self.row_button.setEnabled(result is not None)
        if result is not None:
            self.said.setText(tr("Making it…"))
            self.row_wanted.emit(result.row)

    def _on_row_button_clicked(self) -> None:
        result = self._result()
        if result is not None:
            self.accept()
            self.row_requested.emit(result.row)

    def _on_remove_clicked(self) -> None:
        self.accept()
        self.remove_requested.emit()

    def _connect(self) -> None:
        self.rows.currentRowChanged.connect(self._on_row_changed)
        self.steps.picked.connect(lambda key: self._show_step(int(key)))
        self.buttons.rejected.connect(self.reject)
        self.row_button.clicked.connect(self._on_row_button_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(self._line.sentence, "strong", wrap=True))
        body = QHBoxLayout()
        body.setSpacing(space.large)
        body.addWidget(self.rows, 1)
        body.addLayout(self._reading(), 3)
        layout.addLayout(body, 1)
        layout.addWidget(self.buttons)

    def _reading(self) -> QVBoxLayout:
        space = self._look.theme.space
        column = QVBoxLayout()
        column.setSpacing(space.small)
        head = QHBoxLayout()
        head.addWidget(self.said, 1)
        head.addWidget(self.steps.label)
        head.addWidget(self.steps)
        column.addLayout(head)
        column.addWidget(self.text, 3)
        column.addWidget(PlainLabel(heading("criterion", 2), "strong"))
        inside = QVBoxLayout(self.points)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.points)
        column.addWidget(scroll, 2)
        return column


def _row_item(kind: KindOutcome, result: RowResult) -> QListWidgetItem:
    words = {True: tr("breaks it"), False: tr("holds"), None: tr("open")}[result.broken]
    amount = ends_text(kind.expectation, result.low, result.high)
    return QListWidgetItem(tr("{row}: {amount}, {word}").format(row=result.row, amount=amount, word=words))


def _ends(low: float, high: float) -> str:
    if round(low, 2) == round(high, 2):
        return score_text(low)
    return tr("between {low} and {high}").format(low=score_text(low), high=score_text(high))


def _shape(mark: Mark, weight: float) -> Shape:
    return Shape.PERSON if mark.value is None else shape_of(mark.value, costs_points=weight < 0)
