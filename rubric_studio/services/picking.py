"""Which samples a round takes: drawn at random, balanced, or where judges and experts differ most.

The same seed chooses the same, whatever order samples are stored in; a longer choice begins like a shorter one.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import quantiles
from typing import NamedTuple

from rubric_studio.domain.ids import SampleKey
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.chance import place
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.round_start import Balance, Pick
from rubric_studio.services.row_labels import Labels, row_labels
from rubric_studio.services.scores import project_scores

NO_SCORE = -1
"""The band of samples without a score: they are balanced among themselves."""

Cell = tuple[tuple[str, ...], ...]
"""What a sample counts for on each side it is balanced over: one value, or several labels."""


class Picked(NamedTuple):
    """The samples in the order chosen; whether scores were asked for and none of the samples has one."""

    samples: tuple[SampleKey, ...]
    lacks_scores: bool = False


def pick_samples(
    store: Store,
    rubric: Rubric,
    pick: Pick,
    among: Sequence[SampleInfo],
    seed: int,
    progress: Progress = no_progress,
) -> Picked:
    """Choose at most `pick.count` of the samples; where they are named, all of `pick.samples` that are there.

    Raises:
        StudioError: the rater by whose scores it shall be balanced has marked nothing here.
    """
    if pick.how == "chosen":
        there = {info.key for info in among}
        return Picked(tuple(key for key in dict.fromkeys(pick.samples) if key in there))
    if pick.how == "differences":
        return Picked(_differing(store, rubric, among, seed, progress)[: pick.count])
    ordered = sorted(among, key=lambda info: place(seed, info.key))
    if pick.how == "random":
        return Picked(tuple(info.key for info in ordered[: pick.count]))
    cells, has_scores = _cells(store, rubric, pick, ordered, progress)
    chosen = balanced([(info.key, cells[info.key]) for info in ordered], pick.count)
    return Picked(tuple(chosen), "score" in pick.over and not has_scores)


def balanced(ordered: Sequence[tuple[SampleKey, Cell]], count: int) -> list[SampleKey]:
    """Choose so that every value of every side comes about equally often, as far as there is enough of it.

    Each time the sample is taken whose values were taken least so far (which keeps the sum of squares of the
    counts smallest); between equals the order given decides.
    """
    waiting: dict[Cell, list[int]] = defaultdict(list)
    for at, (_, cell) in enumerate(ordered):
        waiting[cell].append(at)
    for places in waiting.values():
        places.reverse()
    taken: dict[tuple[int, str], int] = defaultdict(int)
    chosen: list[SampleKey] = []
    while waiting and len(chosen) < count:
        best = min(waiting, key=lambda cell: (_taken(cell, taken), waiting[cell][-1]))
        chosen.append(ordered[waiting[best].pop()][0])
        if not waiting[best]:
            del waiting[best]
        for side, values in enumerate(best):
            for value in values:
                taken[side, value] += 1
    return chosen


def _taken(cell: Cell, taken: Mapping[tuple[int, str], int]) -> float:
    """How often a cell's values were taken; of several labels on one side the mean."""
    return sum(
        sum(taken.get((side, value), 0) for value in values) / len(values) for side, values in enumerate(cell)
    )


def _cells(
    store: Store, rubric: Rubric, pick: Pick, among: Sequence[SampleInfo], progress: Progress
) -> tuple[dict[SampleKey, Cell], bool]:
    bands = _bands(store, rubric, pick.rater, among, progress) if "score" in pick.over else {}
    labels: Labels = {}
    if "label" in pick.over:
        labels = row_labels(store, progress).get(pick.label_field, {})

    def side(name: Balance, info: SampleInfo) -> tuple[str, ...]:
        if name == "score":
            return (str(bands.get(info.key, NO_SCORE)),)
        return (info.model,) if name == "model" else labels.get(info.row, ()) or ("",)

    sides = tuple(dict.fromkeys(pick.over))
    return {info.key: tuple(side(name, info) for name in sides) for info in among}, bool(bands)


def _bands(
    store: Store, rubric: Rubric, rater: str, among: Sequence[SampleInfo], progress: Progress
) -> dict[SampleKey, int]:
    """The quarter, from 0 for the lowest, in which each sample's score lies among those to choose from."""
    wanted = {info.id: info.key for info in among}
    found = {
        wanted[each.id]: each.score
        for each in project_scores(store, rubric, rater_choice(store, rater), progress)
        if each.id in wanted and each.score is not None
    }
    return score_bands(found)


def score_bands(scores: Mapping[SampleKey, float]) -> dict[SampleKey, int]:
    """The quarter of each score, 0 to 3; equal scores share the lower one."""
    if not scores:
        return {}
    values = list(scores.values())
    edges = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values
    return {key: bisect_left(edges, value) for key, value in scores.items()}


def _differing(
    store: Store, rubric: Rubric, among: Sequence[SampleInfo], seed: int, progress: Progress
) -> tuple[SampleKey, ...]:
    """The samples on which a judge and the experts differ, by how far that moves the total, the worst first.

    A sample's difference with one judge is the sum over its points; of several judges the greatest counts.
    """
    from rubric_studio.services.judge_comparison import differences  # numpy: only where it is asked for
    from rubric_studio.services.judge_ratings import read_ratings

    judges = store.judges()
    if not judges:
        return ()
    ratings = read_ratings(store, rubric, judges, progress)
    wanted = {info.key for info in among}
    sizes: dict[SampleKey, float] = defaultdict(float)
    for judge in judges:
        by_sample: dict[SampleKey, float] = defaultdict(float)
        for each in differences(ratings, judge, most=len(ratings.keys)):
            by_sample[each.sample.key] += each.size
        for key, size in by_sample.items():
            sizes[key] = max(sizes[key], size)
    found = [key for key in sizes if key in wanted]
    return tuple(sorted(found, key=lambda key: (-round(sizes[key], 9), place(seed, key))))
