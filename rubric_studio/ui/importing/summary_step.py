"""What came in, once it is saved, and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.services.importing import ImportPlan, ImportReport
from rubric_studio.ui.importing.import_words import brought_in
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


class SummaryStep(QWidget):
    """A few calm lines."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel("", "title", wrap=True)
        self._lines = PlainLabel("", "reading", wrap=True)
        hint = self.tr("The list of imports keeps it: there it can be taken away again as a whole.")
        layout = QVBoxLayout(self)
        layout.setSpacing(look.theme.space.large)
        layout.addStretch(2)
        for label in (self._title, self._lines, PlainLabel(hint, "muted", wrap=True)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addStretch(3)

    def show_report(self, plan: ImportPlan, report: ImportReport) -> None:
        """Say what came in."""
        self._title.setText(self.tr("{file} is in").format(file=plan.file.name))
        self._lines.setText("\n".join(brought_in(plan, report)))

    def text(self) -> str:
        """Return what is said."""
        return f"{self._title.text()}\n{self._lines.text()}"
