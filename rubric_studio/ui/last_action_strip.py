"""The strip that names the last action, takes it back, and says what is saved. Knows no history itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip


class LastActionStrip(QFrame):
    """Left the last action with Undo and Redo, right when it was saved and whether the network is off."""

    undo_requested = Signal()
    redo_requested = Signal()
    history_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, "strip")
        self._action = PlainLabel(self.tr("Nothing changed yet"), "caption")
        self._action.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.undo_button = QPushButton(self.tr("Undo"))
        self.redo_button = QPushButton(self.tr("Redo"))
        self.history_button = QPushButton(self.tr("History"))
        self._saved = PlainLabel("", "caption")
        self._offline = PlainLabel(self.tr("Offline"), "chip")
        set_tip(self._offline, self.tr("The network is switched off: nothing leaves this computer"))
        self._offline.hide()
        for button, signal in (
            (self.undo_button, self.undo_requested),
            (self.redo_button, self.redo_requested),
            (self.history_button, self.history_requested),
        ):
            dress(button, "quiet")
            button.clicked.connect(signal)
        self.set_last_action("")
        self.set_redo("")
        self._lay_out()
        look.changed.connect(self._draw_icons)
        self._draw_icons()

    def set_last_action(self, label: str) -> None:
        """Name the action that Undo takes back; "" when there is none."""
        self._action.setText(self.tr("Last: {action}").format(action=label) if label else "")
        set_tip(self._action, label)
        self.undo_button.setEnabled(bool(label))
        set_tip(self.undo_button, self.tr("Take back: {action}").format(action=label) if label else "")

    def set_redo(self, label: str) -> None:
        """Name the action that Redo brings back; "" hides the button."""
        self.redo_button.setVisible(bool(label))
        set_tip(self.redo_button, self.tr("Bring back: {action}").format(action=label) if label else "")

    def set_saved(self, time: str) -> None:
        """Say when the last change was saved ("14:02"); "" says nothing."""
        self._saved.setText(self.tr("Saved {time}").format(time=time) if time else "")

    def set_offline(self, offline: bool) -> None:
        """Show or hide the mark that nothing leaves this computer."""
        self._offline.setVisible(offline)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.medium, 2, space.medium, 2)
        layout.setSpacing(space.small)
        layout.addWidget(self._action, 1, Qt.AlignmentFlag.AlignVCenter)
        for widget in (self.undo_button, self.redo_button, self.history_button, self._saved, self._offline):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _draw_icons(self) -> None:
        for button, name in (
            (self.undo_button, "undo"),
            (self.redo_button, "redo"),
            (self.history_button, "history"),
        ):
            button.setIcon(self._look.icon(name))
