"""One grade to press: its key, its name, the words that say when it applies, examples on demand."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.state_shape import Shape


class LevelButton(QPushButton):
    """As high as its words need. Words take no clicks of their own."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setCheckable(True)
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._key = PlainLabel("", "key")
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = PlainLabel("", wrap=True)
        self._examples = PlainLabel("", "caption", wrap=True)
        space = look.theme.space
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._words)
        texts.addWidget(self._examples)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.small, space.tiny, space.small, space.tiny)
        layout.setSpacing(space.small)
        layout.addWidget(self._key, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        for label in (self._key, self._words, self._examples):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        dress(self, "level")
        look.changed.connect(self._fit)
        self._fit()

    def show_level(
        self, key: str, name: str, text: str, examples: Sequence[str], shape: Shape, *, chosen: bool
    ) -> None:
        """Show a grade."""
        self._key.setText(key or "\N{BULLET}")
        self._words.setText(f"{name}: {text}" if text else name)
        self._examples.setText("\n".join(examples))
        self._examples.setVisible(bool(examples))
        said = self.tr("{grade}, key {key}") if key else self.tr("{grade}, by Tab and Enter")
        self.setAccessibleName(said.format(grade=name, key=key))
        self.setAccessibleDescription(text)
        self.setChecked(chosen)
        if self.property("state") != shape.role:
            self.setProperty("state", shape.role)
            dress(self, "level")
        self.updateGeometry()

    def words(self) -> str:
        """Return what stands on it."""
        return self._words.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return super().minimumSizeHint() if layout is None else layout.totalMinimumSize()

    def _fit(self) -> None:
        self._key.setMinimumWidth(self._look.metrics("control", bold=True).horizontalAdvance("00"))
