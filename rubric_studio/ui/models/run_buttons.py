"""What can be done with a run, each with its key. It says what is wanted and does nothing."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from rubric_studio.domain.run import RunState
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.run_line import RunNow
from rubric_studio.ui.models.run_words import PAUSING, tr

KEYS = {"pause": "P", "go_on": "P", "retry": "R", "cancel": "C", "delete": "Del"}
ICONS = {"pause": "pause", "go_on": "play", "retry": "redo", "cancel": "stop", "delete": "trash"}


class RunButtons(QWidget):
    """Only what can be done now is there."""

    wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        texts = {
            "pause": tr("Pause"),
            "go_on": tr("Go on"),
            "retry": tr("Retry failed only"),
            "cancel": tr("Cancel…"),
            "delete": tr("Delete…"),
        }
        self.buttons = {name: QPushButton(f"{text}  {key_text(KEYS[name])}") for name, text in texts.items()}
        layout = FlowLayout(self, spacing=look.theme.space.small)
        for name, button in self.buttons.items():
            button.setAccessibleName(texts[name])
            button.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
            layout.addWidget(button)
        dress(self.buttons["go_on"], "primary")
        look.changed.connect(self._draw)
        self._draw()

    def show_now(self, now: RunNow, *, writing: bool) -> None:
        """Offer what can be done with a run in that state."""
        state, run = now.state, now.run
        is_open = run.open > 0
        offered = {
            "pause": state in (RunState.RUNNING, RunState.WAITING),
            "go_on": state == PAUSING or (state == RunState.PAUSED and is_open),
            "retry": state in (RunState.PAUSED, RunState.DONE) and run.failed > 0,
            "cancel": state in (RunState.RUNNING, RunState.WAITING, RunState.PAUSED, PAUSING) and is_open,
            "delete": state in (RunState.PAUSED, RunState.DONE, RunState.CANCELLED),
        }
        for name, button in self.buttons.items():
            button.setVisible(writing and offered[name])

    def act(self, key: int) -> bool:
        """Press the button of a key where it is offered; whether there was one."""
        for name, button in self.buttons.items():
            if not button.isHidden() and KEYS[name] == QKeySequence(key).toString():
                self.wanted.emit(name)
                return True
        return False

    def _draw(self) -> None:
        for name, button in self.buttons.items():
            role = "on_accent" if name == "go_on" else "text_muted"
            button.setIcon(self._look.icon(ICONS[name], role))
