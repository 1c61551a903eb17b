"""Two groups of answers to the same rows, compared: which way of asking scores better, and how sure that is.

Only rows that both groups answered are compared, each counting once, so that neither wins by easier questions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.resampling import interval_of, resampled
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.column_functions import Column
from rubric_studio.grader.columns import Totals
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.scoring import applies
from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.answer_groups import AnswerFacts, AnswerGroup, AnswerTable, members
from rubric_studio.services.board import Board
from rubric_studio.services.ports import Store
from rubric_studio.services.results import Distribution, distribution
from rubric_studio.services.statistics import LEAST_ROWS

Finding = Literal["first", "second", "alike", "too_few", "no_rows", "no_scores"]


@dataclass(frozen=True)
class Side:
    """One of the two groups, on the rows in common. Shares are of `answers`; `tokens` is None where untold.

    `unreadable` counts the `formed` answers, those that had to hold JSON, which hold none.
    """

    group: AnswerGroup
    places: Places
    scores: Distribution
    answers: int
    mean: float | None
    unscored: int
    formed: int
    unreadable: int
    cut_off: int
    refused: int
    letters: float
    tokens: float | None


class RowDifference(NamedTuple):
    """One row that both groups answered: the mean scores, and the ids of the answers. `gap` is second - first."""

    row: RowId
    first: float
    second: float
    first_samples: tuple[int, ...]
    second_samples: tuple[int, ...]

    @property
    def gap(self) -> float:
        """How much better the second one is."""
        return self.second - self.first


@dataclass(frozen=True)
class Comparison:
    """What was found. `gap` is the mean of second - first over `rows`, its ends None where they are withheld.

    `in_common` counts the rows that both answered, `differences` holds those that both have scores on, the
    greatest difference first.
    """

    first: Side
    second: Side
    in_common: int
    differences: tuple[RowDifference, ...]
    gap: float | None
    low: float | None
    high: float | None
    finding: Finding

    @property
    def rows(self) -> int:
        """The rows on which both have scores: the n of everything that is said."""
        return len(self.differences)


def compare(
    board: Board,
    totals: Totals,
    table: AnswerTable,
    groups: tuple[AnswerGroup, AnswerGroup],
    formed: frozenset[str] = frozenset(),
) -> Comparison:
    """Compare two groups under the totals of one rubric; `formed` are the rows whose answers must be JSON."""
    place = {info.id: at for at, info in enumerate(board.infos)}
    found = [[id for id in members(table, group.key) if id in place] for group in groups]
    rows_of = [{table.rows[id] for id in ids} for ids in found]
    common = rows_of[0] & rows_of[1]
    kept = [[id for id in ids if table.rows[id] in common] for ids in found]
    places = [np.array([place[id] for id in ids], dtype=np.intp) for ids in kept]
    first, second = (
        _side(board, totals, table, group, ids, at, formed)
        for group, ids, at in zip(groups, kept, places, strict=True)
    )
    differences = _differences(board, totals, places[0], places[1])
    gaps = np.array([each.gap for each in differences], dtype=np.float64)
    gap = float(gaps.mean()) if gaps.size else None
    low, high = interval(gaps)
    finding = _finding(len(common), len(gaps), low, high)
    return Comparison(first, second, len(common), differences, gap, low, high, finding)


def formed_rows(store: Store, rubric: Rubric) -> frozenset[str]:
    """The rows whose answers must hold JSON, because a criterion that applies there reads it."""
    plan = plan_of(rubric)
    conditions = [
        (stratum["when"], criterion["when"])
        for stratum in plan["strata"]
        for criterion in stratum["criteria"]
        if _reads_json(criterion["kind"])
    ]
    if not conditions:
        return frozenset()
    ids = list(dict.fromkeys(info.row for info in store.sample_infos()))
    return frozenset(
        str(id)
        for id, item in store.references(ids)
        if any(applies(outer, item) and applies(inner, item) for outer, inner in conditions)
    )


def interval(gaps: Column) -> tuple[float | None, float | None]:
    """The 95 % bootstrap interval of a mean over rows; (None, None) with fewer than five rows.

    Rows, not answers, are drawn anew: the answers to one row resemble each other.
    """
    if len(gaps) < LEAST_ROWS:
        return None, None
    return interval_of(resampled(gaps, np.arange(len(gaps))))


def _finding(common: int, rows: int, low: float | None, high: float | None) -> Finding:
    if not common:
        return "no_rows"
    if not rows:
        return "no_scores"
    if low is None or high is None:
        return "too_few"
    if low > 0:
        return "second"
    return "first" if high < 0 else "alike"


def _differences(board: Board, totals: Totals, first: Places, second: Places) -> tuple[RowDifference, ...]:
    means = [_row_means(board, totals, places) for places in (first, second)]
    samples = [_row_samples(board, places) for places in (first, second)]
    found = [
        RowDifference(
            board.rows[row], means[0][row], means[1][row], tuple(samples[0][row]), tuple(samples[1][row])
        )
        for row in means[0]
        if row in means[1]
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.gap), each.row)))


def _row_means(board: Board, totals: Totals, places: Places) -> dict[int, float]:
    """Mean score of each row (by its place), over the answers that have one."""
    scored = places[totals.scored[places]]
    rows = board.row_of[scored]
    n = np.bincount(rows, minlength=len(board.rows))
    sums = np.bincount(rows, weights=totals.score[scored], minlength=len(board.rows))
    return {int(row): float(sums[row] / n[row]) for row in np.flatnonzero(n)}


def _row_samples(board: Board, places: Places) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at in map(int, places.tolist()):
        found.setdefault(int(board.row_of[at]), []).append(board.infos[at].id)
    return found


def _side(
    board: Board,
    totals: Totals,
    table: AnswerTable,
    group: AnswerGroup,
    ids: Sequence[int],
    places: Places,
    formed: frozenset[str],
) -> Side:
    facts = [table.facts[id] for id in ids]
    must = [group.asks_for_form or table.rows[id] in formed for id in ids]
    means = _row_means(board, totals, places)
    return Side(
        group=group,
        places=places,
        scores=distribution(board, totals, places),
        answers=len(ids),
        mean=sum(means.values()) / len(means) if means else None,
        unscored=len(ids) - int(totals.scored[places].sum()),
        formed=sum(must),
        unreadable=sum(wanted and not each.has_json for wanted, each in zip(must, facts, strict=True)),
        cut_off=sum(each.cut_off for each in facts),
        refused=sum(each.refused for each in facts),
        letters=sum(each.letters for each in facts) / len(facts) if facts else 0.0,
        tokens=_mean_tokens(facts),
    )


def _mean_tokens(facts: Sequence[AnswerFacts]) -> float | None:
    told = [each.tokens for each in facts if each.tokens is not None]
    return sum(told) / len(told) if told else None


def _reads_json(kind: Mapping[str, Any]) -> bool:
    if kind["type"] == "format":
        return kind.get("schema") is not None
    return str(kind.get("predicted", "")).startswith("output_json")
