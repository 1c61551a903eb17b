"""A small real project, made in a moment: two questions, three answers, one person."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rubric_studio.domain.ids import PersonId, RowId
from rubric_studio.domain.record import Person
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.sample import Sample
from rubric_studio.services.edits import Author
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.store.project_file import ProjectFile, create_project

ANNA, BRUNO = PersonId("01ANNA"), PersonId("01BRUNO")


class TickingClock:
    """A clock that moves one millisecond with every look, and chance that counts."""

    def __init__(self) -> None:
        self._ticks = 0

    def milliseconds(self) -> int:
        self._ticks += 1
        return 1_800_000_000_000 + self._ticks

    def randomness(self) -> bytes:
        self._ticks += 1
        return self._ticks.to_bytes(10, "big")


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def author(clock: TickingClock) -> Author:
    return Author(ANNA, clock)


@pytest.fixture
def bruno(clock: TickingClock) -> Author:
    return Author(BRUNO, clock)


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    """Runs checks in a thread: what the worker processes do is tested beside them."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


ROWS = (
    Row(id=RowId("q1"), prompt=user_prompt("Which topics?"), reference={"labels": ["tax", "trade"]}),
    Row(id=RowId("q2"), prompt=user_prompt("Which other topics?"), reference={"labels": ["law"]}),
)
SAMPLES = (
    Sample(row=RowId("q1"), model="alder", run=0, text='{"labels": ["tax", "trade"]}'),
    Sample(row=RowId("q1"), model="birch", run=0, text='{"labels": ["tax"]}'),
    Sample(row=RowId("q2"), model="alder", run=0, text="no JSON"),
)


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    project = create_project(tmp_path / "small.rubric")
    project.add_person(Person(id=ANNA, name="Anna"))
    project.add_person(Person(id=BRUNO, name="Bruno"))
    carry_out(project, ImportPlan(ImportedFile(name="rows", kind="mixed"), ROWS, SAMPLES), author)
    yield project
    project.close()
