"""Many samples at once: columns give what one sample at a time gives."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from rubric_studio.grader.columns import Columns
from rubric_studio.grader.ranges import sample_range
from rubric_studio.grader.scoring import ROW_PREFIX, total
from rubric_studio.grader.verdict_column import (
    OwnVerdicts,
    VerdictColumn,
    level_column,
    own_verdicts,
    verdict_column,
)
from tests.grader.random_plans import (
    RandomSample,
    judged,
    plan_of,
    plans_and_samples,
    states_of,
    stratum,
    with_formula,
)

CODES = {"scored": 0, "not_applicable": 1, "unscored": 2}


def columns_of(
    plan: Mapping[str, Any], samples: Sequence[RandomSample], sparse: bool, more: int = 0
) -> Columns:
    """The columns of some samples: entries for all of them, or only where a criterion applies.

    `more` samples behind them, to which nothing applies, make every column a sparse one.
    """
    count = len(samples) + more
    states = [states_of(plan, sample) for sample in samples]
    columns: dict[str, VerdictColumn] = {}
    for part in plan["strata"]:
        for criterion in part["criteria"]:
            entries = [
                (place, CODES[each[criterion["key"]][0]], each[criterion["key"]][1])
                for place, each in enumerate(states)
            ]
            if sparse:
                entries = [entry for entry in entries if entry[1] != 1]
            columns[criterion["key"]] = verdict_column(
                count,
                [np.nan if value is None else value for _, _, value in entries],
                [state for _, state, _ in entries],
                [place for place, _, _ in entries] if sparse else None,
            )
    return Columns(count, columns, own_of(plan, samples, states, count))


def own_of(
    plan: Mapping[str, Any], samples: Sequence[RandomSample], states: Sequence[dict[str, Any]], count: int
) -> OwnVerdicts:
    """The rows' own verdicts, as far as the plan has a place for them."""
    entries = [
        (place, states[place][ROW_PREFIX + criterion["key"]], criterion["weight"])
        for place, sample in enumerate(samples)
        for criterion in sample.row_criteria
        if ROW_PREFIX + criterion["key"] in states[place]
    ]
    return own_verdicts(
        count,
        [place for place, _, _ in entries],
        [np.nan if state[1] is None else state[1] for _, state, _ in entries],
        [weight for _, _, weight in entries],
        [CODES[state[0]] for _, state, _ in entries],
    )


@given(plans_and_samples())
def test_columns_and_floats_agree(drawn: tuple[dict[str, Any], list[RandomSample]]) -> None:
    plan, samples = drawn
    for sparse, more in ((False, 0), (True, 0), (True, 50)):
        totals = columns_of(plan, samples, sparse, more).totals(plan)
        assert totals.empty[len(samples) :].all()
        for place, sample in enumerate(samples):
            states = states_of(plan, sample)
            graded = total(plan, states, sample.row_criteria)
            assert bool(totals.scored[place]) == (graded.score is not None)
            assert totals.score[place] == pytest.approx(graded.score or 0.0, abs=1e-9)
            assert bool(totals.empty[place]) == (graded.reason == "no criteria")
            named = graded.reason.split(" of ")[0] if "unscored: " in graded.reason else "0"
            assert totals.missing[place] == int(named)
            bounds = sample_range(plan, states, sample.row_criteria)
            assert bool(totals.ranged[place]) == (bounds is not None)
            assert (totals.low[place], totals.high[place]) == pytest.approx(bounds or (0.0, 0.0), abs=1e-9)


@given(plans_and_samples())
def test_nothing_that_comes_out_is_nan(drawn: tuple[dict[str, Any], list[RandomSample]]) -> None:
    plan, samples = drawn
    totals = columns_of(plan, samples, sparse=True).totals(plan)
    for numbers in (totals.score, totals.low, totals.high):
        assert ((numbers >= 0) & (numbers <= 1)).all()
    assert (totals.low <= totals.high + 1e-12).all()


PLAN = plan_of(
    "stratified",
    stratum("form", judged("json")),
    stratum("law", judged("issue"), judged("invents", -0.5), weight=3),
)


def test_totals_by_hand() -> None:
    columns = Columns(
        4,
        {
            "json": verdict_column(4, [1, 0.5, 1, 0]),
            "issue": verdict_column(4, [0.5, 0, 0, 1], [0, 1, 2, 0]),
            "invents": verdict_column(4, [1], samples=[3]),
        },
    )
    totals = columns.totals(PLAN)
    # 0: (1 + 3 * 0.5) / 4 = 0.625; 1: only form, 0.5; 2: issue is missing, between (1 + 0) / 4 and 1;
    # 3: (0 + 3 * 1) / 4 - 0.5 * 1 = 0.25
    assert totals.score.tolist() == [0.625, 0.5, 0, 0.25]
    assert totals.scored.tolist() == [True, True, False, True]
    assert totals.low.tolist() == [0.625, 0.5, 0.25, 0.25]
    assert totals.high.tolist() == [0.625, 0.5, 1, 0.25]
    assert totals.missing.tolist() == [0, 0, 1, 0]


