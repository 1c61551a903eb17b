"""Many calls of which a fifth goes wrong in every way there is: at the end every sample is there exactly once."""

import os
from collections import Counter
from pathlib import Path

import pytest

from rubric_studio.domain.run import RunState
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
from rubric_studio.services.edits import Author
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import retry_failed
from rubric_studio.store.project_file import create_project
from tests.model_server.process import server_process
from tests.services.killed_run import Heedless, home
from tests.services.run_room import ask_rows, start
from tests.services.test_run_kill import question

CALLS = int(os.environ.get("RUBRIC_STUDIO_FAULTY_CALLS", "600"))
PER_ROW = 4


@pytest.mark.parametrize("takes_n", [False, True], ids=["singly", "several at once"])
def test_with_a_fifth_of_faults_every_sample_is_there_exactly_once(
    tmp_path: Path, author: Author, takes_n: bool
):
    servers = ModelServers(Keys(), offline=False)
    with (
        server_process(tmp_path, seed=9, faults=0.2) as address,
        create_project(tmp_path / "faulty.rubric") as store,
    ):
        rows = ask_rows(store, author, CALLS // PER_ROW)
        run = start(store, author, rows, per_row=PER_ROW, endpoint=address)
        tries = 0
        while run.state is not RunState.DONE or run.failed:
            run = run_calls(
                store, run.id, servers, home(address, concurrency=32, takes_n=takes_n), Heedless()
            )
            retry_failed(store, run.id)
            tries += 1
            assert tries < 4, run.reason
        places = Counter(sample.place for _, sample in store.samples() if sample.model == run.plan.model)
        assert places == Counter((row, run.plan.model, place) for row in rows for place in range(PER_ROW))
        for number, row in enumerate(rows):  # the server's words name the question that they answer
            assert all(question(number) in each.text for _, each in store.samples_of(row))
        assert run.calls == run.done == CALLS
        assert store.problem() is None
