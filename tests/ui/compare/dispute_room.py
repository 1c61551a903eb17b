"""A project in which three experts differ, in a closed round, with a session on it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rubric_studio.services.edits import Author
from rubric_studio.store.project_file import create_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.session import Session
from tests.services.conftest import ANNA, BRUNO, TickingClock
from tests.services.disputed_project import CARA, blind_round, people
from tests.services.judged_project import judge_says

GOOD = {
    ANNA: [1, 1, 1, 0.5, 1, 1, 1, 1, 0, 0, 0, 0],
    BRUNO: [0, 0.5, 1, 0.5, 1, 1, 1, 1, 0, 0, 0, 0],
    CARA: [0.5, 1, 1, 0.5, "absent", 1, 1, 1, 0, 0, 0, 0],
}
"""They differ on answer 0 (by 1), on answer 4 (does not apply against fully: 1) and on answer 1 (by 0.5)."""
BAD = {ANNA: [1], BRUNO: [0], CARA: [0]}
"""And on the fault of answer 0 (by 1); it moves the total least of those that are 1 apart."""


class StillLaterClock(TickingClock):
    """What is done in the window comes after everything that was there."""

    def __init__(self) -> None:
        super().__init__()
        self._ticks = 9_000_000


@contextmanager
def a_session(folder: Path, *, differ: bool = True, **parts: Any) -> Iterator[Session]:
    """Anna's window on the project."""
    store = create_project(folder / "differ.rubric")
    lead = Author(ANNA, TickingClock())
    team = people(store, lead)
    if differ:
        said = {team[who]: {"good": GOOD[who], "bad": BAD[who]} for who in GOOD}
        blind_round(store, lead, said)
        judge_says(store, {"good": [1] + [None] * 11})
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    session = Session(store, store.sibling, Author(ANNA, StillLaterClock()), jobs, executor, **parts)
    session.failed.connect(_raise)
    yield session
    jobs.shutdown()
    executor.shutdown()
    store.close()


def _raise(error: BaseException) -> None:
    raise error