def test_another_weight_needs_only_another_plan() -> None:
    columns = Columns(
        1,
        {
            "json": verdict_column(1, [1]),
            "issue": verdict_column(1, [0.5]),
            "invents": verdict_column(1, [], samples=[]),
        },
    )
    heavier = {**PLAN, "strata": [{**PLAN["strata"][0], "weight": 1}, {**PLAN["strata"][1], "weight": 7}]}
    # (1 + 7 * 0.5) / 8 = 0.5625
    assert columns.totals(with_formula(heavier)).score.tolist() == [0.5625]


def test_a_column_of_levels_takes_new_values_without_new_verdicts() -> None:
    column = level_column(4, [0, 2, 1, 0], [1.0, 0.5, 0.0], states=[0, 0, 0, 2])
    assert column.values.tolist() == [1, 0, 0.5, 0]
    assert column.missing is not None
    assert column.missing.tolist() == [False, False, False, True]
    changed = column.with_levels([0.9, 0.6, 0.1])
    assert changed.values.tolist() == [0.9, 0.1, 0.6, 0]
    plan = plan_of("stratified", stratum("law", judged("issue")))
    columns = Columns(4, {"issue": column})
    totals = columns.with_column("issue", changed).totals(plan)
    assert totals.score.tolist() == [0.9, 0.1, 0.6, 0]
    assert columns.totals(plan).score.tolist() == [1, 0, 0.5, 0]


@pytest.mark.parametrize("count", [5, 500])
def test_levels_stay_beside_their_samples(count: int) -> None:
    # Of 5 samples two are many, so the column runs along all of them; of 500 they are few.
    column = level_column(count, [1, 0, 1], [0.0, 1.0], states=[0, 1, 0], samples=[0, 2, 4])
    assert (column.at is None) == (count == 5)
    plan = plan_of("stratified", stratum("law", judged("issue")))
    totals = Columns(count, {"issue": column.with_levels([0.0, 0.5])}).totals(plan)
    assert np.flatnonzero(totals.scored).tolist() == [0, 4]
    assert totals.score[[0, 4]].tolist() == [0.5, 0.5]
    assert totals.empty.sum() == count - 2


def test_entries_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="one verdict on a sample"):
        verdict_column(3, [1, 0], samples=[1, 1])
    with pytest.raises(ValueError, match="outside of 0 to 2"):
        verdict_column(3, [1], samples=[3])
    with pytest.raises(ValueError, match="do not match"):
        verdict_column(3, [1, 0], samples=[1])
    with pytest.raises(ValueError, match="do not match"):
        verdict_column(3, [1, 0])
    with pytest.raises(ValueError, match="finite"):
        verdict_column(1, [np.nan])
    with pytest.raises(ValueError, match="finite"):
        own_verdicts(1, [0], [np.nan], [1])
    with pytest.raises(ValueError, match="has no level"):
        level_column(1, [-1], [1.0])
    with pytest.raises(ValueError, match="there are 1 levels"):
        level_column(1, [1], [1.0])
    with pytest.raises(ValueError, match="holds values"):
        verdict_column(1, [1]).with_levels([1.0])


def test_a_criterion_without_a_column_is_not_taken_for_absent() -> None:
    with pytest.raises(KeyError):
        Columns(1, {}).totals(PLAN)


def test_no_samples_have_no_totals() -> None:
    empty = verdict_column(0, [])
    totals = Columns(0, {"json": empty, "issue": empty, "invents": empty}).totals(PLAN)
    assert all(len(column) == 0 for column in totals)


def test_an_imported_formula_reads_raw_columns() -> None:
    criteria = stratum("all", judged("a"), judged("b"), judged("c"))
    plan = {"aggregation": "formula", "row_criteria": None, "strata": [criteria], "formula": "min(2, a / b)"}
    columns = Columns(
        6,
        {
            "a": verdict_column(6, [3, 3, 0, 1, 8, 1]),
            "b": verdict_column(6, [4, 0, 5, 0, 2, 0], [0, 0, 0, 2, 0, 1]),
            "c": verdict_column(6, [0] * 6, [2] * 6),
        },
    )
    totals = columns.totals(plan)
    # 3/4; 3/0 is no total, not min(2, infinity); 0/5; b missing; 8/2 -> 2 is not in [0, 1]; b does not apply.
    assert totals.score.tolist() == [0.75, 0, 0, 0, 0, 0]
    assert totals.scored.tolist() == [True, False, True, False, False, False]
    assert totals.missing.tolist() == [0, 0, 0, 1, 0, 0]
    assert totals.ranged.tolist() == [True, False, True, True, False, False]
    assert (totals.low[3], totals.high[3]) == (1, 1)  # b in [0, 1]: 1/b is 1 or more, and only 1 is a total
    b = ["scored", "scored", "scored", "unscored", "scored", "not_applicable"]
    for place, (state, x, y) in enumerate(
        zip(b, (3.0, 3.0, 0.0, 1.0, 8.0, 1.0), (4.0, 0.0, 5.0, 0.0, 2.0, 0.0), strict=True)
    ):
        states = {"a": ("scored", x, ""), "b": (state, y if state == "scored" else None, "")}
        graded = total(plan, states)
        assert (graded.score is not None) == totals.scored[place]
        assert (graded.score or 0) == totals.score[place]
