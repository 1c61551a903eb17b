"""A simple form of an answer: a table of fields to write in. It knows no schema, see `schema_editor.py`."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.simple_schema import SimpleField
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.schema_fields_model import (
    CHOICES,
    KIND,
    KINDS,
    NAME,
    REQUIRED,
    WORDS,
    SchemaFieldsModel,
    kind_name,
)
from rubric_studio.ui.plain_text import PlainLabel

MOST_PROBLEMS = 4


class SchemaFields(QWidget):
    """`changed` tells that a field is another; `problems` what keeps the fields from being a form."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SchemaFieldsModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Fields of the answer"))
        self._kinds = _Kinds(self)
        self.table.setItemDelegateForColumn(KIND, self._kinds)
        self.add_button = QPushButton(self.tr("Add a field"))
        self.remove_button = QPushButton(self.tr("Remove"))
        self.up_button = QPushButton(self.tr("Up"))
        self.down_button = QPushButton(self.tr("Down"))
        self.problem = PlainLabel("", "problem", wrap=True)
        self._set_up(look)
        self._lay_out(look)
        self._connect()
        self._refresh()

    def fields(self) -> tuple[SimpleField, ...]:
        """The fields as they stand."""
        return self.model.fields()

    def show_fields(self, fields: Sequence[SimpleField]) -> None:
        """Show other fields."""
        self.model.show_fields(fields)
        self._refresh()

    def problems(self) -> list[str]:
        """What is wrong, in plain sentences."""
        fields = self.fields()
        if not fields:
            return [self.tr("Add at least one field.")]
        twice = [name for name, times in Counter(field.name for field in fields).items() if times > 1]
        bare = [field.name for field in fields if field.takes_choices and not field.choices]
        return [
            *(self.tr("Two fields are called “{0}”.").format(name) for name in twice),
            *(
                self.tr("“{0}” has no choices yet. Write them with a semicolon between.").format(name)
                for name in bare
            ),
        ]

    def _on_add_clicked(self) -> None:
        known = {field.name for field in self.fields()}
        number = next(at for at in range(1, len(known) + 2) if f"field_{at}" not in known)
        self.model.add(SimpleField(name=f"field_{number}"))
        index = self.model.index(self.model.rowCount() - 1, NAME)
        self.table.setCurrentIndex(index)
        self.table.edit(index)

    def _on_remove_clicked(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self.model.remove(row)

    def _on_move_clicked(self, step: int) -> None:
        index = self.table.currentIndex()
        if index.isValid() and self.model.move(index.row(), step):
            self.table.setCurrentIndex(self.model.index(index.row() + step, index.column()))

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        problems = self.problems()
        self.problem.setText("\n".join(problems[:MOST_PROBLEMS]))
        self.problem.setVisible(bool(problems) and bool(self.fields()))
        row = self.table.currentIndex().row()
        self.remove_button.setEnabled(row >= 0)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < self.model.rowCount() - 1)

    def _connect(self) -> None:
        for signal in (self.model.dataChanged, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._on_changed)
        self.table.selectionModel().currentChanged.connect(lambda: QTimer.singleShot(0, self, self._refresh))
        self.add_button.clicked.connect(self._on_add_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.up_button.clicked.connect(lambda: self._on_move_clicked(-1))
        self.down_button.clicked.connect(lambda: self._on_move_clicked(1))

    def _set_up(self, look: Look) -> None:
        table, size = self.table, look.theme.sizes.control
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size * 2 + look.theme.space.small)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        way = QAbstractItemView.EditTrigger
        table.setEditTriggers(
            way.DoubleClicked | way.SelectedClicked | way.EditKeyPressed | way.AnyKeyPressed
        )
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, letters in ((NAME, 18), (KIND, 14), (CHOICES, 20), (REQUIRED, 13)):
            header.resizeSection(column, look.metrics("control").averageCharWidth() * letters)
        header.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self, look: Look) -> None:
        buttons = QHBoxLayout()
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button):
            dress(button, "quiet")
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.space.small)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        column.addWidget(self.problem)


class _Kinds(QStyledItemDelegate):
    """Lets choose a kind from a list."""

    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        box = QComboBox(parent)
        for kind in KINDS:
            box.addItem(kind_name(kind), kind)
        box.activated.connect(lambda: self._on_activated(box))
        return box

    def setEditorData(self, editor: QWidget, index: Any) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(index.model().data(index, 2)))

    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData())

    def _on_activated(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)
