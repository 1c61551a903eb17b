"""One choice of a few, side by side: a row of buttons of which one is pressed."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from rubric_studio.ui.look import dress
from rubric_studio.ui.plain_text import button_text


class Segmented(QWidget):
    """Options are (key, what people see). The arrow keys move the choice."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._keys = [key for key, _ in options]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for index, (_, text) in enumerate(options):
            button = _Segment(self)
            button.setText(button_text(text))
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if index == 0 else Qt.FocusPolicy.ClickFocus)
            button.setProperty("place", _place(index, len(options)))
            dress(button, "segment")
            self._group.addButton(button, index)
            layout.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._on_group_toggled)

    def value(self) -> str:
        """Return the key of the choice."""
        return self._keys[self._group.checkedId()]

    def set_value(self, key: str) -> None:
        """Choose without telling anybody."""
        with QSignalBlocker(self._group):
            self._group.button(self._keys.index(key)).setChecked(True)
        self._rove()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        button = self._group.button((self._group.checkedId() + step) % len(self._keys))
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_group_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self._rove()
            self.chosen.emit(self._keys[index])

    def _rove(self) -> None:
        """Keep one stop for Tab, at the choice."""
        for button in self._group.buttons():
            policy = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)


class _Segment(QToolButton):
    """As wide as its words need while it is pressed, when they are bold: Qt itself leaves room for two spaces."""

    def sizeHint(self) -> QSize:
        hint, plain = super().sizeHint(), self.fontMetrics()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - plain.horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, wider - 2 * plain.horizontalAdvance(" ")), hint.height())


def _place(index: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if index == 0 else "last" if index == count - 1 else "middle"
