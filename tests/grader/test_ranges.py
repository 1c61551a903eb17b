"""The range of a total while verdicts are missing: it holds whatever comes, and is as narrow as it can be."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rubric_studio.grader.ranges import sample_range
from rubric_studio.grader.scoring import ROW_PREFIX, grade, total
from tests.grader.random_plans import (
    VALUES,
    RandomSample,
    extreme_marks,
    judged,
    missing_criteria,
    plan_of,
    plans_and_samples,
    states_of,
    stratum,
)


def range_of(
    plan: dict[str, Any], own: tuple[dict[str, Any], ...] = (), **marks: Any
) -> tuple[float, float] | None:
    sample = RandomSample({}, own, marks)
    return sample_range(plan, states_of(plan, sample), own)


def scores_of(plan: dict[str, Any], sample: RandomSample, outcomes: Any) -> list[float]:
    """The scores that those outcomes of the missing verdicts give, where they give one."""
    graded = [
        grade(plan, "", sample.item, {**sample.marks, **outcome}, sample.row_criteria).score
        for outcome in outcomes
    ]
    return [score for score in graded if score is not None]


GATE = {"at": 1.0, "mode": "hard"}
SOFT = {"at": 1.0, "mode": "soft"}
NA = {"allow_na": True}


def test_a_missing_point_spans_its_weight() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue"), judged("rule", 3)))
    # issue 1 of 4 is there, rule 3 of 4 is open
    assert range_of(plan, issue=1) == pytest.approx((0.25, 1.0))


def test_a_missing_fault_can_only_cost() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue"), judged("invents", -0.25)))
    assert range_of(plan, issue=0.75) == pytest.approx((0.5, 0.75))


def test_a_missing_point_before_a_gate_moves_all_behind_it() -> None:
    plan = plan_of(
        "stratified", stratum("form", judged("json"), gate=GATE), stratum("law", judged("issue"), weight=3)
    )
    # json 0: (0 + 0) / 4; json 1: (1 + 3 * 0.6) / 4 = 0.7
    assert range_of(plan, issue=0.6) == pytest.approx((0.0, 0.7))


def test_a_point_that_may_not_apply_counts_as_one_that_does_at_worst() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue"), judged("rule", **NA)))
    # rule 0: 0.4 / 2 = 0.2; rule 1: 1.4 / 2 = 0.7; not applicable: 0.4
    assert range_of(plan, issue=0.4) == pytest.approx((0.2, 0.7))


def test_a_stratum_behind_a_closed_gate_is_best_when_it_drops_out() -> None:
    form, law = stratum("form", judged("json"), gate=SOFT), stratum("law", judged("issue", **NA))
    # form a = 0.6 passes 0.6. law 1: (0.6 + 0.6) / 2 = 0.6; law 0: 0.3; law not applicable: 0.6.
    assert range_of(plan_of("stratified", form, law), json=0.6) == pytest.approx((0.3, 0.6))
    hard = stratum("form", judged("json"), gate=GATE)
    # form a = 0.6 passes nothing. law 0 or 1: 0.6 / 2 = 0.3; law not applicable: 0.6.
    assert range_of(plan_of("stratified", hard, law), json=0.6) == pytest.approx((0.3, 0.6))


def test_only_some_of_the_strata_that_can_drop_out_do_so() -> None:
    strata = (
        stratum("a", judged("first", **NA), gate=GATE),
        stratum("b", judged("second"), gate=SOFT),
        stratum("c", judged("third", **NA)),
    )
    # b = 0.2 passes 0.2. a 1, c not applicable: (1 + 0.2) / 2 = 0.6, better than (1 + 0.2 + 0.2) / 3 and than 0.2.
    # Worst: a 0, nothing passes, c 0: 0 / 3.
    assert range_of(plan_of("stratified", *strata), second=0.2) == pytest.approx((0.0, 0.6))


def test_a_stratum_that_drops_out_opens_its_own_gate() -> None:
    plan = plan_of(
        "stratified", stratum("form", judged("json", **NA), gate=GATE), stratum("law", judged("issue"))
    )
    # json 1: (1 + 0.8) / 2 = 0.9; not applicable: 0.8; json 0: 0
    assert range_of(plan, issue=0.8) == pytest.approx((0.0, 0.9))


def test_points_behind_a_half_open_gate_are_better_not_applicable() -> None:
    form, law = stratum("form", judged("json"), gate=SOFT), stratum("law", judged("issue", 3, **NA))
    # json 0.5 passes 0.5. issue 1: (0.5 + 0.5 * 3) / 4 = 0.5; issue 0: 0.125; not applicable: 0.5 / 1.
    assert range_of(plan_of("points_clipped", form, law), json=0.5) == pytest.approx((0.125, 0.5))
    hard = stratum("form", judged("json"), gate=GATE)
    # Hard, json 0.5 passes nothing: issue 1: 0.5 / 4; not applicable: 0.5.
    assert range_of(plan_of("points_clipped", hard, law), json=0.5) == pytest.approx((0.125, 0.5))


def test_shifted_points_by_hand() -> None:
    own = ({"key": "a", "weight": 6}, {"key": "b", "weight": 4}, {"key": "c", "weight": -2})
    plan = plan_of("points_shifted", stratum("row"), row_criteria="row")
    # a = 1 is known. Worst: (6 + 0 - 2 + 2) / 12 = 0.5; best: (6 + 4 - 0 + 2) / 12 = 1.
    assert range_of(plan, own, **{"row:a": 1}) == pytest.approx((0.5, 1.0))


def test_a_complete_sample_has_its_score_at_both_ends() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue")))
    assert range_of(plan, issue=0.3) == pytest.approx((0.3, 0.3))


def test_where_no_outcome_has_a_score_there_is_no_range() -> None:
    assert range_of(plan_of("stratified", stratum("law", judged("invents", -0.5)))) is None
    assert range_of(plan_of("stratified", stratum("law", judged("issue"), weight=0))) is None
    assert range_of(plan_of("stratified")) is None


def test_an_imported_formula_has_no_known_bounds() -> None:
    plan = {
        "aggregation": "formula",
        "row_criteria": None,
        "strata": [stratum("all", judged("a", **NA))],
        "formula": "a",
    }
    assert range_of(plan) == (0.0, 1.0)
    assert range_of(plan, a="not_applicable") is None


def test_an_imported_formula_that_is_complete_has_its_score_at_both_ends() -> None:
    plan = {
        "aggregation": "formula",
        "row_criteria": None,
        "strata": [stratum("all", judged("a"))],
        "formula": "a / 2",
    }
    assert range_of(plan, a=1) == (0.5, 0.5)
    assert range_of(plan, a=0.0) == (0.0, 0.0)


@given(plans_and_samples(), st.data())
def test_the_range_holds_whatever_the_missing_verdicts_turn_out_to_be(
    drawn: tuple[dict[str, Any], list[RandomSample]], data: st.DataObject
) -> None:
    plan, samples = drawn
    for sample in samples:
        bounds = sample_range(plan, states_of(plan, sample), sample.row_criteria)
        outcome: dict[str, Any] = {}
        for key, allow_na in missing_criteria(plan, sample):
            outcome[key] = data.draw(VALUES | st.just("not_applicable") if allow_na else VALUES)
        for score in scores_of(plan, sample, [outcome]):
            assert bounds is not None
            assert bounds[0] - 1e-9 <= score <= bounds[1] + 1e-9


@given(plans_and_samples())
def test_the_range_holds_and_is_reached_at_the_extremes(
    drawn: tuple[dict[str, Any], list[RandomSample]],
) -> None:
    plan, samples = drawn
    may_be_wide = plan["aggregation"] == "points_clipped" and any(part["gate"] for part in plan["strata"])
    for sample in samples:
        missing = missing_criteria(plan, sample)
        assume(len(missing) <= 5)
        bounds = sample_range(plan, states_of(plan, sample), sample.row_criteria)
        scores = scores_of(plan, sample, extreme_marks(missing))
        assert (bounds is None) == (not scores)
        if bounds is None:
            continue
        assert bounds[0] == pytest.approx(min(scores), abs=1e-9)
        if may_be_wide and any(allow_na for _, allow_na in missing):
            assert bounds[1] >= max(scores) - 1e-9
        else:
            assert bounds[1] == pytest.approx(max(scores), abs=1e-9)


@given(plans_and_samples(missing=False))
def test_nothing_missing_leaves_one_number(drawn: tuple[dict[str, Any], list[RandomSample]]) -> None:
    plan, samples = drawn
    for sample in samples:
        states = states_of(plan, sample)
        score = total(plan, states, sample.row_criteria).score
        bounds = sample_range(plan, states, sample.row_criteria)
        assert bounds == (None if score is None else pytest.approx((score, score), abs=1e-9))


def test_row_criteria_widen_the_range_of_the_stratum_that_takes_them() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue")), row_criteria="law")
    own = ({"key": "x", "weight": 1},)
    # issue 1 of 2 is there; x is open
    assert range_of(plan, own, issue=1) == pytest.approx((0.5, 1.0))
    assert range_of(plan, own, issue=1, **{ROW_PREFIX + "x": 0.5}) == pytest.approx((0.75, 0.75))
