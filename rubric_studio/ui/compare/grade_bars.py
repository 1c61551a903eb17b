"""How often each grade was given: a bar with its share and count for each. It counts nothing itself."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.compare.grade_counts import GradeCount
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_words import grade_name
from rubric_studio.ui.number_text import count_text, share_text

NAME_SHARE = 0.3
BAR = 0.46


class GradeBars(QWidget):
    """The best grade first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.counts: tuple[GradeCount, ...] = ()
        self.setAccessibleName(tr("How often each grade was given"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    def show_counts(self, counts: Sequence[GradeCount]) -> None:
        """Show other counts."""
        self.counts = tuple(counts)
        self.setAccessibleDescription(" ".join(self.words()))
        self.updateGeometry()
        self.update()

    def words(self) -> list[str]:
        """Every grade, as a screen reader says it."""
        return [f"{grade_name(each.grade)}: {self._number(each)}." for each in self.counts]

    def sizeHint(self) -> QSize:
        letters = self._look.metrics("control").averageCharWidth()
        return QSize(letters * 50, int(self._line() * max(1, len(self.counts))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.metrics("control").averageCharWidth() * 30, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for at, each in enumerate(self.counts):
                self._paint_line(painter, QRectF(0, at * self._line(), self.width(), self._line()), each)

    def _paint_line(self, painter: QPainter, box: QRectF, each: GradeCount) -> None:
        theme, metrics = self._look.theme, self._look.metrics("control")
        name = min(box.width() * NAME_SHARE, self._widest_name())
        number = max(metrics.horizontalAdvance(self._number(one)) for one in self.counts) + theme.space.medium
        painter.setFont(self._look.font("control"))
        painter.setPen(theme.color("text"))
        text = metrics.elidedText(grade_name(each.grade), Qt.TextElideMode.ElideMiddle, int(name))
        painter.drawText(QRectF(0, box.top(), name, box.height()), Qt.AlignmentFlag.AlignVCenter, text)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, right, self._number(each))
        field = box.width() - name - number - theme.space.medium
        bar = QRectF(name + theme.space.medium, box.center().y() - box.height() * BAR / 2,
                     max(0.0, field * self._share(each)), box.height() * BAR)  # fmt: skip
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.setBrush(theme.color("accent_soft"))
        painter.drawRect(bar)

    def _number(self, each: GradeCount) -> str:
        return f"{share_text(self._share(each))}  n {count_text(each.count)}"

    def _share(self, each: GradeCount) -> float:
        return each.count / (sum(one.count for one in self.counts) or 1)

    def _widest_name(self) -> float:
        metrics = self._look.metrics("control")
        return max(metrics.horizontalAdvance(grade_name(one.grade)) for one in self.counts) + 2.0

    def _line(self) -> float:
        return self._look.metrics("control").height() + self._look.theme.space.small

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
