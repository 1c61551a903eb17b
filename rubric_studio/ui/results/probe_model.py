"""The table of trick answers by outcome: one line for each trick, a column for each saved version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from rubric_studio.services.probe_outcomes import KindOutcome, Standing
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.results.probe_names import about, doing, standing_shape, standing_word
from rubric_studio.ui.results.probe_reading import ProbesRead, Tried
from rubric_studio.ui.results.probe_words import amount_text, ends_text, sentence, since, tr
from rubric_studio.ui.state_shape import paint_shape

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
STANDING, FOUND, MEAN, WORST, COUNT, VERSIONS = range(6)
_ORDER = {
    standing: at
    for at, standing in enumerate((Standing.BREAKS, Standing.SOME, Standing.OPEN, Standing.HOLDS))
}


@dataclass(frozen=True)
class ProbeLine:
    """One trick: its name in words, its outcome, the same under other versions, and what is said of it."""

    kind: KindOutcome
    doing: str
    sentence: str
    others: tuple[KindOutcome | None, ...]


class ProbeModel(QAbstractTableModel):
    """Lines with trouble stand first. Tricks that apply to no question are not among them: see `nowhere`."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._others: tuple[Tried, ...] = ()
        self._signs: dict[Standing, QPixmap] = {}
        self.lines: tuple[ProbeLine, ...] = ()
        self.nowhere: tuple[str, ...] = ()
        look.changed.connect(self._on_look_changed)

    def show_found(self, found: ProbesRead, titles: Mapping[str, str]) -> None:
        """Show what was found; `titles` are the points' by key."""
        self.beginResetModel()
        self._others = found.others
        present = found.present
        lines = [] if present is None else [_line(kind, found, titles) for kind in present.kinds]
        here = [line for line in lines if line.kind.standing is not Standing.NOWHERE]
        self.lines = tuple(sorted(here, key=lambda line: _ORDER[line.kind.standing]))
        self.nowhere = tuple(line.sentence for line in lines if line.kind.standing is Standing.NOWHERE)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else VERSIONS + len(self._others)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.DecorationRole:
            standing = self._standing(line, column)
            return None if standing is None else self._sign(standing)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            standing = self._standing(line, column)
            word = "" if standing is None or column == STANDING else f", {standing_word(standing)}"
            return self._text(line, column) + word
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(about(line.kind.name) or line.sentence)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if MEAN <= column <= COUNT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if MEAN <= section <= COUNT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section >= VERSIONS:
            return tr("Version {number}").format(number=self._others[section - VERSIONS].number)
        return (tr("Guide"), tr("What we found"), tr("Mean"), tr("Worst"), "n")[section]

    def _text(self, line: ProbeLine, column: int) -> str:
        kind = line.kind
        if column >= VERSIONS:
            other = line.others[column - VERSIONS]
            return "\N{EN DASH}" if other is None else _amount(other)
        if column == FOUND:
            return line.sentence
        if column == STANDING:
            return standing_word(kind.standing)
        return (_amount(kind), ends_text(kind.expectation, *kind.worst), count_text(kind.n))[column - MEAN]

    def _standing(self, line: ProbeLine, column: int) -> Standing | None:
        if column == STANDING:
            return line.kind.standing
        other = line.others[column - VERSIONS] if column >= VERSIONS else None
        return None if other is None else other.standing

    def _sign(self, standing: Standing) -> QPixmap:
        if standing not in self._signs:
            side = self._look.theme.shape.icon
            picture = QPixmap(side * 2, side * 2)
            picture.setDevicePixelRatio(2)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_shape(painter, QRectF(0, 0, side, side), standing_shape(standing), self._look.theme)
            painter.end()
            self._signs[standing] = picture
        return self._signs[standing]

    def _on_look_changed(self) -> None:
        self._signs.clear()
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, self.columnCount() - 1))


def _amount(kind: KindOutcome) -> str:
    return "\N{EN DASH}" if kind.standing is Standing.NOWHERE else amount_text(kind)


def _line(kind: KindOutcome, found: ProbesRead, titles: Mapping[str, str]) -> ProbeLine:
    own = found.own.get(kind.name)
    name = doing(kind.name, tr("Your trick “{name}”").format(name=own.name) if own else "")
    others = tuple(each.kind(kind.name) for each in found.others)
    words = [sentence(kind, name, titles)]
    if others and others[0] is not None and kind.standing is not Standing.NOWHERE:
        version = tr("version {number}").format(number=found.others[0].number)
        words.append(since(found.changes.get(kind.name), others[0], version))
    return ProbeLine(kind, name, " ".join(word for word in words if word), others)
