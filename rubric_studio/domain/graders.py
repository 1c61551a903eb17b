"""OpenAI's graders as files hold them: what each must say, what it reads, how it stands in a rubric. It runs none."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from rubric_studio.domain.kinds import GraderKind, JudgedKind, Kind, PythonKind

FUNCTION_NAMES = frozenset({"min", "max", "abs", "floor", "ceil", "exp", "sqrt", "log"})
FORMULA_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)

OPERATIONS = ("eq", "ne", "like", "ilike")
METRICS = ("fuzzy_match", "bleu", "gleu", "meteor", *(f"rouge_{n}" for n in range(1, 6)), "rouge_l")

COMPARED = ("input", "reference")
"""The fields of a grader that hold templates which a program fills in."""

_TEMPLATE = re.compile(r"\{\{\s*item\s*\.([^{}]*)\}\}")
_MOST_STEPS = 8  # a range of whole numbers has a grade for each, unless it is wider than this


class GraderError(ValueError):
    """A grader that cannot be taken over: `place` is where in the file, `message` why."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place
        self.message = message


class GraderLevel(NamedTuple):
    """A grade that a person can give instead of the grader's model; its value lies in the grader's range."""

    key: str
    value: float
    text: str = ""


class GraderPoint(NamedTuple):
    """A grader as one criterion: its name, who decides, and for a model its prompt and grades."""

    key: str
    title: str
    kind: Kind
    wording: str = ""
    levels: tuple[GraderLevel, ...] = ()


def grader_points(graders: Mapping[str, Any]) -> list[GraderPoint]:
    """Every grader of a multi grader as a criterion, ordered by key, so that no file's order matters.

    Raises:
        GraderError: names the place of what cannot be taken over.
    """
    for key, grader in graders.items():
        place = f"graders.{key}"
        _refuse_key(key, place)
        check_grader(grader, place)
    return [_point_of(key, graders[key]) for key in sorted(graders)]


def check_grader(grader: Any, place: str, *, is_top: bool = False) -> None:
    """Refuse what is no grader of a type that is known here, or lacks what its type needs.

    Raises:
        GraderError: names the place.
    """
    if not isinstance(grader, dict):
        raise GraderError(place, "a grader is an object with a type")
    told = cast(dict[str, Any], grader)
    name = told.get("type")
    if not isinstance(name, str) or name not in _CHECKS:
        known = ", ".join(_CHECKS)
        raise GraderError(_inside(place, "type"), f"{json.dumps(name)} is no grader here; there are {known}")
    if name == "multi" and not is_top:
        raise GraderError(place, "a multi grader cannot stand inside a multi grader")
    if name == "label_model" and is_top:
        raise GraderError(
            place, "a label_model is not allowed as the grader of a training, only inside a multi"
        )
    if "name" in told:
        _text(told, "name", place)
    _CHECKS[name](told, place)


def is_named_grader(data: Any) -> bool:
    """Whether a JSON value has a type as graders have."""
    return isinstance(data, dict) and isinstance(cast(dict[str, Any], data).get("type"), str)


def fields_in_templates(texts: Iterator[str]) -> tuple[str, ...]:
    """The reference fields that `{{ item.x }}` reads, each once, in order of name.

    `prompt` is written as a path: it means a reference field of that name, never the row's own prompt.
    """
    found = {match.strip() for text in texts for match in _TEMPLATE.findall(text)}
    return tuple(sorted("prompt." if name == "prompt" else name for name in found if name))


def grader_reads(grader: Mapping[str, Any]) -> tuple[str, ...]:
    """The reference fields that the templates of a grader read."""
    texts = [grader[name] for name in COMPARED if isinstance(grader.get(name), str)]
    return fields_in_templates(iter([*texts, *(text for _, text in messages_of(grader.get("input")))]))


def messages_of(given: Any) -> list[tuple[str, str]]:
    """The role and the text of each message of a model grader's input; other parts than text are left out."""
    if not isinstance(given, list):
        return []
    found: list[tuple[str, str]] = []
    for message in cast(list[Any], given):
        if isinstance(message, dict):
            told = cast(dict[str, Any], message)
            found.append((str(told.get("role", "")), "\n".join(_content_texts(told.get("content")))))
    return found


# ---- as criteria


def _point_of(key: str, grader: dict[str, Any]) -> GraderPoint:
    title = grader.get("name") or key
    if grader["type"] == "python":
        return GraderPoint(key, title, PythonKind(source=grader["source"]))
    if grader["type"] in ("score_model", "label_model"):
        levels = _range_levels(grader) if grader["type"] == "score_model" else _label_levels(grader)
        return GraderPoint(key, title, JudgedKind(reads=grader_reads(grader)), _prompt(grader), levels)
    return GraderPoint(key, title, GraderKind(grader=grader))


def _prompt(grader: dict[str, Any]) -> str:
    """The prompt's template as people read it; the grader itself keeps it word for word."""
    messages = messages_of(grader["input"])
    return "\n\n".join(f"[{role}]\n{text}" if len(messages) > 1 else text for role, text in messages)


