"""The check over the whole file: what it would change, and every complaint, before anything is written."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.services.importing import ImportPlan
from rubric_studio.ui.choosing_files import choose_new_file
from rubric_studio.ui.importing.complaints_model import ComplaintLine, ComplaintsModel
from rubric_studio.ui.importing.import_words import difference_lines, finding
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.segmented import Segmented

COLUMNS = (90, 170, 360)


class CheckStep(QWidget):
    """Shows a plan; the wizard's footer holds the buttons that answer it."""

    save_requested = Signal(Path)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = PlainLabel("", "reading", wrap=True)
        self.counts = PlainLabel("", "", wrap=True)
        self.notes = PlainLabel("", "muted", wrap=True)
        self.model = ComplaintsModel(look)
        self.search_field = QLineEdit()
        self.search_field.setPlaceholderText(self.tr("Filter: a word, a line, a column"))
        self.search_field.setAccessibleName(self.tr("Filter the list"))
        self.search_field.setClearButtonEnabled(True)
        kinds = [
            ("all", self.tr("All")),
            ("error", self.tr("Must be settled")),
            ("warning", self.tr("Notes")),
        ]
        self.kind_choice = Segmented(self.tr("Which of them"), kinds)
        self.save_button = QPushButton(self.tr("Save this list…"))
        self.table = QTableView()
        self._complaints = QWidget()
        self._set_up_table(look)
        self._lay_out(look)
        self.search_field.textChanged.connect(self._filter)
        self.kind_choice.chosen.connect(self._filter)
        self.save_button.clicked.connect(self._choose_file)

    def show_plan(self, plan: ImportPlan, complaints: Sequence[ComplaintLine]) -> None:
        """Show what was found; the complaints come in the order in which they are listed."""
        self.finding.setText(finding(plan))
        self.counts.setText("\n".join(difference_lines(plan)))
        self.counts.setVisible(bool(self.counts.text()))
        self.notes.setText("\n".join(plan.notes))
        self.notes.setVisible(bool(plan.notes))
        self.search_field.clear()
        self.kind_choice.set_value("all")
        self.model.show(complaints)
        self.table.setColumnWidth(0, COLUMNS[0])
        self.table.setColumnWidth(1, COLUMNS[1])
        self.table.setColumnWidth(2, COLUMNS[2])
        self._complaints.setVisible(bool(plan.complaints))

    def clear(self) -> None:
        """Show nothing and hold nothing."""
        self.model.show(())

    def _set_up_table(self, look: Look) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("What was found in the file"))
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        # Two lines for every message: measuring each of 100,000 would stall the window.
        self.table.verticalHeader().setDefaultSectionSize(look.metrics("control").lineSpacing() * 2 + 10)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        dress(self.save_button, "")
        filters = QHBoxLayout()
        filters.setSpacing(space.small)
        filters.addWidget(self.search_field, 1)
        filters.addWidget(self.kind_choice)
        filters.addWidget(self.save_button)
        inside = QVBoxLayout(self._complaints)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space.small)
        inside.addLayout(filters)
        inside.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.medium)
        for label in (self.finding, self.counts, self.notes):
            layout.addWidget(label)
        layout.addWidget(self._complaints, 1)
        layout.addStretch(0)

    def _filter(self) -> None:
        self.model.filter(self.search_field.text(), self.kind_choice.value())

    def _choose_file(self) -> None:
        proposed, kind = Path(self.tr("To look at.xlsx")), self.tr("Excel workbook (*.xlsx)")
        choose_new_file(self, self.tr("Save this list"), proposed, kind, self.save_requested.emit)
