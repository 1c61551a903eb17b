"""The first step: a file is dropped or chosen, or a range pasted. It reads nothing."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.ui.choosing_files import choose_table
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


class SourceStep(QWidget):
    """Emits a path or the text of a pasted range."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = EmptyState(
            look,
            self.tr("Drop your Excel file here. We show you what we understood before anything is saved."),
            main=self.tr("Choose a file…"),
            link=self.tr("Paste cells that you copied (Ctrl+V)"),
            icon="file",
        )
        self.state.main_requested.connect(self._choose)
        self.state.link_requested.connect(self.paste)
        self.problem = PlainLabel("", "problem", wrap=True)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.state, 1)
        layout.addWidget(self.problem)
        self.setFocusProxy(self.state.main_button)

    def paste(self) -> None:
        """Take what was copied."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.chosen.emit(text)
        else:
            self.show_problem(self.tr("The clipboard holds no cells. Copy a range in Excel first."))

    def show_problem(self, text: str) -> None:
        """Say what is wrong with what was chosen; "" takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _choose(self) -> None:
        choose_table(self, self.tr("Bring in a file"), self.chosen.emit)
