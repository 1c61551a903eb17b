"""What was acknowledged survives a kill at any moment (acceptance 5 of the main job)."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from tests.store.killed_worker import IMPORT_SIZE, PROBES

MOMENTS = 100
MOMENTS_PER_FILE = 5  # a file that grows for ever would only make the checks slow
LONGEST = 0.25
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the workers are forked, to be many and quick"
)


@contextmanager
def workshop() -> Iterator[subprocess.Popen[str]]:
    """The process that forks workers; started once, since importing takes longer than the work."""
    command = [sys.executable, "-m", "tests.store.killed_worker"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def kill_one(workshop: subprocess.Popen[str], path: Path, seed: int, after: float) -> list[tuple[str, str]]:
    """Let a worker work for a while and kill it; (what, id) of everything it was told to be safe."""
    told = Path(f"{path}.told")
    told.touch()
    assert workshop.stdin
    assert workshop.stdout
    workshop.stdin.write(f"{seed} {path}\n")
    workshop.stdin.flush()
    worker = int(workshop.stdout.readline())
    time.sleep(after)
    os.kill(worker, signal.SIGKILL)
    assert workshop.stdout.readline() == "gone\n"
    lines = told.read_text().splitlines(keepends=True)
    told.unlink()
    # The last line may be torn by the kill itself; then nobody was told.
    return [(what, id) for what, id in (line.split() for line in lines if line.endswith("\n"))]


def check(store: ProjectFile, told: list[tuple[str, str]]) -> None:
    """Everything told is there, and nothing is half there."""
    assert store.problem() is None
    edits = {edit.id for edit in store.edits(newest=1_000_000)}
    sources = {source.id for source in store.sources()}
    for what, id in told:
        assert id in (sources if what == "import" else edits), f"{what} {id} was acknowledged and is lost"
    for edit in edits:
        assert store.records_of_edit(edit), f"edit {edit} is there without its records"
    samples: dict[str, int] = {}
    for info in store.sample_infos():
        samples[info.row] = samples.get(info.row, 0) + 1
    assert samples == {f"row {id}": IMPORT_SIZE for id in sources}
    assert set(store.row_ids(RowQuery())) == set(samples)
    assert store.counts().judge_verdicts == len(sources)
    check_what_machines_found(store)


def check_what_machines_found(store: ProjectFile) -> None:
    """Columns of checks and outcomes of probes are of one writing, never half of one."""
    columns: dict[tuple[RowId, str], list[str]] = {}
    rows = {id: sample.row for id, sample in store.samples()}
    for verdict in store.check_verdicts():
        columns.setdefault((rows[verdict.sample], verdict.question), []).append(verdict.reason)
    for reasons in columns.values():  # a later column stands after the earlier ones
        assert all(reasons.count(reason) == IMPORT_SIZE for reason in set(reasons))
    outcomes: dict[RowId, list[tuple[str, str]]] = {}
    for outcome in store.probe_outcomes("aa" * 32):
        outcomes.setdefault(outcome.row, []).append((outcome.probe, outcome.skipped))
    for found in outcomes.values():
        assert [probe for probe, _ in found] == list(PROBES)
        assert len({skipped for _, skipped in found}) == 1


def test_nothing_acknowledged_is_lost_by_a_kill_at_any_moment(tmp_path: Path):
    chance = random.Random(20)
    acknowledged = 0
    with workshop() as forks:
        for start in range(0, MOMENTS, MOMENTS_PER_FILE):
            path = tmp_path / f"project {start}.rubric"
            create_project(path).close()
            told: list[tuple[str, str]] = []
            for seed in range(start, start + MOMENTS_PER_FILE):
                told += kill_one(forks, path, seed, chance.uniform(0, LONGEST))
                with open_project(path) as store:
                    check(store, told)
            acknowledged += len(told)
            path.unlink()
    assert acknowledged > MOMENTS  # the workers did work: more than one thing for each kill
