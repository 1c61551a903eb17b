"""Answers put in order by gut, and where a guide's totals disagree with such an order. Not how a total is made.

The disagreement is Kendall's: of all pairs of an order, how many the totals turn round. An order is strict; totals
may be equal, and a pair whose totals are equal counts as half a pair (Fagin, Kumar, Mahdian, Sivakumar and Vee,
"Comparing and aggregating rankings with ties", PODS 2004: the Kendall distance K^(p) with the neutral p = 1/2). An
answer without a total takes part with the range in which its total must lie: where two ranges meet, the pair
"cannot be told yet" and counts nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from pydantic import field_validator

from rubric_studio.domain.ids import PersonId, RowId, SampleKey
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.values import Value
from rubric_studio.domain.verdict import State
from rubric_studio.services.edits import Proposal
from rubric_studio.services.marks import Mark
from rubric_studio.services.ports import Store
from rubric_studio.services.scores import MarkedRow, RowScorer, SampleScore

FEWEST, MOST, OFFERED = 2, 8, 6
EQUAL = 1e-9


class PutInOrder(Value):
    """A person puts 2 to 8 answers to a row in order, the best first; none of them takes the order back."""

    row: RowId
    person: PersonId
    samples: tuple[SampleKey, ...]

    @field_validator("samples")
    @classmethod
    def _is_strict(cls, samples: tuple[SampleKey, ...]) -> tuple[SampleKey, ...]:
        if samples and not FEWEST <= len(samples) <= MOST:
            raise ValueError(f"an order has {FEWEST} to {MOST} answers, not {len(samples)}")
        if len(set(samples)) < len(samples):
            raise ValueError("an answer has one place in an order")
        return samples

    @property
    def label(self) -> str:
        if not self.samples:
            return f"Take back the order of the answers to {self.row}"
        return f"Put {len(self.samples)} answers to {self.row} in order"

    def proposals(self) -> Sequence[Proposal]:
        body = {"samples": list(self.samples)} if self.samples else None
        return (Proposal(RecordKind.ORDER, f"{self.row}/{self.person}", body, self.row),)


class Order(Value):
    """One person's order of a row's answers, the best first."""

    row: RowId
    person: PersonId
    samples: tuple[SampleKey, ...]
    at: str


def orders(store: Store, rows: Iterable[RowId] | None = None) -> list[Order]:
    """Every order that stands, oldest first. Where two copies of a project differ on one, it waits for its settling."""
    by_subject: dict[str, list[Record]] = {}
    for head in store.heads(RecordKind.ORDER, scopes=rows):
        by_subject.setdefault(head.subject, []).append(head)
    return [
        Order(row=RowId(head.scope), person=_giver(head), samples=tuple(head.body["samples"]), at=head.at)
        for heads in by_subject.values()
        if (head := heads[-1]).body is not None and all(each.body == head.body for each in heads)
    ]


def _giver(head: Record) -> PersonId:
    return PersonId(head.subject.removeprefix(f"{head.scope}/"))


def to_order(samples: Sequence[tuple[int, Sample]], count: int = OFFERED) -> list[int]:
    """Choose answers to put in order: in turn from every model, in an order that says nothing of the models."""
    by_model: dict[str, list[tuple[SampleKey, int]]] = {}
    for id, sample in samples:
        by_model.setdefault(sample.model, []).append((sample.key, id))
    chosen: list[tuple[SampleKey, int]] = []
    queues = [sorted(group) for _, group in sorted(by_model.items())]
    while len(chosen) < count and any(queues):
        for queue in queues:
            chosen += [queue.pop(0)] if queue and len(chosen) < count else []
    return [id for _, id in sorted(chosen)]


# ---- an order against totals


class Standing(StrEnum):
    """What totals say of two answers of which somebody put one above the other."""

    AGREE = "agree"
    TIED = "tied"
    DIFFER = "differ"
    UNKNOWN = "unknown"  # cannot be told yet


class Pair(NamedTuple):
    """Two answers of an order: `better` is the one that somebody put above the other."""

    better: SampleKey
    worse: SampleKey
    standing: Standing


class Tally(NamedTuple):
    """How many pairs of one or more orders agree with the totals, are tied, differ, or cannot be told yet."""

    agree: int = 0
    tied: int = 0
    differ: int = 0
    unknown: int = 0

    @property
    def known(self) -> int:
        """The pairs that can be told."""
        return self.agree + self.tied + self.differ

    @property
    def disagreement(self) -> float | None:
        """The Kendall distance as a share of the known pairs, ties as halves: 0 agrees, 1 is the reverse order."""
        return (self.differ + self.tied / 2) / self.known if self.known else None

    def plus(self, other: "Tally") -> "Tally":
        """Count two tallies together."""
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))


def standing(better: SampleScore, worse: SampleScore) -> Standing:
    """Compare two answers' totals or, where one is missing, the ranges in which they must lie."""
    upper, lower = _ends(better), _ends(worse)
    if upper is None or lower is None:
        return Standing.UNKNOWN
    if upper[0] > lower[1] + EQUAL:
        return Standing.AGREE
    if upper[1] < lower[0] - EQUAL:
        return Standing.DIFFER
    is_exact = all(high - low <= EQUAL for low, high in (upper, lower))
    return Standing.TIED if is_exact else Standing.UNKNOWN


