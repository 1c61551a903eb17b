"""Between which ends the total of an imported formula lies while graders are missing. It scores nothing.

Each name comes with the least and the most that its number can be; both are the same where it is known. Two
ways, in numpy for many samples at once:

- Interval arithmetic: each step's ends from those of its operands. The range always holds, but may be too wide
  where a name that is missing occurs more than once.
- Where the total rises or falls with every missing name throughout, its ends are those at two corners, and the
  range is exact. Whether it does is followed from step to step by the signs of the operands.

Outcomes without a score (division by zero, a total outside [0, 1]) have no part in the range. NaN stands where
no outcome has a score, and where nothing can be told: an end is open and the rest covers all of [0, 1].
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rubric_studio.grader.column_functions import RAW_COLUMN_FUNCTIONS, Column, evaluate_columns
from rubric_studio.grader.formula import Formula

Mask = NDArray[np.bool_]


class Ends(NamedTuple):
    """The least and the most for each sample; infinite where an end is open, NaN where there is no value."""

    low: Column
    high: Column

    @property
    def may_be_positive(self) -> Mask:
        return self.high > 0

    @property
    def may_be_negative(self) -> Mask:
        return self.low < 0


class Lean(NamedTuple):
    """Where a step may rise, and where it may fall, as one missing name rises."""

    rises: Mask
    falls: Mask

    def turned(self) -> "Lean":
        return Lean(self.falls, self.rises)

    def where(self, same: Mask, turned: Mask) -> "Lean":
        """Lean through a factor that may keep the direction, and may turn it round."""
        return Lean((self.rises & same) | (self.falls & turned), (self.falls & same) | (self.rises & turned))

    def together(self, other: "Lean") -> "Lean":
        return Lean(self.rises | other.rises, self.falls | other.falls)

    def unsure(self, at: Mask) -> "Lean":
        """The same, but either way where `at` holds and the name matters at all."""
        either = (self.rises | self.falls) & at
        return Lean(self.rises | either, self.falls | either)


def formula_ranges(formula: Formula, names: Mapping[str, Ends], count: int) -> Ends:
    """Bound the totals of `count` samples, within [0, 1]; NaN where nothing can be told."""
    with np.errstate(all="ignore"):
        missing = [name for name, ends in names.items() if np.any(ends.low != ends.high)]
        ends, leans = _followed(formula, names, missing, count)
        low, high = _exact_where_possible(formula, names, dict(zip(missing, leans, strict=True)), ends)
        covers = (low <= 0) & (high >= 1) & (np.isinf(low) | np.isinf(high))
        told = (high >= 0) & (low <= 1) & ~covers
        return Ends(
            np.where(told, np.clip(low, 0.0, 1.0), np.nan), np.where(told, np.clip(high, 0.0, 1.0), np.nan)
        )


def _followed(
    formula: Formula, names: Mapping[str, Ends], missing: Sequence[str], count: int
) -> tuple[Ends, list[Lean]]:
    """The ends of the last step, and how it leans on each missing name."""
    never, always = np.zeros(count, dtype=np.bool_), np.ones(count, dtype=np.bool_)
    ends: list[Ends] = []
    leans: list[list[Lean]] = []
    for step in formula:
        if step.kind == "call":
            operands = [ends[place] for place in step.operands]
            ends.append(_ENDS[step.word](*operands))
            by_name = zip(*(leans[place] for place in step.operands), strict=True) if missing else ()
            leans.append([_lean(step.word, operands, each) for each in by_name])
            continue
        if step.kind == "number":
            column = np.full(count, step.number)
            ends.append(Ends(column, column))
        else:
            ends.append(names[step.word])
        leans.append([Lean(always if step.word == name else never, never) for name in missing])
    return ends[-1], leans[-1]


def _exact_where_possible(
    formula: Formula, names: Mapping[str, Ends], leans: Mapping[str, Lean], ends: Ends
) -> Ends:
    monotone = np.ones(len(ends.low), dtype=np.bool_)
    lowest = {name: each.low for name, each in names.items()}
    highest = {name: each.high for name, each in names.items()}
    for name, lean in leans.items():
        monotone &= ~(lean.rises & lean.falls)
        each = names[name]
        lowest[name] = np.where(lean.falls, each.high, each.low)
        highest[name] = np.where(lean.falls, each.low, each.high)
    low = evaluate_columns(formula, lowest, len(monotone), RAW_COLUMN_FUNCTIONS)
    high = evaluate_columns(formula, highest, len(monotone), RAW_COLUMN_FUNCTIONS)
    return Ends(
        np.where(monotone & np.isfinite(low), low, ends.low),
        np.where(monotone & np.isfinite(high), high, ends.high),
    )


# ---- directions


def _lean(word: str, operands: Sequence[Ends], leans: Sequence[Lean]) -> Lean:
    """How a step leans on a name, from how its operands do."""
    if word in _BY_TWO:
        return _BY_TWO[word](operands[0], operands[1], leans[0], leans[1])
    if word == "negative":
        return leans[0].turned()
    if word == "abs":
        return leans[0].where(operands[0].may_be_positive, operands[0].may_be_negative)
    together = leans[0]  # min, max, floor, ceil, exp, sqrt and log rise with what they are given
    for lean in leans[1:]:
        together = together.together(lean)
    return together


def _product_lean(a: Ends, b: Ends, lean_a: Lean, lean_b: Lean) -> Lean:
    ours = lean_a.where(b.may_be_positive, b.may_be_negative)
    return ours.together(lean_b.where(a.may_be_positive, a.may_be_negative))


def _quotient_lean(a: Ends, b: Ends, lean_a: Lean, lean_b: Lean) -> Lean:
    ours = lean_a.where(b.may_be_positive, b.may_be_negative)
    theirs = lean_b.where(a.may_be_negative, a.may_be_positive)
    return ours.together(theirs.unsure(b.may_be_negative & b.may_be_positive))


def _power_lean(a: Ends, b: Ends, lean_a: Lean, lean_b: Lean) -> Lean:
    ours = lean_a.where(b.may_be_positive, b.may_be_negative)
    theirs = lean_b.where(a.high > 1, a.low < 1)
    return ours.together(theirs).unsure(a.may_be_negative)


_BY_TWO: dict[str, Callable[[Ends, Ends, Lean, Lean], Lean]] = {
    "+": lambda _a, _b, lean_a, lean_b: lean_a.together(lean_b),
    "-": lambda _a, _b, lean_a, lean_b: lean_a.together(lean_b.turned()),
    "*": _product_lean,
    "/": _quotient_lean,
    "^": _power_lean,
}


# ---- ends


def _hull(corners: Sequence[Column], *operands: Ends) -> Ends:
    """The ends of what is reached at the corners. 0 times an open end is 0; NaN stays where an operand has none."""
    empty = np.logical_or.reduce([np.isnan(each.low) for each in operands])
    settled = [np.where(np.isnan(corner), 0.0, corner) for corner in corners]
    low, high = np.minimum.reduce(settled), np.maximum.reduce(settled)
    return Ends(np.where(empty, np.nan, low), np.where(empty, np.nan, high))


def _negative(a: Ends) -> Ends:
    return Ends(-a.high, -a.low)


def _sum(a: Ends, b: Ends) -> Ends:
    return Ends(a.low + b.low, a.high + b.high)


def _difference(a: Ends, b: Ends) -> Ends:
    return Ends(a.low - b.high, a.high - b.low)


def _product(a: Ends, b: Ends) -> Ends:
    return _hull([x * y for x in a for y in b], a, b)


def _quotient(a: Ends, b: Ends) -> Ends:
    """A divisor that reaches 0 leaves an end open; one that can only be 0 leaves no value."""
    near = Ends(np.where(b.low == 0, 0.0, b.low), np.where(b.high == 0, -0.0, b.high))  # 0 seen from within
    ends = _hull([x / y for x in a for y in near], a, b)
    crosses = b.may_be_negative & b.may_be_positive
    never = (b.low == 0) & (b.high == 0)
    low = np.where(crosses & ~np.isnan(ends.low), -np.inf, ends.low)
    high = np.where(crosses & ~np.isnan(ends.high), np.inf, ends.high)
    return Ends(np.where(never, np.nan, low), np.where(never, np.nan, high))


def _power(a: Ends, b: Ends) -> Ends:
    """Of a base from 0 on the corners tell; of another only a fixed whole exponent above 0 does."""
    corners = [np.power(x, y) for x in a for y in b]
    whole = (b.low == b.high) & (b.low > 0) & (np.floor(b.low) == b.low)
    even = whole & (np.mod(b.low, 2) == 0)
    ends = _hull(corners, a, b)
    through_zero = even & a.may_be_negative & a.may_be_positive
    told = ~a.may_be_negative | whole | np.isnan(a.low) | np.isnan(b.low)
    low = np.where(through_zero, 0.0, ends.low)
    return Ends(np.where(told, low, -np.inf), np.where(told, ends.high, np.inf))


def _size(a: Ends) -> Ends:
    away = np.maximum(a.low, -a.high)  # how far from 0 the nearer end is, below 0 where 0 lies between
    return Ends(np.maximum(away, 0.0), np.maximum(-a.low, a.high))


def _root(a: Ends) -> Ends:
    return Ends(np.sqrt(np.where(a.high < 0, np.nan, np.maximum(a.low, 0.0))), np.sqrt(a.high))


def _logarithm(a: Ends) -> Ends:
    never = a.high <= 0
    low = np.log(np.maximum(a.low, 0.0))
    return Ends(np.where(never, np.nan, low), np.where(never, np.nan, np.log(a.high)))


def _at_both(function: Callable[[Column], Column]) -> Callable[[Ends], Ends]:
    return lambda a: Ends(function(a.low), function(a.high))


_ENDS: dict[str, Callable[..., Ends]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
    "^": _power,
    "negative": _negative,
    "min": lambda *all_of: Ends(*(np.minimum.reduce(side) for side in zip(*all_of, strict=True))),
    "max": lambda *all_of: Ends(*(np.maximum.reduce(side) for side in zip(*all_of, strict=True))),
    "abs": _size,
    "floor": _at_both(np.floor),
    "ceil": _at_both(np.ceil),
    "exp": _at_both(np.exp),
    "sqrt": _root,
    "log": _logarithm,
}
