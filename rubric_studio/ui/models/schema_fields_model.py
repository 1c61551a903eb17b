"""The fields of an answer as lines of a table that can be written in. It knows no schema."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt

from rubric_studio.domain.simple_schema import FieldKind, SimpleField

KINDS: dict[FieldKind, object] = {
    "text": QT_TRANSLATE_NOOP("schema_fields", "Text"),
    "number": QT_TRANSLATE_NOOP("schema_fields", "Number"),
    "integer": QT_TRANSLATE_NOOP("schema_fields", "Whole number"),
    "yes_no": QT_TRANSLATE_NOOP("schema_fields", "Yes or no"),
    "date": QT_TRANSLATE_NOOP("schema_fields", "Date"),
    "one_of": QT_TRANSLATE_NOOP("schema_fields", "One of"),
    "texts": QT_TRANSLATE_NOOP("schema_fields", "List of texts"),
    "several_of": QT_TRANSLATE_NOOP("schema_fields", "Several of"),
}
NAME, KIND, CHOICES, WORDS, REQUIRED = range(5)
BETWEEN = ";"


class SchemaFieldsModel(QAbstractTableModel):
    """One line a field. Choices are written with a semicolon between them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields: list[SimpleField] = []

    def fields(self) -> tuple[SimpleField, ...]:
        """The fields as they stand."""
        return tuple(self._fields)

    def show_fields(self, fields: Sequence[SimpleField]) -> None:
        """Replace all."""
        self.beginResetModel()
        self._fields = list(fields)
        self.endResetModel()

    def add(self, field: SimpleField) -> None:
        """Put one more at the end."""
        end = len(self._fields)
        self.beginInsertRows(QModelIndex(), end, end)
        self._fields.append(field)
        self.endInsertRows()

    def remove(self, row: int) -> None:
        """Take one away."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._fields[row]
        self.endRemoveRows()

    def move(self, row: int, step: int) -> bool:
        """Move one up (-1) or down (1); whether there was room."""
        other = row + step
        if not (0 <= row < len(self._fields) and 0 <= other < len(self._fields)):
            return False
        self._fields[row], self._fields[other] = self._fields[other], self._fields[row]
        first, last = sorted((row, other))
        self.dataChanged.emit(self.index(first, 0), self.index(last, REQUIRED))
        return True

    # ---- as Qt asks

    def rowCount(self, parent: Any = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._fields)

    def columnCount(self, parent: Any = None) -> int:
        return REQUIRED + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("Name"),
            self.tr("Kind"),
            self.tr("Choices"),
            self.tr("Meaning"),
            self.tr("Required"),
        )[section]

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        field, column = self._fields[index.row()], index.column()
        if column == REQUIRED:
            state = Qt.CheckState.Checked if field.required else Qt.CheckState.Unchecked
            return state if role == Qt.ItemDataRole.CheckStateRole else None
        if role == Qt.ItemDataRole.EditRole and column == KIND:
            return field.kind
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(field, column)
        return None

    def setData(self, index: Any, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        field, column = self._fields[index.row()], index.column()
        changes: dict[str, Any] = {}
        if column == REQUIRED and role == Qt.ItemDataRole.CheckStateRole:
            changes = {"required": Qt.CheckState(value) == Qt.CheckState.Checked}
        elif role == Qt.ItemDataRole.EditRole and column == CHOICES:
            parts = [part.strip() for part in str(value).split(BETWEEN)]
            changes = {"choices": tuple(dict.fromkeys(part for part in parts if part))}
        elif role == Qt.ItemDataRole.EditRole:
            changes = {{NAME: "name", KIND: "kind", WORDS: "description"}[column]: str(value).strip()}
        if changes.get("name") == "":
            return False
        self._fields[index.row()] = field.model_copy(update=changes)
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), REQUIRED))
        return True

    def flags(self, index: Any) -> Qt.ItemFlag:
        can = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == REQUIRED:
            return can | Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == CHOICES and not self._fields[index.row()].takes_choices:
            return can
        return can | Qt.ItemFlag.ItemIsEditable

    def _text(self, field: SimpleField, column: int) -> str:
        match column:
            case 0:
                return field.name
            case 1:
                return kind_name(field.kind)
            case 2:
                return f"{BETWEEN} ".join(field.choices) if field.takes_choices else ""
            case _:
                return field.description


def kind_name(kind: FieldKind) -> str:
    """What people see for a kind."""
    return QCoreApplication.translate("schema_fields", str(KINDS[kind]))
