"""No mark that was shown as saved is lost when the program is killed while an expert scores."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.answers import take_in
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.store.project_file import create_project, open_project

from .conftest import BRUNO, TickingClock
from .judged_project import GUIDE
from .packet_room import packet_at, sent
from .round_room import FOUR, begin

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("RUBRIC_STUDIO_REVIEW_KILLS", "5"))
SAMPLES = 600 if KILLS >= 50 else 60
MARKS = 2 * SAMPLES
"""Two points each: with fifty kills more than a thousand marks."""
STARTING = 0.2
"""The share of kills that may come while the packet is still being opened."""

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the workers are forked, to live no longer than a moment"
)


def a_packet(folder: Path, author: Author) -> Path:
    """A packet with many short answers."""
    with create_project(folder / "many.rubric") as store:
        with store.writing() as writer:
            writer.source(Source(id="answers", kind="mixed", name="answers"))
            writer.rows([Row(id=RowId(f"r{at}"), prompt=user_prompt(f"Case {at}?")) for at in range(SAMPLES)])
            writer.samples(
                Sample(row=RowId(f"r{at}"), model="alder", text=f"Answer {at} " * 20) for at in range(SAMPLES)
            )
        perform(store, SaveVersion(rubric=GUIDE, number=1), author)
        round, _ = begin(store, author, RoundStart(experts=FOUR[:2], pick=Pick(count=SAMPLES)))
        return packet_at(store, folder / "bruno.review", round, BRUNO)


def told(path: Path) -> list[list[str]]:
    """What was shown as saved so far, in order; a line that the kill tore was shown to nobody."""
    file = Path(f"{path}.told")
    lines = file.read_text().splitlines(keepends=True) if file.exists() else []
    return [line.split() for line in lines if line.endswith("\n")]


def live_and_die(workshop: "subprocess.Popen[str]", path: Path, seed: int, chance: random.Random) -> None:
    """Let a worker mark for a while and kill it: mostly among its marks, sometimes while it opens the packet."""
    before = len(told(path))
    assert workshop.stdin
    assert workshop.stdout
    workshop.stdin.write(f"{seed} {path}\n")
    workshop.stdin.flush()
    worker = int(workshop.stdout.readline())
    if chance.random() > STARTING:
        goal, until = before + chance.randint(1, 3 * MARKS // KILLS), time.monotonic() + 10
        while len(told(path)) < goal and time.monotonic() < until and is_alive(worker):
            time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.03))
    with suppress(ProcessLookupError):
        os.kill(worker, signal.SIGKILL)
    assert workshop.stdout.readline() == "gone\n"


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def check(path: Path) -> int:
    """The file is whole, and whatever was shown as saved stands in it as it was shown; how many marks count."""
    with open_project(path) as store:
        assert store.problem() is None
        kept = {id: store.records_of_edit(id) for id, _ in told(path)}
        for id, grade in told(path):
            assert kept[id], f"edit {id} was shown as saved and is lost"
            (record,) = kept[id]
            assert grade == ("-" if record.body is None else record.body["level"])
        return sum(head.body is not None for head in store.heads(RecordKind.VERDICT))


def test_no_mark_that_was_shown_as_saved_is_lost(tmp_path: Path, author: Author, clock: TickingClock):
    path, chance = a_packet(tmp_path, author), random.Random(7)
    marks: list[int] = []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.services.killed_review"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as workshop:  # fmt: skip
        for seed in range(1, KILLS + 1):
            live_and_die(workshop, path, seed, chance)
            marks.append(check(path))
        assert workshop.stdin
        workshop.stdin.close()
    assert len(set(marks)) > KILLS / 2  # most lives got somewhere
    lines = len(told(path))
    sys.stdout.write(f"{KILLS} kills: {lines} marks and undos told, {marks[-1]} marks stand, none lost\n")
    with open_project(path) as packet, open_project(tmp_path / "many.rubric") as store:
        assert take_in(store, sent(packet, clock)).done > 0
