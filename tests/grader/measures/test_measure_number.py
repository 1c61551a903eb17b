"""number: one amount within a tolerance, in any money notation."""

import math
from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure


def number(text: str, reference: Any, **kind: Any) -> Outcome:
    return measure({"type": "number", "reference": "tax", **kind}, Answer(text), {"tax": reference})


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.56", 1234.56),
        ("$1,234.56", 1234.56),
        ("USD 1,234.56", 1234.56),
        ("1,234.56USD", 1234.56),
        ("1 234.56 €", 1234.56),
        ("1\u202f234.56", 1234.56),
        ("CHF 1'234.50", 1234.5),
        ("CHF 1’234.–", 1234),
        ("CHF 5.-", 5),
        ("(1,234)", -1234),
        ("($1,234.00)", -1234),
        ("1,234.56-", -1234.56),
        ("-$1,234", -1234),
        ("$-1,234", -1234),
        ("\u22121,234", -1234),
        ("- 1,234", -1234),
        (".5", 0.5),
        ("-0-", 0),
        ("+500", 500),
        ("12.5 %", 12.5),
        ("The tax is $1,234.56.", 1234.56),
        ("Tax - 500", 500),  # a dash between words
        ("Tax — 500", 500),
        ("Form W-2, line 1a: 500", 500),  # W-2 and 1a are names
        ("500, that is 500.00", 500),
    ],
)
def test_notations_with_a_decimal_point(text: str, amount: float) -> None:
    outcome = number(text, amount)
    assert outcome.value == 1.0, outcome.reason


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56 €", 1234.56),
        ("1.234", 1234),
        ("5,-", 5),
        ("(1.234,50)", -1234.5),
        ("1'234,5", 1234.5),
        ("12,5%", 12.5),
    ],
)
def test_notations_with_a_decimal_comma(text: str, amount: float) -> None:
    assert number(text, amount, decimal=",").value == 1.0
    assert number("1", text, decimal=",").reason.startswith("expected ")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("none", "the answer gives no number with “.” as decimal mark: none"),
        ("", "the answer gives no number with “.” as decimal mark"),
        ("1.234,56", "the answer gives 1.234,56, which is no number with “.” as decimal mark"),
        ("5 to 10", "the answer gives more than one number with “.” as decimal mark: 5, 10"),
        ("5-10", "the answer gives more than one number with “.” as decimal mark: 5, 10"),
        ("COVID-19", "the answer gives no number with “.” as decimal mark: COVID-19"),
    ],
)
def test_what_is_not_one_clear_number_is_zero_with_the_reason(text: str, reason: str) -> None:
    assert number(text, 5) == Outcome(0.0, reason)


def test_a_percentage_is_kept_or_made_a_fraction() -> None:
    assert number("12.5 %", 12.5).value == 1.0
    assert number("12.5 %", 0.125, percent="fraction").value == 1.0
    assert number("12.5 percent", "12.5%", percent="fraction").value == 1.0
    assert number("0.125", 0.125, percent="fraction").value == 1.0


# absolute 5 and 1 % of 1000 = 10: the larger, 10, is allowed; beyond, the credit falls to 0 over 20.
@pytest.mark.parametrize(
    ("given", "value"),
    [(1000, 1), (1010, 1), (990, 1), (1015, 0.75), (985, 0.75), (1020, 0.5), (1030, 0), (2000, 0)],
)
def test_credit_is_full_within_the_tolerance_and_falls_in_a_line(given: float, value: float) -> None:
    outcome = number(str(given), 1000, absolute=5, relative=0.01, band=20)
    assert outcome.value == pytest.approx(value, abs=1e-12)


def test_a_tolerance_takes_in_its_end_also_in_floating_point() -> None:
    assert number("105.1", 100.1, absolute=5).value == 1.0
    assert number("95.10", 100.1, absolute=5).value == 1.0
    assert number("105.11", 100.1, absolute=5).value == 0.0
    assert number('{"x": 0.30000000000000004}', 0.3, predicted="output_json.x").value == 1.0
    assert (
        number("10000000000.01", 10000000000.00).value == 0.0
    )  # a cent in ten thousand million still counts


def test_the_reason_gives_both_numbers_and_their_distance() -> None:
    outcome = number("Tax: $1,240", 1234.5, absolute=5)
    assert outcome == Outcome(0.0, "expected 1234.5, found 1240: 5.5 apart, 5 allowed", ((5, 11),))


def test_a_number_in_json_is_taken_as_it_is() -> None:
    predicted = {"predicted": "output_json.tax"}
    assert number('{"tax": -0.0}', 0, **predicted).value == 1.0
    assert number('{"tax": "$5"}', 5.0, **predicted).value == 1.0
    assert number('{"tax": [5]}', 5, **predicted).value == 1.0
    for wrong in ("true", "null", "{}", "1e999", "9" * 5000, "[5, 6]"):
        assert number(f'{{"tax": {wrong}}}', 1, **predicted).value == 0.0


def test_a_place_within_a_pattern_is_the_place_in_the_text() -> None:
    text = "wages 100; tax: $ 50 due"
    outcome = number(text, 50, predicted={"pattern": r"tax:([^;]*)due"})
    assert [text[start:end] for start, end in outcome.spans] == ["$ 50"]


@pytest.mark.parametrize("reference", [None, "", "unknown", [1, 2], True, math.inf, {"a": 1}])
def test_a_reference_that_is_no_number_is_unscored(reference: Any) -> None:
    assert number("5", reference).value is None


@pytest.mark.parametrize("kind", [{"absolute": -1}, {"band": "x"}, {"relative": math.nan}, {"decimal": ";"}])
def test_a_tolerance_that_makes_no_sense_is_unscored(kind: dict[str, Any]) -> None:
    assert number("5", 5, **kind).value is None
