"""A bar above the page that says one lasting thing about the project, with at most one button. Knows no project."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text


class NoticeBar(QFrame):
    """Stays until what it says is no longer so."""

    button_requested = Signal()

    def __init__(
        self, look: Look, icon: str, text: str, *, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._icon_name = look, icon
        dress(self, "bar")
        self.setAccessibleName(text)
        self._icon = PlainLabel()
        self.label = PlainLabel(text, wrap=True)
        self.button = QPushButton(button_text(button))
        self.button.setAutoDefault(True)  # Enter presses it, as Space does
        if not button:  # to show it before it has a place would open a window
            self.button.hide()
        self.button.clicked.connect(self.button_requested)
        space = look.theme.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.medium, space.tiny, space.medium, space.tiny)
        layout.setSpacing(space.small)
        layout.addWidget(self._icon)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        look.changed.connect(self._draw_icon)
        self._draw_icon()

    def _draw_icon(self) -> None:
        size = self._look.theme.shape.icon
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._look.icons().pixmap(self._icon_name, "text_muted", size, ratio))
