"""The range in which a total must lie while verdicts are missing: [low, high] for each sample.

Every missing verdict may turn out as any v in [0, 1], or as not applicable where its criterion allows that.
The range holds whatever comes; "exact" below means that both ends can also happen.

Low, for every aggregation: all missing points 0, all missing faults 1. Exact: against v = 0, a criterion that
does not apply can only raise the total, for it leaves S, shrinks M and lowers no pass.

High: all missing faults 0 and all missing points 1, compared with points that turn out not applicable.
- `points_shifted` is a weighted mean, so v = 1 is never worse. Exact.
- `stratified`: in a stratum that stays, v = 1 is best. One that has nothing else left may drop out. At a = 1
  it passes its gate either way, so dropping it changes no reach; it adds W to the weights for W * reach in
  the sum, and reach only falls along the strata. Best is to keep the first few that can drop and to drop the
  rest: each such cut is tried. Exact.
- `points_clipped`: the same for points instead of strata, with every pass at its highest. A gated stratum
  passes less when its points do not apply, so this end is a bound, not always reached. Exact without gates,
  where v = 1 is best.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rubric_studio.grader.column_functions import Amount, Column, evaluate_columns
from rubric_studio.grader.formula import Formula, StratumTerm, names_in, parse, pass_text
from rubric_studio.grader.formula_ranges import Ends, formula_ranges
from rubric_studio.grader.plan import formula_of
from rubric_studio.grader.scoring import (
    NOT_APPLICABLE,
    SCORED,
    UNSCORED,
    State,
    formula_names,
    plan_criteria,
    total,
)

Plan = Mapping[str, Any]


class PartSums(NamedTuple):
    """The sums of one stratum while verdicts are missing; m and lost hold the weights of the missing too."""

    s: Amount  # over the scored, w > 0
    m: Amount
    f: Amount  # over the scored, w < 0
    lost: Amount
    open: Amount  # weight of the missing, w > 0
    may_drop: Amount  # of `open`: what may turn out not applicable
    sure: Amount  # m without `may_drop`, summed apart so that it is exactly 0 where nothing is sure
    open_faults: Amount  # |w| of the missing, w < 0


def ranges(plan: Plan, sums: Mapping[str, PartSums], count: int) -> tuple[Column, Column]:
    """Bound the totals of `count` samples by the sums of their strata; NaN where no outcome has a score."""
    parts = [sums[stratum["key"]] for stratum in plan["strata"]]
    low = _total(plan, [part._replace(f=part.f + part.open_faults) for part in parts], count)
    best = [part._replace(s=part.s + part.open) for part in parts]
    high = _total(plan, best, count)
    if any(np.any(part.may_drop) for part in parts):
        if plan["aggregation"] == "stratified":
            high = _highest_with_fewer_strata(plan, best, high)
        elif plan["aggregation"] == "points_clipped" and any(s.get("gate") for s in plan["strata"]):
            high = _highest_with_fewer_points(plan, best, high)
    return low, high


def _total(plan: Plan, parts: Sequence[PartSums], count: int) -> Column:
    totals = evaluate_columns(parse(plan["formula"]), _names(plan, parts), count)
    return np.clip(totals, 0.0, 1.0)  # s + open may exceed m by a rounding error


def _names(plan: Plan, parts: Sequence[PartSums]) -> dict[str, Amount]:
    names: dict[str, Amount] = {}
    for stratum, part in zip(plan["strata"], parts, strict=True):
        names.update(formula_names(stratum["key"], part.s, part.m, part.f, part.lost))
    return names


def _highest_with_fewer_strata(plan: Plan, best: Sequence[PartSums], high: Column) -> Column:
    """Let the strata that can drop out do so one by one, from the last, and keep the highest total."""
    parts = list(best)
    for place in reversed(range(len(parts))):
        part = parts[place]
        drops: NDArray[np.bool_] = (np.asarray(part.sure) == 0) & (np.asarray(part.may_drop) > 0)
        if drops.any():
            parts[place] = part._replace(s=np.where(drops, 0.0, part.s), m=np.where(drops, 0.0, part.m))
            high = np.fmax(high, _total(plan, parts, len(high)))
    return high


def _highest_with_fewer_points(plan: Plan, best: Sequence[PartSums], high: Column) -> Column:
    """Let the points that can drop out do so, from the last stratum on, every reach at its highest."""
    reach = _reach(plan, best, len(high))
    points = sum(r * part.s for r, part in zip(reach, best, strict=True)) - sum(part.f for part in best)
    sure: Amount = sum((part.sure for part in best), start=0.0)
    droppable: list[Amount] = [part.may_drop for part in best]
    for place in reversed(range(len(best))):
        points = points - reach[place] * droppable[place]
        weight = np.asarray(sum(droppable[:place], start=sure))
        possible: NDArray[np.bool_] = weight > 0
        most = np.divide(points, weight, out=np.full_like(high, np.nan), where=possible)
        high = np.fmax(high, np.minimum(1.0, most))
    return high


def _reach(plan: Plan, parts: Sequence[PartSums], count: int) -> list[Column]:
    """The reach of each stratum: the product of the passes before it."""
    names = _names(plan, parts)
    reach = [np.ones(count)]
    for stratum in plan["strata"]:
        gate: Any = stratum.get("gate")
        term = StratumTerm(stratum["key"], stratum["weight"])
        if gate is not None:
            term = term._replace(gate_at=gate["at"], gate_hard=gate["mode"] == "hard")
        reach.append(reach[-1] * evaluate_columns(parse(pass_text(term)), names, count))
    return reach[:-1]


# ---- one sample


def sample_range(
    plan: Plan, states: Mapping[str, State], row_criteria: Sequence[Mapping[str, Any]] = ()
) -> tuple[float, float] | None:
    """Bound the total of one sample by the states of its criteria; None where no outcome has a score.

    Both ends are the score where nothing is missing. Of an imported formula None also says that the ends cannot
    be told: see `formula_ranges`.
    """
    if plan["aggregation"] == "formula":
        return _imported_range(plan, states)
    sums = {stratum["key"]: _sample_sums(plan, stratum, states, row_criteria) for stratum in plan["strata"]}
    low, high = ranges(plan, sums, 1)
    return None if np.isnan(low[0]) else (float(low[0]), float(high[0]))


def _imported_range(plan: Plan, states: Mapping[str, State]) -> tuple[float, float] | None:
    score = total(plan, states).score
    if score is not None:
        return score, score
    formula = formula_of(plan)
    needed = {} if formula is None else {key: states[key] for key in names_in(formula)}
    found = {state for state, _, _ in needed.values()}
    if formula is None or UNSCORED not in found or NOT_APPLICABLE in found:
        return None
    values = {key: np.array([value or 0.0]) for key, (_, value, _) in needed.items()}
    unscored = {key: np.array([state == UNSCORED]) for key, (state, _, _) in needed.items()}
    low, high = raw_ranges(plan, formula, values, unscored, 1)
    return None if np.isnan(low[0]) else (float(low[0]), float(high[0]))


def raw_ranges(
    plan: Plan, formula: Formula, values: Mapping[str, Column], unscored: Mapping[str, Any], count: int
) -> Ends:
    """Bound the totals of an imported formula: its names' numbers, and where each of them is not known yet."""
    spans = {
        criterion["key"]: criterion.get("range", (0.0, 1.0))
        for stratum in plan["strata"]
        for criterion in stratum["criteria"]
    }
    names: dict[str, Ends] = {}
    for name, column in values.items():
        low, high = spans[name] or (-np.inf, np.inf)
        names[name] = Ends(*(np.where(unscored[name], end, column) for end in (low, high)))
    return formula_ranges(formula, names, count)


def _sample_sums(
    plan: Plan,
    stratum: Mapping[str, Any],
    states: Mapping[str, State],
    row_criteria: Sequence[Mapping[str, Any]],
) -> PartSums:
    s = m = f = lost = missing = may_drop = sure = open_faults = 0.0
    for key, criterion in plan_criteria(plan, stratum, row_criteria):
        state, value, _ = states[key]
        weight = abs(criterion["weight"]) if state != NOT_APPLICABLE else 0.0
        got = weight * value if state == SCORED and value is not None else 0.0
        gap = weight if state == UNSCORED else 0.0
        if criterion["weight"] < 0:
            f, lost, open_faults = f + got, lost + weight, open_faults + gap
            continue
        s, m, missing = s + got, m + weight, missing + gap
        if criterion.get("allow_na"):
            may_drop, sure = may_drop + gap, sure + (weight - gap)
        else:
            sure += weight
    return PartSums(s, m, f, lost, missing, may_drop, sure, open_faults)
