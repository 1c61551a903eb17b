"""What the numbers leave out: answers without a score yet, and those to which no point applies, each to be shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from rubric_studio.grader.verdict_column import Places
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import counted
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.results.view import View
from rubric_studio.ui.results.words import tr


class MissingLine(QWidget):
    """Two links; one that has nothing to say is not there."""

    opened = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: dict[QPushButton, Places] = {}
        self.open_button, self.outside_button = QPushButton(), QPushButton()
        flow = FlowLayout(self, spacing=look.theme.space.small)
        for button in (self.open_button, self.outside_button):
            dress(button, "link")
            flow.addWidget(button)
            button.hide()
        self.open_button.clicked.connect(lambda: self._tell(self.open_button, tr("No score yet")))
        self.outside_button.clicked.connect(lambda: self._tell(self.outside_button, tr("No point applies")))

    def show_view(self, view: View) -> None:
        """Count what is missing."""
        one, many = tr("{answers} has no score yet: show it"), tr("{answers} have no score yet: show them")
        self._say(self.open_button, view.open, one, many)
        one, many = (
            tr("No point applies to {answers}: show it"),
            tr("No point applies to {answers}: show them"),
        )
        self._say(self.outside_button, view.outside, one, many)
        self.setVisible(bool(len(view.open) or len(view.outside)))

    def _say(self, button: QPushButton, places: Places, one: str, many: str) -> None:
        words = one if len(places) == 1 else many
        button.setText(words.format(answers=counted("sample", len(places))))
        button.setVisible(len(places) > 0)
        self._places[button] = places

    def _tell(self, button: QPushButton, words: str) -> None:
        self.opened.emit(words, self._places[button])
