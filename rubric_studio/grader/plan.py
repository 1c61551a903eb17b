"""Rubric -> plan: the plain dict that scoring reads, formula text included. It scores nothing itself.

A plan is JSON, so that a bundle can carry it:
{"aggregation", "row_criteria", "strata": [{key, weight, gate, when, criteria: [...]}], "formula": TEXT}
with criteria as {key, weight, when, kind, allow_na}; under an imported formula also with "range", [least, most]
or null, where raw verdicts are not those of [0, 1]. Titles, wordings and levels stay in the rubric: they are
for people and judges, not for sums.
"""

from collections.abc import Collection, Mapping
from typing import Any

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.kinds import PythonKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Criterion, GraderCriterion, Rubric, Stratum, When
from rubric_studio.grader.formula import Formula, FormulaError, StratumTerm, names_in, parse, total_text

Plan = dict[str, Any]


def plan_of(rubric: Rubric) -> Plan:
    """Make the plan of a rubric; the stratum of the rows' own criteria is made where it is missing."""
    strata = with_row_stratum(rubric)
    return {
        "aggregation": rubric.aggregation,
        "row_criteria": rubric.row_criteria,
        "strata": [_stratum_plan(stratum, raw=rubric.aggregation == "formula") for stratum in strata],
        "formula": rubric.formula or total_text(rubric.aggregation, [stratum_term(s) for s in strata]),
    }


def with_row_stratum(rubric: Rubric) -> tuple[Stratum, ...]:
    """The rubric's strata and, last, that of the rows' own criteria where the rubric names but does not hold it."""
    key = rubric.row_criteria
    if key is None or any(stratum.key == key for stratum in rubric.strata):
        return rubric.strata
    return (*rubric.strata, Stratum(key=key))


def stratum_term(stratum: Stratum) -> StratumTerm:
    """What the formula must know of a stratum."""
    gate = stratum.gate
    return StratumTerm(
        key=stratum.key,
        weight=stratum.weight,
        gate_at=None if gate is None else gate.at,
        gate_hard=gate is None or gate.mode == "hard",
    )


def without(rubric: Rubric, keys: Collection[str]) -> Rubric:
    """Leave criteria or whole strata out of a rubric, by their keys; a key that is both means the criterion.

    The key of the stratum of row criteria leaves those out as well. A stratum that loses its last criterion
    goes with it: it would drop out of every score anyway.

    Raises:
        StudioError: for a key that the rubric has not, or one that an imported formula needs.
    """
    _refuse_unknown(rubric, keys)
    criteria = {criterion.key for criterion in rubric.criteria()}
    strata_keys = set(keys) - criteria
    kept = tuple(
        thinned
        for stratum in rubric.strata
        if stratum.key not in strata_keys
        and (thinned := _thinned(stratum, keys, keep_empty=stratum.key == rubric.row_criteria)) is not None
    )
    row_criteria = None if rubric.row_criteria in strata_keys else rubric.row_criteria
    left = rubric.model_copy(update={"strata": kept, "row_criteria": row_criteria})
    if rubric.graders is not None:
        there = {criterion.key for criterion in left.criteria()}
        graders = {key: grader for key, grader in rubric.graders.items() if key in there}
        left = left.model_copy(update={"graders": graders})
    _refuse_needed(rubric, left)
    return left


def value_range(criterion: Criterion) -> tuple[float, float] | None:
    """The least and the most that a raw verdict can be; None for own code, which may say any number."""
    if isinstance(criterion.kind, PythonKind):
        return None
    if isinstance(criterion, GraderCriterion) and criterion.levels:
        values = [level.value for level in criterion.levels]
        return min(values), max(values)
    return 0.0, 1.0


def formula_of(plan: Mapping[str, Any]) -> Formula | None:
    """An imported formula; None where it cannot be read, or reads what the plan has not: no sample has a score."""
    try:
        formula = parse(plan["formula"])
    except FormulaError:
        return None
    known = {criterion["key"] for stratum in plan["strata"] for criterion in stratum["criteria"]}
    return formula if known.issuperset(names_in(formula)) else None


def row_criteria_of(row: Row) -> list[dict[str, Any]]:
    """A row's own criteria as scoring takes them."""
    return [{"key": criterion.key, "weight": criterion.weight} for criterion in row.criteria]


def _stratum_plan(stratum: Stratum, *, raw: bool) -> Plan:
    return {
        "key": stratum.key,
        "weight": stratum.weight,
        "gate": None if stratum.gate is None else stratum.gate.model_dump(mode="json"),
        "when": _when_plan(stratum.when),
        "criteria": [
            _criterion_plan(criterion) | (_range_plan(criterion) if raw else {})
            for criterion in stratum.criteria
        ],
    }


def _criterion_plan(criterion: Criterion) -> Plan:
    return {
        "key": criterion.key,
        "weight": criterion.weight,
        "when": _when_plan(criterion.when),
        "kind": criterion.kind.model_dump(mode="json", by_alias=True),
        "allow_na": criterion.allow_na,
    }


def _range_plan(criterion: Criterion) -> Plan:
    """Between which numbers a verdict lies, where a formula may read others than those of [0, 1]."""
    found = value_range(criterion)
    return {} if found == (0.0, 1.0) else {"range": None if found is None else list(found)}


def _when_plan(when: When | None) -> Plan | None:
    return None if when is None else when.model_dump(mode="json", by_alias=True)


def _thinned(stratum: Stratum, keys: Collection[str], *, keep_empty: bool) -> Stratum | None:
    """The stratum without those criteria; None where it lost its last."""
    criteria = tuple(criterion for criterion in stratum.criteria if criterion.key not in keys)
    if len(criteria) == len(stratum.criteria):
        return stratum
    return stratum.model_copy(update={"criteria": criteria}) if criteria or keep_empty else None


def _refuse_unknown(rubric: Rubric, keys: Collection[str]) -> None:
    known = {c.key for c in rubric.criteria()} | {s.key for s in with_row_stratum(rubric)}
    unknown = sorted(set(keys) - known)
    if unknown:
        raise StudioError(
            "Nothing of that name",
            f"the rubric has no criterion or stratum {', '.join(unknown)}, so it cannot be left out",
            f"It has {', '.join(sorted(known))}.",
        )


def _refuse_needed(rubric: Rubric, left: Rubric) -> None:
    """An imported formula names its criteria: it cannot do without one."""
    if rubric.formula is None:
        return
    gone = {c.key for c in rubric.criteria()} - {c.key for c in left.criteria()}
    needed = sorted(gone.intersection(names_in(parse(rubric.formula))))
    if needed:
        raise StudioError(
            "The formula needs it",
            f"the rubric's own formula reads {', '.join(needed)}, so it cannot be left out",
            "Change the formula first.",
        )
