"""Several judges side by side: how often each two of them, and the experts, give the same grade."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from rubric_studio.domain.estimate import Estimate
from rubric_studio.services.marks import EXPERTS
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.judge_words import DASH, rater_name, share_range, tr
from rubric_studio.ui.number_text import count_text, share_text
from rubric_studio.ui.plain_text import PlainLabel, tip
from rubric_studio.ui.results.figure_table import read_only_lines


class JudgeMatrix(QFrame):
    """Shown only where there are two judges or more."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._look = look
        self.table = QTableWidget(0, 0)
        read_only_lines(self.table)
        self.table.setAccessibleName(tr("How often each two give the same grade"))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(
            PlainLabel(tr("Side by side: how often two give the same grade"), "strong", wrap=True)
        )
        layout.addWidget(self.table)
        look.changed.connect(self._fit)

    def show_between(self, judges: Sequence[str], between: Mapping[tuple[str, str], Estimate]) -> None:
        """Show every pair; the experts stand first."""
        names = [EXPERTS, *judges]
        self.table.setRowCount(len(judges))
        self.table.setColumnCount(len(names))
        self.table.setHorizontalHeaderLabels(["", *map(rater_name, names[:-1])])
        for line, judge in enumerate(judges):
            self._put(line, 0, judge, judge)
            for column, other in enumerate(names[:-1], 1):
                estimate = between.get((other, judge))
                self._put(line, column, *_cell(estimate, judge, other))
        self.setVisible(len(judges) > 1)
        self._fit()

    def _put(self, line: int, column: int, text: str, said: str) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(tip(said))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        self.table.setItem(line, column, item)

    def _fit(self) -> None:
        line = self._look.metrics("control").height() + self._look.theme.space.medium
        self.table.verticalHeader().setDefaultSectionSize(line)
        header = self.table.horizontalHeader()
        for column in range(self.table.columnCount()):
            mode = QHeaderView.ResizeMode.ResizeToContents if column else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
        lines = max(1, self.table.rowCount())
        self.table.setFixedHeight(lines * line + header.sizeHint().height() + 4)


def _cell(estimate: Estimate | None, judge: str, other: str) -> tuple[str, str]:
    if estimate is None:
        return "", ""
    if estimate.value is None:
        return DASH, tr("{one} and {other} have marked nothing together").format(
            one=judge, other=rater_name(other)
        )
    words = tr("{share}  n {n}").format(share=share_text(estimate.value), n=count_text(estimate.n))
    said = tr("{one} and {other}: {share} of {n} marks the same ({range})").format(
        one=judge, other=rater_name(other), share=share_text(estimate.value), n=count_text(estimate.n),
        range=share_range(estimate),
    )  # fmt: skip
    return words, said
