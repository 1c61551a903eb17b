"""How many different totals a rubric can give. A guide with few of them teaches guessing."""

from collections.abc import Iterable
from itertools import product

from rubric_studio.domain.kinds import (
    ChoiceKind,
    DateKind,
    ForbidsKind,
    FormatKind,
    GraderKind,
    NumberKind,
)
from rubric_studio.domain.rubric import ANSWER_LEVELS, Criterion, GraderCriterion, Rubric, Stratum
from rubric_studio.grader.formula import (
    FLOAT_FUNCTIONS,
    Formula,
    FormulaUndefinedError,
    evaluate,
    names_in,
    parse,
)
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.scoring import SCORED, formula_names, total

MOST_COMBINATIONS = 20_000
DECIMALS = 9

Sums = tuple[float, float, float, float]
"""S, M, F, L of a stratum (design section 3)."""


def distinct_totals(rubric: Rubric, most: int = MOST_COMBINATIONS) -> int | None:
    """Count the totals that the grades and yes-or-no checks allow.

    None where they cannot be counted: a check gives any value between 0 and 1, a part or criterion applies
    to some rows only, or there are more than `most` combinations of sums (of an imported formula, of values).
    """
    counted = [stratum for stratum in rubric.strata if stratum.criteria]
    if not counted or any(s.when or _has_when(s) for s in counted):
        return None
    if rubric.aggregation == "formula":
        return _formula_totals(rubric, most)
    sums: list[set[Sums]] = []
    combinations = 1
    for stratum in counted:
        found = _sums_of(stratum, most)
        combinations *= len(found or ())
        if found is None or combinations > most:
            return None
        sums.append(found)
    return len(_totals(rubric, [s.key for s in counted], sums))


def values_of(criterion: Criterion) -> frozenset[float] | None:
    """The values that a mark on the criterion can be worth; None where it is any between 0 and 1, or any at all."""
    if isinstance(criterion, GraderCriterion):
        return _grader_values(criterion)
    if criterion.is_judged:
        return frozenset(level.value for level in criterion.levels or ANSWER_LEVELS)
    kind = criterion.kind
    if isinstance(kind, ChoiceKind | DateKind | ForbidsKind | FormatKind):
        return frozenset((0.0, 1.0))
    if isinstance(kind, NumberKind) and kind.band == 0:
        return frozenset((0.0, 1.0))
    return None


def _grader_values(criterion: GraderCriterion) -> frozenset[float] | None:
    """An imported grader's: those of a comparison or of labels; a model gives any number of its range."""
    kind = criterion.kind
    if isinstance(kind, GraderKind) and kind.grader["type"] == "string_check":
        return frozenset((0.0, 1.0))
    if criterion.is_judged and all(level.value in (0.0, 1.0) for level in criterion.levels):
        return frozenset(level.value for level in criterion.levels)
    return None


def _formula_totals(rubric: Rubric, most: int) -> int | None:
    """Count the totals of an imported formula, over all values of the names that it reads."""
    plan = plan_of(rubric)
    values: dict[str, frozenset[float]] = {}
    combinations = 1
    for name in names_in(parse(plan["formula"])):
        criterion = rubric.criterion(name)
        found = None if criterion is None or criterion.allow_na else values_of(criterion)
        combinations *= len(found or ())
        if found is None or combinations > most:
            return None
        values[name] = found
    given = (
        {name: (SCORED, value, "") for name, value in zip(values, each, strict=True)}
        for each in product(*values.values())
    )
    totals = (total(plan, states).score for states in given)
    return len({round(score, DECIMALS) for score in totals if score is not None})


def _has_when(stratum: Stratum) -> bool:
    return any(criterion.when for criterion in stratum.criteria)


def _sums_of(stratum: Stratum, most: int) -> set[Sums] | None:
    """Every combination of sums that the stratum's marks can give."""
    sums: set[Sums] = {(0.0, 0.0, 0.0, 0.0)}
    for criterion in stratum.criteria:
        values = values_of(criterion)
        if criterion.weight == 0:
            continue
        if values is None:
            return None
        added = [_summand(criterion.weight, value) for value in values]
        added += [(0.0, 0.0, 0.0, 0.0)] if criterion.allow_na else []
        sums = {_sum(before, each) for before, each in product(sums, added)}
        if len(sums) > most:
            return None
    return sums


def _summand(weight: float, value: float) -> Sums:
    return (weight * value, weight, 0.0, 0.0) if weight > 0 else (0.0, 0.0, -weight * value, -weight)


def _sum(first: Sums, second: Sums) -> Sums:
    s, m, f, lost = (round(a + b, DECIMALS) for a, b in zip(first, second, strict=True))
    return (s, m, f, lost)


def _totals(rubric: Rubric, keys: list[str], sums: list[set[Sums]]) -> set[float]:
    plan = plan_of(rubric)
    formula = parse(plan["formula"])
    empty: dict[str, float] = {}
    for stratum in plan["strata"]:
        empty |= formula_names(stratum["key"], 0.0, 0.0, 0.0, 0.0)
    return {
        round(value, DECIMALS)
        for each in product(*sums)
        for value in _total(formula, empty | _names(keys, each))
    }


def _names(keys: list[str], sums: Iterable[Sums]) -> dict[str, float]:
    names: dict[str, float] = {}
    for key, each in zip(keys, sums, strict=True):
        names |= formula_names(key, *each)
    return names


def _total(formula: Formula, names: dict[str, float]) -> list[float]:
    try:
        return [evaluate(formula, names, FLOAT_FUNCTIONS)]
    except FormulaUndefinedError:
        return []
