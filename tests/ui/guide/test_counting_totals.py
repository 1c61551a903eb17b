"""Totals are counted in the background; only the newest guide's count is told."""

from collections.abc import Iterator

import pytest

from rubric_studio.domain.ids import CriterionKey, StratumKey
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.ui.guide.counting_totals import CountingTotals
from rubric_studio.ui.jobs import Jobs


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.shutdown()


def _rubric(points: int) -> Rubric:
    criteria = tuple(Criterion(key=CriterionKey(f"c{at}")) for at in range(points))  # yes or no each
    return Rubric(strata=(Stratum(key=StratumKey("s"), criteria=criteria),))


def test_the_newest_wins(qtbot, jobs):
    told: list[object] = []
    counting = CountingTotals(jobs)
    counting.told.connect(told.append)
    counting.count(_rubric(2))
    counting._begin()
    counting.count(_rubric(3))
    qtbot.waitUntil(lambda: not counting.is_counting())
    assert told == [4]  # three points of equal weight: 0, 1, 2 or 3 of them


def test_many_totals_are_not_worth_a_word(qtbot, jobs):
    told: list[object] = []
    counting = CountingTotals(jobs)
    counting.told.connect(told.append)
    counting.count(_rubric(12))  # 13 totals
    qtbot.waitUntil(lambda: told == [None])
