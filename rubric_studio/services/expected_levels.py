"""How often each grade was given so far, point by point: what a round of some size can be expected to meet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from rubric_studio.domain.ids import SampleKey
from rubric_studio.domain.rubric import Level, Rubric
from rubric_studio.domain.verdict import State, Verdict
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.marks import worth
from rubric_studio.services.ports import Progress, Store, no_progress

SAME = 1e-9

Source = Literal["experts", "judges", "nobody"]
Counts = Mapping[str, Counter[str]]


class ExpectedLevels(NamedTuple):
    """The share of each of a point's grades, the one worth least first, and whose `n` marks tell so.

    Where nobody marked the point yet, all its grades are as likely.
    """

    shares: tuple[float, ...]
    by: Source
    n: int


def expected_levels(
    store: Store, rubric: Rubric, progress: Progress = no_progress
) -> dict[str, ExpectedLevels]:
    """For each judged criterion of the rubric what to expect: as experts marked, else as judges did.

    Only marks on the present wording count. Criteria that belong to single rows are not among them.
    """
    from rubric_studio.services.judge_ratings import slices  # numpy: only where it is asked for

    experts: Counts = defaultdict(Counter)
    judges: Counts = defaultdict(Counter)
    for _, pairs, asked, questions, book in slices(store, rubric, progress):
        for each in (each for each in asked if each.is_judged and each.criterion is not None):
            known = questions[each.key]
            for id, key in pairs:
                _count(experts[each.key], each, book.expert_verdicts(SampleKey(key), known))
                said = (verdict for question in known for verdict in book.judged.get((id, question), ()))
                _count(judges[each.key], each, said)
    return {
        each.key: _expected(each, experts[each.key], judges[each.key])
        for each in questionnaire(store, rubric).criteria()
        if each.is_judged
    }


def _count(counts: Counter[str], asked: Asked, verdicts: Iterable[Verdict]) -> None:
    for verdict in verdicts:
        value = worth(asked, verdict) if verdict.state is State.SCORED else None
        level = None if value is None else next(_levels_worth(asked.levels, value), None)
        if level is not None:
            counts[level.key] += 1


def _levels_worth(levels: Iterable[Level], value: float) -> Iterator[Level]:
    return (level for level in levels if abs(level.value - value) < SAME)


def _expected(asked: Asked, experts: Counter[str], judges: Counter[str]) -> ExpectedLevels:
    levels = sorted(asked.levels, key=lambda level: level.value)
    counts, by = (experts, "experts") if experts else (judges, "judges")
    n = sum(counts.values())
    shares = tuple(counts[level.key] / n if n else 1 / len(levels) for level in levels)
    return ExpectedLevels(shares, by if n else "nobody", n)
