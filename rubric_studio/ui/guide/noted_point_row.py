"""A point row with the part it belongs to above, and below it what is said of its mark."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.ui.guide.answer_points import ShownPoint
from rubric_studio.ui.guide.elided_label import ElidedLabel
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.point_row import Point, PointRow
from rubric_studio.ui.state_shape import Shape


class NotedPointRow(QWidget):
    """One line of the note while the point is folded; what others said in full once it is open."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown = ShownPoint(Point("", "", Shape.PERSON))
        self.heading = PlainLabel("", "caption")
        self.row = PointRow(look, self._shown.point)
        self.note = ElidedLabel(look, "caption", "text_muted")
        self.said = PlainLabel("", "muted", wrap=True)
        space = look.theme.space
        indent = space.small + look.theme.shape.icon + space.small + look.theme.shape.focus
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, space.tiny, 0)
        layout.setSpacing(0)
        self.heading.setContentsMargins(space.small, space.small, 0, space.tiny)
        self.note.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.row)
        self._below = QVBoxLayout()
        self._below.setContentsMargins(indent, 0, space.small, space.tiny)
        self._below.addWidget(self.note)
        self._below.addWidget(self.said)
        layout.addLayout(self._below)
        self.row.opened.connect(self.show_below)
        self.show_point(self._shown, "")

    def show_point(self, shown: ShownPoint, heading: str) -> None:
        """Show another point; `heading` is "" where the part above goes on."""
        self._shown = shown
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.row.set_point(shown.point)
        self.show_below()

    def shown(self) -> ShownPoint:
        """Return what is shown."""
        return self._shown

    def show_below(self) -> None:
        """Show what belongs below a folded or an open point."""
        shown, is_open = self._shown, self.row.is_open()
        note = "" if is_open and not shown.point.grades else shown.note
        whole = is_open and bool(shown.said)
        self.note.setText(note)
        self.note.setVisible(bool(note) and not (whole and note in shown.said))
        self.said.setText(shown.said)
        self.said.setVisible(whole)
        below = self.note.isVisibleTo(self) or self.said.isVisibleTo(self)
        self._below.setContentsMargins(
            self._below.contentsMargins().left(), 0, 0, self._look.theme.space.tiny if below else 0
        )