def pairs_of(order: Sequence[SampleKey], scores: Mapping[SampleKey, SampleScore]) -> list[Pair]:
    """Compare every pair of an order, from the top; answers that have left the project are passed over."""
    there = [key for key in order if key in scores]
    return [
        Pair(better, worse, standing(scores[better], scores[worse]))
        for better, worse in combinations(there, 2)
    ]


def tally(pairs: Iterable[Pair]) -> Tally:
    """Count pairs by what the totals say of them."""
    found = [pair.standing for pair in pairs]
    return Tally(*(found.count(each) for each in Standing))


def _ends(score: SampleScore) -> tuple[float, float] | None:
    if score.score is not None:
        return (score.score, score.score)
    return None if score.low is None or score.high is None else (score.low, score.high)


# ---- what causes it


class Cause(NamedTuple):
    """A criterion that pulls against orders: by how much in all, and in how many pairs."""

    criterion: str
    pull: float
    pairs: int


def pulls(
    scorer: RowScorer, row: Row, better: SampleScore, worse: SampleScore
) -> Iterator[tuple[str, float]]:
    """How far each criterion pulls the worse answer's total above the better one's; positive is against the order.

    The pull is what the difference of the totals loses when the two answers change their marks on that criterion:
    half of what the better one gains and the worse one loses by it. Without gates and limits it is the weighted
    difference of the two values; with a gate it holds what the gate shuts off. Criteria without a mark on one of the
    answers, and those on which both have the same, are left out. Yields one criterion at a time: a pull takes four
    totals.
    """
    before = (_middle(better), _middle(worse))
    if before[0] is None or before[1] is None:
        return
    for key, mine in better.marks.items():
        theirs = worse.marks.get(key)
        if theirs is None or State.UNSCORED in (mine.state, theirs.state):
            continue
        if (mine.state, mine.value) == (theirs.state, theirs.value):
            continue
        gained = _middle(_with_mark(scorer, row, better, key, theirs))
        lost = _middle(_with_mark(scorer, row, worse, key, mine))
        if gained is not None and lost is not None:
            yield key, ((gained - before[0]) + (before[1] - lost)) / 2


def ranked(found: Iterable[Iterable[tuple[str, float]]]) -> list[Cause]:
    """Add up the pulls of several pairs, those against the order only; the strongest first."""
    sums: dict[str, tuple[float, int]] = {}
    for pair in found:
        for key, pull in pair:
            if pull > EQUAL:
                before, count = sums.get(key, (0.0, 0))
                sums[key] = (before + pull, count + 1)
    causes = [Cause(key, pull, count) for key, (pull, count) in sums.items()]
    return sorted(causes, key=lambda cause: (-cause.pull, cause.criterion))


def _middle(score: SampleScore) -> float | None:
    ends = _ends(score)
    return None if ends is None else (ends[0] + ends[1]) / 2


def _with_mark(scorer: RowScorer, row: Row, score: SampleScore, key: str, mark: Mark) -> SampleScore:
    marks = {**score.marks, key: mark}
    return scorer.scores(MarkedRow(row, (), ((score.id, score.sample),), (marks,)))[0]
