"""What is on one line? Four cards, the proposed one chosen, above the first lines."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from rubric_studio.domain.table import FileFacts
from rubric_studio.services.mapping import Shape
from rubric_studio.ui.importing.import_words import SHAPES, shape_words
from rubric_studio.ui.importing.lines_table import LinesTable
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


class ShapeStep(QWidget):
    """The arrow keys move the choice; `shape()` is what was chosen."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.cards = {shape: ShapeCard(look, shape) for shape in SHAPES}
        self.table = LinesTable(look)
        self._reason = PlainLabel("", "muted", wrap=True)
        space = look.theme.space
        row = QHBoxLayout()
        row.setSpacing(space.medium)
        for at, card in enumerate(self.cards.values()):
            self._group.addButton(card.choice, at)
            row.addWidget(card, 1)
        self._group.idToggled.connect(self._on_group_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.medium)
        layout.addLayout(row)
        layout.addWidget(self._reason)
        layout.addWidget(self.table, 1)

    def shape(self) -> Shape:
        """Return what is on one line."""
        return SHAPES[max(0, self._group.checkedId())]

    def propose(self, facts: FileFacts, shape: Shape, reason: str) -> None:
        """Choose what the file looks like, and say why."""
        self.table.show_lines(facts)
        self._reason.setText(reason)
        self.cards[shape].choice.setChecked(True)
        self.setFocusProxy(self.cards[shape].choice)

    def _on_group_toggled(self, at: int, checked: bool) -> None:
        if checked:
            self.setFocusProxy(self._group.button(at))
            self.chosen.emit(SHAPES[at])


class ShapeCard(QFrame):
    """One shape, its name and an example; a click anywhere chooses it."""

    def __init__(self, look: Look, shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        name, example = shape_words(shape)
        self.choice = QRadioButton(name)
        self.choice.setAccessibleDescription(example)
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.tiny)
        layout.addWidget(self.choice)
        layout.addWidget(PlainLabel(example, "caption", wrap=True))
        layout.addStretch(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.choice.setChecked(True)
            self.choice.setFocus(Qt.FocusReason.MouseFocusReason)