def _range_levels(grader: dict[str, Any]) -> tuple[GraderLevel, ...]:
    """Grades over the grader's range, best first: each whole number of a short range, else evenly spaced."""
    low, high = score_range(grader)
    span = high - low
    whole = low.is_integer() and high.is_integer()
    steps = int(span) if whole and 2 <= span <= _MOST_STEPS else 5 if whole and span % 5 == 0 else 4
    values = [low + span * step / steps for step in range(steps, -1, -1)]
    return tuple(GraderLevel(f"{value:.12g}", value) for value in values)


def _label_levels(grader: dict[str, Any]) -> tuple[GraderLevel, ...]:
    """One grade for each label, those that pass first: 1 for a label that passes, 0 for another."""
    passing = grader["passing_labels"]
    levels = [GraderLevel(label, 1.0 if label in passing else 0.0) for label in grader["labels"]]
    return tuple(sorted(levels, key=lambda level: -level.value))


def score_range(grader: Mapping[str, Any]) -> tuple[float, float]:
    """The ends of a score_model's numbers, 0 and 1 unless it says otherwise."""
    low, high = grader.get("range") or (0, 1)
    return float(low), float(high)


# ---- what each type needs


def _check_string(grader: dict[str, Any], place: str) -> None:
    for name in COMPARED:
        _text(grader, name, place)
    _one_of(grader, "operation", OPERATIONS, place)


def _check_similarity(grader: dict[str, Any], place: str) -> None:
    for name in COMPARED:
        _text(grader, name, place)
    if grader.get("evaluation_metric") == "cosine":
        message = (
            "cosine compares what a model makes of two texts, which no program here can; choose fuzzy_match"
        )
        raise GraderError(_inside(place, "evaluation_metric"), message)
    _one_of(grader, "evaluation_metric", METRICS, place)


def _check_python(grader: dict[str, Any], place: str) -> None:
    _text(grader, "source", place)


def _check_score_model(grader: dict[str, Any], place: str) -> None:
    _check_messages(grader, place)
    given = grader.get("range")
    if given is None:
        return
    ends = [each for each in cast(list[Any], given) if _is_number(each)] if isinstance(given, list) else []
    if len(ends) != 2 or len(cast(list[Any], given)) != 2 or ends[0] >= ends[1]:
        raise GraderError(_inside(place, "range"), "a range is two numbers, the lower one first")


def _check_label_model(grader: dict[str, Any], place: str) -> None:
    _check_messages(grader, place)
    labels, passing = (_texts(grader, name, place) for name in ("labels", "passing_labels"))
    if len(set(labels)) < len(labels):
        raise GraderError(_inside(place, "labels"), "a label stands there twice")
    unknown = [label for label in passing if label not in labels]
    if unknown:
        raise GraderError(_inside(place, "passing_labels"), f"no such label: {', '.join(unknown)}")


def _check_multi(grader: dict[str, Any], place: str) -> None:
    graders = grader.get("graders")
    if not isinstance(graders, dict) or not graders:
        raise GraderError(_inside(place, "graders"), "a multi grader has a map from names to graders")
    _text(grader, "calculate_output", place)


_CHECKS = {
    "string_check": _check_string,
    "text_similarity": _check_similarity,
    "python": _check_python,
    "score_model": _check_score_model,
    "label_model": _check_label_model,
    "multi": _check_multi,
}


def _check_messages(grader: dict[str, Any], place: str) -> None:
    _text(grader, "model", place)
    if not any(text for _, text in messages_of(grader.get("input"))):
        raise GraderError(_inside(place, "input"), "a model grader needs messages with a text")


def _refuse_key(key: str, place: str) -> None:
    if key in FUNCTION_NAMES:
        raise GraderError(place, f'"{key}" is the name of a function in formulas')
    if not FORMULA_NAME.fullmatch(key):
        message = (
            f'"{key}" is no name that a formula can read: letters, digits and _, not beginning with a digit'
        )
        raise GraderError(place, message)


def _text(grader: dict[str, Any], name: str, place: str) -> None:
    if not isinstance(grader.get(name), str) or not grader[name]:
        if name == "reference" and grader.get(name) == "":
            return  # compared with nothing: an empty answer is the right one
        raise GraderError(_inside(place, name), "a text is needed here")


def _texts(grader: dict[str, Any], name: str, place: str) -> list[str]:
    given = grader.get(name)
    found = (
        [each for each in cast(list[Any], given) if isinstance(each, str)] if isinstance(given, list) else []
    )
    if not found or len(found) != len(cast(list[Any], given)):
        raise GraderError(_inside(place, name), "a list of texts is needed here")
    return found


def _one_of(grader: dict[str, Any], name: str, choices: tuple[str, ...], place: str) -> None:
    if grader.get(name) not in choices:
        message = f"{json.dumps(grader.get(name))} is none of {', '.join(choices)}"
        raise GraderError(_inside(place, name), message)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _content_texts(content: Any) -> Iterator[str]:
    for part in cast(list[Any], content) if isinstance(content, list) else [content]:
        text = cast(dict[str, Any], part).get("text") if isinstance(part, dict) else part
        if isinstance(text, str):
            yield text


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
