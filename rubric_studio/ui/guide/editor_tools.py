"""What can be done with the whole guide, keys printed: find, fold all, begin with a template. It does nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.guide.editor_menu import with_key
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text


class EditorTools(QWidget):
    """`requested` names what was asked for, as the editor's keys do."""

    requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        texts = {
            "template": self.tr("Templates…"),
            "find": self.tr("Find"),
            "fold_all": self.tr("Fold all"),
        }
        self.buttons = {what: QPushButton(button_text(with_key(text, what))) for what, text in texts.items()}
        layout = FlowLayout(self, spacing=look.theme.space.tiny)
        for what, button in self.buttons.items():
            dress(button, "quiet")
            button.clicked.connect(lambda _=False, what=what: self.requested.emit(what))
            layout.addWidget(button)
        self._draw()
        look.changed.connect(self._draw)

    def _draw(self) -> None:
        for what, icon in (("template", "copy"), ("find", "search"), ("fold_all", "up")):
            self.buttons[what].setIcon(self._look.icon(icon))
