"""A run from the window, over a real socket, to a server of ours: answered, failed, none while offline."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rubric_studio import wiring
from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.run import RunState
from rubric_studio.domain.source import Source
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.connections import Connections
from rubric_studio.services.model_access import ReadyModelAccess
from rubric_studio.services.prices import Prices
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.models.runs_view import RunsView
from rubric_studio.ui.session import Session
from tests.model_server import Act, ModelServer, Say, Status
from tests.model_server.seen import Seen
from tests.ui.models.model_room import PLAN, KeptInMemory

ROWS = tuple(RowId(f"n{number}") for number in range(12))


def refusing_one(seen: Seen) -> Act:
    """Answer everything but the fourth question."""
    return Status(400, "No such thing.") if "question 3" in str(seen.body) else Say("an answer")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(refusing_one) as server:
        yield server


@pytest.fixture
def session(qapp, tmp_path: Path, server: ModelServer) -> Iterator[Session]:
    keys, connections = Keys({}), Connections(KeptInMemory())
    connections.put(Connection(id="paper", name="Ours", base_url=server.url, key_place="none"))
    models = ReadyModelAccess(ModelServers(keys), keys, connections, Prices(KeptInMemory()))
    store = wiring.new_project(tmp_path / "R.rubric")
    with store.writing() as writer:
        writer.source(Source(id="rows", kind="rows", name="rows"))
        writer.rows([Row(id=id, prompt=user_prompt(f"question {id[1:]}.")) for id in ROWS])
    person = wiring.new_person("Anna Berg")
    store.add_person(person)
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    session = Session(store, store.sibling, wiring.author(person), jobs, executor, models=models)
    yield session
    session.blockSignals(True)
    jobs.shutdown()
    executor.shutdown()
    store.close()


def start(session: Session, server: ModelServer, qtbot) -> str:
    plan = PLAN.model_copy(update={"endpoint": server.url, "model": "small", "prompt": AS_IT_STANDS})
    with qtbot.waitSignal(session.runs.started) as told:
        session.runs.start(RunOrder(plan, ROWS))
    return told.args[0]


def test_answers_come_in_and_what_failed_is_told_in_plain_words(session, server, look, qtbot):
    session.network.set_offline(False)
    view = RunsView(session, look)
    qtbot.addWidget(view)
    view.show()
    run = start(session, server, qtbot)
    qtbot.waitUntil(lambda: session.store.run(run).state is RunState.DONE, timeout=20_000)
    qtbot.waitUntil(lambda: not session.jobs.running)
    summary = session.store.run(run)
    assert (summary.done, summary.failed) == (11, 1)
    qtbot.waitUntil(lambda: len(view.detail.failures.cards) == 1)
    (card,) = view.detail.failures.cards
    assert card.title.text() == "The server did not understand the question: 1 call"
    assert card.example.text().startswith("For example n3: ")
    assert len(session.store.sample_infos()) == 11


def test_offline_no_connection_is_made_and_the_run_waits(session, server, qtbot):
    with qtbot.waitSignal(session.failed):
        run = start(session, server, qtbot)
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert session.store.run(run).state is RunState.PAUSED
    assert server.connections == 0
