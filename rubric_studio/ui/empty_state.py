"""What stands where there is nothing yet: one sentence, one main button, one link."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text

LETTERS = 45


class EmptyState(QWidget):
    """A calm middle of an empty page. Without a button's or link's words that one is not there."""

    main_requested = Signal()
    link_requested = Signal()

    def __init__(
        self,
        look: Look,
        sentence: str,
        *,
        main: str = "",
        link: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._icon_name = look, icon
        self._icon = PlainLabel()
        self._sentence = PlainLabel(sentence, "reading", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.main_button = QPushButton(button_text(main))
        dress(self.main_button, "primary")
        self.main_button.clicked.connect(self.main_requested)
        self.link_button = QPushButton(button_text(link))
        dress(self.link_button, "link")
        self.link_button.clicked.connect(self.link_requested)
        self.setAccessibleName(sentence)
        self._lay_out()
        self.main_button.setVisible(bool(main))
        self.link_button.setVisible(bool(link))
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._fit_sentence()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sentence()

    def _fit_sentence(self) -> None:
        """Keep room for every line: where it is tight Qt would cut a wrapped label."""
        widest = self._look.metrics("reading").averageCharWidth() * LETTERS
        room = max(1, self.width() - 2 * self._look.theme.space.page)
        self._sentence.setMaximumWidth(widest)
        height = self._sentence.heightForWidth(min(widest, room))
        self._sentence.setMinimumHeight(max(0, height))  # Qt says -1 while there is no sentence

    def _on_look_changed(self) -> None:
        self._draw_icon()
        self._fit_sentence()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.page, space.page, space.page, space.page)
        layout.setSpacing(space.large)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._middle())
        for button in (self.main_button, self.link_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def _middle(self) -> QHBoxLayout:
        """Hold the sentence in the middle; an alignment would take its height from one line."""
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._sentence, 1000)
        middle.addStretch(1)
        return middle

    def _draw_icon(self) -> None:
        self._icon.setVisible(bool(self._icon_name))
        if self._icon_name:
            size = self._look.theme.shape.icon * 3
            self._icon.setFixedSize(size, size)
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(self._look.icons().pixmap(self._icon_name, "control_line", size, ratio))
