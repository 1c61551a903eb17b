"""The grades of the point at hand in one short line, for windows too small to show their words without scrolling."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text
from rubric_studio.ui.review.card_point import CardPoint

MOST_LETTERS = 22


class GradeStrip(QWidget):
    """One button for each grade with its key. Keys do the same, so it takes no keyboard."""

    level_chosen = Signal(str)
    not_applicable_chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._point: CardPoint | None = None
        self._is_locked = False
        self._flow = FlowLayout(self, spacing=look.theme.space.small)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.not_applicable = self._button()
        self.not_applicable.clicked.connect(self._on_not_applicable_clicked)
        self.setAccessibleName(self.tr("Grades"))
        self.hide()

    def show_point(self, point: CardPoint, *, locked: bool) -> None:
        """Show a point's grades, the one given pressed."""
        if (point, locked) == (self._point, self._is_locked):
            return
        self._point, self._is_locked = point, locked
        while len(self.buttons) < len(point.grades):
            self._add()
        for at, button in enumerate(self.buttons):
            if at < len(point.grades):
                grade = point.grades[at]
                self._fill(button, grade.key, grade.name, chosen=point.chosen == grade.level)
            button.setVisible(at < len(point.grades))
        name = heading("shape.not_applicable")
        self._fill(self.not_applicable, "N", name, chosen=point.not_applicable)
        self.not_applicable.setVisible(point.may_not_apply)

    def _fill(self, button: QPushButton, key: str, name: str, *, chosen: bool) -> None:
        short = name if len(name) <= MOST_LETTERS else name[: MOST_LETTERS - 1].rstrip() + "…"
        button.setText(button_text(f"{key}  {short}" if key else short))
        button.setAccessibleName(name)
        button.setChecked(chosen)
        button.setEnabled(not self._is_locked)

    def _add(self) -> None:
        at, button = len(self.buttons), self._button()
        button.clicked.connect(lambda: self._on_clicked(at))
        self._flow.removeWidget(self.not_applicable)
        self._flow.addWidget(button)
        self._flow.addWidget(self.not_applicable)  # stays the last one
        self.buttons.append(button)

    def _button(self) -> QPushButton:
        button = QPushButton(self)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress(button, "chip")
        return button

    def _on_clicked(self, at: int) -> None:
        if self._point is not None:
            self.buttons[at].setChecked(self._point.chosen == self._point.grades[at].level)
            self.level_chosen.emit(self._point.grades[at].level)

    def _on_not_applicable_clicked(self) -> None:
        if self._point is not None:
            self.not_applicable.setChecked(self._point.not_applicable)
            self.not_applicable_chosen.emit()
