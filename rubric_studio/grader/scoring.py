"""Scores one sample: runs the checks of a plan, sums the verdicts per stratum, evaluates the plan's formula.

The arithmetic is that of design section 3, on plain dicts and floats; `columns` does it for many samples.
Standard library only, CPython 3.10: bundles carry this file, with its imports of ours resolved (the last of
them only where the rubric has imported graders).

A plan is {"aggregation", "row_criteria", "strata": [{key, weight, gate, when, criteria}], "formula"}, a
criterion {key, weight, when, kind, allow_na}. A row's own criteria are {key, weight}; beside the rubric's
they go by "row:" and their key. A criterion without a kind is judged.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from rubric_studio.grader.formula import FLOAT_FUNCTIONS, FormulaUndefinedError, evaluate, names_in, parse
from rubric_studio.grader.measures import Answer, field_values, measure
from rubric_studio.grader.openai_graders import grader_check

SCORED = "scored"
NOT_APPLICABLE = "not_applicable"
UNSCORED = "unscored"

ROW_PREFIX = "row:"
NO_CRITERIA = "no criteria"
NO_WEIGHT = "the weights add up to 0"
NOT_RATED = "not rated yet"
NOT_RUN = "own code is not run here"
NOT_ON_ROW = "does not apply to this row"
TOTAL_TOLERANCE = 1e-9  # how far rounding may carry an imported formula's total beyond 0 or 1

State = tuple[str, float | None, str]
"""State, value (None unless scored) and reason of one criterion on one sample."""

CheckMark = tuple[str, float | None, str, tuple[tuple[int, int], ...]]
"""What a check found: state, value, reason, and where in the text (start, end)."""


class Graded(NamedTuple):
    """One sample's score, or the reason why it has none; values of strata and states of criteria by key.

    A stratum's value is None where it is absent from this sample or not complete. A stratum that is only
    there for rows' own criteria is left out where the row has none.
    """

    score: float | None
    reason: str
    strata: dict[str, float | None]
    criteria: dict[str, State]


class StratumVerdicts(NamedTuple):
    """One stratum on one sample: the sums S, M, F, L of design section 3, and what is still missing."""

    s: float
    m: float
    f: float
    lost: float  # L
    listed: int  # criteria, applicable or not
    weighing: int  # those that apply and can move the total ...
    missing: tuple[str, ...]  # ... and of them the unscored
    complete: bool  # whether a = S / M is final


# ---- which criteria, and in which state


def applies(when: Mapping[str, Any] | None, item: Mapping[str, Any]) -> bool:
    """Tell whether a `when` ({"field", "in"}) holds for a row; None always holds.

    The field is a name or a path; a list counts by its elements. Values are compared as text, so that 2024
    and "2024" are the same. An absent field is null.
    """
    if when is None:
        return True
    found = field_values(when["field"], dict(item)) or [None]
    wanted = {_condition_text(value) for value in when["in"]}
    return any(_condition_text(each) in wanted for value in found for each in _elements(value))


def _elements(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _condition_text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def plan_criteria(
    plan: Mapping[str, Any], stratum: Mapping[str, Any], row_criteria: Sequence[Mapping[str, Any]] = ()
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the criteria of a stratum with their keys, the row's own last where it is theirs."""
    for criterion in stratum["criteria"]:
        yield criterion["key"], criterion
    if stratum["key"] == plan.get("row_criteria"):
        for criterion in row_criteria:
            yield ROW_PREFIX + criterion["key"], criterion


def check_marks(plan: Mapping[str, Any], text: str, item: Mapping[str, Any]) -> dict[str, CheckMark]:
    """Measure one output by every check of the plan: {key: (state, value, reason, spans)}.

    Judged criteria and own code are not in it. The text is parsed once for all checks.
    """
    answer = Answer(text)
    marks: dict[str, CheckMark] = {}
    for stratum in plan["strata"]:
        on_row = applies(stratum.get("when"), item)
        for key, criterion in plan_criteria(plan, stratum):
            if _kind_type(criterion) in ("judged", "python"):
                continue
            if not (on_row and applies(criterion.get("when"), item)):
                marks[key] = (NOT_APPLICABLE, None, NOT_ON_ROW, ())
                continue
            if _kind_type(criterion) == "grader":
                outcome = grader_check(criterion["kind"], dict(item))(answer)
            else:
                outcome = measure(criterion["kind"], answer, dict(item))
            state = UNSCORED if outcome.value is None else SCORED
            marks[key] = (state, outcome.value, outcome.reason, outcome.spans)
    return marks


