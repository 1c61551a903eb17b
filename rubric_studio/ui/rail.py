"""The rail at the left: one button per page, icon and word. It shows no page itself."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text, set_tip

EDGE = 3


class Rail(QFrame):
    """Pages are (name, its key as people see it); the name is also the icon's."""

    page_requested = Signal(str)

    def __init__(self, look: Look, pages: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, "rail")
        self.setAccessibleName(self.tr("Pages"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._group = QButtonGroup(self)
        self.buttons = {name: RailButton(look, heading(f"page.{name}"), self) for name, _ in pages}
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.tiny, space.medium, space.tiny, space.medium)
        layout.setSpacing(space.tiny)
        for name, key in pages:
            button = self.buttons[name]
            set_tip(button, f"{button.accessibleName()} ({key})")
            button.clicked.connect(lambda _=False, name=name: self.page_requested.emit(name))
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)
        look.changed.connect(self._draw)
        self._draw()

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self.buttons[name].setChecked(True)
        for button in self.buttons.values():  # Tab stops at the page that is shown, the arrow keys go on
            stops = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stops)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys walk from button to button."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = list(self.buttons.values())
        if step is None or self.focusWidget() not in buttons:
            super().keyPressEvent(event)
            return
        at = buttons.index(self.focusWidget())  # type: ignore[arg-type]
        buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _draw(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(self._look.icon(name, "accent" if button.isChecked() else "text_muted"))
            icon = self._look.theme.shape.icon * 3 // 2
            button.setIconSize(QSize(icon, icon))


class RailButton(QToolButton):
    """A page's button. Chosen, it has an edge at its left as well as another color."""

    def __init__(self, look: Look, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self._look = look
        self.setText(button_text(text))
        self.setAccessibleName(text)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dress(self, "rail")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            with QPainter(self) as painter:
                inset = self._look.theme.shape.corner
                edge = self.rect().adjusted(0, inset, 0, -inset)
                edge.setWidth(EDGE)
                painter.fillRect(edge, self._look.theme.color("accent"))
