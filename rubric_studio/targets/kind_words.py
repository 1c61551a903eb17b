"""What a criterion's kind means in words that people read. It computes nothing."""

from collections.abc import Callable
from typing import Any

from rubric_studio.domain import kinds
from rubric_studio.domain.kinds import Kind, Pattern, Predicted
from rubric_studio.grader.formula import number_text


def kind_words(kind: Kind) -> str:
    """One sentence on how a program marks the point, or who reads it."""
    return _WORDS[kind.type](kind)


def _found_in(predicted: Predicted) -> str:
    if isinstance(predicted, Pattern):
        return f"what the pattern {predicted.pattern} finds in the answer"
    if predicted == "output_text":
        return "the answer's text"
    return f"{predicted.removeprefix('output_json.')} in the answer's JSON"


def _labels(kind: kinds.LabelsKind) -> str:
    beta = number_text(kind.beta)
    measure = {"precision": "Precision", "recall": "Recall", "f_beta": f"F{beta} of precision and recall"}[
        kind.metric
    ]
    return f"{measure}: {_found_in(kind.predicted)} against {kind.reference}{_exactly(kind.exact)}."


def _choice(kind: kinds.ChoiceKind) -> str:
    return f"1 if {_found_in(kind.predicted)} is {kind.reference}{_exactly(kind.exact)}, else 0."


def _exactly(exact: bool) -> str:
    return ", letter by letter" if exact else ""


def _number(kind: kinds.NumberKind) -> str:
    within = [number_text(kind.absolute)] if kind.absolute else []
    within += [f"{number_text(round(kind.relative * 100, 10))} percent"] if kind.relative else []
    tolerance = f"within {' or '.join(within)} of" if within else "exactly"
    falling = f", falling to 0 over a further {number_text(kind.band)}" if kind.band else ""
    return f"1 if {_found_in(kind.predicted)} is {tolerance} {kind.reference}{falling}."


def _date(kind: kinds.DateKind) -> str:
    within = f"within {kind.days} days of" if kind.days else "the same day as"
    return f"1 if {_found_in(kind.predicted)} is {within} {kind.reference}, else 0."


def _terms(kind: kinds.MentionsKind | kinds.ForbidsKind) -> str:
    listed = [f"“{term}”" for term in kind.terms] + ([f"those in {kind.reference}"] if kind.reference else [])
    return ", ".join(listed)


def _mentions(kind: kinds.MentionsKind) -> str:
    return f"The share of these that the answer mentions: {_terms(kind)}."


def _forbids(kind: kinds.ForbidsKind) -> str:
    return f"1 if the answer has none of these, else 0: {_terms(kind)}."


def _similar(kind: kinds.SimilarKind) -> str:
    stretch = f"0 up to {number_text(kind.floor)}, 1 from {number_text(kind.ceiling)} on"
    return f"How alike {_found_in(kind.predicted)} and {kind.reference} are ({kind.ratio}; {stretch})."


def _format(kind: kinds.FormatKind) -> str:
    asked = ["fits its JSON schema"] if kind.json_schema is not None else []
    asked += [f"has at least {kind.min_chars} characters"] if kind.min_chars is not None else []
    asked += [f"has at most {kind.max_chars} characters"] if kind.max_chars is not None else []
    return f"1 if the answer {' and '.join(asked) or 'is there'}, else 0."


def _judged(kind: kinds.JudgedKind) -> str:
    reads = "" if kind.reads is None else f" Read with {', '.join(kind.reads)}."
    return f"Somebody reads the answer and picks a grade.{reads}"


def _python(kind: kinds.PythonKind) -> str:
    return f"Code of its own ({len(kind.source.splitlines())} lines)."


def _grader(kind: kinds.GraderKind) -> str:
    """A grader of ours was checked when it came in; its templates stand as they are."""
    grader = kind.grader
    how = grader.get("operation") or grader.get("evaluation_metric") or "?"
    return f"{grader.get('type')} ({how}): “{grader.get('input')}” and “{grader.get('reference')}”."


_WORDS: dict[str, Callable[[Any], str]] = {
    "labels": _labels,
    "choice": _choice,
    "number": _number,
    "date": _date,
    "mentions": _mentions,
    "forbids": _forbids,
    "similar": _similar,
    "format": _format,
    "judged": _judged,
    "python": _python,
    "grader": _grader,
}
