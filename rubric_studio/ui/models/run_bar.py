"""How far a run is, as a thin bar: done, failed, still open. Failed is hatched, so that color is not alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.domain.run import RunSummary
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.run_words import counts_text, failed_text

HEIGHT = 8


class RunBar(QWidget):
    """Widths are shares of the run's calls."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shares = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_run(self, run: RunSummary) -> None:
        """Show another state."""
        whole = max(run.calls, 1)
        self._shares = (run.done / whole, run.failed / whole)
        name = counts_text(run)
        self.setAccessibleName(f"{name}, {failed_text(run.failed)}" if run.failed else name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.space.page * 4, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.space.page, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        box = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            outline = QPainterPath()
            outline.addRoundedRect(box, HEIGHT / 4, HEIGHT / 4)
            painter.setClipPath(outline)
            painter.fillRect(box, theme.color("line"))
            done, failed = (share * box.width() for share in self._shares)
            painter.fillRect(QRectF(0, 0, done, box.height()), theme.color("accent"))
            rest = QRectF(done, 0, max(failed, 3.0) if failed else 0.0, box.height())
            painter.fillRect(rest, theme.color("missed_soft"))
            painter.fillRect(rest, QBrush(theme.color("missed"), Qt.BrushStyle.Dense3Pattern))
