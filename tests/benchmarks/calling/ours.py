"""Our window on its page of runs while a run asks, stores and shows. URL COUNT CONCURRENCY FOLDER.

A small run comes first, so that everything is imported, as it is in the other two. The longest frame is the longest
time between two ticks of a timer of 5 ms on the window's thread while the large run goes.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from rubric_studio import wiring
from rubric_studio.app import _application, _workplace  # pyright: ignore[reportPrivateUsage]
from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.run import RunState
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.ui.look import Look
from rubric_studio.ui.project_desk import ProjectDesk
from rubric_studio.ui.shell import Shell
from tests.benchmarks.calling.questions import question
from tests.services.run_room import sampling_plan

WARM = 64
TICK_MS = 5
PATIENCE_SECONDS = 600.0


class Frames:
    """The times between ticks on the window's thread, in seconds, each with what the thread itself worked in it."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float]] = []
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer(interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps.append((now - self._last, worked - self._worked))
        self._last, self._worked = now, worked

    def longest(self) -> tuple[float, float]:
        """The longest time without a tick since the last look, and the most that the thread worked in one."""
        gaps, self.gaps = self.gaps, []
        return max(gap for gap, _ in gaps), max(worked for _, worked in gaps)


def project(path: Path, rows: int) -> tuple[RowId, ...]:
    """A project with that many questions and no answers; their ids."""
    made = [Row(id=RowId(f"q{number:06}"), prompt=user_prompt(question(number))) for number in range(rows)]
    store = wiring.new_project(path)
    carry_out(
        store, ImportPlan(ImportedFile(name="made up", kind="rows"), tuple(made), ()), wiring.passing_author()
    )
    store.close()
    return tuple(row.id for row in made)


def wait(application: QApplication, until: "object") -> None:
    """Let the window live until that is true."""
    end = time.perf_counter() + PATIENCE_SECONDS
    while not until():  # type: ignore[operator]
        assert time.perf_counter() < end, "the run did not end"
        application.processEvents()
        time.sleep(0.001)


def seconds_of(
    application: QApplication, desk: ProjectDesk, connection: Connection, rows: tuple[RowId, ...]
) -> float:
    """Start a run for those rows and wait for its end; the seconds between."""
    plan = sampling_plan(connection, model="small")
    before = len(desk.store.runs())
    begun = time.perf_counter()
    desk.session.runs.start(RunOrder(plan, rows=rows))

    def is_done() -> bool:
        if desk.session.runs.active or desk.session.jobs.running:
            return False
        runs = desk.store.runs()
        return len(runs) > before and runs[-1].state is not RunState.WAITING

    wait(application, is_done)
    taken = time.perf_counter() - begun
    run = desk.store.runs()[-1]
    assert (run.done, run.failed) == (len(rows), 0), run.reason
    return taken


def main() -> None:
    """Measure and print as JSON."""
    url, count, concurrency, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    rows = project(folder / "calls.rubric", count + WARM)
    application = _application()
    workplace = _workplace()
    models = workplace.models
    assert models is not None
    connection = Connection(
        id="bench", name="Bench", base_url=url, key_place="none", concurrency=concurrency, models=("small",)
    )
    models.connections.put(connection)
    models.connections.set_offline(False)
    models.servers.set_offline(False)
    shell = Shell(Look(application), workplace, application.styleHints())
    shell.window.show()
    shell.start(folder / "calls.rubric")
    wait(application, lambda: shell.desk is not None)
    desk = shell.desk
    assert desk is not None
    desk.pages.show_page("models")
    desk.pages.currentWidget().show_view("runs")  # type: ignore[union-attr]
    seconds_of(application, desk, connection, rows[:WARM])
    frames = Frames()
    wait(application, lambda: len(frames.gaps) > 5)
    frames.longest()
    taken = seconds_of(application, desk, connection, rows[WARM:])
    longest, worked = frames.longest()
    print(json.dumps({"seconds": taken, "longest_frame": longest, "longest_work": worked}))
    shell.shut_down()


if __name__ == "__main__":
    main()
