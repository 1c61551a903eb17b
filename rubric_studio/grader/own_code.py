"""The contract of own code, `grade(sample, item) -> float`: what goes in, and what is made of what comes out.

Bundles carry this file, as the trainer runs own code under CPython. In the program itself `Program` runs in a
confined process only (`sandbox/trusted_child.py`), never in the window's. Standard library only, CPython 3.10.

`sample` is {"output_text", "output_json"}: the answer's text and its JSON (None where there is none); `item`
holds the row's reference fields. Both are made anew for every call, so that no call sees what another one left.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from rubric_studio.grader.measures import Answer
from rubric_studio.grader.scoring import (
    NOT_APPLICABLE,
    NOT_ON_ROW,
    SCORED,
    UNSCORED,
    CheckMark,
    Graded,
    applies,
    check_marks,
    criterion_states,
    plan_criteria,
    total,
)

FUNCTION = "grade"
FILE_NAME = "<own code>"
LONGEST_REASON = 300
NO_FUNCTION = "the code has no function grade(sample, item)"


class Told(NamedTuple):
    """What own code said of one sample: a finite number, or None with the reason and its line, where known."""

    value: float | None
    reason: str = ""
    line: int | None = None


# ---- what goes in


def sample_of(answer: Answer) -> dict[str, Any]:
    """Make the `sample` that own code sees of an answer, shared with nobody."""
    found, value = answer.json()
    return {"output_text": answer.text, "output_json": fresh(value) if found else None}


def fresh(value: Any) -> Any:
    """Copy a JSON value, so that own code may do with it what it likes."""
    return json.loads(json.dumps(value))


# ---- what comes out


def told(value: Any) -> Told:
    """Read what `grade` gave: a finite float or int is a number, a bool or anything else is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return not_a_number(type(value).__name__)
    try:
        number = float(value)
    except OverflowError:
        return Told(None, "grade gave a number too large to count with")
    if math.isnan(number):
        return Told(None, "grade gave NaN, which is not a number")
    if math.isinf(number):
        return Told(None, "grade gave infinity, which is not a number to count with")
    return Told(number + 0.0)


def not_a_number(type_name: str) -> Told:
    """Say that `grade` gave something of that type, which is no number."""
    given = {"NoneType": "nothing (None)", "bool": "a bool (True or False)"}.get(
        type_name, f"something of type {type_name[:60]}"
    )
    return Told(None, f"grade gave {given}, not a number")


def failed(kind: str, message: str, line: int | None) -> Told:
    """Say that the code raised an exception of that kind, and at which line of it."""
    what = f"{kind}: {message}" if message else kind
    what = what.encode("utf-8", "backslashreplace").decode()  # half a character could not be kept
    if len(what) > LONGEST_REASON:
        what = what[:LONGEST_REASON] + "…"
    return Told(None, what if line is None else f"{what} (line {line})", line)


def within_unit(said: Told) -> Told:
    """Refuse a number outside [0, 1]; only an imported formula takes others."""
    if said.value is None or 0 <= said.value <= 1:
        return said
    return Told(None, f"grade gave {said.value:.6g}, which is not between 0 and 1", said.line)


# ---- running it, under CPython


class Program:
    """A source text in a namespace of its own. Making one runs what stands outside its functions."""

    def __init__(self, source: str) -> None:
        self._grade: Callable[..., Any] | None = None
        self._broken = Told(None, NO_FUNCTION)
        names: dict[str, Any] = {"__name__": "own_code", "__builtins__": __builtins__}
        try:
            exec(compile(source, FILE_NAME, "exec", dont_inherit=True), names)
        except KeyboardInterrupt:  # who trains stops it
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the reason
            self._broken = _of_error(error)
            return
        found = names.get(FUNCTION)
        if callable(found):
            self._grade = found

    def says(self, sample: dict[str, Any], item: dict[str, Any]) -> Told:
        """Call `grade`; an exception is a reason, never raised."""
        if self._grade is None:
            return self._broken
        try:
            return told(self._grade(sample, item))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - see above
            return _of_error(error)


def _of_error(error: BaseException) -> Told:
    """The reason with the last line of the source that was on the way to the error."""
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == FILE_NAME else None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE_NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - its own __str__ runs here
        message = ""
    return failed(type(error).__name__, message, line)


# ---- grading by a plan that holds own code

_PROGRAMS: dict[str, Program] = {}  # by source; each its own namespace, made once


def own_code_marks(plan: Mapping[str, Any], text: str, item: Mapping[str, Any]) -> dict[str, CheckMark]:
    """Run the own code of a plan on one output: {key: (state, value, reason, no spans)}."""
    answer = Answer(text)
    marks: dict[str, CheckMark] = {}
    for stratum in plan["strata"]:
        on_row = applies(stratum.get("when"), item)
        for key, criterion in plan_criteria(plan, stratum):
            kind = cast("Mapping[str, Any]", criterion.get("kind") or {})
            if kind.get("type") != "python":
                continue
            if not (on_row and applies(criterion.get("when"), item)):
                marks[key] = (NOT_APPLICABLE, None, NOT_ON_ROW, ())
                continue
            said = _program(kind["source"]).says(sample_of(answer), fresh(dict(item)))
            marks[key] = (UNSCORED if said.value is None else SCORED, said.value, said.reason, ())
    return marks


def grade_with_own_code(
    plan: Mapping[str, Any],
    text: str,
    item: Mapping[str, Any],
    marks: Mapping[str, Any] | None = None,
    row_criteria: Sequence[Mapping[str, Any]] = (),
) -> Graded:
    """Score one output as scoring's `grade` does, own code included."""
    known = {**(marks or {}), **check_marks(plan, text, item), **own_code_marks(plan, text, item)}
    return total(plan, criterion_states(plan, item, known, row_criteria), row_criteria)


def _program(source: str) -> Program:
    if source not in _PROGRAMS:
        _PROGRAMS[source] = Program(source)
    return _PROGRAMS[source]
