"""date: one day, within some days."""

from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure


def day(text: str, reference: Any = "2024-03-01", **kind: Any) -> Outcome:
    return measure({"type": "date", "reference": "due", **kind}, Answer(text), {"due": reference})


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-01",
        "2024-03-01T23:59:00Z",
        "2024/3/1",
        "20240301",
        "1 March 2024",
        "1st of March 2024",
        "March 1, 2024",
        "MAR. 1, 2024",
        "1-Mar-24",
        "1. März 2024",
        "1. Ma\u0308rz 2024",
        "1er mars 2024",
        "01.03.2024",
        "1. 3. 2024",
        "1/3/24",
        "Due on 1\u00a0March 2024, that is 01.03.2024.",
    ],
)
def test_the_first_of_march_in_many_ways(text: str) -> None:
    outcome = day(text)
    assert outcome.value == 1.0, outcome.reason


@pytest.mark.parametrize(("order", "text"), [("dmy", "04-03-01"), ("mdy", "03/04/2001"), ("ymd", "01-03-04")])
def test_figures_are_read_in_the_order_asked_for(order: str, text: str) -> None:
    expected = {"dmy": "2001-03-04", "mdy": "2001-03-04", "ymd": "2001-03-04"}[order]
    assert day(text, expected, order=order).value == 1.0


def test_two_figures_are_a_year_of_1969_to_2068() -> None:
    assert day("1.1.69", "1969-01-01").value == 1.0
    assert day("1.1.68", "2068-01-01").value == 1.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("30.02.2024", "30.02.2024, which is no date in the order day, month, year"),
        ("03/25/2024", "03/25/2024, which is no date in the order day, month, year"),
        ("March 2024", "no date in the order day, month, year: March 2024"),
        (
            "1 March 2024 or 2 March 2024",
            "more than one date in the order day, month, year: 1 March 2024, 2 March 2024",
        ),
    ],
)
def test_what_is_not_one_clear_day_is_zero_with_the_reason(text: str, found: str) -> None:
    assert day(text) == Outcome(0.0, f"the answer gives {found}")


def test_a_year_last_does_not_fit_the_order_year_first() -> None:
    assert day("01.03.2024", order="ymd").value == 0.0


# 2024 is a leap year: from 28 February to 1 March are 2 days.
def test_days_apart_are_counted_across_months() -> None:
    assert day("28 Feb 2024", days=2).value == 1.0
    reason = "expected 2024-03-01, found 2024-02-28: 2 days apart, 1 allowed"
    assert day("on 28 Feb 2024", days=1) == Outcome(0.0, reason, ((3, 14),))


@pytest.mark.parametrize("reference", [None, "soon", 45352, "2024-02-30"])
def test_a_reference_that_is_no_day_is_unscored(reference: Any) -> None:
    assert day("2024-03-01", reference).value is None
