"""What is done with whole points and parts: add, duplicate, move, take away. Knows no widget."""

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.domain.rubric_edits import (
    criterion_to_part,
    moved_criterion,
    moved_stratum,
    nudged_criterion,
    nudged_stratum,
    with_copied_criterion,
    with_copied_stratum,
    with_criterion,
    with_new_criterion,
    with_new_stratum,
    without_criterion,
    without_stratum,
)
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.number_text import weight_text

STEPS = {"up": -1, "down": 1}
PART_STEPS = {"part_up": -1, "part_down": 1}


class EditorCommands(QObject):
    """Each command is one finished gesture; where the editor should go on then is told as a wish."""

    line_requested = Signal(str)
    """Go on at this point's line."""
    form_requested = Signal(str)
    """Open this point to write its wording."""
    naming_requested = Signal(str)
    """Ask for a point's title in this part."""

    def __init__(self, desk: GuideDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    # ---- adding

    def add_point(self, stratum: str, title: str, by_enter: bool) -> None:
        """Add a point to a part; by Enter its wording comes next."""
        rubric, key = with_new_criterion(self._desk.rubric, title, stratum)
        self._take(rubric, self.tr('Add "{0}"').format(title))
        if by_enter:
            self.form_requested.emit(key)

    def add_first_point(self, title: str, by_enter: bool) -> None:
        """Add the first point, and the part it needs, in one gesture."""
        begun, stratum = with_new_stratum(self._desk.rubric, self.tr("Answer"))
        rubric, key = with_new_criterion(begun, title, stratum)
        self._take(rubric, self.tr('Add "{0}"').format(title))
        if by_enter:
            self.form_requested.emit(key)

    def add_part(self, title: str, by_enter: bool) -> None:
        """Add a part; by Enter its first point comes next."""
        rubric, key = with_new_stratum(self._desk.rubric, title)
        self._take(rubric, self.tr('Add the part "{0}"').format(title))
        if by_enter:
            self.naming_requested.emit(key)

    def begin_at(self, stratum: str) -> None:
        """Go on at the first point of a part that has just come."""
        first = next(
            (s.criteria[0].key for s in self._desk.rubric.strata if s.key == stratum and s.criteria), ""
        )
        if first:
            self.line_requested.emit(first)

    # ---- points

    def do_with_point(self, what: str, key: str) -> None:
        """Do what a point's menu or a key asks."""
        criterion = self._desk.rubric.criterion(key)
        if criterion is None:
            return
        name = criterion.title or key
        if what == "copy":
            rubric, copied = with_copied_criterion(self._desk.rubric, key, self._copy_of(name))
            self._take(rubric, self.tr('Duplicate "{0}"').format(name))
            self.line_requested.emit(copied)
        elif what == "remove":
            self._remove(criterion, name)
        elif what in PART_STEPS:
            step, words = PART_STEPS[what], self.tr('Move "{0}" to another part').format(name)
            self._desk.change(lambda r: criterion_to_part(r, key, step), words)
            self.line_requested.emit(key)
        else:
            step = STEPS[what]
            self._desk.change(lambda r: nudged_criterion(r, key, step), self.tr('Move "{0}"').format(name))
            self.line_requested.emit(key)

    def weigh(self, key: str, weight: float) -> None:
        """Give a point another weight."""
        criterion = self._desk.rubric.criterion(key)
        if criterion is not None:
            self._desk.change(
                lambda r: with_criterion(r, key, weight=weight), weight_label(self, criterion, weight)
            )

    def preview_weight(self, key: str, weight: float) -> None:
        """Show what another weight would do."""
        self._desk.preview(lambda r: with_criterion(r, key, weight=weight))

    def _remove(self, criterion: Criterion, name: str) -> None:
        key = criterion.key
        keys = [each.key for each in self._desk.rubric.criteria()]
        at = keys.index(key)
        self._desk.change(lambda r: without_criterion(r, key), self.tr('Take "{0}" away').format(name))
        self.line_requested.emit((keys[at + 1 : at + 2] or keys[max(0, at - 1) : at] or [""])[0])

    # ---- parts

    def do_with_part(self, what: str, key: str) -> None:
        """Do what a part's menu or a key asks."""
        name = self._part_name(key)
        if name is None:
            return
        if what == "copy":
            rubric, _ = with_copied_stratum(self._desk.rubric, key, self._copy_of(name))
            self._take(rubric, self.tr('Duplicate "{0}"').format(name))
        elif what == "remove":
            self._desk.change(lambda r: without_stratum(r, key), self.tr('Take "{0}" away').format(name))
        elif what in STEPS:
            step = STEPS[what]
            self._desk.change(lambda r: nudged_stratum(r, key, step), self.tr('Move "{0}"').format(name))

    def drop(self, key: str, stratum: str, place: int) -> None:
        """Put a dragged point into a part, or a dragged part ("" for `stratum`) among the others."""
        criterion = self._desk.rubric.criterion(key)
        if stratum and criterion is not None:
            label = self.tr('Move "{0}"').format(criterion.title or key)
            self._desk.change(lambda r: moved_criterion(r, key, stratum, place), label)
            self.line_requested.emit(key)
        elif not stratum and self._part_name(key) is not None:
            label = self.tr('Move "{0}"').format(self._part_name(key))
            self._desk.change(lambda r: moved_stratum(r, key, place), label)

    def _part_name(self, key: str) -> str | None:
        return next((s.title or s.key for s in self._desk.rubric.strata if s.key == key), None)

    def _copy_of(self, name: str) -> str:
        return self.tr("{0} (copy)").format(name)

    def _take(self, rubric: Rubric, label: str) -> None:
        self._desk.change(lambda _: rubric, label)


def weight_label(said_by: QObject, criterion: Criterion, weight: float) -> str:
    """Name a change of weight: 'Weight of "Conclusion" 3 → 4'."""
    words = said_by.tr('Weight of "{0}" {1} → {2}')
    return words.format(criterion.title or criterion.key, weight_text(criterion.weight), weight_text(weight))
