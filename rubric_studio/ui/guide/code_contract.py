"""What own code is given and must give back, with the fields of the current question. It reads no code."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip

LONGEST_VALUE = 60
MOST_FIELDS = 24


class CodeContract(QWidget):
    """Each thing the code can read stands on a button that writes it where the cursor is."""

    insert_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons: list[QPushButton] = []
        words = self.tr(
            "grade(sample, item) gives a number from 0 to 1 for one answer. It can read these; a click writes one:"
        )
        self._rule = PlainLabel(words, "caption", wrap=True)
        self._fields = QWidget()
        self._flow = FlowLayout(self._fields, spacing=look.theme.space.tiny)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(self._rule)
        layout.addWidget(self._fields)
        self._shown: dict[str, str] | None = None

    def show_fields(self, item: Mapping[str, Any]) -> None:
        """Show the answer's own words and the fields of the current question, each with its value."""
        shown = {
            'sample["output_text"]': self.tr("The answer as text"),
            'sample["output_json"]': self.tr("The answer read as JSON, or None"),
        }
        for name, value in list(item.items())[:MOST_FIELDS]:
            shown[f"item[{_quoted(name)}]"] = self.tr("{0}, here: {1}").format(
                type(value).__name__, _short(value)
            )
        if shown != self._shown:
            self._shown = shown
            self._show(shown)

    def _show(self, shown: Mapping[str, str]) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        for code, about in shown.items():
            button = QPushButton(button_text(code))
            button.setFont(font)
            dress(button, "chip")
            set_tip(button, about)
            button.setAccessibleName(code)
            button.setAccessibleDescription(about)
            button.clicked.connect(lambda _=False, code=code: self.insert_requested.emit(code))
            self._flow.addWidget(button)
            button.show()
            self.buttons.append(button)


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _short(value: Any) -> str:
    words = " ".join(str(value).split())
    return words if len(words) <= LONGEST_VALUE else words[:LONGEST_VALUE] + "…"
