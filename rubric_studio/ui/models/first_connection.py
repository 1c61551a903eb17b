"""What somebody reads who has never connected a model: what models are for here, and that nothing leaves by itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel

LETTERS = 62


class FirstConnection(QWidget):
    """A calm page with one button."""

    connections_requested = Signal()
    import_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.connect_button = QPushButton(self.tr("Connect a model"))
        dress(self.connect_button, "primary")
        self.connect_button.clicked.connect(self.connections_requested)
        self.import_button = QPushButton(self.tr("Bring in answers that were made elsewhere"))
        dress(self.import_button, "link")
        self.import_button.clicked.connect(self.import_requested)
        self._icon = PlainLabel()
        self._texts = [
            PlainLabel(self.tr("Models can do two things for you here."), "reading", wrap=True),
            PlainLabel(
                self.tr("Give fresh answers to your questions, so that you see what a model says today."),
                wrap=True,
            ),
            PlainLabel(
                self.tr(
                    "Give marks on points that no program can decide, compared with yours before they count."
                ),
                wrap=True,
            ),
            PlainLabel(
                self.tr(
                    "Nothing leaves this computer until you say so: the program begins offline, and before every "
                    "run you see what goes where and what it costs."
                ),
                wrap=True,
            ),
            PlainLabel(
                self.tr(
                    "Questions, the scoring guide, your marks, results and the hand-over work without a model."
                ),
                wrap=True,
            ),
        ]
        self.setAccessibleName(" ".join(text.text() for text in self._texts))
        self._lay_out()
        look.changed.connect(self._fit)
        self._fit()

    def setFocus(self, *reason: object) -> None:
        """Put the keyboard on the one thing to do."""
        self.connect_button.setFocus()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QVBoxLayout(self)
        layout.setSpacing(space.medium)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for text in self._texts:
            layout.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(space.small)
        for button in (self.connect_button, self.import_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def _fit(self) -> None:
        width = self._look.metrics("control").averageCharWidth() * LETTERS
        for text in self._texts:
            text.setFixedWidth(width)
            text.setMinimumHeight(text.heightForWidth(width))
        size = self._look.theme.shape.icon * 3
        self._icon.setFixedSize(size, size)
        pixmap = self._look.icons().pixmap("models", "control_line", size, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)
