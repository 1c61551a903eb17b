"""What a program marked on this answer, folded into one line. Nobody changes it here."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from rubric_studio.domain.verdict import CheckVerdict
from rubric_studio.services.asked import Asked
from rubric_studio.ui.labels import label
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text, set_tip
from rubric_studio.ui.review.points_list import PointLine, PointsList
from rubric_studio.ui.state_shape import Shape, shape_of

MOST_LINES = 6

Checks = Sequence[tuple[Asked, CheckVerdict | None]]


class ChecksFold(QObject):
    """A button and the list that it opens; it stays open from answer to answer."""

    toggled = Signal(bool)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: list[PointLine] = []
        self.button = QPushButton()
        self.button.setCheckable(True)
        dress(self.button, "chip")
        self.list = PointsList(look)
        self.list.setAccessibleName(self.tr("Points that the program marks"))
        self.list.hide()
        self.button.toggled.connect(self._on_toggled)

    def show_checks(self, checks: Checks) -> None:
        """Show what was found."""
        self._lines = [check_line(asked, found) for asked, found in checks]
        count = len(self._lines)
        words = (
            self.tr("1 point is marked by the program")
            if count == 1
            else self.tr("{0} points are marked by the program").format(count)
        )
        self.button.setText(button_text(self.tr("By the program: {0}  C").format(count)))
        self.button.setAccessibleName(words)
        set_tip(self.button, words)
        self.button.setVisible(count > 0)
        self._fill()

    def toggle(self) -> None:
        """Open or fold it."""
        self.button.toggle()

    def lines(self) -> list[PointLine]:
        """Return what it holds, folded or not."""
        return self._lines

    def _on_toggled(self, opened: bool) -> None:
        self._fill()
        self.toggled.emit(opened)

    def _fill(self) -> None:
        opened = self.button.isChecked()
        self.list.setVisible(opened and bool(self._lines))
        if opened:
            self.list.show_lines(self._lines, "")
            most = MOST_LINES * self.list.content_height() // max(1, len(self._lines))
            self.list.setFixedHeight(min(self.list.content_height(), most))


def check_line(asked: Asked, found: CheckVerdict | None) -> PointLine:
    """Return what a program found, as a line of a list."""
    if found is None or found.value is None:
        shape = Shape.FAULT if found is not None else Shape.PERSON
    else:
        shape = shape_of(found.value, costs_points=asked.weight < 0)
    return PointLine(asked.key, asked.title, shape, label(f"shape.{shape}"))
