"""When a probe breaks its expectation: the thresholds of the docstring, by hand."""

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probe_outcome import Earned, ProbeOutcome
from rubric_studio.domain.probes.probe import Expectation
from rubric_studio.services.probe_outcomes import (
    Change,
    KindOutcome,
    Standing,
    compared,
    is_broken,
    limit,
    measured,
    summed_up,
)

LOW, HIGH = Expectation.LOW, Expectation.HIGH
FALLS, NO_GAIN = Expectation.FALLS, Expectation.NO_GAIN


def earned(*scores: float | tuple[float, float]) -> tuple[Earned, ...]:
    ends = [each if isinstance(each, tuple) else (each, each) for each in scores]
    return tuple(Earned(low if low == high else None, low, high) for low, high in ends)


def outcome(
    probe: str, row: str, *scores: float | tuple[float, float], typical: float | None = None, **more
) -> ProbeOutcome:
    return ProbeOutcome(probe=probe, row=RowId(row), earned=earned(*scores), typical=typical, **more)


def only(*outcomes: ProbeOutcome) -> KindOutcome:
    (kind,) = summed_up(outcomes)
    return kind


@pytest.mark.parametrize(
    ("typical", "most"),
    [(None, 0.5), (0.9, 0.5), (0.6, 0.5), (0.4, 0.3), (0.2, 0.1), (0.15, 0.1), (0.0, 0.1)],
)
def test_a_trick_may_earn_a_half_a_tenth_below_the_usual_and_always_a_tenth(
    typical: float | None, most: float
):
    assert limit(typical) == pytest.approx(most)


@pytest.mark.parametrize(
    ("expectation", "scores", "broken"),
    [
        (LOW, (0.5,), False),
        (LOW, (0.51,), True),
        (LOW, ((0.2, 0.5),), False),
        (LOW, ((0.2, 0.6),), None),
        (LOW, ((0.6, 0.7),), True),
        (HIGH, (0.8,), False),
        (HIGH, (0.79,), True),
        (HIGH, ((0.7, 0.9),), None),
        (HIGH, ((0.2, 0.7),), True),
        (NO_GAIN, (0.6, 0.6), False),
        (NO_GAIN, (0.6, 0.2), False),
        (NO_GAIN, (0.6, 0.61), False),
        (NO_GAIN, (0.6, 0.65), True),
        (NO_GAIN, ((0.2, 0.6), (0.2, 0.6)), None),
        (FALLS, (1.0, 0.5, 0.0), False),
        (FALLS, (1.0, 1.0, 0.9), False),
        (FALLS, (1.0, 1.0, 0.95), True),
        (FALLS, (1.0, 0.4, 0.5), True),
        (FALLS, ((0.5, 1.0), (0.0, 0.4)), False),
        (FALLS, ((0.5, 1.0), (0.0, 0.6)), None),
    ],
)
def test_an_expectation_is_broken_only_where_it_is_wherever_the_score_lies(
    expectation: Expectation, scores: tuple[float | tuple[float, float], ...], broken: bool | None
):
    assert is_broken(expectation, outcome("any", "r1", *scores)) is broken


def test_a_probe_without_any_score_is_left_out():
    assert measured(LOW, (Earned(None, None, None),)) is None
    empty = ProbeOutcome(probe="empty", row=RowId("r1"), earned=(Earned(None, None, None),))
    assert only(empty).standing is Standing.NOWHERE


def test_a_mean_and_a_worst_row_and_who_pays_for_it():
    kind = only(
        outcome("empty", "r1", 0.0),
        outcome("empty", "r2", 0.6, paid=(("facts", 0.4), ("form", 0.2))),
        outcome("empty", "r3", 0.9, paid=(("form", 0.9),)),
    )
    assert (kind.n, kind.broken, kind.standing) == (3, 2, Standing.BREAKS)
    assert kind.low == kind.high == pytest.approx(0.5)
    assert kind.worst == (0.9, 0.9)
    assert [row.row for row in kind.rows] == ["r3", "r2", "r1"]
    assert kind.paid == (("form", pytest.approx(1.1 / 3)), ("facts", pytest.approx(0.4 / 3)))


def test_up_to_a_tenth_of_the_rows_is_a_matter_of_those_rows():
    rows = [outcome("empty", f"r{at}", 0.0) for at in range(9)]
    assert only(*rows, outcome("empty", "r9", 0.9)).standing is Standing.SOME
    assert only(*rows[:8], outcome("empty", "r9", 0.9)).standing is Standing.BREAKS
    assert only(*rows).standing is Standing.HOLDS
    assert only(*rows, outcome("empty", "r9", (0.1, 0.9))).standing is Standing.OPEN


def test_a_guess_is_judged_by_what_it_earns_over_all_rows():
    # Right on one row of four: the mean is .25 where at most .5 is allowed.
    rows = [outcome("all_labels", f"r{at}", 0.0) for at in range(3)]
    kind = only(*rows, outcome("all_labels", "r4", 1.0))
    assert (kind.standing, kind.broken) == (Standing.HOLDS, 1)
    assert (
        only(outcome("all_labels", "r1", 0.6), outcome("all_labels", "r2", 0.6)).standing is Standing.BREAKS
    )


def test_how_far_the_reference_falls_is_what_counts_of_it():
    kind = only(outcome("degraded", "r1", 1.0, 0.5, 0.1), outcome("degraded", "r2", 0.8, 0.2))
    # .9 and .6; the worst is the one that falls least.
    assert kind.low == pytest.approx(0.75)
    assert kind.worst[0] == pytest.approx(0.6)
    assert (kind.first, kind.last) == (pytest.approx(0.9), pytest.approx(0.15))


def test_why_a_trick_does_not_apply_is_counted():
    skipped = [
        ProbeOutcome(probe="hedging", row=RowId(f"r{at}"), skipped=why) for at, why in enumerate("aab")
    ]
    kind = only(*skipped)
    assert (kind.standing, kind.n, kind.skipped) == (Standing.NOWHERE, 0, (("a", 2), ("b", 1)))


def test_what_nobody_knows_any_more_is_left_out_and_ones_own_comes_last():
    outcomes = [outcome("own:1", "r1", 0.9), outcome("gone", "r1", 0.9), outcome("empty", "r1", 0.0)]
    assert [kind.name for kind in summed_up(outcomes, {"own:1": HIGH})] == ["empty", "own:1"]


def test_a_version_fixes_and_reopens_kinds_and_rows():
    before = summed_up(
        [outcome("empty", "r1", 0.9), outcome("refusal", "r1", 0.0), outcome("keywords", "r1", 0.9)]
    )
    after = summed_up(
        [outcome("empty", "r1", 0.1), outcome("refusal", "r1", 0.8), outcome("keywords", "r1", (0.1, 0.9))]
    )
    found = {each.name: each for each in compared(before, after)}
    assert (found["empty"].change, found["empty"].fixed) == (Change.FIXED, ("r1",))
    assert (found["refusal"].change, found["refusal"].reopened) == (Change.REOPENED, ("r1",))
    assert found["keywords"].change is Change.UNKNOWN
    assert {each.change for each in compared(before, before)} == {Change.UNCHANGED}
