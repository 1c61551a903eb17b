"""A difference of two guides as lines to read side by side, what differs marked word by word. Draws nothing."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from rubric_studio.domain.rubric import Criterion, Level, Rubric, Stratum
from rubric_studio.domain.word_difference import Range, word_differences
from rubric_studio.services.version_difference import (
    KIND,
    Change,
    GradeDifference,
    PartDifference,
    PointDifference,
    RubricDifference,
)
from rubric_studio.ui.guide.criterion_words import kind_line, weight_words, when_words
from rubric_studio.ui.guide.editor_conditions import gate_words
from rubric_studio.ui.guide.editor_levels import level_name
from rubric_studio.ui.guide.kind_words import choice_name, parameter_name
from rubric_studio.ui.guide.version_words import tr
from rubric_studio.ui.labels import heading, label
from rubric_studio.ui.number_text import count_text, weight_text

Place = Literal["", "removed", "added"]
Size = Literal["title", "strong", "text", "muted"]
Role = Literal["part", "point", "note"]


@dataclass(frozen=True)
class Piece:
    """Some words, the place they were taken out of or put into, and how they stand."""

    text: str
    place: Place = ""
    size: Size = "text"


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class SideBySide:
    """What either guide says of one thing, line by line; a note runs over both sides."""

    role: Role
    left: tuple[Line, ...] = ()
    right: tuple[Line, ...] = ()


def difference_rows(found: RubricDifference, old: Rubric, new: Rubric) -> Iterator[SideBySide]:
    """Everything that differs, part by part, as it is asked for; what is the same is counted in a note."""
    yield from _whole(found)
    for part in found.parts:
        if part.state != "same":
            yield _part_row(part)
            yield from _point_rows(part, old, new)
    same = sum(part.state == "same" for part in found.parts)
    if same and not found.is_empty:
        yield _note(tr("{0} parts are the same in both"), tr("1 part is the same in both"), same)


def guide_rows(rubric: Rubric) -> Iterator[SideBySide]:
    """A whole guide to read, on one side."""
    head = heading(f"aggregation.{rubric.aggregation}")
    formula = [(Piece(rubric.formula),)] if rubric.formula else []
    yield SideBySide("note", ((Piece(rubric.name, size="title"),), (Piece(head, size="muted"),), *formula))
    for stratum in rubric.strata:
        yield SideBySide("part", tuple(_part_lines(stratum)))
        for criterion in stratum.criteria:
            yield SideBySide("point", tuple(_whole_point(criterion, rubric)))


# ---- the guide as a whole


def _whole(found: RubricDifference) -> list[SideBySide]:
    names = {
        "name": tr("Name"),
        "aggregation": tr("How it adds up"),
        "formula": tr("Formula"),
        "row_criteria": tr("Where questions' own points count"),
        "graders": tr("Graders"),
    }
    if not found.changes:
        return []
    both = [_change_lines(names[each.name], each, _whole_value) for each in found.changes]
    return [SideBySide("point", tuple(left for left, _ in both), tuple(right for _, right in both))]


def _whole_value(change: Change, value: Any) -> str:
    if change.name == "aggregation":
        return heading(f"aggregation.{value}")
    return _plain(value)


# ---- parts


def _part_row(part: PartDifference) -> SideBySide:
    if part.old is None or part.new is None:
        stratum = part.old or part.new
        assert stratum is not None
        return _alone("part", _part_lines(stratum), is_new=part.old is None)
    left, right = _pairs(
        [
            ((part.old.title or part.old.key, "title"), (part.new.title or part.new.key, "title")),
            *(
                ((a, "muted"), (b, "muted"))
                for a, b in zip(_part_facts(part.old), _part_facts(part.new), strict=True)
            ),
        ]
    )
    moved = (_moved(tr("moved among the parts")),) if part.moved else ()
    return SideBySide("part", left, (*right, *moved))


def _part_lines(stratum: Stratum) -> Iterable[Line]:
    yield (Piece(stratum.title or stratum.key, size="title"),)
    yield from ((Piece(fact, size="muted"),) for fact in _part_facts(stratum) if fact)


def _part_facts(stratum: Stratum) -> tuple[str, str, str]:
    weight = tr("weight {0}").format(weight_text(stratum.weight))
    return weight, gate_words(stratum), when_words(stratum.when) if stratum.when else ""


# ---- points


def _point_rows(part: PartDifference, old: Rubric, new: Rubric) -> Iterator[SideBySide]:
    for point in part.points:
        if point.state in ("added", "removed"):
            criterion, rubric = (point.new, new) if point.new else (point.old, old)
            assert criterion is not None
            yield _alone("point", _whole_point(criterion, rubric), is_new=point.old is None)
        elif point.state == "changed":
            yield _changed_point(point, old, new)
    same = sum(point.state == "same" for point in part.points)
    if same:
        yield _note(tr("{0} points are the same in both"), tr("1 point is the same in both"), same)


def _changed_point(point: PointDifference, old: Rubric, new: Rubric) -> SideBySide:
    was, now = point.old, point.new
    assert was is not None
    assert now is not None
    left, right = _pairs(
        [
            ((was.title or was.key, "strong"), (now.title or now.key, "strong")),
            ((weight_words(was, old), "muted"), (weight_words(now, new), "muted")),
            ((kind_line(was), "muted"), (kind_line(now), "muted")),
        ]
    )
    wording = [change for change in point.changes if change.name == "wording"]
    both = [_pairs([((each.old, "text"), (each.new, "text"))]) for each in wording]
    for one, other in both:
        left, right = left + one, right + other
    for change in point.changes:
        if change.name.startswith(KIND) or change.name == "allow_na":
            one_line, other_line = _change_lines(_parameter(was, change), change, _parameter_value)
            left, right = (*left, one_line), (*right, other_line)
    for grade in point.grades:
        if grade.state != "same":
            one, other = _grade_lines(grade)
            left, right = left + one, right + other
    return SideBySide("point", left, right + _moves(point, old, new))


def _moves(point: PointDifference, old: Rubric, new: Rubric) -> tuple[Line, ...]:
    if not point.moved:
        return ()
    if not point.is_elsewhere:
        return (_moved(tr("moved within its part")),)
    titles = {stratum.key: stratum.title or stratum.key for stratum in (*new.strata, *old.strata)}
    words = tr("moved here from “{part}”")
    return (_moved(words.format(part=titles[point.old_part or ""])),)  # type: ignore[index]


def _moved(words: str) -> Line:
    return (Piece(f"\N{RIGHTWARDS ARROW} {words}", size="muted"),)


def _whole_point(criterion: Criterion, rubric: Rubric) -> Iterable[Line]:
    yield (Piece(criterion.title or criterion.key, size="strong"),)
    yield (Piece(f"{weight_words(criterion, rubric)} · {kind_line(criterion)}", size="muted"),)
    if criterion.wording:
        yield (Piece(criterion.wording),)
    yield from ((Piece(_grade_text(level), size="muted"),) for level in criterion.levels)


def _parameter(criterion: Criterion, change: Change) -> str:
    if change.name == "allow_na":
        return tr("May be left out")
    name = change.name.removeprefix(KIND)
    return tr("Grader") if name == "grader" else parameter_name(criterion.kind.type, name)


def _parameter_value(change: Change, value: Any) -> str:
    try:
        return choice_name(change.name.removeprefix(KIND), value)
    except KeyError:
        return _plain(value)


# ---- grades


def _grade_lines(grade: GradeDifference) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    if grade.old is None or grade.new is None:
        text = _grade_text(grade.old or grade.new)  # type: ignore[arg-type]
        if grade.old is None:
            return ((Piece(""),),), ((Piece(text, "added", "muted"),),)
        return ((Piece(text, "removed", "muted"),),), ((Piece(""),),)
    left, right = _pairs([((_grade_text(grade.old), "muted"), (_grade_text(grade.new), "muted"))])
    return left, right + ((_moved(tr("moved among the grades")),) if grade.moved else ())


def _grade_text(level: Level) -> str:
    words = f"{weight_text(level.value)}  {level_name(level)}"
    words += f": {level.text}" if level.text else ""
    if level.anchors:
        quoted = "; ".join(f"“{anchor.text}”" for anchor in level.anchors)
        words += tr(" (for example {0})").format(quoted)
    return words


# ---- words marked


def _change_lines(name: str, change: Change, value: Callable[[Change, Any], str]) -> tuple[Line, Line]:
    """The name of a field, and behind it what either side says there."""
    before, after = value(change, change.old), value(change, change.new)
    (left,), (right,) = _pairs([((before, "muted"), (after, "muted"))])
    head = Piece(f"{name}: ", size="muted")
    return (head, *left), (head, *right)


def _pairs(
    texts: Iterable[tuple[tuple[str, Size], tuple[str, Size]]],
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Lines that stand beside each other, their different words marked; what neither side says is left out."""
    left: list[Line] = []
    right: list[Line] = []
    for (was, size), (now, other) in texts:
        if was or now:
            removed, added = word_differences(was, now)
            left.append(_pieces(was, removed, "removed", size))
            right.append(_pieces(now, added, "added", other))
    return tuple(left), tuple(right)


def _pieces(text: str, ranges: tuple[Range, ...], place: Place, size: Size) -> Line:
    found: list[Piece] = []
    at = 0
    for start, end in ranges:
        found += [Piece(text[at:start], size=size)] if at < start else []
        found.append(Piece(text[start:end], place, size))
        at = end
    rest = text[at:]
    return (*found, Piece(rest, size=size)) if rest or not found else tuple(found)


def _alone(role: Role, lines: Iterable[Line], *, is_new: bool) -> SideBySide:
    """Something that only one of the two guides has."""
    place: Place = "added" if is_new else "removed"
    marked = tuple(tuple(Piece(each.text, place, each.size) for each in line) for line in lines)
    return SideBySide(role, (), marked) if is_new else SideBySide(role, marked, ())


def _note(many: str, one: str, count: int) -> SideBySide:
    words = one if count == 1 else many.format(count_text(count))
    return SideBySide("note", ((Piece(words, size="muted"),),))


def _plain(value: Any) -> str:
    if value is None or value == "" or value == ():
        return tr("nothing")
    if isinstance(value, bool):
        return label("level.yes") if value else label("level.no")
    if isinstance(value, int | float):
        return f"{value:.6g}"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    return json.dumps(value, ensure_ascii=False, indent=1)
