"""What the scores of a project say: by group of samples, by part and by point, each with its n. Draws nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Rubric, Stratum
from rubric_studio.grader.column_functions import Column
from rubric_studio.grader.columns import Totals
from rubric_studio.grader.plan import with_row_stratum
from rubric_studio.grader.verdict_column import NOT_APPLICABLE, SCORED, UNSCORED, Places
from rubric_studio.services.board import Board, Entries, Spread, spread
from rubric_studio.services.statistics import Mean, mean_of

BINS = 20
ROUNDING = 1e-9  # a score of .3 that came out as .29999... belongs to the bin that begins at .3
MOST_GROUPS = 7


@dataclass(frozen=True)
class Groups:
    """Samples put together under names. `rest` is the place of the group of all others, None without one.

    By model every sample is in one group; by a field of lists (labels) it may be in several.
    """

    names: tuple[str, ...]
    members: tuple[Places, ...]
    rest: int | None = None


def by_model(board: Board) -> Groups:
    """Put samples together by model, in the fixed order of models."""
    return Groups(
        board.models, tuple(np.flatnonzero(board.model_of == at) for at in range(len(board.models)))
    )


def by_label(board: Board, labels: Mapping[RowId, Sequence[str]]) -> Groups:
    """Put samples together by what a field of their row says: the most frequent values, then all others."""
    rows_of: dict[str, list[int]] = {}
    for at, row in enumerate(board.rows):
        for value in dict.fromkeys(labels.get(row, ())):
            rows_of.setdefault(value, []).append(at)
    members = {value: _samples_of(board, rows) for value, rows in rows_of.items()}
    ordered = sorted(members, key=lambda value: (-len(members[value]), value))[:MOST_GROUPS]
    chosen = [members[value] for value in ordered]
    rest = np.setdiff1d(np.arange(len(board.infos)), np.concatenate([*chosen, np.empty(0, dtype=np.intp)]))
    if not rest.size:
        return Groups(tuple(ordered), tuple(chosen))
    return Groups((*ordered, ""), (*chosen, rest), rest=len(ordered))


def _samples_of(board: Board, rows: Sequence[int]) -> Places:
    wanted = np.zeros(len(board.rows), dtype=np.bool_)
    wanted[list(rows)] = True
    return np.flatnonzero(wanted[board.row_of])


# ---- scores


class Distribution(NamedTuple):
    """The scored samples of one group: how many in each of the 20 bins, their mean, what their best reach.

    `possible` is the mean of the best score on each sample's row within the group; None where no row has
    several scored samples, for then it says nothing.
    """

    counts: NDArray[np.intp]
    mean: Mean | None
    possible: float | None


def bin_of(scores: Column) -> Places:
    """The bin of each score: [0, .05), [.05, .1) ... [.95, 1]."""
    return np.minimum((scores * BINS + ROUNDING).astype(np.intp), BINS - 1)


def distribution(board: Board, totals: Totals, members: Places) -> Distribution:
    """How the scores of a group lie."""
    places = members[totals.scored[members]]
    scores, rows = totals.score[places], board.row_of[places]
    counts = np.bincount(bin_of(scores), minlength=BINS)
    per_row = np.bincount(rows, minlength=len(board.rows))
    if not per_row.size or per_row.max() < 2:
        return Distribution(counts, mean_of(scores, rows), None)
    best = np.zeros(len(board.rows))
    np.maximum.at(best, rows, scores)
    return Distribution(counts, mean_of(scores, rows), float(best[rows].mean()))


class Headroom(NamedTuple):
    """How far the best answers are above the average ones, each row counting once: `room` with its interval."""

    rows: int
    mean: float
    best: float
    room: Mean


def headroom(found: Spread) -> Headroom | None:
    """Mean of the best minus mean, over rows with several scored samples; None where there are none.

    A row with one scored sample has nothing to compare: its best is its mean.
    """
    several = found.n > 1
    mean, best = found.mean[several], found.best[several]
    room = mean_of(best - mean, np.arange(len(mean)))
    return None if room is None else Headroom(len(mean), float(mean.mean()), float(best.mean()), room)


def by_mean(found: Spread) -> Spread:
    """The same rows, the weakest first."""
    order = np.argsort(found.mean, kind="stable")
    rows, n, mean, best, worst, deviation = found
    return Spread(rows[order], n[order], mean[order], best[order], worst[order], deviation[order])


# ---- parts and points


@dataclass(frozen=True)
class PartMeans:
    """One part (`criterion` None) or one point: its mean value in each group, None where nothing is marked."""

    stratum: str
    criterion: str | None
    title: str
    is_fault: bool
    means: tuple[Mean | None, ...]
    samples: tuple[Places, ...]


def part_means(board: Board, rubric: Rubric, groups: Groups) -> list[PartMeans]:
    """Mean value of each part, its points after it, group by group.

    A part's value on a sample is S / M of its positive points, where all that apply are marked. Parts and
    points on which nothing is marked are left out; the rows' own points are seen only as their part.
    """
    masks = [_mask(len(board.infos), members) for members in groups.members]
    found: list[PartMeans] = []
    for stratum in with_row_stratum(rubric):
        values = _part_values(board, rubric, stratum)
        found.append(_means(board, masks, values, stratum.key, None, stratum.title, is_fault=False))
        for each in stratum.criteria:
            entries = board.entries[each.key]
            scored = entries.states == SCORED
            marks = entries.samples[scored], entries.values[scored]
            title = each.title or each.key
            found.append(_means(board, masks, marks, stratum.key, each.key, title, is_fault=each.is_fault))
    return [each for each in found if any(each.means)]


def _means(
    board: Board,
    masks: Sequence[NDArray[np.bool_]],
    marks: tuple[Places, Column],
    stratum: str,
    criterion: str | None,
    title: str,
    *,
    is_fault: bool,
) -> PartMeans:
    samples, values = marks
    inside = [mask[samples] for mask in masks]
    means = tuple(mean_of(values[each], board.row_of[samples[each]]) for each in inside)
    return PartMeans(stratum, criterion, title, is_fault, means, tuple(samples[each] for each in inside))


def _part_values(board: Board, rubric: Rubric, stratum: Stratum) -> tuple[Places, Column]:
    """The samples on which a part is wholly marked, and its value there."""
    count = len(board.infos)
    s, m = np.zeros(count), np.zeros(count)
    unfinished = np.zeros(count, dtype=np.bool_)
    for each in stratum.criteria:
        if each.weight > 0:
            entries = board.entries[each.key]
            _sum(entries, np.full(len(entries.samples), each.weight), s, m, unfinished)
    if stratum.key == rubric.row_criteria:
        _sum(board.own, np.maximum(board.own.weights, 0.0), s, m, unfinished)
    places = np.flatnonzero((m > 0) & ~unfinished)
    return places, s[places] / m[places]


def _sum(entries: Entries, weights: Column, s: Column, m: Column, unfinished: NDArray[np.bool_]) -> None:
    counts = weights > 0
    applies = counts & (entries.states != NOT_APPLICABLE)
    scored = counts & (entries.states == SCORED)
    np.add.at(m, entries.samples[applies], weights[applies])
    np.add.at(s, entries.samples[scored], weights[scored] * entries.values[scored])
    unfinished[entries.samples[counts & (entries.states == UNSCORED)]] = True


def _mask(count: int, members: Places) -> NDArray[np.bool_]:
    mask = np.zeros(count, dtype=np.bool_)
    mask[members] = True
    return mask


# ---- what is missing


def without_score(totals: Totals) -> Places:
    """The samples that have no score yet though something applies to them."""
    return np.flatnonzero(~totals.scored & ~totals.empty)


def without_criteria(totals: Totals) -> Places:
    """The samples to which no criterion applies."""
    return np.flatnonzero(totals.empty)


def spread_in(board: Board, totals: Totals, members: Places | None) -> Spread:
    """The spread of each row within a group, or over everything; the weakest row first."""
    return by_mean(spread(board, totals, members))
