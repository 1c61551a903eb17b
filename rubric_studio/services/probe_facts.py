"""What probes are made of: which results, terms and forms a rubric asks of a row. It makes no probe."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from rubric_studio.domain.kinds import (
    ChoiceKind,
    DateKind,
    FormatKind,
    LabelsKind,
    MentionsKind,
    NumberKind,
    Pattern,
    SimilarKind,
)
from rubric_studio.domain.probes.facts import Context, Facts, Target, TargetType
from rubric_studio.domain.probes.form import Tried
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.grader.measures import Answer, field_values, parse_path
from rubric_studio.services.asked import Asked
from rubric_studio.services.scores import SampleScore

TARGETS: dict[type, TargetType] = {
    LabelsKind: "labels",
    ChoiceKind: "choice",
    NumberKind: "number",
    DateKind: "date",
    SimilarKind: "similar",
}
ANSWER_FIELDS = (
    "reference_answer",
    "ideal_answer",
    "model_answer",
    "ideal",
    "answer",
    "solution",
    "reference",
    "expected_output",
    "completion",
)
SHORTEST_ANSWER = 80  # letters; less is a result, not a whole answer
MOST_LABELS = 400
TELLING = 5  # letters of a word that says something
MOST_WORDS = 40
SAYS_NOTHING = frozenset(
    re.findall(
        r"\w+",
        "about above after again answer answers before below other should shall their there these they those "
        "which where while whose within without would could nothing something every anything neither either",
    )
)

_Targeted = LabelsKind | ChoiceKind | NumberKind | DateKind | SimilarKind


def context_of(rubric: Rubric, rows: Iterable[Row]) -> Context:
    """Count the labels of every field with which the rubric compares, over all rows."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in _label_fields(rubric)}
    mentioned = {c.kind.reference for c in rubric.criteria() if isinstance(c.kind, MentionsKind)}
    for row in rows:
        for name, counter in counted.items():
            counter.update({str(value) for value in _leaves(field_values(name, row.reference))})
    sets = {
        name: tuple(sorted(counter, key=lambda label: (-counter[label], label)))
        for name, counter in counted.items()
        if name not in mentioned or _is_label_set(counter)
    }
    return Context({name: labels for name, labels in sets.items() if labels})


def facts_of(row: Row, asked: Sequence[Asked], context: Context) -> Facts:
    """What the criteria that apply to a row ask of it."""
    criteria = [each.criterion for each in asked if each.criterion is not None and each.weight > 0]
    schemas = [c.kind.json_schema for c in criteria if isinstance(c.kind, FormatKind) and c.kind.json_schema]
    targets = [target for c in criteria if (target := _target(row, c, context)) is not None]
    return Facts(
        targets=tuple(targets),
        terms=tuple(dict.fromkeys(term for c in criteria for term in _terms(row, c))),
        wants_more=any(each.weight > 0 and _wants_more(each, context) for each in asked),
        text=_whole_answer(row, criteria),
        schema=schemas[0] if schemas else None,
        words=_telling_words(asked),
    )


def best_first(scores: Iterable[SampleScore]) -> list[SampleScore]:
    """A row's samples by score, the middle of the range where it is open; then by model and run."""
    return sorted(scores, key=lambda each: (-_height(each), each.sample.model, each.sample.run, each.id))


def tried(score: SampleScore) -> Tried:
    """An output as probes see it."""
    found, value, _ = Answer(score.sample.text).reading()
    places = {
        key: tuple((span.start, span.end) for span in mark.spans)
        for key, mark in score.marks.items()
        if mark.spans
    }
    return Tried(score.sample.text, value if found else None, found, places)


def _label_fields(rubric: Rubric) -> list[str]:
    kinds = (criterion.kind for criterion in rubric.criteria())
    names = [kind.reference for kind in kinds if isinstance(kind, LabelsKind | ChoiceKind | MentionsKind)]
    return list(dict.fromkeys(name for name in names if name))


def _is_label_set(counter: Counter[str]) -> bool:
    """Terms that rows share are labels; terms that each row has for itself are not."""
    return 2 <= len(counter) <= MOST_LABELS and counter.total() >= 2 * len(counter)


