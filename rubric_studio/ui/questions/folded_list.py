"""A list of widgets of which the first few show until one asks for all."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text


class FoldedList(QWidget):
    """Stays unfolded once it was."""

    def __init__(
        self, look: Look, widgets: Sequence[QWidget], first: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rest = list(widgets[first:]) if len(widgets) > first + 1 else []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        for widget in widgets:
            layout.addWidget(widget)
        for widget in self._rest:
            widget.hide()
        self.all_button = QPushButton(self.tr("Show all {n}").format(n=count_text(len(widgets))))
        dress(self.all_button, "link")
        self.all_button.clicked.connect(self._on_all_clicked)
        layout.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.all_button.setVisible(bool(self._rest))  # once it has a place: alone it would open as a window

    def _on_all_clicked(self) -> None:
        for widget in self._rest:
            widget.show()
        self.all_button.hide()
