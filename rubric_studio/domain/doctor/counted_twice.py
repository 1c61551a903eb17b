"""Two criteria that move in step on the samples at hand, so that one thing is counted twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.doctor.marks_at_hand import MarkColumn, MarksAtHand, Values
from rubric_studio.domain.rubric import Rubric

IN_STEP = 0.98
FEWEST_SAMPLES = 20
FEWEST_OTHERS = 3
"""So many samples must differ from the most frequent value, else one lucky pair of marks makes two points equal."""
MOST_SAMPLES = 2_000
IN_STEP_WORDS = (
    'It moves in step with "{other}" (rank correlation {rho}, {n} answers): the same is counted twice.'
)
AGAINST_WORDS = (
    'It moves against "{other}" (rank correlation {rho}, {n} answers): one takes back what the other gives.'
)


class Pair(NamedTuple):
    """Two criteria, Spearman's rank correlation of their values, and on how many samples."""

    first: str
    second: str
    rho: float
    n: int


def find(rubric: Rubric, marks: MarksAtHand) -> Iterator[Finding]:
    """One finding per pair, at the later criterion."""
    counted = {str(c.key): c for c in rubric.criteria() if c.weight != 0}
    columns = {key: marks.criteria[key] for key in counted if key in marks.criteria}
    for pair in pairs_in_step(columns):
        first, second = counted[pair.first], counted[pair.second]
        together = (pair.rho > 0) == (first.is_fault == second.is_fault)
        yield Finding(
            DETECTOR.name,
            round(0.5 + 0.2 * min(1.0, pair.n / 100), 3),
            IN_STEP_WORDS if together else AGAINST_WORDS,
            {"other": first.title or pair.first, "rho": f"{pair.rho:.2f}", "n": str(pair.n)},
            criterion=pair.second,
            words=f"{pair.first}\n{first.words}\n{second.words}",
        )


def pairs_in_step(columns: dict[str, MarkColumn]) -> list[Pair]:
    """Find the pairs with |Spearman| >= .98 over at least twenty common samples."""
    by_samples: dict[bytes, list[str]] = defaultdict(list)
    for key, column in columns.items():
        if column.values.size >= FEWEST_SAMPLES:
            by_samples[column.samples.tobytes()].append(key)
    groups = list(by_samples.values())
    found: list[Pair] = []
    for at, group in enumerate(groups):
        found += _in_group(group, columns)
        for other in groups[at + 1 :]:
            found += _across(group, other, columns)
    order = {key: at for at, key in enumerate(columns)}
    ordered = [p if order[p.first] < order[p.second] else Pair(p.second, p.first, p.rho, p.n) for p in found]
    return sorted(ordered, key=lambda pair: (order[pair.first], order[pair.second]))


def _in_group(keys: Sequence[str], columns: dict[str, MarkColumn]) -> list[Pair]:
    """Compare criteria that are marked on the same samples, all at once."""
    picked = _picked(columns[keys[0]].values.size)
    ranked = {
        key: _ranks(columns[key].values[picked]) for key in keys if _varies(columns[key].values[picked])
    }
    names = list(ranked)
    if len(names) < 2:
        return []
    rho: Values = np.asarray(np.corrcoef(np.array([ranked[name] for name in names])))
    first, second = np.nonzero(np.triu(abs(rho) >= IN_STEP, 1))
    return [
        Pair(names[a], names[b], float(rho[a, b]), picked.size) for a, b in zip(first, second, strict=True)
    ]


def _across(keys: Sequence[str], others: Sequence[str], columns: dict[str, MarkColumn]) -> list[Pair]:
    """Compare criteria that share only some of their samples."""
    common, mine, theirs = np.intersect1d(
        columns[keys[0]].samples, columns[others[0]].samples, assume_unique=True, return_indices=True
    )
    if common.size < FEWEST_SAMPLES:
        return []
    picked = _picked(common.size)
    left = {key: columns[key].values[mine[picked]] for key in keys}
    right = {key: columns[key].values[theirs[picked]] for key in others}
    ours = {key: _ranks(values) for key, values in left.items() if _varies(values)}
    their = {key: _ranks(values) for key, values in right.items() if _varies(values)}
    pairs: list[Pair] = []
    for key, ranks in ours.items():
        for other, other_ranks in their.items():
            rho = float(np.corrcoef(ranks, other_ranks)[0, 1])
            if abs(rho) >= IN_STEP:
                pairs.append(Pair(key, other, rho, picked.size))
    return pairs


def _picked(count: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Places evenly spread over so many samples, at most two thousand."""
    return np.unique(np.linspace(0, count - 1, min(count, MOST_SAMPLES)).astype(np.intp))


def _varies(values: Values) -> bool:
    _, counts = np.unique(values, return_counts=True)
    return int(values.size - counts.max()) >= FEWEST_OTHERS


def _ranks(values: Values) -> Values:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return ((last - counts + 1 + last) / 2)[place].astype(np.float64)


DETECTOR = Detector(
    "counted_twice",
    "two points that move in step",
    "What two points pay at once weighs double, and training chases it at the cost of everything else.",
    in_marks=find,
)
