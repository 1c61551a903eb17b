"""The 19 amounts of real tax returns, exact and within 5 dollars, as people and models write money."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure

Notation = Callable[[float], str]

PLAIN: dict[str, Notation] = {
    "bare": lambda amount: f"{amount:.2f}",
    "dollars": lambda amount: f"{'-' if amount < 0 else ''}${abs(amount):,.2f}",
    "dollars with sign inside": lambda amount: f"${amount:,.0f}",
    "code behind": lambda amount: f"{amount:,.2f} USD",
    "accountant": lambda amount: f"({abs(amount):,.0f})" if amount < 0 else f"{amount:,.0f}",
    "trailing minus": lambda amount: f"{abs(amount):,.2f}{'-' if amount < 0 else ''}",
    "true minus": lambda amount: f"{amount:,.0f}".replace("-", "\u2212"),
    "thin spaces": lambda amount: f"{amount:,.0f}".replace(",", "\u202f"),
    "Swiss": lambda amount: f"CHF {amount:,.0f}".replace(",", "'") + ".-",
    "in words": lambda amount: f"The amount on this line is ${amount:,.2f}.",
    "form's zero": lambda amount: f"{amount:,.0f}" if amount else "-0-",
}
CONTINENTAL: Notation = lambda amount: f"{amount:,.2f} €".translate(str.maketrans(",.", ".,"))  # noqa: E731


@pytest.fixture(scope="module")
def returns(shared_data: Path) -> list[dict[str, Any]]:
    lines = (shared_data / "taxcalcbench" / "rows_ty24.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def measured_lines(row: dict[str, Any], write: Callable[[float], Any], **kind: Any) -> list[Outcome]:
    """All lines of a return, each answered by `write` of its amount, measured by a criterion of its own."""
    lines: dict[str, float] = row["reference_lines"]
    answer = Answer(json.dumps({"lines": {line: write(amount) for line, amount in lines.items()}}))
    # Lines are called "Line 35a: Amount of line 34 you want refunded to you.", dots and colons included.
    places = [json.dumps(line) for line in lines]
    return [
        measure(
            {
                "type": "number",
                "predicted": f"output_json.lines[{place}]",
                "reference": f"reference_lines[{place}]",
            }
            | kind,
            answer,
            row,
        )
        for place in places
    ]


def test_every_return_has_19_lines(returns: list[dict[str, Any]]) -> None:
    assert len(returns) == 33
    assert {len(row["reference_lines"]) for row in returns} == {19}


@pytest.mark.parametrize("notation", PLAIN)
def test_the_right_amount_is_right_in_every_notation(returns: list[dict[str, Any]], notation: str) -> None:
    for row in returns:
        outcomes = measured_lines(row, PLAIN[notation])
        assert [outcome.value for outcome in outcomes] == [1.0] * 19, outcomes


def test_the_right_amount_is_right_with_a_decimal_comma(returns: list[dict[str, Any]]) -> None:
    for row in returns:
        assert [outcome.value for outcome in measured_lines(row, CONTINENTAL, decimal=",")] == [1.0] * 19


# Off by 5: not exact, within 5 dollars. Off by 5.01: neither.
@pytest.mark.parametrize(
    ("off", "absolute", "value"), [(0, 0, 1), (0.01, 0, 0), (5, 0, 0), (5, 5, 1), (-5, 5, 1), (5.01, 5, 0)]
)
def test_exact_and_within_5_dollars(
    returns: list[dict[str, Any]], off: float, absolute: float, value: int
) -> None:
    for row in returns:
        for write in (lambda amount: amount + off, lambda amount: PLAIN["dollars"](amount + off)):
            outcomes = measured_lines(row, write, absolute=absolute)
            assert [outcome.value for outcome in outcomes] == [value] * 19


# 5 dollars are free, the next 20 cost in a line: off by 10 is 5 of 20 beyond, 1 - 5 / 20 = 0.75.
def test_beyond_5_dollars_the_credit_falls_over_the_band(returns: list[dict[str, Any]]) -> None:
    for row in returns:
        outcomes = measured_lines(row, lambda amount: amount + 10, absolute=5, band=20)
        assert [outcome.value for outcome in outcomes] == pytest.approx([0.75] * 19)


def test_a_line_without_a_number_is_zero_and_says_so(returns: list[dict[str, Any]]) -> None:
    outcomes = measured_lines(returns[0], lambda _: "see attachment")
    assert {outcome.reason for outcome in outcomes} == {
        "the answer gives no number with “.” as decimal mark: see attachment"
    }
    assert {outcome.value for outcome in outcomes} == {0.0}
