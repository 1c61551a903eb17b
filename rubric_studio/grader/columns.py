"""Scores many samples at once: the sums of design section 3 over sparse columns of verdicts, in numpy.

The arithmetic and the formula text are those of `scoring`, which scores one sample. There is no matrix of
criteria by samples. Weights and gates come with each call, so that changing them costs only the sums.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeGuard, cast

import numpy as np
from numpy.typing import NDArray

from rubric_studio.grader.column_functions import RAW_COLUMN_FUNCTIONS, Amount, Column, evaluate_columns
from rubric_studio.grader.formula import names_in, parse
from rubric_studio.grader.plan import formula_of
from rubric_studio.grader.ranges import PartSums, ranges, raw_ranges
from rubric_studio.grader.scoring import TOTAL_TOLERANCE, formula_names, weighs
from rubric_studio.grader.verdict_column import Extent, OwnVerdicts, Places, VerdictColumn

Plan = Mapping[str, Any]


class Totals(NamedTuple):
    """The totals of all samples; numbers stand where their mask says so, and are 0 elsewhere (never NaN)."""

    score: Column
    scored: NDArray[np.bool_]  # where there is a score
    low: Column
    high: Column
    ranged: NDArray[np.bool_]  # where low and high hold; both are the score where there is one
    missing: NDArray[np.int32]  # how many criteria are unscored that could move the total
    empty: NDArray[np.bool_]  # where no criterion applies


class _Sums:
    """Adds up one stratum. A sum stays one number until something differs between samples."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._sums: dict[str, Amount] = dict.fromkeys(PartSums._fields, 0.0)

    def add(self, name: str, amount: Amount, where: Extent = None) -> None:
        """Add to the samples of `where`: one amount for all of them, or, given places, one for each."""
        total = self._sums[name]
        if where is not None and not where.size:
            return
        if where is None or where.dtype == np.bool_:
            along: Amount = amount if where is None else np.multiply(where, amount, dtype=np.float64)
            # A sum that is a column was made here (0.0 + a column is a new one), so adding in place is safe.
            self._sums[name] = np.add(total, along, out=total) if _is_column(total) else total + along
        else:
            column = total if _is_column(total) else np.full(self._count, total, dtype=np.float64)
            column[where] += amount
            self._sums[name] = column

    def add_column(self, column: VerdictColumn, weight: float) -> None:
        names = ("s", "m", "open") if weight > 0 else ("f", "lost", "open_faults")
        self.add(names[0], abs(weight) * column.values, column.at)
        self.add(names[1], abs(weight), column.applies)
        self.add(names[2], abs(weight), column.missing)

    def add_own(self, own: OwnVerdicts) -> None:
        for name in ("s", "m", "f", "lost", "open", "open_faults"):
            self.add(name, getattr(own, name))

    def add_sure(self, column: VerdictColumn, weight: float, allow_na: bool) -> None:
        self.add("sure", weight, column.applies)
        if allow_na:
            # Taken back at once: so the sum is exactly 0 wherever nothing is sure.
            self.add("sure", -weight, column.missing)
            self.add("may_drop", weight, column.missing)

    def sums(self) -> PartSums:
        return PartSums(**self._sums)


