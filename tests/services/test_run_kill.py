"""A run that is killed at any moment goes on: nothing that was kept is asked again, nothing is missing at the end."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from rubric_studio.domain.run import CallState, RunState
from rubric_studio.services.edits import Author
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import reopened
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from tests.model_server.chaos import question_hash
from tests.model_server.process import server_process
from tests.services.killed_run import CONCURRENCY, Heedless, home
from tests.services.run_room import ask_rows, start, texts

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("RUBRIC_STUDIO_KILLS", "8"))
CALLS = 2000 if KILLS >= 50 else 400
LONGEST = 0.15
"""Seconds in which a worker asks at most; some are killed before they ask anything."""
LATENCY_MS = 20.0
STARTING = 0.2

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the workers are forked, to live no longer than a moment"
)


def question(number: int) -> str:
    """The server's name of a question."""
    return question_hash({"messages": [{"role": "user", "content": f"text {number}"}]})


def answered(log: Path) -> list[str]:
    """Every question that the server has answered so far, in order."""
    return [line.split()[0] for line in log.read_text().splitlines()] if log.exists() else []


def kept(store: ProjectFile, run: str) -> set[str]:
    """The questions whose answers are kept."""
    calls = store.calls(run, [CallState.DONE], limit=CALLS)
    return {question(int(call.source.removeprefix("n"))) for call in calls}


def live_and_die(workshop: "subprocess.Popen[str]", told: str, log: Path, chance: random.Random) -> None:
    """Let a worker work and kill it at a random moment: while it starts, or while answers come."""
    assert workshop.stdin
    assert workshop.stdout
    workshop.stdin.write(told + "\n")
    workshop.stdin.flush()
    worker = int(workshop.stdout.readline())
    if chance.random() < STARTING:
        time.sleep(chance.uniform(0, 2 * LONGEST))
    else:
        wait_for_an_answer(log)
        time.sleep(chance.uniform(0, LONGEST))
    with suppress(ProcessLookupError):
        os.kill(worker, signal.SIGKILL)
    assert workshop.stdout.readline() == "gone\n"


def wait_for_an_answer(log: Path) -> None:
    before, until = len(answered(log)), time.monotonic() + 10
    while len(answered(log)) == before and time.monotonic() < until:
        time.sleep(0.005)


def test_a_run_that_is_killed_again_and_again_ends_complete(tmp_path: Path, author: Author):
    path, log, chance = tmp_path / "killed.rubric", tmp_path / "answered.log", random.Random(4)
    safe: list[tuple[int, set[str]]] = []
    with (
        server_process(tmp_path, latency_ms=LATENCY_MS) as address,
        subprocess.Popen(
            [sys.executable, "-m", "tests.services.killed_run"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        ) as workshop,
    ):  # fmt: skip
        with create_project(path) as store:
            run_id = start(store, author, ask_rows(store, author, CALLS), endpoint=address).id
        for _ in range(KILLS):
            live_and_die(workshop, f"{address} {run_id} {path}", log, chance)
            time.sleep(2 * LATENCY_MS / 1000)  # what was on the wire is answered to nobody
            safe.append((len(answered(log)), check(path, run_id)))
        assert workshop.stdin
        workshop.stdin.close()
        finish(path, run_id, address)
    hit = [len(known) for _, known in safe if len(known) < CALLS]
    assert len(hit) > KILLS / 2  # the run was not over before most of the kills
    assert len(set(hit)) > len(hit) / 3  # and went on between them
    for moment, known in safe:
        assert not known.intersection(answered(log)[moment:]), "what was kept was asked again"
    check_counts(answered(log))


def check(path: Path, run: str) -> set[str]:
    """The file is whole, and every call that is done has its sample; what is kept."""
    with open_project(path) as store:
        assert store.problem() is None
        assert len(texts(store)) == store.run(run).done
        return kept(store, run)


def finish(path: Path, run_id: str, address: str) -> None:
    """Go on to the end."""
    from rubric_studio.llm.keys import Keys
    from rubric_studio.llm.servers import ModelServers

    with open_project(path) as store:
        reopened(store)
        run = run_calls(store, run_id, ModelServers(Keys(), offline=False), home(address), Heedless())
        assert (run.state, run.done, run.failed) == (RunState.DONE, CALLS, 0)
        assert [(row, place) for row, place, _ in texts(store)] == sorted((f"n{n}", 0) for n in range(CALLS))
        assert len({text for _, _, text in texts(store)}) == CALLS


def check_counts(log: list[str]) -> None:
    """Every question was answered; more than once only those that were on the way when a kill came."""
    counts = Counter(log)
    assert len(counts) == CALLS, "a question was never answered"
    again = len(log) - CALLS
    assert max(counts.values()) <= 1 + KILLS
    assert again <= KILLS * CONCURRENCY, f"{again} answers too many for {KILLS} kills"
    sys.stdout.write(f"{KILLS} kills: {again} of {len(log)} answers went nowhere\n")
