"""Random rubrics and samples for the tests of totals and ranges, and a plain reading of design section 3."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from hypothesis import strategies as st

from rubric_studio.grader.formula import StratumTerm, total_text
from rubric_studio.grader.scoring import ROW_PREFIX, criterion_states

AGGREGATIONS = ("stratified", "points_clipped", "points_shifted")
VALUES = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 1 / 3, 0.7, 1.0]), st.floats(0, 1))
WEIGHTS = st.one_of(st.sampled_from([0, 0.3, 0.5, 1, 2, 7]), st.floats(0.01, 10))
FAULTS = st.one_of(st.sampled_from([-0.1, -0.25, -1]), st.floats(-1, -0.01))
GATES = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {
            "at": st.one_of(st.sampled_from([1.0, 0.7, 0.5, 0.3]), st.floats(0.01, 1)),
            "mode": st.sampled_from(["hard", "soft"]),
        }
    ),
)
WHENS = st.sampled_from([None, None, None, {"field": "task", "in": ["topics"]}])


@dataclass(frozen=True)
class RandomSample:
    """A row's item and own criteria, and the marks on one of its samples."""

    item: dict[str, Any]
    row_criteria: tuple[dict[str, Any], ...]
    marks: dict[str, Any]


def with_formula(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The plan with the formula text that its strata give."""
    terms = [
        StratumTerm(s["key"], s["weight"], s["gate"]["at"], s["gate"]["mode"] == "hard")
        if s["gate"]
        else StratumTerm(s["key"], s["weight"])
        for s in plan["strata"]
    ]
    return {**plan, "formula": total_text(plan["aggregation"], terms)}


def plan_of(aggregation: str, *strata: Mapping[str, Any], row_criteria: str | None = None) -> dict[str, Any]:
    """A plan written out by hand: see `stratum`."""
    return with_formula({"aggregation": aggregation, "row_criteria": row_criteria, "strata": list(strata)})


def stratum(key: str, *criteria: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A stratum of weight 1 without gate and `when`, unless told otherwise."""
    return {"key": key, "weight": 1, "gate": None, "when": None, "criteria": list(criteria), **more}


def judged(key: str, weight: float = 1, **more: Any) -> dict[str, Any]:
    """A judged criterion of a plan."""
    return {"key": key, "weight": weight, "when": None, "kind": {"type": "judged"}, "allow_na": False, **more}


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A plan with one to four strata; the last may be that of the rows' own criteria."""
    strata: list[dict[str, Any]] = []
    for place in range(draw(st.integers(1, 4))):
        criteria = [
            judged(
                f"c{place}_{number}",
                draw(st.one_of(WEIGHTS, WEIGHTS, FAULTS)),
                when=draw(WHENS),
                allow_na=draw(st.booleans()),
            )
            for number in range(draw(st.integers(0, 3)))
        ]
        weight = draw(st.one_of(st.just(0), st.sampled_from([1, 2, 4]), st.floats(0.01, 10)))
        strata.append(stratum(f"k{place}", *criteria, weight=weight, gate=draw(GATES), when=draw(WHENS)))
    row_criteria = draw(st.sampled_from([None, "k0", "row"]))
    if row_criteria == "row":
        strata.append(stratum("row"))
    return plan_of(draw(st.sampled_from(AGGREGATIONS)), *strata, row_criteria=row_criteria)


@st.composite
def samples_of(draw: st.DrawFn, plan: Mapping[str, Any], missing: bool = True) -> RandomSample:
    """One sample of a plan: marked, not applicable and (unless told otherwise) unmarked criteria."""
    own = [
        {"key": f"own{number}", "weight": draw(st.one_of(WEIGHTS, FAULTS))}
        for number in range(draw(st.integers(0, 2)))
    ]
    outcomes = [VALUES, VALUES, st.none()] if missing else [VALUES]
    marks = {ROW_PREFIX + criterion["key"]: draw(st.one_of(outcomes)) for criterion in own}
    for part in plan["strata"]:
        for criterion in part["criteria"]:
            possible = [*outcomes, st.just("not_applicable")] if criterion["allow_na"] else outcomes
            marks[criterion["key"]] = draw(st.one_of(possible))
    task = draw(st.sampled_from(["topics", "tax"]))
    return RandomSample({"task": task}, tuple(own), marks)


@st.composite
def plans_and_samples(draw: st.DrawFn, missing: bool = True) -> tuple[dict[str, Any], list[RandomSample]]:
    """A plan and up to six samples of it."""
    plan = draw(plans())
    return plan, draw(st.lists(samples_of(plan, missing), min_size=1, max_size=6))


def states_of(plan: Mapping[str, Any], sample: RandomSample) -> dict[str, Any]:
    """The states of all criteria on a sample."""
    return criterion_states(plan, sample.item, sample.marks, sample.row_criteria)


def missing_criteria(plan: Mapping[str, Any], sample: RandomSample) -> list[tuple[str, bool]]:
    """The unscored criteria of a sample, each with whether it may turn out not applicable."""
    allowed = {c["key"]: c["allow_na"] for part in plan["strata"] for c in part["criteria"]}
    states = states_of(plan, sample)
    return [(key, allowed.get(key, False)) for key, state in states.items() if state[0] == "unscored"]


def extreme_marks(missing: Sequence[tuple[str, bool]]) -> Iterator[dict[str, Any]]:
    """Every way in which the missing verdicts can turn out, as 0, 1 or not applicable."""
    outcomes = [(0.0, 1.0, "not_applicable") if allow_na else (0.0, 1.0) for _, allow_na in missing]
    for way in product(*outcomes):
        yield {key: outcome for (key, _), outcome in zip(missing, way, strict=True)}


def plain_score(plan: Mapping[str, Any], sample: RandomSample) -> float | None:
    """Design section 3 with conditions and loops, no formula: the score of a complete sample, None if none."""
    states = states_of(plan, sample)
    own = [{"key": ROW_PREFIX + c["key"], "weight": c["weight"]} for c in sample.row_criteria]
    reach, points, shares, weights, s_sum, m_sum, f_sum, l_sum = 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for part in plan["strata"]:
        criteria = part["criteria"] + (own if part["key"] == plan["row_criteria"] else [])
        scored = [(c["weight"], states[c["key"]][1]) for c in criteria if states[c["key"]][0] == "scored"]
        s = sum(w * v for w, v in scored if w > 0)
        m = sum(w for w, _ in scored if w > 0)
        s_sum, m_sum = s_sum + s, m_sum + m
        f_sum += sum(-w * v for w, v in scored if w < 0)
        l_sum += sum(-w for w, _ in scored if w < 0)
        points += reach * s
        if m > 0:
            shares += part["weight"] * reach * s / m
            weights += part["weight"]
            gate = part["gate"]
            if gate and gate["mode"] == "hard":
                reach *= 1.0 if s / m >= gate["at"] - 1e-9 else 0.0
            elif gate:
                reach *= min(1.0, s / m / gate["at"])
    above, below = {
        "stratified": (shares - f_sum * weights, weights),
        "points_clipped": (points - f_sum, m_sum),
        "points_shifted": (s_sum - f_sum + l_sum, m_sum + l_sum),
    }[plan["aggregation"]]
    return min(1.0, max(0.0, above / below)) if below else None
