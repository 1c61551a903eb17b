"""A map of people by points: how much milder or stricter each is than the others. Only those who may be seen."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rubric_studio.services.person_figures import PersonFigures, PersonPoint
from rubric_studio.ui.compare.agreement_words import DASH, reason_short, tr, value_words, whole_words
from rubric_studio.ui.labels import counted
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text, signed_text
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.results.figure_table import read_only_lines

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
DEPTH = Qt.ItemDataRole.UserRole + 1
FULL = 0.25
"""A difference from which on a cell has its full color."""
MIDDLE = Qt.AlignmentFlag.AlignCenter
PERSON_LETTERS = 17


class MapPoint(NamedTuple):
    """A point of the map: a line. Without a key it is how people repeat themselves, over all points."""

    key: str | None
    title: str


class PeopleModel(QAbstractTableModel):
    """Points down, for their names are long and they may be hundreds; people across."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[PersonFigures, ...] = ()
        self.points: tuple[MapPoint, ...] = ()
        self._by: list[dict[str, PersonPoint]] = []

    def show_people(self, people: Sequence[PersonFigures], points: Sequence[MapPoint]) -> None:
        """Show other people, or other points."""
        self.beginResetModel()
        self.people = tuple(people)
        self._by = [{point.key: point for point in person.points} for person in people]
        spoken = {key for by in self._by for key in by}
        known = [point for point in points if point.key in spoken]
        again = MapPoint(None, tr("The same answer met again, without being told"))
        repeated = any(person.consistency.n for person in people)
        self.points = (*known, again) if repeated else tuple(known)
        self.endResetModel()

    def words(self, line: int, person: int) -> str:
        """One cell in sentences."""
        who, point = self.people[person], self.points[line]
        if point.key is None:
            return repeat_words(who)
        return cell_words(who, point.title, self._by[person].get(point.key))

    def _cell(self, line: int, person: int) -> tuple[str, float | None]:
        """One cell: its text, and how deep its ground is."""
        key = self.points[line].key
        if key is None:
            return repeat_text(self.people[person]), None
        point = self._by[person].get(key)
        value = None if point is None else point.difference.value
        return cell_text(point), None if value is None else min(1.0, abs(value) / FULL)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.points)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.people) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = index.row(), index.column()
        if column == 0:
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            title = self.points[line].title
            return title if role in texts else tip(title) if role == Qt.ItemDataRole.ToolTipRole else None
        text, depth = self._cell(line, column - 1)
        if role in (Qt.ItemDataRole.DisplayRole, DEPTH):
            return text if role == Qt.ItemDataRole.DisplayRole else depth
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return MIDDLE
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self.words(line, column - 1)
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return MIDDLE
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return person_name(self.people[section - 1]) if section else tr("Point")


class PeopleMap(QTableView):
    """`pointed` tells in words what the keyboard stands on, `opened` the line that is to be opened."""

    pointed = Signal(str)
    opened = Signal(int)

    def __init__(self, look: Look, model: PeopleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._people = look, model
        self.setModel(model)
        read_only_lines(self)
        self.setSelectionBehavior(self.SelectionBehavior.SelectItems)
        self.setItemDelegate(_Shade(look, self))
        self.setAccessibleName(tr("Map of people by points"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))
        model.modelReset.connect(self._fit)
        look.changed.connect(self._fit)
        self._fit()

    def _on_current_changed(self, now: QModelIndex) -> None:
        is_cell = now.isValid() and now.column() > 0
        self.pointed.emit(self._people.words(now.row(), now.column() - 1) if is_cell else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and self.currentIndex().isValid()
        ):
            self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        letter = self._look.metrics("control").averageCharWidth()
        line = self._look.metrics("control").height() + self._look.theme.space.medium
        self.verticalHeader().setDefaultSectionSize(line)
        header = self.horizontalHeader()
        for column in range(self._people.columnCount()):
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if column else QHeaderView.ResizeMode.Stretch
            )
            if column:
                header.resizeSection(column, letter * PERSON_LETTERS)


class _Shade(QStyledItemDelegate):
    """The further from the others, the deeper the ground; the number says the same, and which way."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        depth = index.data(DEPTH)
        if depth is None:
            super().paint(painter, option, index)
            return
        theme = self._look.theme
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        painter.save()
        ground = _between(theme.color("surface"), theme.color("partly_soft"), depth)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.fillRect(box, ground)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), theme.shape.focus))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.setFont(self._look.font("control", bold=depth >= 0.5))
        painter.setPen(theme.color("text"))
        style.drawItemText(painter, option.rect, MIDDLE, option.palette, True, words)
        painter.restore()


def _between(one: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def person_name(person: PersonFigures) -> str:
    """Whose column it is."""
    return tr("You") if person.is_viewer else person.rater.name


def cell_text(point: PersonPoint | None) -> str:
    """How far she is from the others, with the number of answers: "+0.21  n 24"."""
    if point is None:
        return DASH
    if point.difference.value is None:
        return reason_short(point.difference)
    return f"{signed_text(point.difference.value)}  n {count_text(point.difference.n)}"


def cell_words(person: PersonFigures, title: str, point: PersonPoint | None) -> str:
    """The same in sentences."""
    name = person_name(person)
    if point is None:
        return tr("{title}: {name} marked nothing of it.").format(title=title, name=name)
    said = [tr("{title}, {name}: {difference} against the mean of the others.").format(
        title=title, name=name, difference=_signed_whole(point))]  # fmt: skip
    words = tr("Agreement with {name} {with_her}, without {without_her}.")
    said.append(words.format(
        name=name, with_her=whole_words("alpha", point.with_her), without_her=whole_words("alpha", point.without_her)
    ))  # fmt: skip
    if point.consistency.n:
        again = tr("Marked again, hidden: the same grade on {share} of {n}.")
        said.append(again.format(
            share=whole_words("percent", point.consistency), n=counted("verdict", point.consistency.n)
        ))  # fmt: skip
    return " ".join(said)


def repeat_text(person: PersonFigures) -> str:
    """How often somebody gave the same grade again: "92 %  n 36"."""
    again = person.consistency
    return f"{value_words('percent', again)}  n {count_text(again.n)}" if again.n else DASH


def repeat_words(person: PersonFigures) -> str:
    """The same in a sentence."""
    if not person.consistency.n:
        return tr("{name} met no answer twice.").format(name=person_name(person))
    words = tr("{name}: of {n} given a second time without being told, {share} were the same grade.")
    return words.format(
        name=person_name(person), n=counted("verdict", person.consistency.n),
        share=whole_words("percent", person.consistency),
    )  # fmt: skip


def _signed_whole(point: PersonPoint) -> str:
    estimate = point.difference
    if estimate.value is None:
        return reason_short(estimate)
    between = ""
    if estimate.low is not None and estimate.high is not None:
        between = f" ({signed_text(estimate.low)} {DASH} {signed_text(estimate.high)})"
    return f"{signed_text(estimate.value)}{between}, n {count_text(estimate.n)}"
