"""What came twice in an earlier round is told in the next packet, to that expert; of the present round nothing is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author
from rubric_studio.services.own_repeats import OwnRepeats, own_repeats
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import fill
from .round_room import NOON, begin, expert, scores_all


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "steady.rubric") as project:
        fill(project, author)
        yield project


def test_an_expert_is_told_how_steady_she_was(
    store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path
):
    both = (expert("Anna"), expert("Bruno"))
    first, _ = begin(store, author, RoundStart(pick=Pick(count=12), experts=both, repeats=2))
    take_in(store, scores_all(store, tmp_path, first, ANNA, clock, grade=lambda task: task.repeat))
    take_in(store, scores_all(store, tmp_path, first, BRUNO, clock))
    close_round(store, first, author)
    second, _ = begin(store, author, RoundStart(pick=Pick(count=12, again=True), experts=both, repeats=2))
    found = {}
    for person in (ANNA, BRUNO):
        with create_project(tmp_path / f"next {person}.review") as packet:
            fill_packet(store, second, person, NOON)(packet)
            found[person] = own_repeats(packet)
    # Two answers with two points each came again: Anna gave the next grade the second time, Bruno the same.
    assert found == {ANNA: OwnRepeats(4, 0, 2), BRUNO: OwnRepeats(4, 4, 2)}


def test_of_the_present_round_nothing_is_told(
    store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path
):
    start = RoundStart(pick=Pick(count=6), experts=(expert("Anna"), expert("Bruno")), repeats=2)
    round, _ = begin(store, author, start)
    scores_all(store, tmp_path, round, ANNA, clock)
    (packet,) = tmp_path.glob("*.review")
    with open_project(packet, read_only=True) as scored:
        assert own_repeats(scored) == OwnRepeats(0, 0, 0)
    assert own_repeats(store) == OwnRepeats(0, 0, 0)
