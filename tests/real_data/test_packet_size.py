"""A round over PRBench's European legal rows: what a packet weighs, and how long it takes to make and to take in."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from rubric_studio.cli import main
from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.round import RoundExpert
from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.store.project_file import ProjectFile, open_project
from tests.services.conftest import TickingClock
from tests.services.packet_room import at_work, mark, packet_at, sent
from tests.services.round_room import begin

from .test_prbench_scores import mapped

SAMPLES = 40
ANNA, BRUNO = PersonId("01ANNA"), PersonId("01BRUNO")
Found = TypeVar("Found")


@pytest.fixture
def project(shared_data: Path, tmp_path: Path) -> Iterator[ProjectFile]:
    data, path = shared_data / "prbench_legal_eu", tmp_path / "prbench.rubric"
    if not data.is_dir():
        pytest.skip("PRBench's European legal rows are not here: ../shared/data/prbench_legal_eu")
    guide = tmp_path / "rubric.json"
    guide.write_text('{"name": "PRBench", "aggregation": "points_shifted", "strata": []}')
    for call in (
        ["new", path],
        ["import", path, guide, "--as", "rubric"],
        ["import", path, data / "rows.jsonl", "--as", "rows", "--map", "criteria=rubric"],
        [
            "import",
            path,
            data / "outputs.jsonl",
            "--as",
            "samples",
            *mapped(row="row_id", text="output_text"),
        ],
    ):
        assert main([str(word) for word in call]) == 0
    with open_project(path) as store:
        yield store


def timed(what: str, work: Callable[[], Found]) -> Found:
    begun = time.perf_counter()
    found = work()
    sys.stdout.write(f"{what}: {time.perf_counter() - begun:.2f} s\n")
    return found


def test_a_packet_of_long_legal_texts_can_be_mailed(project: ProjectFile, tmp_path: Path):
    clock = TickingClock()
    lead, bruno = Author(ANNA, clock), Author(BRUNO, clock)
    experts = (RoundExpert(person=ANNA, name="Anna"), RoundExpert(person=BRUNO, name="Bruno"))
    round, plan = begin(project, lead, RoundStart(experts=experts, pick=Pick(count=SAMPLES)))
    path = timed("making the packet", lambda: packet_at(project, tmp_path / "bruno.review", round, BRUNO))
    size = path.stat().st_size
    marks = 0
    with at_work(path) as (packet, review):
        assert len(review.tasks) == SAMPLES
        for task in review.tasks:
            for point in review.points(task):
                mark(
                    packet, review, task, point, bruno, marks % 2, "The answer names the rule." * (marks % 2)
                )
                marks += 1
        content = timed("saving the answers", lambda: sent(packet, clock, finished=True))
    taken = timed("taking them in", lambda: take_in(project, content))
    assert (taken.done, taken.finished) == (SAMPLES, True)
    timed("closing", lambda: close_round(project, round, lead))
    sys.stdout.write(
        f"{len(plan.assigned[BRUNO])} samples, {marks} marks: packet {size / 1e6:.2f} MB, "
        f"answers {len(content) / 1e6:.2f} MB\n"
    )
    assert size < 10_000_000  # what a mail server takes
