"""One line of the checklist: a shape, a sentence, and the way to where it is mended."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.state_shape import Shape, StateShape


class CheckLine(QWidget):
    """Turns green when its sentence is good news; the button leads to where it is mended."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mend: Callable[[], object] | None = None
        self._shape = StateShape(look, Shape.NOT_APPLICABLE)
        self._words = PlainLabel(wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.mend_button = QPushButton()
        dress(self.mend_button, "link")
        self.mend_button.clicked.connect(self._on_mend_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.theme.space.medium)
        line.addWidget(self._shape)
        line.addWidget(self._words, 1)
        line.addWidget(self.mend_button)

    def say(self, shape: Shape, words: str, way: str = "", mend: Callable[[], object] | None = None) -> None:
        """Show a sentence, how good it is, and where it is mended: the words on the button, and what it does."""
        self._mend = mend
        self._shape.set_shape(shape)
        self._words.setText(words)
        self.mend_button.setText(button_text(way))
        self.mend_button.setVisible(mend is not None)
        self.setAccessibleName(words)

    def _on_mend_clicked(self) -> None:
        if self._mend is not None:
            self._mend()

    @property
    def words(self) -> str:
        """The sentence that is shown."""
        return self._words.text()
