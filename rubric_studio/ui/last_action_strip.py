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
    network_requested = Signal()

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
        self.network_button = QPushButton()
        dress(self.network_button, "chip")
        self.network_button.clicked.connect(self.network_requested)
        self._is_offline = True
        for button, signal in (
            (self.undo_button, self.undo_requested),
            (self.redo_button, self.redo_requested),
            (self.history_button, self.history_requested),
        ):
            dress(button, "quiet")
            button.clicked.connect(signal)
        self.set_last_action("")
        self.set_redo("")
        self.show_network(offline=True, can_switch=False)
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

    def show_network(self, *, offline: bool, can_switch: bool = True, calls: int = 0) -> None:
        """Mark whether anything may leave this computer, and how many calls of models are under way."""
        self._is_offline = offline
        if offline:
            text, told = (
                self.tr("Offline"),
                self.tr("The network is switched off: nothing leaves this computer."),
            )
        else:
            text = self._calls_text(calls)
            told = self.tr("Models may be asked: only when you start a run or try a connection.")
        wish = self.tr("Click to go online.") if offline else self.tr("Click to work offline.")
        self.network_button.setText(text)
        self.network_button.setAccessibleName(text)
        set_tip(self.network_button, f"{told} {wish}" if can_switch else told)
        self.network_button.setEnabled(can_switch)
        self._draw_icons()

    def _calls_text(self, calls: int) -> str:
        if not calls:
            return self.tr("Online")
        text = self.tr("Online · {n} call") if calls == 1 else self.tr("Online · {n} calls")
        return text.format(n=calls)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.medium, 2, space.medium, 2)
        layout.setSpacing(space.small)
        layout.addWidget(self._action, 1, Qt.AlignmentFlag.AlignVCenter)
        for widget in (self.undo_button, self.redo_button, self.history_button, self._saved):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.network_button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _draw_icons(self) -> None:
        for button, name in (
            (self.undo_button, "undo"),
            (self.redo_button, "redo"),
            (self.history_button, "history"),
            (self.network_button, "offline" if self._is_offline else "online"),
        ):
            button.setIcon(self._look.icon(name))
