"""Grades of one criterion that overlap or leave a hole: texts, values, ranges, and the two ends."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from rubric_studio.domain.doctor.finding import Detector, Finding, Mend
from rubric_studio.domain.doctor.level_ranges import Range, range_in
from rubric_studio.domain.rubric import Criterion, Level, Rubric
from rubric_studio.domain.rubric_edits import with_criterion


def find(rubric: Rubric) -> Iterator[Finding]:
    """One finding per criterion: the gravest."""
    for criterion in rubric.criteria():
        if criterion.is_judged and len(criterion.levels) >= 2:
            found = next(_faults(criterion), None)
            if found is not None:
                yield found


def _faults(criterion: Criterion) -> Iterator[Finding]:
    yield from _same_text(criterion)
    yield from _ranges(criterion)
    yield from _same_value(criterion)
    yield from _ends(criterion)


def _finding(
    criterion: Criterion,
    level: Level,
    strength: float,
    sentence: str,
    details: dict[str, str],
    mend: Mend | None = None,
) -> Finding:
    words = "\n".join(f"{each.key} {each.value} {each.text}" for each in criterion.levels)
    return Finding(
        DETECTOR.name,
        strength,
        sentence,
        details,
        criterion=criterion.key,
        level=level.key,
        span=(0, len(level.text)) if level.text else None,
        words=words,
        mend=mend,
    )


def _same_text(criterion: Criterion) -> Iterator[Finding]:
    by_text: dict[str, list[Level]] = defaultdict(list)
    for level in criterion.levels:
        by_text[" ".join(level.text.lower().split()).rstrip(".")].append(level)
    for text, levels in by_text.items():
        if text and len(levels) > 1:
            first, second = levels[:2]
            sentence = 'The grades "{first}" and "{second}" have the same words.'
            mend = _without(criterion, second) if first.value == second.value else None
            yield _finding(
                criterion, second, 0.95, sentence, {"first": first.key, "second": second.key}, mend
            )


def _without(criterion: Criterion, level: Level) -> Mend | None:
    """Take the second of two equal grades away; their marks are worth the same."""
    left = tuple(each for each in criterion.levels if each is not level)
    if level.anchors:
        return None
    return Mend(
        ", ".join(each.key for each in criterion.levels),
        ", ".join(each.key for each in left),
        lambda rubric: with_criterion(rubric, criterion.key, levels=left),
    )


def _same_value(criterion: Criterion) -> Iterator[Finding]:
    for at, level in enumerate(criterion.levels):
        twin = next((each for each in criterion.levels[:at] if each.value == level.value), None)
        if twin is not None:
            sentence = 'The grades "{first}" and "{second}" are worth the same ({value}).'
            details = {"first": twin.key, "second": level.key, "value": f"{level.value:g}"}
            yield _finding(criterion, level, 0.5, sentence, details)


def _ranges(criterion: Criterion) -> Iterator[Finding]:
    named = [(level, found) for level in criterion.levels if (found := range_in(level.text)) is not None]
    ordered = sorted(named, key=lambda each: (each[1].low, each[1].high))
    for (level, this), (other, following) in pairwise(ordered):
        details = {"first": level.key, "this": this.text, "second": other.key, "other": following.text}
        if following.low <= this.high:
            sentence = '"{this}" ({first}) and "{other}" ({second}) overlap: some answers fit both grades.'
            yield _finding(criterion, other, 0.9, sentence, details)
        elif _is_hole(this, following) and len(named) == len(criterion.levels):
            sentence = (
                'Between "{this}" ({first}) and "{other}" ({second}) is a hole: some answers fit no grade.'
            )
            yield _finding(criterion, other, 0.85, sentence, details)


def _is_hole(below: Range, above: Range) -> bool:
    step = 1.0 if below.is_whole and above.is_whole else 1e-6
    return above.low - below.high > step + 1e-9


def _ends(criterion: Criterion) -> Iterator[Finding]:
    best = max(criterion.levels, key=lambda level: level.value)
    last = min(criterion.levels, key=lambda level: level.value)
    if best.value < 1:
        sentence = 'No grade gives the full value: the best, "{level}", is worth {value}.'
        yield _finding(criterion, best, 0.7, sentence, {"level": best.key, "value": f"{best.value:g}"})
    elif last.value > 0:
        sentence = 'No grade gives nothing: the last, "{level}", is worth {value}.'
        yield _finding(criterion, last, 0.65, sentence, {"level": last.key, "value": f"{last.value:g}"})


DETECTOR = Detector(
    "level_faults",
    "grades that overlap, leave a hole, or lack one for all or for nothing",
    "Where two grades fit, or none, the rater's choice is chance, and training is paid by chance.",
    in_words=find,
)
