"""The functions of a formula over numpy columns; `formula.FLOAT_FUNCTIONS` over one sample each.

Where a float function would raise, a column holds NaN for that sample, and NaN stays NaN through every later
step: division by zero may not become an infinity that a min or max then hides.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rubric_studio.grader.formula import Formula, evaluate

Column = NDArray[np.float64]
Amount = Column | float
"""A number for each sample, or one number for all of them."""

BLOCK = 4096  # samples


def _finite(function: Callable[..., Any]) -> Callable[..., Amount]:
    def guarded(*columns: Amount) -> Amount:
        result = np.asarray(function(*columns), dtype=np.float64)
        finite = np.isfinite(result)
        return result if finite.all() else np.where(finite, result, np.nan)

    return guarded


def _lowest(*columns: Amount) -> Any:
    return reduce(np.minimum, columns)


def _highest(*columns: Amount) -> Any:
    return reduce(np.maximum, columns)


COLUMN_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": _finite(np.divide),
    "^": _finite(np.power),
    "negative": np.negative,
    "min": _lowest,
    "max": _highest,
    "abs": np.abs,
    "floor": np.floor,
    "ceil": np.ceil,
    "exp": _finite(np.exp),
    "sqrt": _finite(np.sqrt),
    "log": _finite(np.log),
}


RAW_COLUMN_FUNCTIONS = COLUMN_FUNCTIONS | {
    "+": _finite(np.add),
    "-": _finite(np.subtract),
    "*": _finite(np.multiply),
}
"""For imported formulas, whose raw numbers may be so large that a sum or a product of them is no number."""


def evaluate_columns(
    formula: Formula,
    names: Mapping[str, Amount],
    count: int,
    functions: Mapping[str, Callable[..., Any]] = COLUMN_FUNCTIONS,
) -> Column:
    """Compute a formula for `count` samples; NaN where it has no value.

    Works through the samples in blocks whose intermediate columns stay in the processor's cache.
    """
    result = np.empty(count)
    with np.errstate(all="ignore"):
        for start in range(0, count, BLOCK):
            block = slice(start, start + BLOCK)
            here = {
                name: amount[block] if isinstance(amount, np.ndarray) and amount.ndim else amount
                for name, amount in names.items()
            }
            result[block] = evaluate(formula, here, functions)
    return result
