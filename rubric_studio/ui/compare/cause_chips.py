"""Why people differed, as chips of which one is pressed. On several lines where it is narrow."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from rubric_studio.services.settling_disputes import CAUSES
from rubric_studio.ui.compare.dispute_words import cause_words, tr
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text

CAUSE_KEYS = dict(zip(CAUSES, "WFLS", strict=True))


class CauseChips(QWidget):
    """`chosen` names the cause; its key stands before its words. Nothing is chosen until somebody does."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Why they differed"))
        self._group = QButtonGroup(self)
        flow = FlowLayout(self, spacing=look.theme.space.tiny)
        for at, cause in enumerate(CAUSES):
            button = QToolButton()
            button.setText(button_text(f"{CAUSE_KEYS[cause]}  {cause_words(cause)}"))
            button.setAccessibleName(cause_words(cause))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setCheckable(True)
            dress(button, "chip")
            self._group.addButton(button, at)
            flow.addWidget(button)
        self._group.idClicked.connect(lambda at: self.chosen.emit(CAUSES[at]))

    def value(self) -> str:
        """Return the cause that is chosen, "" where none is."""
        at = self._group.checkedId()
        return CAUSES[at] if at >= 0 else ""

    def set_value(self, cause: str) -> None:
        """Choose a cause, or with "" none."""
        self._group.setExclusive(False)
        for at, each in enumerate(CAUSES):
            self._group.button(at).setChecked(each == cause)
        self._group.setExclusive(True)

    def press_key(self, letter: str) -> bool:
        """Choose by a key; whether it is one of them."""
        found = next((cause for cause, key in CAUSE_KEYS.items() if key == letter), None)
        if found is not None:
            self.set_value(found)
            self.chosen.emit(found)
        return found is not None