def criterion_states(
    plan: Mapping[str, Any],
    item: Mapping[str, Any],
    marks: Mapping[str, Any],
    row_criteria: Sequence[Mapping[str, Any]] = (),
) -> dict[str, State]:
    """Settle the state of every criterion on one sample from the marks that there are.

    A mark is a number, None (unscored), "not_applicable" (where the criterion allows it), or what
    `check_marks` gives. Values outside [0, 1] are unscored, except under an imported formula, whose verdicts
    are raw numbers.
    """
    raw = plan["aggregation"] == "formula"
    states: dict[str, State] = {}
    for stratum in plan["strata"]:
        on_row = applies(stratum.get("when"), item)
        for key, criterion in plan_criteria(plan, stratum, row_criteria):
            if on_row and applies(criterion.get("when"), item):
                states[key] = _marked_state(criterion, marks.get(key), raw)
            else:
                states[key] = (NOT_APPLICABLE, None, NOT_ON_ROW)
    return states


def _kind_type(criterion: Mapping[str, Any]) -> str:
    kind: Any = criterion.get("kind")
    return "judged" if kind is None else str(kind["type"])


def _marked_state(criterion: Mapping[str, Any], mark: Any, raw: bool) -> State:
    if isinstance(mark, tuple):
        state, value, reason = cast("tuple[Any, ...]", mark)[:3]
        return _valued_state(value, reason, raw) if state == SCORED else (state, None, reason)
    if mark is None:
        return (UNSCORED, None, NOT_RUN if _kind_type(criterion) == "python" else NOT_RATED)
    if mark != NOT_APPLICABLE:
        return _valued_state(mark, "", raw)
    if criterion.get("allow_na"):
        return (NOT_APPLICABLE, None, "")
    return (UNSCORED, None, "marked as not applicable, which this criterion does not allow")


def _valued_state(value: Any, reason: str, raw: bool) -> State:
    number = float(value) if isinstance(value, (int, float)) else math.nan
    if not math.isfinite(number):
        return (UNSCORED, None, f"the mark {value!r} is not a number")
    if not (raw or 0 <= number <= 1):
        return (UNSCORED, None, f"the mark {value!r} is not between 0 and 1")
    return (SCORED, number, reason)


# ---- sums and total


def weighs(plan: Mapping[str, Any], stratum: Mapping[str, Any], weight: float) -> bool:
    """Tell whether a criterion of that weight in that stratum can move the total, and so blocks if unscored.

    Weight 0 neither counts nor blocks. Where the total is stratified, neither does w > 0 in a stratum of
    weight 0 without a gate; with a gate that stratum still gates, and faults cost points wherever they stand.
    """
    idle = plan["aggregation"] == "stratified" and stratum["weight"] == 0 and stratum.get("gate") is None
    return weight < 0 or (weight > 0 and not idle)


def sum_stratum(
    plan: Mapping[str, Any],
    stratum: Mapping[str, Any],
    states: Mapping[str, State],
    row_criteria: Sequence[Mapping[str, Any]] = (),
) -> StratumVerdicts:
    """Sum a stratum over its applicable criteria; what is unscored adds its weight, but no value yet."""
    s = m = f = lost = 0.0
    listed = weighing = 0
    missing: list[str] = []
    complete = True
    for key, criterion in plan_criteria(plan, stratum, row_criteria):
        state, value, _ = states[key]
        weight = criterion["weight"]
        listed += 1
        if state == NOT_APPLICABLE:
            continue
        if weight > 0:
            m += weight
            s += weight * (value or 0.0)
            complete = complete and state == SCORED
        else:
            lost -= weight
            f -= weight * (value or 0.0)
        if weighs(plan, stratum, weight):
            weighing += 1
            missing += [key] if state == UNSCORED else []
    return StratumVerdicts(s, m, f, lost, listed, weighing, tuple(missing), complete)


