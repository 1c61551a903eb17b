"""Two copies of a project that each take in some of what comes, close or not, and merge: they say the same then."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from rubric_studio import wiring
from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.review_sheet import FilledLine, FilledSheet
from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round, open_what_is_closed
from rubric_studio.services.edits import Author
from rubric_studio.services.expert_ratings import counted_verdicts
from rubric_studio.services.review_sheet import take_in_sheet
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.rounds import reopen, round_of
from rubric_studio.store.merge import merge
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

from .conftest import ANNA, TickingClock
from .judged_project import fill
from .packet_room import packet_at, works
from .round_room import FOUR, begin
from .test_review_sheet import sheet

EXAMPLES = int(os.environ.get("RUBRIC_STUDIO_COPIES", "8"))
FILES = wiring.round_files()
SECOND = "2026-11-24T12:00:00.000Z"
Came = Callable[[ProjectFile], object]
"""What comes into a copy: an answer file, a sheet, or that somebody's answers were sent too early."""

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
"""Each example makes project files, which takes a while."""


class ClockOf(TickingClock):
    """Later than everything the experts did, and no other copy's."""

    def __init__(self, copy: int) -> None:
        super().__init__()
        self._ticks = 50_000_000 * (copy + 1)


def prepared(folder: Path, author: Author, clock: TickingClock) -> tuple[Path, str, list[Came]]:
    """Four experts: one with two packets, one with a sheet, and what may come of them."""
    path, came = folder / "lead.rubric", list[Came]()
    with create_project(path) as store:
        fill(store, author)
        round, _ = begin(store, author, RoundStart(experts=FOUR, pick=Pick(count=6), repeats=2, overlap=3))
        for seed, expert in enumerate(FOUR[:3]):
            packet = packet_at(store, folder / f"{expert.name}.review", round, expert.person)
            came += map(_file, works(packet, Author(expert.person, clock), clock, seed))
        again = packet_at(store, folder / "again.review", round, FOUR[0].person, SECOND)
        came += map(_file, works(again, Author(FOUR[0].person, clock), clock, 9))
        asked = sheet(store, round, FOUR[3].person, author)
        points = [point for answer in asked.answers for point in answer.points]
        lines = tuple(FilledLine(point.id, f"{at % 2 + 1}", "", f"D{at}") for at, point in enumerate(points))
        came.append(_sheet(FilledSheet("Dimitri.xlsx", round, FOUR[3].person, lines)))
        came += [_reopened(round, FOUR[at].person) for at in (0, 1)]
    return path, round, came


def _file(content: bytes) -> Came:
    return lambda store: take_in(store, content)


def _sheet(filled: FilledSheet) -> Came:
    clock = ClockOf(9)
    return lambda store: take_in_sheet(store, FILES, filled, lambda person: Author(person, clock))


def _reopened(round: str, person: PersonId) -> Came:
    return lambda store: None if round_of(store, round).is_closed else reopen(store, round, person)


def lived(lead: Path, round: str, copy: int, came: list[Came], closes_after: int) -> Path:
    """A copy in which this came, and which was closed after so many of it; never where that is more."""
    path = lead.with_name(f"copy{copy}.rubric")
    shutil.copyfile(lead, path)
    with open_project(path) as store:
        for at, each in enumerate(came):
            if at == closes_after:
                close_round(store, round, Author(ANNA, ClockOf(copy)))
            each(store)
    return path


def joined(here: Path, other: Path, round: str, copy: int) -> dict[str, Any]:
    """What a copy says once it took the other one in, and closed the round if neither had."""
    path = here.with_name(f"joined{copy}.rubric")
    shutil.copyfile(here, path)
    author = Author(ANNA, ClockOf(3 + copy))
    with open_project(path) as store:
        for _ in range(2):
            merge(store, other)
            open_what_is_closed(store, author)
        if not round_of(store, round).is_closed:
            close_round(store, round, author)
        assert store.problem() is None
        assert store.sealed() == []
        assert not [each for each in store.conflicts() if each.kind is RecordKind.CLOSING]
        return said(store, round)


def said(store: ProjectFile, round: str) -> dict[str, Any]:
    told = [each for repeat in (0, 1) for each in counted_verdicts(store, [round], repeat)]
    places = [(each.rater.name, each.sample, each.question, each.repeat) for each in told]
    assert len(set(places)) == len(places)  # one mark of each person on each point
    kinds = (RecordKind.VERDICT, RecordKind.DOUBT, RecordKind.NOTE, RecordKind.FLAG)
    heads = {(head.id, head.subject) for kind in kinds for head in store.heads(kind)}
    return {"heads": heads, "counted": sorted(zip(places, [each.level for each in told], strict=True))}


def test_copies_that_merge_say_the_same_whatever_came_where(
    tmp_path: Path, author: Author, clock: TickingClock
):
    lead, round, came = prepared(tmp_path, author, clock)
    places = some.lists(
        some.tuples(some.integers(0, len(came) - 1), some.sampled_from(((0,), (1,), (0, 1)))), max_size=20
    )

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
    @given(places, some.integers(0, 24), some.integers(0, 24))
    def same(order: list[tuple[int, tuple[int, ...]]], first: int, second: int) -> None:
        one, two = (
            lived(lead, round, copy, [came[at] for at, copies in order if copy in copies], closes_after)
            for copy, closes_after in ((0, first), (1, second))
        )
        assert joined(one, two, round, 0) == joined(two, one, round, 1)

    same()
