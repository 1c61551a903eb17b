"""Taking in and closing leave all or nothing, whether the program is killed in them or the disk is full."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.rounds import round_of
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

from .conftest import ANNA, TickingClock
from .judged_project import GUIDE
from .packet_room import everything
from .round_room import FOUR, begin, scores_all

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("RUBRIC_STUDIO_CLOSING_KILLS", "6"))
SAMPLES = 60
PEOPLE = FOUR[:3]
MARKS = len(PEOPLE) * SAMPLES * 2
"""Two points each."""


@pytest.fixture
def made(tmp_path: Path, author: Author, clock: TickingClock) -> tuple[Path, str, list[bytes]]:
    """A project with an open round, and what everybody sent."""
    path = tmp_path / "lead.rubric"
    with create_project(path) as store:
        with store.writing() as writer:
            writer.source(Source(id="answers", kind="mixed", name="answers"))
            writer.rows([Row(id=RowId(f"r{at}"), prompt=user_prompt(f"Case {at}?")) for at in range(SAMPLES)])
            writer.samples(
                Sample(row=RowId(f"r{at}"), model="alder", text=f"Answer {at} " * 20) for at in range(SAMPLES)
            )
        perform(store, SaveVersion(rubric=GUIDE, number=1), author)
        round, _ = begin(store, author, RoundStart(experts=PEOPLE, pick=Pick(count=SAMPLES)))
        files = [scores_all(store, tmp_path, round, each.person, clock) for each in PEOPLE]
    return path, round, files


def check(store: ProjectFile, round: str) -> tuple[int, bool]:
    """Whole, and either nothing is opened or all of what was sealed; how many sent, and whether it is closed."""
    assert store.problem() is None
    found, verdicts = round_of(store, round), store.heads(RecordKind.VERDICT)
    if found.is_closed:
        assert len(verdicts) == MARKS == sum(len(ids) for ids in found.counted.values())
        assert store.sealed(round) == []
    else:
        assert verdicts == []
    sent = store.sealed(round)
    assert all((each.done, each.finished) == (SAMPLES, True) for each in sent)
    return len(sent), found.is_closed


def test_a_kill_at_any_instant_leaves_it_whole_and_doing_it_again_ends_it(
    made: tuple[Path, str, list[bytes]], tmp_path: Path
):
    path, round, files = made
    chance, seen = random.Random(3), list[tuple[int, bool]]()
    names = [str(tmp_path / f"{at}.answers") for at in range(len(files))]
    for name, file in zip(names, files, strict=True):
        Path(name).write_bytes(file)
    call = [sys.executable, "-m", "tests.services.killed_closing", str(path), round, *names]
    for _ in range(KILLS):
        with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, cwd=ROOT) as lead:
            assert lead.stdout
            for _ in range(chance.randrange(len(files) + 2)):
                lead.stdout.readline()
            time.sleep(chance.uniform(0, 0.12))
            lead.kill()
            assert lead.wait() in (0, -signal.SIGKILL)
        with open_project(path) as store:
            seen.append(check(store, round))
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    with open_project(path) as store:
        assert check(store, round) == (0, True)
    order = [(closed, sent) for sent, closed in seen]
    assert order == sorted(order)  # what was there stays


def test_a_full_disk_while_taking_in_or_closing_changes_nothing(
    made: tuple[Path, str, list[bytes]], author: Author
):
    path, round, files = made
    with open_project(path) as store:
        _fill_up(store)
        _fails_for_want_of_room(store, lambda: take_in(store, files[0]))
        _make_room(store)
        for file in files:
            take_in(store, file)
        _fill_up(store)
        _fails_for_want_of_room(store, lambda: close_round(store, round, author))
        assert check(store, round) == (3, False)
        _make_room(store)
        close_round(store, round, author)
        assert check(store, round) == (0, True)


def _fill_up(store: ProjectFile) -> None:
    store.connection.run(f"pragma max_page_count = {store.connection.one('pragma page_count')}")


def _make_room(store: ProjectFile) -> None:
    store.connection.run("pragma max_page_count = 1000000")


def _fails_for_want_of_room(store: ProjectFile, work: Callable[[], object]) -> None:
    before = everything(store)
    with pytest.raises(StudioError) as told:
        work()
    assert "full" in f"{told.value}".lower()
    assert everything(store) == before


def test_answers_that_come_while_the_round_is_being_closed_are_sealed_before_or_late_and_never_lost(
    made: tuple[Path, str, list[bytes]], author: Author
):
    path, round, files = made
    with open_project(path) as store:
        take_in(store, files[0])
        errors: list[StudioError] = []

        def comes() -> None:
            try:
                with store.sibling() as own:
                    for file in files[1:]:
                        take_in(own, file)
            except StudioError as error:
                errors.append(error)

        thread = threading.Thread(target=comes)
        thread.start()
        time.sleep(0.05)
        close_round(store, round, author)
        thread.join()
        assert errors == []
        assert store.sealed() == []
        assert len(store.heads(RecordKind.VERDICT)) == MARKS
        assert set(round_of(store, round).counted) >= {ANNA}
