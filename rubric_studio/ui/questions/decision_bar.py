"""The strip below the table: what can be done with the selected questions, each with its key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import heading, label
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip

KEYS = {"keep": "K", "fix": "X", "drop": "D", "undecide": "U", "flag": "F", "reason": "R", "open": "Enter"}
"""What can be done -> its key. The order is that of the strip."""

ICONS = {"keep": "check", "fix": "half", "drop": "close", "undecide": "undo", "flag": "flag", "open": "guide"}


class DecisionBar(QFrame):
    """Buttons that say what they are about: "Drop 12"."""

    requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._selected = PlainLabel("", "caption")
        self.buttons = {name: self._button(name) for name in KEYS}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._flow = FlowLayout(spacing=look.theme.space.tiny)
        for button in self.buttons.values():
            self._flow.addWidget(button)
        self._flow.addWidget(self._selected)
        layout.addLayout(self._flow)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        look.changed.connect(self._draw_icons)
        self._draw_icons()
        self.show_selection(0, writable=True)

    def show_selection(self, count: int, *, writable: bool) -> None:
        """Say how many questions a button would be about."""
        for name, button in self.buttons.items():
            button.setText(self._words(name, count))
            button.setEnabled(count > 0 and (writable or name == "open"))
        several = self.tr("{n} selected").format(n=count_text(count))
        self._selected.setText(several if count > 1 else "")
        if not writable:
            self._selected.setText(self.tr("Open to read"))

    def hint(self, words: str) -> None:
        """Say why nothing was done; the next selection takes the words away."""
        self._selected.setText(words)

    def selection_text(self) -> str:
        """Return how many are said to be selected."""
        return self._selected.text()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        dress(button, "quiet")
        tips = {
            "keep": self.tr("This question may be used for training"),
            "fix": self.tr("This question must be mended first"),
            "drop": self.tr("This question stays out of training"),
            "undecide": self.tr("Take the decision back"),
            "flag": self.tr("Note a doubt, with a reason"),
            "reason": self.tr("Say why it was decided so"),
            "open": self.tr("Show its answers in the scoring guide"),
        }
        set_tip(button, tips[name])
        button.clicked.connect(lambda: self.requested.emit(name))
        return button

    def _words(self, name: str, count: int) -> str:
        words = {
            "undecide": self.tr("Undecide"),
            "flag": heading("flag"),
            "reason": self.tr("Why"),
            "open": self.tr("Open"),
        }.get(name) or heading(f"decision.{name}")
        if count > 1 and name not in ("open", "reason"):
            words = self.tr("{do} {n}").format(do=words, n=count_text(count))
        key = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}" if KEYS[name] == "Enter" else KEYS[name]
        return button_text(f"{words}  {key}")

    def _draw_icons(self) -> None:
        for name, icon in ICONS.items():
            self.buttons[name].setIcon(self._look.icon(icon))


def questions_text(count: int) -> str:
    """Return "1 question", "12 questions"."""
    return f"{count_text(count)} {label('row', count)}"
