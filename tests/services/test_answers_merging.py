"""Answers of several experts in several parts: in any order and any number of times they make the same project."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from rubric_studio.domain.record import RecordKind
from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.store.project_file import create_project, open_project

from .conftest import TickingClock
from .judged_project import fill
from .packet_room import everything, packet_at, works
from .round_room import FOUR, begin

EXPERTS = FOUR[:3]
SECOND = "2026-11-24T12:00:00.000Z"

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
"""Each example makes project files, which takes a while."""


class LaterClock(TickingClock):
    """Always the same, and later than everything the experts did."""

    def __init__(self) -> None:
        super().__init__()
        self._ticks = 50_000_000


def sent_by_all(folder: Path, author: Author, clock: TickingClock) -> tuple[Path, str, list[bytes]]:
    """A round with three experts, one of whom got her packet twice; the project, the round, twelve answer files."""
    path, files = folder / "lead.rubric", list[bytes]()
    with create_project(path) as store:
        fill(store, author)
        round, _ = begin(store, author, RoundStart(experts=EXPERTS, pick=Pick(count=6), repeats=2, overlap=2))
        for seed, expert in enumerate(EXPERTS):
            packet = packet_at(store, folder / f"{expert.name}.review", round, expert.person)
            files += works(packet, Author(expert.person, clock), clock, seed)
        again = packet_at(store, folder / "again.review", round, EXPERTS[0].person, SECOND)
        files += works(again, Author(EXPERTS[0].person, clock), clock, 9)
    return path, round, files


def joined(
    lead: Path, round: str, order: Sequence[bytes], late: Sequence[bytes] = ()
) -> dict[str, list[object]]:
    """What the project says once those files were taken in, the round closed, and late ones taken in."""
    copy = lead.with_name("copy.rubric")
    shutil.copyfile(lead, copy)
    with open_project(copy) as store:
        for file in order:
            take_in(store, file)
        close_round(store, round, Author(EXPERTS[0].person, LaterClock()))
        for file in late:
            assert take_in(store, file).late
        found = everything(store)
        found["heads"] = [sorted(head.id for head in store.heads(kind)) for kind in RecordKind]
        assert store.problem() is None
    return found


def test_answers_in_any_order_and_twice_make_the_same_project(
    tmp_path: Path, author: Author, clock: TickingClock
):
    lead, round, files = sent_by_all(tmp_path, author, clock)
    once = joined(lead, round, files)
    assert len(once["sealed"]) == 0
    assert len(once["records"]) > 60

    @settings(max_examples=15, suppress_health_check=SLOW)
    @given(
        some.permutations(range(len(files))),
        some.lists(some.sampled_from(range(len(files))), max_size=6),
    )
    def same(order: list[int], again: list[int]) -> None:
        assert joined(lead, round, [files[at] for at in (*order, *again)]) == once

    same()


def test_the_last_part_alone_says_all_that_the_parts_say(tmp_path: Path, author: Author, clock: TickingClock):
    lead, round, files = sent_by_all(tmp_path, author, clock)
    assert joined(lead, round, [files[at] for at in (2, 5, 8, 11)]) == joined(lead, round, files)


def test_late_answers_say_the_same_and_only_count_no_more(
    tmp_path: Path, author: Author, clock: TickingClock
):
    """Records are a union whenever they come; what differs is the closing, which was written before."""
    lead, round, files = sent_by_all(tmp_path, author, clock)
    early, late = joined(lead, round, files), joined(lead, round, files[:4], files[4:])
    kinds = {line[0]: line[2] for line in early["records"]}  # type: ignore[index]

    def but_closing(found: dict[str, list[object]]) -> list[object]:
        return [line for line in found["records"] if kinds.get(line[0]) != "closing"]  # type: ignore[index]

    assert but_closing(early) == but_closing(late)
