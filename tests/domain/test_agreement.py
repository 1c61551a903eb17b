"""Statistics of many raters: derived by hand, what must not matter, and where there is nothing to say."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.agreement import (
    ICC_FORMS,
    Estimate,
    RatingTable,
    Statistics,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac,
    icc,
    krippendorff_alpha,
    percent_agreement,
    statistics,
    table_of,
)

NO = None
# Three raters of four samples, two levels; on the last only two of them.
SMALL = table_of([[0, 0, 0], [1, 1, 1], [0, 0, 1], [0, 1, NO]], [0, 1])


def figures(found: Statistics) -> Iterator[tuple[str, Estimate]]:
    """Every figure with its name."""
    yield from {"percent": found.percent, "ac1": found.ac1, "ac2": found.ac2}.items()
    yield from found.icc.items()
    yield from ((f"fleiss {name}", each) for name, each in found.fleiss.by_name().items())
    yield from ((f"alpha {name}", each) for name, each in found.alpha.by_name().items())
    for pair, weights in found.cohen.items():
        yield from ((f"cohen {pair} {name}", each) for name, each in weights.by_name().items())


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-12)


# ---- by hand


def test_percent_agreement_is_the_mean_over_samples_not_over_pairs() -> None:
    # Agreeing pairs 3/3, 3/3, 1/3, 0/1: (1 + 1 + 1/3 + 0) / 4 = 7/12. Over all pairs it would be 7/10.
    assert percent_agreement(SMALL).value == near(7 / 12)


def test_fleiss_kappa_with_a_missing_rating() -> None:
    # Shares of level 1: 0, 1, 1/3, 1/2, mean 11/24. Expected disagreement 2 * 11/24 * 13/24 = 143/288.
    # Observed 5/12 = 120/288. 1 - 120/143 = 23/143.
    assert fleiss_kappa(SMALL).value == near(23 / 143)


def test_ac1_with_a_missing_rating() -> None:
    # Expected agreement (q = 2): 2 p (1 - p) = 143/288; (7/12 - 143/288) / (1 - 143/288) = (168 - 143) / 145.
    assert gwet_ac(SMALL).value == near(25 / 145)


def test_alpha_of_two_levels_is_the_same_on_every_scale() -> None:
    # Pairs that disagree, each sample's by 1 / (n - 1): 0 + 0 + 4/2 + 2/1 = 4, of n = 11: observed 4/11.
    # Level 0 is given 6 times, 1 five times: expected 2 * 6 * 5 / (11 * 10) = 6/11. 1 - 4/6 = 1/3.
    assert krippendorff_alpha(SMALL, "nominal").value == near(1 / 3)
    assert krippendorff_alpha(SMALL, "ordinal").value == near(1 / 3)
    assert krippendorff_alpha(SMALL, "interval").value == near(1 / 3)


def test_a_sample_with_one_rating_counts_for_the_levels_shares_of_fleiss_but_not_for_alpha() -> None:
    more = table_of([[0, 0, 0], [1, 1, 1], [0, 0, 1], [0, 1, NO], [1, NO, NO]], [0, 1])
    # Share of level 1 now (11/6 + 1) / 5 = 17/30: expected 2 * 17/30 * 13/30 = 442/900, observed 5/12 = 375/900.
    assert fleiss_kappa(more).value == near(67 / 442)
    assert krippendorff_alpha(more).value == near(1 / 3)


def test_ordinal_alpha_takes_ranks_and_interval_alpha_worths() -> None:
    # Two raters: (a, a), (a, b), (c, c) with worths 0, .1, 1. Ratings: a 3, b 1, c 2, n = 6.
    table = table_of([[0, 0], [0, 0.1], [1, 1]], [0, 0.1, 1])
    # Interval: observed 2 * .01 / 6; expected 2 (3*1*.01 + 3*2*1 + 1*2*.81) / 30 = 15.3 / 30 -> 1 - .1/15.3.
    assert krippendorff_alpha(table, "interval").value == near(1 - 0.1 / 15.3)
    # Mean ranks 1.5, 3.5, 5: ab 4, ac 12.25, bc 2.25. Observed 2 * 4 / 6 = 40/30;
    # expected 2 (3*4 + 6*12.25 + 2*2.25) / 30 = 180/30: 1 - 40/180.
    assert krippendorff_alpha(table, "ordinal").value == near(1 - 40 / 180)


def test_weighted_kappa_takes_what_levels_are_worth() -> None:
    # (0, .5) once, (0, 0), (1, 1), linear: observed .5/3. First's shares 2/3, 0, 1/3, second's 1/3 each:
    # 2/3 (.5 + 1)/3 + 1/3 (1 + .5)/3 = .5. 1 - (1/6)/.5 = 2/3.
    table = table_of([[0, 0.5], [0, 0], [1, 1]], [0, 0.5, 1])
    assert cohen_kappa(table, 0, 1, "linear").value == near(2 / 3)


def test_ac1_counts_all_levels_of_the_scale_also_unused_ones() -> None:
    # 8 of 10 agree, each level is half of all: expected 2 * .5 * .5 / (q - 1), .5 for q = 2, .25 for q = 3.
    rows = [[0, 0], [1, 1], [0, 0], [1, 0], [1, 1], [1, 0], [1, 1], [0, 0], [1, 1], [0, 0]]
    two, three = (gwet_ac(table_of(rows, scale)).value for scale in ([0, 1], [0, 0.5, 1]))
    assert two == near((0.8 - 0.5) / 0.5)
    assert three == near((0.8 - 0.25) / 0.75)


def test_icc_of_one_lenient_rater() -> None:
    # The second gives .5 more throughout: (0, .5), (.5, 1). Units' means .25, .75: B = 2 * 2 * .25^2 / 1 = .25;
    # W = (.125 + .125) / 2 = .125; J = 2 * 2 * .25^2 = .25; E = 0.
    table = table_of([[0, 0.5], [0.5, 1]], [0, 0.5, 1])
    # (1,1): .125 / .375; (2,1): .25 / (.25 + 2 * .25 / 2); (3,1): 1; (1,k): .5; (2,k): .25 / .375; (3,k): 1.
    by_hand = dict(zip(ICC_FORMS, (1 / 3, 1 / 2, 1, 1 / 2, 2 / 3, 1), strict=True))
    assert {form: icc(table, form).value for form in ICC_FORMS} == pytest.approx(by_hand)


# ---- nothing to say


def reasons(found: Statistics) -> set[str]:
    return {each.reason for _, each in figures(found)}


def test_where_all_ratings_are_one_level_percent_and_gwet_are_one_and_all_else_is_withheld() -> None:
    # AC1: pe = (1 * 0 + 0 * 1) / (2 - 1) = 0, so (1 - 0) / (1 - 0); kappa and alpha have pe = 1 there: 0 / 0.
    found = statistics(table_of([[1, 1, 1]] * 12, [0, 1]))
    told = dict(figures(found))
    assert [told.pop(name).value for name in ("percent", "ac1", "ac2")] == [1.0, 1.0, 1.0]
    assert {(each.value, each.reason) for each in told.values()} == {(None, "one level")}


def test_gwets_interval_where_all_agree_on_one_level_is_wilsons() -> None:
    # Nothing agrees by chance, so the coefficient is the share itself: 1 / (1 + z^2 / 12) = 12 / 15.8415.
    found = statistics(table_of([[1, 1]] * 12, [0, 1]))
    assert (found.ac1.low, found.ac1.high) == (near(12 / 15.841458820694124), 1.0)
    assert (found.ac1.low, found.ac2.low) == (found.percent.low, found.percent.low)


def test_a_scale_of_one_level_has_no_gwet() -> None:
    assert statistics(table_of([[1, 1]] * 12, [1])).ac1 == Estimate(12, None, reason="one level")


def test_icc_on_a_single_sample_that_all_rated_is_incomplete() -> None:
    found = statistics(table_of([[0, 1, 1], [1, NO, 1], [NO, 0, 0]], [0, 1]))
    assert set(found.icc.values()) == {Estimate(1, None, reason="incomplete")}


def test_one_rater_agrees_with_nobody() -> None:
    assert reasons(statistics(table_of([[1], [0], [1]], [0, 1]))) == {"one rater"}
    found = statistics(table_of([[1, NO], [0, NO]], [0, 1]))
    assert (found.raters, found.n, found.percent) == (1, 0, Estimate(0, None, reason="one rater"))


def test_raters_without_a_common_sample_have_no_overlap() -> None:
    found = statistics(table_of([[1, NO], [NO, 0], [0, NO], [NO, 1]], [0, 1]))
    assert reasons(found) == {"no overlap"}
    assert found.raters == 2


@pytest.mark.parametrize("rows", [[], [[NO, NO]], [[NO, NO]] * 20])
def test_a_table_without_ratings_has_a_reason_for_everything(rows: list[list[float | None]]) -> None:
    found = statistics(table_of(rows, [0, 1]))
    assert all(each.value is None and each.reason for _, each in figures(found))


def test_one_sample_is_too_few_but_for_percent() -> None:
    found = statistics(table_of([[1, 0]], [0, 1]))
    assert found.percent.value == 0.0
    assert {each.reason for name, each in figures(found) if name != "percent"} == {"too few"}


def test_icc_says_when_nobody_rated_with_all_others() -> None:
    rows = [[0, 1, NO], [1, NO, 1], [NO, 0, 0]] * 4
    assert {each.reason for each in statistics(table_of(rows, [0, 1])).icc.values()} == {"incomplete"}


def test_icc_of_means_is_withheld_where_samples_do_not_differ() -> None:
    # All means are .5: between = 0, so (1,k) and (3,k) divide by nothing, single forms do not.
    found = statistics(table_of([[0, 1], [1, 0], [0, 1], [1, 0]], [0, 1])).icc
    assert (found["1,k"].reason, found["3,k"].reason) == ("no spread", "no spread")
    assert found["1,1"].value == near(-1.0)


def test_levels_of_one_worth_have_nothing_to_weigh() -> None:
    found = statistics(table_of([[0, 0], [0, 0], [0, 0]], [0.0]))
    assert reasons(found) == {"", "one level"}
    alike = RatingTable(np.array([[0, 1], [1, 1], [0, 0]]), (0.5, 0.5))
    assert krippendorff_alpha(alike, "interval").value is None
    assert krippendorff_alpha(alike, "nominal").value is not None


# ---- what must not matter

cells = st.one_of(st.none(), st.integers(0, 2))
tables = st.integers(1, 4).flatmap(
    lambda raters: st.lists(st.lists(cells, min_size=raters, max_size=raters), min_size=0, max_size=14)
)
SCALE = (0.0, 0.25, 1.0)


def coded(rows: list[list[int | None]]) -> RatingTable:
    return table_of([[None if code is None else SCALE[code] for code in row] for row in rows], SCALE)


def values(table: RatingTable) -> dict[str, float | None]:
    found = statistics(table, draws=False)
    return {name: each.value for name, each in figures(found) if not name.startswith("cohen")}


def assert_same(first: dict[str, float | None], second: dict[str, float | None]) -> None:
    assert {name for name, each in first.items() if each is None} == {
        name for name, each in second.items() if each is None
    }
    assert {name: each for name, each in first.items() if each is not None} == pytest.approx(
        {name: each for name, each in second.items() if each is not None}, abs=1e-9
    )


@settings(max_examples=60, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_raters_and_of_samples_does_not_matter(rows: list[list[int | None]], chance) -> None:
    raters = list(range(len(rows[0]) if rows else 0))
    chance.shuffle(raters)
    mixed = [[row[rater] for rater in raters] for row in rows]
    chance.shuffle(mixed)
    assert_same(values(coded(rows)), values(coded(mixed)))


@settings(max_examples=60, deadline=None)
@given(tables, st.permutations([0, 1, 2]))
def test_what_takes_levels_as_names_does_not_care_for_the_names(
    rows: list[list[int | None]], names: list[int]
) -> None:
    renamed = [[None if code is None else names[code] for code in row] for row in rows]
    nominal = ("percent", "ac1", "fleiss plain", "alpha nominal")
    first, second = values(coded(rows)), values(coded(renamed))
    assert_same({name: first[name] for name in nominal}, {name: second[name] for name in nominal})


@settings(max_examples=60, deadline=None)
@given(tables)
def test_samples_nobody_rated_and_raters_who_rated_nothing_do_not_matter(
    rows: list[list[int | None]],
) -> None:
    raters = len(rows[0]) if rows else 0
    padded = [[*row, None] for row in [*rows, [None] * raters]]
    assert_same(values(coded(rows)), values(coded(padded)))


@settings(max_examples=40, deadline=None)
@given(tables)
def test_every_figure_is_a_number_within_bounds_or_has_a_reason(rows: list[list[int | None]]) -> None:
    for _, each in figures(statistics(coded(rows))):
        assert (each.value is None) == bool(each.reason)
        for number in (each.value, each.low, each.high):
            assert number is None or (math.isfinite(number) and number <= 1 + 1e-9)
        if each.low is not None and each.high is not None:
            assert each.low <= each.high + 1e-9


@settings(max_examples=20, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_intervals_do_not_depend_on_the_order_either(rows: list[list[int | None]], chance) -> None:
    mixed = rows[:]
    chance.shuffle(mixed)
    first = statistics(coded(rows))
    assert figure_dict(statistics(coded(mixed))) == pytest.approx(figure_dict(first), nan_ok=False)


def figure_dict(found: Statistics) -> dict[str, float]:
    return {f"{name} low": each.low for name, each in figures(found) if each.low is not None}
