"""What differs between two rubrics, matched by their permanent keys. Says nothing of totals and shows nothing."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from rubric_studio.domain.rubric import Criterion, Level, Rubric, Stratum
from rubric_studio.domain.values import Value

State = Literal["same", "added", "removed", "changed"]
KIND = "kind."
"""Stands before the names of a kind's parameters."""

Keyed = TypeVar("Keyed", Stratum, Criterion, Level)


class Change(NamedTuple):
    """A field and what it says in either rubric; None where it says nothing."""

    name: str
    old: Any
    new: Any


class GradeDifference(NamedTuple):
    """One grade of a point: `old` None where it was added, `new` None where it was removed."""

    key: str
    old: Level | None
    new: Level | None
    changes: tuple[Change, ...]
    moved: bool = False

    @property
    def state(self) -> State:
        """What became of it."""
        return _state(self.old, self.new, self.changes or self.moved)


class PointDifference(NamedTuple):
    """One point. `moved`: it stands in another part, or elsewhere among the points it had around it."""

    key: str
    old: Criterion | None
    new: Criterion | None
    old_part: str | None
    new_part: str | None
    moved: bool
    changes: tuple[Change, ...]
    grades: tuple[GradeDifference, ...]

    @property
    def state(self) -> State:
        """What became of it."""
        grades = any(grade.state != "same" for grade in self.grades)
        return _state(self.old, self.new, self.moved or self.changes or grades)

    @property
    def is_elsewhere(self) -> bool:
        """Whether it went from one part to another."""
        return self.old is not None and self.new is not None and self.old_part != self.new_part


class PartDifference(NamedTuple):
    """One part with its points, those that were taken away beside those they stood beside."""

    key: str
    old: Stratum | None
    new: Stratum | None
    moved: bool
    changes: tuple[Change, ...]
    points: tuple[PointDifference, ...]

    @property
    def state(self) -> State:
        """What became of it; "same" only where its points are too."""
        points = any(point.state != "same" for point in self.points)
        return _state(self.old, self.new, self.moved or self.changes or points)


class RubricDifference(NamedTuple):
    """Everything that differs. Titles, wordings and grades' texts are whole: words are marked where they are shown."""

    changes: tuple[Change, ...]
    parts: tuple[PartDifference, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not self.changes and all(part.state == "same" for part in self.parts)

    def points(self) -> Iterator[PointDifference]:
        """All points, part by part; one that went to another part stands there only."""
        for part in self.parts:
            yield from part.points


def rubric_difference(old: Rubric, new: Rubric) -> RubricDifference:
    """Find parts and points added, removed, moved and renamed, and every field that changed."""
    before, after = _in_parts(old), _in_parts(new)
    own = ("name", "aggregation", "formula", "row_criteria", "graders")
    return RubricDifference(
        changes=_changes(old, new, own),
        parts=tuple(
            _part(was, now, moved, before, after) for was, now, moved in _matched(old.strata, new.strata)
        ),
    )


Places = dict[str, tuple[Stratum, Criterion]]


def _in_parts(rubric: Rubric) -> Places:
    return {
        criterion.key: (stratum, criterion) for stratum in rubric.strata for criterion in stratum.criteria
    }


def _part(
    old: Stratum | None, new: Stratum | None, moved: bool, before: Places, after: Places
) -> PartDifference:
    whole = new or old
    assert whole is not None
    # A point that left for another part is told of there; one that came from elsewhere has no place here before.
    was = [] if old is None else [c for c in old.criteria if c.key not in after or _home(after, c) == old.key]
    now = [] if new is None else list(new.criteria)
    stayed = [c for c in now if old is not None and c.key in before and _home(before, c) == old.key]
    shifted = {there.key for _, there, moves in _matched(was, stayed) if there is not None and moves}
    points = [
        _point(before.get(each.key), after.get(each.key), each.key in shifted) for each in _woven(was, now)
    ]
    both = old is not None and new is not None
    fields = ("title", "weight", "gate", "when")
    return PartDifference(
        whole.key, old, new, moved, _changes(old, new, fields) if both else (), tuple(points)
    )


def _home(places: Places, criterion: Criterion) -> str:
    return places[criterion.key][0].key


def _point(
    before: tuple[Stratum, Criterion] | None, after: tuple[Stratum, Criterion] | None, shifted: bool
) -> PointDifference:
    old_part, old = before or (None, None)
    new_part, new = after or (None, None)
    either = new or old
    assert either is not None
    elsewhere = bool(old_part and new_part and old_part.key != new_part.key)
    changes: tuple[Change, ...] = ()
    grades: tuple[GradeDifference, ...] = ()
    if old is not None and new is not None:
        changes = (*_changes(old, new, ("title", "wording", "weight")), *_kind_changes(old, new))
        changes += _changes(old, new, ("when", "allow_na"))
        grades = tuple(_grade(*each) for each in _matched(old.levels, new.levels))
    return PointDifference(
        either.key,
        old,
        new,
        old_part.key if old_part else None,
        new_part.key if new_part else None,
        elsewhere or shifted,
        changes,
        grades,
    )


def _grade(old: Level | None, new: Level | None, moved: bool) -> GradeDifference:
    either = new or old
    assert either is not None
    both = old is not None and new is not None
    changes = _changes(old, new, ("value", "text", "anchors")) if both else ()
    return GradeDifference(either.key, old, new, changes, moved)


def _kind_changes(old: Criterion, new: Criterion) -> tuple[Change, ...]:
    """The kind's parameters that differ; of another kind only its own parameters are told."""
    if old.kind.type != new.kind.type:
        return (Change("kind", old.kind.type, new.kind.type),)
    names = [name for name in type(old.kind).model_fields if name != "type"]
    return tuple(
        change._replace(name=KIND + change.name) for change in _changes(old.kind, new.kind, tuple(names))
    )


def _changes(old: Value | None, new: Value | None, names: Sequence[str]) -> tuple[Change, ...]:
    pairs = [Change(name, getattr(old, name), getattr(new, name)) for name in names]
    return tuple(change for change in pairs if change.old != change.new)


def _state(old: object, new: object, differs: object) -> State:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    return "changed" if differs else "same"


# ---- order


def _matched(old: Sequence[Keyed], new: Sequence[Keyed]) -> list[tuple[Keyed | None, Keyed | None, bool]]:
    """Pairs by key, woven into one order, and whether each moved: as few as possible, the rest hold their order."""
    before, after = {each.key: each for each in old}, {each.key: each for each in new}
    places = {each.key: at for at, each in enumerate(old)}
    shared = [str(each.key) for each in new if each.key in before]
    kept = {shared[at] for at in _longest_rising([places[key] for key in shared])}
    return [
        (
            before.get(each.key),
            after.get(each.key),
            each.key in before and each.key in after and each.key not in kept,
        )
        for each in _woven(old, new)
    ]


def _woven(old: Sequence[Keyed], new: Sequence[Keyed]) -> list[Keyed]:
    """The new ones in their order, each that is gone behind the one it stood behind."""
    there = {each.key for each in new}
    woven = list(new)
    last: str | None = None
    for each in old:
        if each.key not in there:
            at = next((place for place, other in enumerate(woven) if other.key == last), -1)
            woven.insert(at + 1, each)
        last = each.key
    return woven


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Where the longest rising run of distinct numbers stands (patience sorting)."""
    tops: list[int] = []
    at_top: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(at_top[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        at_top[pile : pile + 1] = [at]
    found: list[int] = []
    at = at_top[-1] if at_top else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
