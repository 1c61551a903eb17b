"""Things one below the other that scroll upwards and downwards, never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from rubric_studio.ui.look import dress


class ScrollColumn(QScrollArea):
    """What it holds is added to `column`; what is short stays at the top."""

    def __init__(self, spacing: int, right: int = 0, bottom: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        dress(inside, "plain")
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, right, bottom)
        self.column = QVBoxLayout()
        self.column.setSpacing(spacing)
        around.addLayout(self.column)
        around.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what it holds follows the keyboard into sight
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = inside
        self.setWidget(inside)

    def whole_width(self) -> int:
        """How wide it must be for nothing to be cut."""
        return self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
