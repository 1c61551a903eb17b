"""The formula's text: reading, evaluating, writing."""

import ast
import math
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.grader import formula as formula_module
from rubric_studio.grader.formula import (
    FLOAT_FUNCTIONS,
    FORMULA_LENGTH,
    FormulaError,
    FormulaUndefinedError,
    StratumTerm,
    evaluate,
    names_in,
    number_text,
    parse,
    total_text,
)


def value_of(text: str, **names: float) -> float:
    return evaluate(parse(text), names, FLOAT_FUNCTIONS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        (" .5 + 1. ", 1.5),
        ("1 - 2 - 3", -4),  # to the left: (1 - 2) - 3
        ("8 / 4 / 2", 1),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2 ^ 3 ^ 2", 512),  # to the right: 2 ^ 9
        ("2 * 3 ^ 2", 18),
        ("-2 ^ 2", -4),  # the minus binds looser than ^
        ("(-2) ^ 2", 4),
        ("2 ^ -1", 0.5),
        ("2 ^ -1 ^ 2", 0.5),  # 2 ^ -(1 ^ 2)
        ("2 * -3", -6),
        ("--1", 1),
        ("1e-9 * 1E+9", 1),
        ("min(3, 2, 5)", 2),
        ("max(4)", 4),
        ("abs(-3) + floor(2.9) + ceil(2.1)", 8),
        ("exp(0) + sqrt(9) + log(1)", 4),
        ("a * b_2 - a", 3),  # 2 * 2.5 - 2
    ],
)
def test_texts_have_the_value_that_arithmetic_gives_them(text: str, value: float) -> None:
    assert value_of(text, a=2.0, b_2=2.5) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("", 0, "missing at the end"),
        ("1 +", 3, "missing at the end"),
        ("1 2", 2, "an operator is missing before '2'"),
        ("2x", 1, "an operator is missing before 'x'"),
        ("* 2", 0, "missing before '*'"),
        ("1 )", 2, "unexpected ')'"),
        ("a $ b", 2, "unexpected '$'"),
        ("x²", 1, "unexpected '²'"),
        ("(1 + 2", 6, "')' for '(' at character 1 is missing"),
        ("1 + min(2, 3", 12, "')' for 'min(' at character 5 is missing"),
        ("(1, 2)", 2, "outside of a function"),
        ("1, 2", 1, "unexpected ','"),
        ("min()", 4, "missing before ')'"),
        ("1 + min", 4, "min is a function"),
        ("1 + total(2)", 4, "total is not a function here"),
        ("abs(1, 2)", 0, "abs takes 1 argument, not 2"),
        ("1 + 1e999", 4, "too large"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(text: str, position: int, says: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.position == position
    assert says in caught.value.message
    assert f"at character {position + 1}" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["(" * 90_000 + "1" + ")" * 90_000, "-" * 90_000 + "1", "abs(" * 30_000 + "1" + ")" * 30_000]
)
def test_deep_nesting_is_read_without_recursion(text: str) -> None:
    assert value_of(text) == 1


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(FormulaError, match="at most"):
        parse("1" + "+1" * FORMULA_LENGTH)


@pytest.mark.parametrize(
    "text",
    ["1 / 0", "0 / 0", "log(0)", "sqrt(-1)", "0 ^ -1", "(-8) ^ 0.5", "exp(9999)", "min(1, 1e308 * 10)"],
)
def test_what_has_no_finite_value_is_undefined_and_never_nan(text: str) -> None:
    with pytest.raises(FormulaUndefinedError):
        value_of(text)


def test_division_by_zero_is_named() -> None:
    with pytest.raises(FormulaUndefinedError, match="division by zero"):
        value_of("min(1, a / 0)", a=1.0)


def test_a_name_without_value_is_an_error_at_its_place() -> None:
    with pytest.raises(FormulaError, match="b has no value") as caught:
        value_of("a + b", a=1.0)
    assert caught.value.position == 4


def test_names_come_once_in_order_of_use() -> None:
    assert names_in(parse("b + min(a, b) * c")) == ("b", "a", "c")


@settings(max_examples=200)
@given(st.floats(0, allow_infinity=False, allow_nan=False))
def test_numbers_are_written_as_plain_decimals_that_read_back_the_same(number: float) -> None:
    text = number_text(number)
    assert set(text) <= set("0123456789.")
    assert float(text) == number
    assert value_of(text) == number


@pytest.mark.parametrize("number", [-1.0, math.inf, math.nan, Decimal("-0.5")])
def test_numbers_that_need_more_than_digits_are_refused(number: float | Decimal) -> None:
    with pytest.raises(ValueError, match="from 0 on"):
        number_text(number)


OPERATORS = st.sampled_from(["+", "-", "*", "/", "^"])
EXPRESSIONS = st.recursive(
    st.integers(1, 9).map(str),
    lambda inner: st.one_of(
        st.tuples(inner, OPERATORS, inner).map(" ".join),
        inner.map("({})".format),
        inner.map("-{}".format),
        st.tuples(inner, inner).map(lambda pair: f"min({pair[0]}, {pair[1]})"),
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(EXPRESSIONS)
def test_the_reader_groups_as_python_does(text: str) -> None:
    # Python's own operators have the same precedence, ** written for ^; ** of two floats as math.pow.
    try:
        expected = _python_value(ast.parse(text.replace("^", "**"), mode="eval").body)
    except (ArithmeticError, ValueError):
        with pytest.raises(FormulaUndefinedError):
            value_of(text)
        return
    assert value_of(text) == expected


def _python_value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int(number)):
            return float(number)
        case ast.UnaryOp(operand=operand):
            return -_python_value(operand)
        case ast.Call(args=[first, second]):
            return min(_python_value(first), _python_value(second))
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _python_value(left), _python_value(right)
            result = {
                ast.Add: lambda: a + b,
                ast.Sub: lambda: a - b,
                ast.Mult: lambda: a * b,
                ast.Div: lambda: a / b,
                ast.Pow: lambda: math.pow(a, b),
            }[type(op)]()
            if not math.isfinite(result):
                raise OverflowError
            return result
    raise AssertionError(ast.dump(node))


# ---- totals


def sums(**strata: tuple[float, float, float, float]) -> dict[str, float]:
    return {
        f"{key}_{letter}": x for key, four in strata.items() for letter, x in zip("smfl", four, strict=True)
    }


def test_stratified_weighs_the_strata_and_subtracts_faults() -> None:
    text = total_text("stratified", [StratumTerm("form", 1), StratumTerm("law", 3)])
    # (1 * 1/2 + 3 * 4/5) / (1 + 3) - 0.1 = 2.9 / 4 - 0.1 = 0.625
    assert value_of(text, **sums(form=(1, 2, 0.1, 0.2), law=(4, 5, 0, 0))) == pytest.approx(0.625)


@pytest.mark.parametrize(("s", "total"), [(1.0, 0.75), (0.7, 0.675), (0.7 - 2e-9, 0.175), (0.0, 0.0)])
def test_a_hard_gate_passes_from_its_place_on(s: float, total: float) -> None:
    text = total_text("stratified", [StratumTerm("form", 1, 0.7, True), StratumTerm("law", 3)])
    # form a = s / 1; passed: (s + 3 * 2/3) / 4, else s / 4. At s = 0.7: (0.7 + 2) / 4 = 0.675.
    assert value_of(text, **sums(form=(s, 1, 0, 0), law=(2, 3, 0, 0))) == pytest.approx(total, abs=1e-8)


def test_a_soft_gate_passes_in_proportion() -> None:
    text = total_text("stratified", [StratumTerm("form", 1, 0.5, False), StratumTerm("law", 3)])
    # form a = 0.2, pass = 0.2 / 0.5 = 0.4; (1 * 0.2 + 3 * 0.4 * 1) / 4 = 1.4 / 4 = 0.35
    assert value_of(text, **sums(form=(0.2, 1, 0, 0), law=(2, 2, 0, 0))) == pytest.approx(0.35)


def test_reach_is_the_product_of_all_passes_before() -> None:
    terms = [StratumTerm("a", 1, 1.0, False), StratumTerm("b", 1, 0.5, False), StratumTerm("c", 2)]
    # a = 0.5 passes 0.5; b = 0.25 passes 0.5; c = 1 is reached by 0.25.
    # (0.5 + 0.5 * 0.25 + 2 * 0.25 * 1) / 4 = 1.125 / 4 = 0.28125
    names = sums(a=(0.5, 1, 0, 0), b=(0.25, 1, 0, 0), c=(3, 3, 0, 0))
    assert value_of(total_text("stratified", terms), **names) == pytest.approx(0.28125)
    # Points: (0.5 + 0.5 * 0.25 + 0.25 * 3) / (1 + 1 + 3) = 1.375 / 5 = 0.275
    assert value_of(total_text("points_clipped", terms), **names) == pytest.approx(0.275)
    # Shifted points know no gates: (0.5 + 0.25 + 3) / 5 = 0.75
    assert value_of(total_text("points_shifted", terms), **names) == pytest.approx(0.75)


def test_an_absent_stratum_drops_out_and_passes() -> None:
    text = total_text("stratified", [StratumTerm("form", 9, 1.0, True), StratumTerm("law", 1)])
    # form has no weight on this sample: its 9 does not count and law is reached. 0.5 - 0.2 = 0.3
    assert value_of(text, **sums(form=(0, 0, 0.2, 0.4), law=(1, 2, 0, 0))) == pytest.approx(0.3)


def test_a_stratum_of_weight_0_adds_nothing_and_still_gates() -> None:
    text = total_text("stratified", [StratumTerm("form", 0, 1.0, True), StratumTerm("law", 2)])
    assert value_of(text, **sums(form=(1, 1, 0, 0), law=(1, 2, 0, 0))) == pytest.approx(0.5)
    assert value_of(text, **sums(form=(0, 1, 0, 0), law=(1, 2, 0, 0))) == 0


def test_totals_that_leave_the_unit_interval_are_clamped() -> None:
    for aggregation in ("stratified", "points_clipped"):
        text = total_text(aggregation, [StratumTerm("law", 1)])
        assert value_of(text, **sums(law=(0.5, 1, 0.9, 1))) == 0


def test_points_shifted_lies_in_the_unit_interval_by_itself() -> None:
    text = total_text("points_shifted", [StratumTerm("a", 1), StratumTerm("b", 1), StratumTerm("c", 1)])
    # PRBench: (S - F + L) / (M + L) = (6 - 1 + 2) / (10 + 2) = 7 / 12
    assert value_of(text, **sums(a=(2, 4, 1, 2), b=(4, 6, 0, 0), c=(0, 0, 0, 0))) == pytest.approx(7 / 12)
    # Everything at its worst is exactly 0, also where tenths do not add up exactly.
    assert value_of(text, **sums(a=(0, 1, 0.1, 0.1), b=(0, 1, 0.2, 0.2), c=(0, 0, 0.3, 0.3))) == 0


@pytest.mark.parametrize("aggregation", ["stratified", "points_clipped", "points_shifted"])
@pytest.mark.parametrize("terms", [[], [StratumTerm("a", 0)], [StratumTerm("a", 1, 0.5)]])
def test_where_no_weight_is_left_there_is_no_total(aggregation: str, terms: list[StratumTerm]) -> None:
    with pytest.raises(FormulaUndefinedError):
        value_of(total_text(aggregation, terms), **sums(a=(0, 0, 0, 0)))


@settings(max_examples=50)
@given(
    st.sampled_from(["stratified", "points_clipped", "points_shifted"]),
    st.lists(st.tuples(st.floats(0, 1e6), st.none() | st.floats(1e-12, 1), st.booleans()), max_size=6),
)
def test_the_writer_uses_neither_exponents_nor_leading_minus(
    aggregation: str, strata: list[tuple[float, float | None, bool]]
) -> None:
    text = total_text(aggregation, [StratumTerm(f"k{i}", *three) for i, three in enumerate(strata)])
    assert all(step.word != "negative" for step in parse(text))
    assert "e-" not in text.lower()
    assert "e+" not in text.lower()


def test_a_thousand_gated_strata_still_make_one_formula() -> None:
    text = total_text("stratified", [StratumTerm(f"k{i}", 1, 1.0, True) for i in range(1000)])
    four = {f"k{i}": (1.0, 1.0, 0.0, 0.0) for i in range(1000)}
    assert value_of(text, **sums(**four)) == 1


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="no total is written"):
        total_text("formula", [])
    with pytest.raises(ValueError, match="from 0 on"):
        total_text("stratified", [StratumTerm("a", -1)])
    with pytest.raises(ValueError, match="a gate stands"):
        total_text("stratified", [StratumTerm("a", 1, 1.5), StratumTerm("b", 1)])


def test_the_file_is_cpython_3_10_without_imports_of_ours() -> None:
    tree = ast.parse(Path(str(formula_module.__file__)).read_text(encoding="utf-8"), feature_version=(3, 10))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        )
    }
    assert imported <= {"math", "operator", "re", "collections.abc", "decimal", "functools", "typing"}