def formula_names(key: str, s: Any, m: Any, f: Any, lost: Any) -> dict[str, Any]:
    """Name the four sums of a stratum as the formula reads them: KEY_s, KEY_m, KEY_f, KEY_l."""
    return {f"{key}_s": s, f"{key}_m": m, f"{key}_f": f, f"{key}_l": lost}


def total(
    plan: Mapping[str, Any], states: Mapping[str, State], row_criteria: Sequence[Mapping[str, Any]] = ()
) -> Graded:
    """Make the score of one sample from the states of all its criteria; one that is not given is unscored.

    Not applicable must already be among the states: `criterion_states` settles it for a row.
    """
    keys = [key for stratum in plan["strata"] for key, _ in plan_criteria(plan, stratum, row_criteria)]
    known: dict[str, State] = {key: states.get(key, (UNSCORED, None, NOT_RATED))[:3] for key in keys}
    rubric = plan["aggregation"] != "formula"
    sums = {s["key"]: sum_stratum(plan, s, known, row_criteria) for s in plan["strata"] if rubric}
    if all(state == NOT_APPLICABLE for state, _, _ in known.values()):
        score, reason = None, NO_CRITERIA
    elif rubric:
        score, reason = _rubric_total(plan["formula"], sums)
    else:
        score, reason = _formula_total(plan["formula"], known)
    values = {
        key: stratum.s / stratum.m if stratum.complete and stratum.m > 0 else None
        for key, stratum in sums.items()
        if stratum.listed or key != plan.get("row_criteria")
    }
    return Graded(score, reason, values, known)


def grade(
    plan: Mapping[str, Any],
    text: str,
    item: Mapping[str, Any],
    marks: Mapping[str, Any] | None = None,
    row_criteria: Sequence[Mapping[str, Any]] = (),
) -> Graded:
    """Score one output: checks are measured, judged criteria take their `marks`.

    `marks` are {key: number | None | "not_applicable"}, with "row:KEY" for the row's own criteria; `item`
    holds the row's reference fields.
    """
    known = {**(marks or {}), **check_marks(plan, text, item)}
    return total(plan, criterion_states(plan, item, known, row_criteria), row_criteria)


def _rubric_total(text: str, sums: Mapping[str, StratumVerdicts]) -> tuple[float | None, str]:
    missing = [key for stratum in sums.values() for key in stratum.missing]
    if missing:
        return None, missing_reason(missing, sum(stratum.weighing for stratum in sums.values()))
    names: dict[str, float] = {}
    for key, stratum in sums.items():
        names.update(formula_names(key, stratum.s, stratum.m, stratum.f, stratum.lost))
    try:
        return evaluate(parse(text), names, FLOAT_FUNCTIONS) + 0.0, ""  # + 0.0: no -0.0 in files
    except FormulaUndefinedError:
        return None, NO_WEIGHT


def _formula_total(text: str, states: Mapping[str, State]) -> tuple[float | None, str]:
    """Evaluate an imported formula over its graders' raw numbers; only the total must lie in [0, 1]."""
    try:
        formula = parse(text)
    except ValueError as error:  # a FormulaError
        return None, f"the formula cannot be read: {error}"
    needed = names_in(formula)
    unknown = [key for key in needed if key not in states]
    if unknown:
        return None, f"the formula reads what is not there: {', '.join(unknown)}"
    absent = [key for key in needed if states[key][0] == NOT_APPLICABLE]
    if absent:
        return None, f"the formula needs what does not apply here: {', '.join(absent)}"
    missing = [key for key in needed if states[key][0] == UNSCORED]
    if missing:
        return None, missing_reason(missing, len(needed))
    try:
        score = evaluate(formula, {key: states[key][1] for key in needed}, FLOAT_FUNCTIONS)
    except FormulaUndefinedError as error:
        return None, str(error)
    if not -TOTAL_TOLERANCE <= score <= 1 + TOTAL_TOLERANCE:
        return None, f"the formula gives {score:.6g}, which is not between 0 and 1"
    return min(1.0, max(0.0, score)), ""


def missing_reason(missing: Sequence[str], among: int) -> str:
    """Say which criteria keep a sample from having a score; a row's own criteria go by their own keys."""
    names = ", ".join(key.removeprefix(ROW_PREFIX) for key in missing)
    return f"{len(missing)} of {among} criteria {'is' if len(missing) == 1 else 'are'} unscored: {names}"
