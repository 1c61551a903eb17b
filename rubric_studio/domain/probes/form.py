"""The form in which an output is written: JSON of the shape that the checks read, or prose. It knows no tricks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from rubric_studio.domain.probes.facts import Facts, Step, Target

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tried:
    """An output that a model gave: its text, its JSON (`has_json`), where each check found its answer.

    `places` holds by criterion key the spans that its check reported.
    """

    text: str
    value: Any = None
    has_json: bool = False
    places: Mapping[str, tuple[Span, ...]] = field(default_factory=dict[str, tuple[Span, ...]])


def is_json_form(facts: Facts) -> bool:
    """Whether the checks read JSON: a path into it, or a schema that it must fit."""
    return facts.schema is not None or any(target.in_json for target in facts.targets)


def written(facts: Facts, samples: Sequence[Tried], values: Mapping[str, Sequence[Any]]) -> str:
    """Write an output that gives those values (by criterion key), in the form that the checks read.

    JSON takes the shape of the best output, emptied, else that of the schema. Prose is one line for each
    value, phrased as the best output phrases it.
    """
    if is_json_form(facts):
        shape = empty_shape(facts, samples)
        for target in facts.targets:
            if target.steps is not None and target.key in values:
                found = [_json_value(value) for value in values[target.key]]
                shape = _put(shape, target.steps, found, many=target.type == "labels")
        return json_text(shape)
    lines = [
        line
        for each in facts.targets
        if each.key in values
        for line in _line(each, samples, values[each.key])
    ]
    return "\n".join(dict.fromkeys(lines))


def rewritten(facts: Facts, samples: Sequence[Tried], values: Mapping[str, Sequence[Any]]) -> str:
    """The best output's JSON with other values at the places of those targets, all else as it was."""
    shape = next((each.value for each in samples if each.has_json), None)
    if shape is None:
        return written(facts, samples, values)
    for target in facts.targets:
        if target.steps is not None and target.key in values:
            found = [_json_value(value) for value in values[target.key]]
            shape = _put(shape, target.steps, found, many=target.type == "labels")
    return json_text(shape)


def right_values(facts: Facts) -> dict[str, tuple[Any, ...]]:
    """The right values of every target, by criterion key."""
    return {target.key: target.values for target in facts.targets}


def json_text(value: Any) -> str:
    """Write JSON as a model would: readable letters, one line."""
    return json.dumps(value, ensure_ascii=False)


def empty_shape(facts: Facts, samples: Sequence[Tried]) -> Any:
    """The JSON that an output has here, with nothing in it; every place that a check reads is there."""
    known = next((each.value for each in samples if each.has_json), None)
    shape: Any = emptied(known) if isinstance(known, dict) else _of_schema(facts.schema)
    for target in facts.targets:
        if target.steps is not None:
            nothing = [] if target.type == "labels" else [""]
            shape = _put(shape, target.steps, nothing, many=target.type == "labels")
    return shape


def emptied(value: Any) -> Any:
    """The same JSON with empty texts and lists; numbers and truths become null."""
    if isinstance(value, dict):
        return {str(key): emptied(each) for key, each in cast("dict[Any, Any]", value).items()}
    if isinstance(value, list):
        return []
    return "" if isinstance(value, str) else None


def value_text(target: Target, value: Any) -> str:
    """Write one right value in prose."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value.isoformat() if isinstance(value, date) else str(value)
    text = f"{value:.2f}".removesuffix(".00")
    return text.replace(".", target.decimal)


def with_value(text: str, span: Span, value: str) -> str:
    """The text with the passage at `span` replaced."""
    return text[: span[0]] + value + text[span[1] :]


def conclusion(target: Target, sample: Tried) -> Span | None:
    """Where an output states the answer that this check reads; None where it does not, or is nothing but it."""
    spans = sample.places.get(target.key, ())
    if not spans or spans[0] == (0, len(sample.text)) or spans[0][1] <= spans[0][0]:
        return None
    return spans[0]


def _line(target: Target, samples: Sequence[Tried], values: Sequence[Any]) -> list[str]:
    words = ", ".join(value_text(target, value) for value in values)
    for sample in () if target.is_mention else samples:
        span = conclusion(target, sample)
        if span is not None:
            start, end = _sentence(sample.text, span)
            return [with_value(sample.text[start:end], (span[0] - start, span[1] - start), words).strip()]
    return [words] if not target.pattern and words else []


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a passage: from the line's or last sentence's beginning to the next end."""
    start = max(text.rfind("\n", 0, span[0]), text.rfind(". ", 0, span[0])) + 1
    ends = [at for at in (text.find("\n", span[1]), text.find(". ", span[1])) if at >= 0]
    return start, min(ends, default=len(text) - 1) + 1


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _put(shape: Any, steps: Sequence[Step], values: Sequence[Any], *, many: bool) -> Any:
    """The JSON with values put at a path; what is not there yet is made. One value alone unless `many`."""
    if not steps:
        return list(values) if many else values[0] if values else None
    first, rest = steps[0], steps[1:]
    if isinstance(first, str):
        inner = dict(cast("dict[str, Any]", shape)) if isinstance(shape, dict) else {}
        inner[first] = _put(inner.get(first), rest, values, many=many)
        return inner
    if first is None:
        return [_put(None, rest, [value], many=False) for value in values]
    listed = list(cast("list[Any]", shape)) if isinstance(shape, list) else []
    listed += [None] * (first + 1 - len(listed))
    listed[first] = _put(listed[first], rest, values, many=many)
    return listed


def _of_schema(schema: Mapping[str, Any] | None) -> Any:
    if schema is None:
        return {}
    kind = schema.get("type", "object")
    if kind != "object":
        return [] if kind == "array" else "" if kind == "string" else None
    properties: Mapping[str, Any] = schema.get("properties") or {}
    names = dict.fromkeys([*(schema.get("required") or ()), *properties])
    return {name: _of_schema(properties.get(name) or {"type": "string"}) for name in names}


def said(facts: Facts, samples: Sequence[Tried], words: str) -> str:
    """Write an output that says those words wherever it can say something, in the form that the checks read."""
    if not is_json_form(facts):
        return words
    shape = empty_shape(facts, samples)
    for target in facts.targets:
        if target.steps is not None:
            shape = _put(shape, target.steps, [words], many=target.type == "labels")
    return json_text(_filled(shape, words) or {"answer": words})


def room_for_reasons(facts: Facts, samples: Sequence[Tried]) -> bool:
    """Whether outputs hold more than a bare result: a reasoned text, or JSON with texts that no check reads."""
    if not samples:
        return bool(facts.text) or facts.wants_more
    if is_json_form(facts) or samples[0].has_json:
        shape = samples[0].value
        for target in facts.targets:
            if target.steps is not None:
                shape = _put(shape, target.steps, [], many=True)
        return any(len(text) >= _REASON_LETTERS for text in _texts(shape))
    return len(samples[0].text) >= _REASON_LETTERS


_REASON_LETTERS = 80


def _filled(shape: Any, words: str) -> Any:
    if isinstance(shape, dict):
        return {key: _filled(each, words) for key, each in cast("dict[str, Any]", shape).items()}
    return words if shape == "" else shape


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in cast("dict[str, Any]", value).values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in cast("list[Any]", value) for text in _texts(each)]
    return [value] if isinstance(value, str) else []
