"""What tests of runs share: a plan, an order, a run that is worked off by a server that is none."""

from typing import Any

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.run import RunPlan, RunSummary
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import Author
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import start_run
from rubric_studio.store.project_file import ProjectFile
from tests.services.fake_asking import HOME, FakeAsking, FakeServers, Watching


def sampling_plan(connection: Connection = HOME, **changes: Any) -> RunPlan:
    """A run that samples one answer of alder to every question as it stands."""
    plan = RunPlan(
        purpose="sampling",
        title="Answers of alder",
        connection=connection.id,
        connection_name=connection.name,
        endpoint=connection.endpoint,
        model="alder-fresh",
        prompt=AS_IT_STANDS,
    )
    return plan.model_copy(update=changes)


PLAN = sampling_plan()


def ask_rows(store: ProjectFile, author: Author, count: int) -> tuple[RowId, ...]:
    """Questions "text 0", "text 1" ..., brought in; their ids."""
    rows = [Row(id=RowId(f"n{n}"), prompt=user_prompt(f"text {n}")) for n in range(count)]
    carry_out(store, ImportPlan(ImportedFile(name="many", kind="rows"), tuple(rows)), author)
    return tuple(row.id for row in rows)


def start(store: ProjectFile, author: Author, rows: tuple[RowId, ...], **plan: Any) -> RunSummary:
    return start_run(store, RunOrder(PLAN.model_copy(update=plan), rows), author)


def work_off(
    store: ProjectFile,
    run: RunSummary,
    asking: FakeAsking,
    watching: Watching | None = None,
    **connection: Any,
) -> RunSummary:
    home = HOME.model_copy(update=connection)
    return run_calls(store, run.id, FakeServers(asking), home, watching or Watching())


def texts(store: ProjectFile) -> list[tuple[str, int, str]]:
    """(row, run, text) of every sample of the model that is asked."""
    found = [sample for _, sample in store.samples() if sample.model == PLAN.model]
    return sorted((sample.row, sample.run, sample.text) for sample in found)