def _target(row: Row, criterion: Criterion, context: Context) -> Target | None:
    kind = criterion.kind
    if isinstance(kind, MentionsKind):
        return _mentioned(row, criterion.key, kind, context)
    if not isinstance(kind, _Targeted):
        return None
    found = field_values(kind.reference, row.reference)
    values = tuple(_value(kind, each) for each in _leaves(found))
    if not found or (found == [None]) or (not values and not isinstance(kind, LabelsKind)):
        return None
    pattern, path = ("", kind.predicted) if isinstance(kind.predicted, str) else (kind.predicted.pattern, "")
    return Target(
        key=criterion.key,
        type=TARGETS[type(kind)],
        values=values,
        field=kind.reference,
        steps=_json_steps(path),
        pattern=pattern if isinstance(kind.predicted, Pattern) else "",
        decimal=kind.decimal if isinstance(kind, NumberKind) else ".",
        slack=_slack(kind, values),
    )


def _mentioned(row: Row, key: str, kind: MentionsKind, context: Context) -> Target | None:
    """Terms of a field whose values rows share are as good as labels."""
    if not kind.reference or kind.reference not in context.labels:
        return None
    values = tuple(str(each) for each in _leaves(field_values(kind.reference, row.reference)))
    return Target(key, "labels", values, kind.reference, is_mention=True) if values else None


def _json_steps(path: str) -> tuple[str | int | None, ...] | None:
    try:
        steps = parse_path(path) if path and path != "output_text" else ()
    except ValueError:  # the check itself says so, unscored
        return None
    return steps[1:] if steps and steps[0] == "output_json" else None


def _value(kind: _Targeted, value: Any) -> Any:
    if isinstance(kind, NumberKind) and isinstance(value, str):
        return _number(value, kind.decimal)
    if isinstance(kind, DateKind) and isinstance(value, str):
        return _date(value)
    return value


def _number(text: str, decimal: str) -> float | str:
    group = "," if decimal == "." else "."
    try:
        return float(text.replace(group, "").replace(decimal, "."))
    except ValueError:
        return text


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _slack(kind: _Targeted, values: Sequence[Any]) -> float:
    if isinstance(kind, DateKind):
        return float(kind.days)
    if isinstance(kind, NumberKind):
        size = max((abs(each) for each in values if isinstance(each, int | float)), default=0.0)
        return max(kind.absolute, kind.relative * size) + kind.band
    return 0.0


def _terms(row: Row, criterion: Criterion) -> list[str]:
    kind = criterion.kind
    if not isinstance(kind, MentionsKind):
        return []
    own = _leaves(field_values(kind.reference, row.reference)) if kind.reference else []
    return [*kind.terms, *(str(each) for each in own)]


def _wants_more(asked: Asked, context: Context) -> bool:
    """Whether a criterion looks at more than the bare result: reasons, terms, a shortest length."""
    if asked.criterion is None:
        return True
    kind = asked.criterion.kind
    if isinstance(kind, FormatKind):
        return bool(kind.min_chars)
    if isinstance(kind, MentionsKind):
        return bool(kind.terms) or kind.reference not in context.labels
    return kind.type in ("judged", "python")


def _whole_answer(row: Row, criteria: Sequence[Criterion]) -> str:
    compared = [c.kind.reference for c in criteria if isinstance(c.kind, SimilarKind)]
    for name in (*compared, *ANSWER_FIELDS):
        found = field_values(name, row.reference)
        if len(found) == 1 and isinstance(found[0], str) and len(found[0]) >= SHORTEST_ANSWER:
            return found[0]
    return ""


def _telling_words(asked: Iterable[Asked]) -> tuple[str, ...]:
    words = (
        word
        for each in asked
        if each.weight > 0
        for word in re.findall(r"[^\W\d_]+", f"{each.title} {each.wording}")
        if len(word) >= TELLING and word.lower() not in SAYS_NOTHING
    )
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def _leaves(values: Iterable[Any]) -> list[Any]:
    leaves: list[Any] = []
    for value in values:
        if isinstance(value, list | tuple):
            leaves += _leaves(cast("Sequence[Any]", value))
        elif value is not None and not isinstance(value, Mapping):
            leaves.append(value)
    return leaves


def _height(score: SampleScore) -> float:
    if score.score is not None:
        return score.score
    return 0.0 if score.low is None or score.high is None else (score.low + score.high) / 2
