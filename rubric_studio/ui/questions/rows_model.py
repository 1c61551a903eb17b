"""The table's lines: an array of row ids, and summaries fetched a page at a time when they come into sight.

Which rows and in which order is not decided here: `row_finder.py` asks the project.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowSummary
from rubric_studio.services.marks import AS_TRAINED, EXPERTS
from rubric_studio.ui.labels import heading, label
from rubric_studio.ui.number_text import count_text, score_text
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.questions.reference_values import value_text

if TYPE_CHECKING:
    from rubric_studio.services.board import RowSpread

PAGE = 64
"""Read in a few milliseconds, so that jumping through 100,000 rows is not felt; a window shows half of it."""

KEPT_PAGES = 64
PATCHED = 64
"""Up to so many changed rows are read again one by one; above that their pages are dropped."""

ID, PROMPT, FLAGS, DECISION, ANSWERS, SPREAD = "id", "prompt", "flags", "decision", "answers", "spread"
BUILT_IN = (ID, PROMPT, FLAGS, DECISION, ANSWERS, SPREAD)
FIELD = "field:"
"""A column that shows a reference field is named by this and the field."""

SUMMARY_ROLE = Qt.ItemDataRole.UserRole
COLUMN_ROLE = Qt.ItemDataRole.UserRole + 1
SPREAD_ROLE = Qt.ItemDataRole.UserRole + 2
DIFFERS_ROLE = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Read = Callable[[Sequence[RowId]], Sequence[RowSummary]]


class RowsModel(QAbstractTableModel):
    """Rows as lines.

    Args:
        read: the summaries of those rows, in their order.
    """

    def __init__(self, read: Read, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._ids: Sequence[RowId] = ()
        self._places: dict[RowId, int] = {}
        self._pages: OrderedDict[int, list[RowSummary]] = OrderedDict()
        self._fields: tuple[str, ...] = ()
        self._columns: tuple[str, ...] = BUILT_IN
        self._spreads: Mapping[RowId, RowSpread] = {}
        self._rater = AS_TRAINED
        self._differing: Set[RowId] = frozenset()

    # ---- what is listed

    @property
    def ids(self) -> Sequence[RowId]:
        """The rows that are listed, in order."""
        return self._ids

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, left to right."""
        return self._columns

    def set_rows(self, ids: Sequence[RowId]) -> None:
        """List other rows."""
        self.beginResetModel()
        self._ids = ids
        self._places = {id: place for place, id in enumerate(ids)}
        self._pages.clear()
        self.endResetModel()

    def set_fields(self, fields: Sequence[str]) -> None:
        """Show these reference fields as columns beside the first words."""
        columns = (ID, PROMPT, *(FIELD + name for name in fields), FLAGS, DECISION, ANSWERS, SPREAD)
        if columns != self._columns:
            self.beginResetModel()
            self._fields, self._columns = tuple(fields), columns
            self.endResetModel()

    @property
    def fields(self) -> tuple[str, ...]:
        """The reference fields that are shown as columns."""
        return self._fields

    def set_spreads(self, spreads: "Mapping[RowId, RowSpread]", rater: str) -> None:
        """Show these means and spreads, and on the column's head whose marks they stand on."""
        self._spreads, self._rater = spreads, rater
        self._tell()

    def set_differing(self, rows: Set[RowId]) -> None:
        """Mark the rows of which copies brought different words."""
        self._differing = rows
        self._tell()

    def read_again(self, rows: Set[str]) -> None:
        """Read those rows again, or all that are kept where none is named."""
        known = [RowId(row) for row in rows if row in self._places]
        if not rows or len(known) > PATCHED:
            self._pages.clear()
        else:
            for summary in self._read(known):
                number, offset = divmod(self._places[summary.id], PAGE)
                if number in self._pages:
                    self._pages[number][offset] = summary
        self._tell()

    def place_of(self, row: str) -> int | None:
        """Where a row stands in the list, None where it is not in it."""
        return self._places.get(RowId(row))

    def summary(self, place: int) -> RowSummary:
        """The line at a place, read now if it was not."""
        number, offset = divmod(place, PAGE)
        if number not in self._pages:
            start = number * PAGE
            self._pages[number] = list(self._read(self._ids[start : start + PAGE]))
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number][offset]

    def kept(self) -> Iterable[RowSummary]:
        """The lines that were read, without reading any."""
        return (summary for page in list(self._pages.values()) for summary in page)

    # ---- as Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == COLUMN_ROLE:
            return column
        answer = _ANSWERS.get(role)
        return answer(self, self.summary(index.row()), column) if answer else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.column_name(self._columns[section])
        if role == Qt.ItemDataRole.ToolTipRole and self._columns[section] == SPREAD:
            words = self.tr("By the scoring guide as it stands now, marked by: {rater}")
            raters = {AS_TRAINED: label("rater.trained"), EXPERTS: self.tr("the experts")}
            return tip(words.format(rater=raters.get(self._rater, self._rater)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def column_name(self, column: str) -> str:
        """What people see above a column."""
        names = {
            ID: heading("row"),
            PROMPT: self.tr("First words"),
            FLAGS: heading("flag", 2),
            DECISION: heading("decision"),
            ANSWERS: heading("sample", 2),
            SPREAD: self.tr("Mean score and spread"),
        }
        return names.get(column) or column.removeprefix(FIELD)

    def text(self, summary: RowSummary, column: str) -> str:
        """Return what a cell says."""
        if column.startswith(FIELD):
            return value_text(summary.reference.get(column.removeprefix(FIELD)))
        if column == SPREAD:
            spread = self._spreads.get(summary.id)
            return score_text(spread.mean) if spread else ""
        return {
            ID: summary.id,
            PROMPT: summary.first_words or self.tr("no words, only fields"),
            FLAGS: count_text(summary.flags) if summary.flags else "",
            DECISION: decision_text(summary.decision),
            ANSWERS: count_text(summary.answers),
        }[column]

    def _tip(self, summary: RowSummary, column: str) -> str:
        if column == ID and summary.id in self._differing:
            return tip(self.tr("{id}: two copies brought different words").format(id=summary.id))
        if column != SPREAD:
            return tip(self.text(summary, column))
        spread = self._spreads.get(summary.id)
        if spread is None:
            return tip(self.tr("No answer has a score yet"))
        words = self.tr("{n} of {all} answers have a score: mean {mean}, best {best}, worst {worst}")
        return tip(
            words.format(
                n=spread.n,
                all=max(spread.n, summary.answers),
                mean=score_text(spread.mean),
                best=score_text(spread.best),
                worst=score_text(spread.worst),
            )
        )

    def _summary(self, summary: RowSummary, column: str) -> RowSummary:
        return summary

    def _spread(self, summary: RowSummary, column: str) -> "RowSpread | None":
        return self._spreads.get(summary.id)

    def _differs(self, summary: RowSummary, column: str) -> bool:
        return summary.id in self._differing

    def _tell(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))


_ANSWERS: dict[int, Callable[[RowsModel, RowSummary, str], Any]] = {
    Qt.ItemDataRole.DisplayRole: RowsModel.text,
    Qt.ItemDataRole.AccessibleTextRole: RowsModel.text,
    Qt.ItemDataRole.ToolTipRole: RowsModel._tip,
    SUMMARY_ROLE: RowsModel._summary,
    SPREAD_ROLE: RowsModel._spread,
    DIFFERS_ROLE: RowsModel._differs,
}


def decision_text(decision: str) -> str:
    """Return a decision's word, "" where there is none."""
    if decision == "conflict":
        return heading("dispute")
    return heading(f"decision.{decision}") if decision else ""
