"""An imported formula over columns and over one sample's floats: the same totals, the same ranges."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.grader.columns import Columns, Totals
from rubric_studio.grader.ranges import sample_range
from rubric_studio.grader.scoring import criterion_states, total
from rubric_studio.grader.verdict_column import verdict_column
from tests.grader.random_formulas import FORMULAS, NAMES, RAW, plan_over

Marks = dict[str, float | None]
MARKS = st.fixed_dictionaries(dict.fromkeys(NAMES, st.one_of(RAW, RAW, st.none())))
RANGES = {"a": [0, 10], "b": [-2, 2], "C_1": None}


def totals_of(plan: dict[str, Any], samples: list[Marks]) -> Totals:
    columns = {
        name: verdict_column(
            len(samples),
            [each[name] or 0.0 for each in samples],
            [2 * (each[name] is None) for each in samples],
        )
        for name in NAMES
    }
    return Columns(len(samples), columns).totals(plan)


@settings(max_examples=150)
@given(FORMULAS, st.lists(MARKS, min_size=1, max_size=5))
def test_columns_and_floats_agree(text: str, samples: list[Marks]) -> None:
    plan = plan_over(text, RANGES)
    totals = totals_of(plan, samples)
    for place, marks in enumerate(samples):
        states = criterion_states(plan, {}, marks)
        graded = total(plan, states)
        assert bool(totals.scored[place]) == (graded.score is not None), graded.reason
        assert totals.score[place] == pytest.approx(graded.score or 0.0, abs=1e-9)
        bounds = sample_range(plan, states)
        assert bool(totals.ranged[place]) == (bounds is not None)
        assert (totals.low[place], totals.high[place]) == pytest.approx(bounds or (0.0, 0.0), abs=1e-9)


@settings(max_examples=150)
@given(FORMULAS, MARKS, st.data())
def test_the_range_holds_whatever_the_missing_graders_say(
    text: str, marks: Marks, data: st.DataObject
) -> None:
    plan = plan_over(text, RANGES)
    bounds = sample_range(plan, criterion_states(plan, {}, marks))
    outcome = {
        name: data.draw(st.floats(*(RANGES[name] or (-20, 20)))) if value is None else value
        for name, value in marks.items()
    }
    score = total(plan, criterion_states(plan, {}, outcome)).score
    if score is not None and bounds is not None:
        assert bounds[0] - 1e-9 <= score <= bounds[1] + 1e-9


def test_a_sum_that_is_no_number_is_no_total_in_columns_either() -> None:
    # 1e308 * 10 is more than a float holds; as infinity it would make 1 / (...) a plain 0.
    plan = plan_over("1 / (a * 10)")
    assert not totals_of(plan, [{"a": 1e308, "b": 0, "C_1": 0}]).scored[0]
    assert total(plan, criterion_states(plan, {}, {"a": 1e308})).reason == "no finite number comes out"


def test_a_formula_that_reads_what_is_not_there_scores_nothing() -> None:
    plan = plan_over("a + d") | {"formula": "a + d"}
    totals = totals_of(plan, [{"a": 0.5, "b": 0, "C_1": 0}])
    assert not totals.scored.any()
    assert not totals.ranged.any()
    graded = total(plan, criterion_states(plan, {}, {"a": 0.5}))
    assert (graded.score, graded.reason) == (None, "the formula reads what is not there: d")
    assert sample_range(plan, criterion_states(plan, {}, {"a": 0.5})) is None


def test_a_formula_that_cannot_be_read_scores_nothing_and_says_where() -> None:
    plan = plan_over("a +")
    assert not totals_of(plan, [{"a": 0.5, "b": 0, "C_1": 0}]).scored.any()
    graded = total(plan, criterion_states(plan, {}, {"a": 0.5}))
    assert graded.reason.startswith(
        "the formula cannot be read: a number, a name or '(' is missing at the end"
    )


def test_ranges_stand_beside_the_scores_of_the_others() -> None:
    # a is a model's number from 0 to 10: a / 20 + b / 2 with b = 1 lies between 0.5 and 1.
    plan = plan_over("a / 20 + b / 2", {"a": [0, 10]})
    totals = totals_of(plan, [{"a": None, "b": 1, "C_1": 0}, {"a": 5, "b": 1, "C_1": 0}])
    assert totals.low.tolist() == [0.5, 0.75]
    assert totals.high.tolist() == [1.0, 0.75]
    assert np.array_equal(totals.missing, [1, 0])