class Columns:
    """The verdicts on `count` samples: a column for each criterion of the rubric, and the rows' own."""

    def __init__(
        self, count: int, columns: Mapping[str, VerdictColumn], own: OwnVerdicts | None = None
    ) -> None:
        self.count = count
        self._columns = dict(columns)
        self._own = own

    def with_column(self, key: str, column: VerdictColumn) -> "Columns":
        """The same verdicts but for one criterion, after a mark or a level's value changed."""
        return Columns(self.count, {**self._columns, key: column}, self._own)

    def totals(self, plan: Plan) -> Totals:
        """Make every sample's total with the weights and gates of this plan.

        A criterion of the plan without a column is a KeyError: give it one that is unscored where it applies.
        """
        if plan["aggregation"] == "formula":
            return self._formula_totals(plan)
        missing = self._missing(plan)
        parts = {stratum["key"]: self._sums(plan, stratum) for stratum in plan["strata"]}
        names: dict[str, Amount] = {}
        for key, part in parts.items():
            names.update(formula_names(key, part.s, part.m, part.f, part.lost))
        score = evaluate_columns(parse(plan["formula"]), names, self.count)
        scored = np.isfinite(score) & (missing == 0)
        score = np.where(scored, score + 0.0, 0.0)
        low, high, ranged = self._ranges(plan, parts, missing > 0, score, scored)
        return Totals(score, scored, low, high, ranged, missing, self._empty(plan, scored | (missing > 0)))

    def _ranges(
        self,
        plan: Plan,
        parts: Mapping[str, PartSums],
        unfinished: NDArray[np.bool_],
        score: Column,
        scored: NDArray[np.bool_],
    ) -> tuple[Column, Column, NDArray[np.bool_]]:
        """Put the range of each unfinished sample beside the scores of the others."""
        low, high, ranged = score.copy(), score.copy(), scored.copy()
        rows = np.flatnonzero(unfinished)
        if not rows.size:
            return low, high, ranged
        if rows.size > self.count / 2:  # computing a few too many is faster than picking most of them
            lowest, highest = (column[rows] for column in ranges(plan, parts, self.count))
        else:
            picked = {key: _of_rows(part, rows) for key, part in parts.items()}
            lowest, highest = ranges(plan, picked, len(rows))
        possible = np.isfinite(lowest)
        low[rows] = np.where(possible, lowest, 0.0)
        high[rows] = np.where(possible, highest, 0.0)
        ranged[rows] = possible
        return low, high, ranged

    def _sums(self, plan: Plan, stratum: Mapping[str, Any]) -> PartSums:
        sums = _Sums(self.count)
        weighted = [(c, self._columns[c["key"]]) for c in stratum["criteria"] if c["weight"] != 0]
        own = self._own if stratum["key"] == plan.get("row_criteria") else None
        for criterion, column in weighted:
            sums.add_column(column, criterion["weight"])
        if own is not None:
            sums.add_own(own)
        points = [(c, column) for c, column in weighted if c["weight"] > 0]
        if not any(c.get("allow_na") and column.has_missing() for c, column in points):
            part = sums.sums()
            return part._replace(sure=part.m)
        for criterion, column in points:
            sums.add_sure(column, criterion["weight"], bool(criterion.get("allow_na")))
        if own is not None:
            sums.add("sure", own.m)
        return sums.sums()

    def _missing(self, plan: Plan) -> NDArray[np.int32]:
        missing = np.zeros(self.count, dtype=np.int32)
        for stratum in plan["strata"]:
            for criterion in stratum["criteria"]:
                if weighs(plan, stratum, criterion["weight"]):
                    missing += _mask(self.count, self._columns[criterion["key"]].missing)
            if self._own is not None and stratum["key"] == plan.get("row_criteria"):
                missing += self._own.missing_faults
                if weighs(plan, stratum, 1.0):
                    missing += self._own.missing_points
        return missing

    def _empty(self, plan: Plan, filled: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Find the samples to which nothing applies, among those that are not known to be filled."""
        empty = ~filled
        for stratum in plan["strata"] if empty.any() else ():
            for criterion in stratum["criteria"]:
                empty &= ~_mask(self.count, self._columns[criterion["key"]].applies)
            if self._own is not None and stratum["key"] == plan.get("row_criteria"):
                empty &= ~self._own.applies
        return empty

    def _formula_totals(self, plan: Plan) -> Totals:
        """Evaluate an imported formula over raw numbers, with its range while some are missing."""
        missing = np.zeros(self.count, dtype=np.int32)
        applies = np.ones(self.count, dtype=np.bool_)
        formula = formula_of(plan)
        if formula is None:
            none = np.zeros(self.count)
            return Totals(none, ~applies, none, none, ~applies, missing, self._empty(plan, applies))
        names: dict[str, Column] = {}
        open_names: dict[str, NDArray[np.bool_]] = {}
        for key in names_in(formula):
            column = self._columns[key]
            open_names[key] = _mask(self.count, column.missing)
            missing += open_names[key]
            names[key], present = _spread(column, self.count)
            applies &= present
        score = evaluate_columns(formula, names, self.count, RAW_COLUMN_FUNCTIONS)
        with np.errstate(invalid="ignore"):
            within = (score >= -TOTAL_TOLERANCE) & (score <= 1 + TOTAL_TOLERANCE)
        scored = within & (missing == 0) & applies
        score = np.where(scored, np.clip(score, 0.0, 1.0), 0.0)
        low, high, ranged = score.copy(), score.copy(), scored.copy()
        unsure = (missing > 0) & applies
        rows = np.flatnonzero(unsure)
        if rows.size:
            ends = raw_ranges(plan, formula, _of_places(names, rows), _of_places(open_names, rows), len(rows))
            possible = np.isfinite(ends.low)
            low[rows], high[rows] = (np.where(possible, side, 0.0) for side in ends)
            ranged[rows] = possible
        return Totals(score, scored, low, high, ranged, missing, self._empty(plan, scored | unsure))


def _mask(count: int, where: Extent) -> NDArray[np.bool_]:
    """True at the samples of `where`."""
    if where is None:
        return np.ones(count, dtype=np.bool_)
    if where.dtype == np.bool_:
        return cast("NDArray[np.bool_]", where)
    return np.bincount(where, minlength=count) > 0


def _spread(column: VerdictColumn, count: int) -> tuple[Column, NDArray[np.bool_]]:
    """One value for each sample, and where the criterion applies."""
    values = np.zeros(count)
    values[slice(None) if column.at is None else column.at] = column.values
    return values, _mask(count, column.applies)


def _of_places(columns: Mapping[str, NDArray[Any]], rows: Places) -> dict[str, Any]:
    return {name: column[rows] for name, column in columns.items()}


def _of_rows(part: PartSums, rows: Places) -> PartSums:
    amounts: Sequence[Amount] = part
    return PartSums(*(amount[rows] if _is_column(amount) else amount for amount in amounts))


def _is_column(amount: Amount) -> TypeGuard[Column]:
    return isinstance(amount, np.ndarray)
