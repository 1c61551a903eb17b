"""Runs worked off in batches, against a server of ours: whole, in part, refused, and with a kill at every step."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Fault, FaultKind, Parameters
from rubric_studio.domain.model_traffic import ModelFault
from rubric_studio.domain.price import Price
from rubric_studio.domain.run import CallState, RunState, RunSummary
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
from rubric_studio.services import batch_running
from rubric_studio.services.batch_running import BatchedRun, cancel_batches
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import Author
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import start_run
from rubric_studio.store.project_file import ProjectFile
from tests.model_server.acts import Act, Reset, Say, Stall, Status
from tests.model_server.seen import Seen
from tests.model_server.server import ModelServer
from tests.services.conftest import ROWS
from tests.services.fake_asking import Watching
from tests.services.judge_fake import judging_plan
from tests.services.run_room import sampling_plan

K = 2
CALLS = len(ROWS) * K


class Counting:
    """Answers every question, and counts how often each was put; `trouble` may decide otherwise."""

    def __init__(self) -> None:
        self.times: dict[str, int] = {}
        self.trouble: Callable[[str, int], Act | None] = lambda question, times: None

    def __call__(self, seen: Seen) -> Act:
        question = f"{seen.body['messages'][-1]['content']} {seen.body.get('seed')}"
        self.times[question] = self.times.get(question, 0) + 1
        return self.trouble(question, self.times[question]) or Say(f"To {question}: yes.")


@pytest.fixture
def behave() -> Counting:
    return Counting()


@pytest.fixture
def server(behave: Counting) -> Iterator[ModelServer]:
    with ModelServer(behave) as server:
        yield server


@pytest.fixture
def servers() -> ModelServers:
    return ModelServers(Keys({}), offline=False)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_running, "PATIENCE_SECONDS", 0.001)


@pytest.fixture
def connection(server: ModelServer) -> Connection:
    return Connection(id="here", name="Here", base_url=server.url, key_place="none", takes_batches=True)


@pytest.fixture
def run(store: ProjectFile, author: Author, connection: Connection) -> RunSummary:
    """Two answers to every question, in a batch."""
    plan = sampling_plan(connection, model="small", per_row=K, parameters=Parameters(seed=7), batch=True)
    return start_run(store, RunOrder(plan, rows=tuple(row.id for row in ROWS)), author)


@pytest.fixture
def worked_off(store: ProjectFile, servers: ModelServers, connection: Connection, run: RunSummary) -> Any:
    """Work the run off as `run_calls` does, looking at the server without pauses; the reason why it ended."""

    def work(control: Watching | None = None) -> str:
        under_way = BatchedRun(
            store, store.run(run.id), servers, connection, control or Watching(), poll_seconds=0.001
        )
        return under_way.work_off()

    return work


def begun(server: ModelServer) -> int:
    """How many batches the server was asked to begin."""
    return sum(seen.method == "POST" and seen.place.endswith("/batches") for seen in server.seen)


def test_a_batch_brings_every_answer_once(
    store: ProjectFile, server: ModelServer, run: RunSummary, worked_off: Any, behave: Counting
) -> None:
    server.desk.polls = 3
    watching = Watching()
    assert worked_off(watching) == ""
    ended = store.run(run.id)
    assert (ended.calls, ended.done, ended.failed, ended.sent) == (CALLS, CALLS, 0, 0)
    texts = {sample.text for _, sample in store.samples() if sample.facts.get("run") == run.id}
    assert len(texts) == CALLS
    assert begun(server) == 1
    assert set(behave.times.values()) == {1}
    assert ended.usage.prompt > 0
    assert "at the server" in watching.told[0].waiting_for


def test_a_run_that_is_ordered_as_a_batch_goes_out_as_one(
    store: ProjectFile,
    servers: ModelServers,
    connection: Connection,
    run: RunSummary,
    server: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch_running, "POLL_SECONDS", 0.001)
    ended = run_calls(store, run.id, servers, connection, Watching())
    assert ended.state is RunState.DONE
    assert begun(server) == 1
    assert not server.asked


def test_what_failed_in_a_batch_goes_into_the_next_one(
    store: ProjectFile, server: ModelServer, run: RunSummary, worked_off: Any, behave: Counting
) -> None:
    unlucky = f"{ROWS[0].prompt_text} 7"
    behave.trouble = lambda question, times: Status(500) if question == unlucky and times == 1 else None
    assert worked_off() == ""
    assert store.run(run.id).done == CALLS
    assert begun(server) == 2
    assert behave.times.pop(unlucky) == 2
    assert set(behave.times.values()) == {1}


def test_what_fails_in_three_batches_has_failed(
    store: ProjectFile, run: RunSummary, worked_off: Any, server: ModelServer, behave: Counting
) -> None:
    unlucky = f"{ROWS[0].prompt_text} 7"
    behave.trouble = lambda question, _: Status(500) if question == unlucky else None
    assert worked_off() == ""
    ended = store.run(run.id)
    assert (ended.done, ended.failed) == (CALLS - 1, 1)
    (failed,) = store.calls(run.id, [CallState.FAILED])
    assert failed.attempts == 3
    assert failed.fault is not None
    assert failed.fault.kind is FaultKind.SERVER
    assert begun(server) == 3


def test_a_question_that_the_server_refuses_fails_at_once(
    store: ProjectFile, run: RunSummary, worked_off: Any, server: ModelServer, behave: Counting
) -> None:
    behave.trouble = lambda question, _: Status(400, "too long") if question.endswith("8") else None
    assert worked_off() == ""
    assert store.run(run.id).failed == len(ROWS)
    assert begun(server) == 1


def test_lines_that_never_had_their_turn_are_asked_again(
    store: ProjectFile, run: RunSummary, worked_off: Any, server: ModelServer, behave: Counting
) -> None:
    behave.trouble = lambda question, times: Reset() if question.endswith("8") and times == 1 else None
    assert worked_off() == ""
    assert store.run(run.id).done == CALLS
    assert begun(server) == 2


def test_a_batch_survives_the_end_of_the_program(
    store: ProjectFile, run: RunSummary, worked_off: Any, server: ModelServer
) -> None:
    server.desk.polls = 1_000_000
    assert worked_off(StopsOnceSent()) == ""
    between = store.run(run.id)
    assert (between.sent, between.done) == (CALLS, 0)
    server.desk.polls = 1
    assert worked_off() == ""
    assert store.run(run.id).done == CALLS
    assert begun(server) == 1


def test_a_batch_whose_id_was_lost_is_found_by_its_token(
    store: ProjectFile,
    run: RunSummary,
    worked_off: Any,
    server: ModelServer,
    behave: Counting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put = store.put_batch

    def killed_before_the_id_is_kept(batch: Any) -> None:
        if batch.id and not killed:
            killed.append(batch)
            raise Killed
        put(batch)

    killed: list[Any] = []
    monkeypatch.setattr(store, "put_batch", killed_before_the_id_is_kept)
    with pytest.raises(Killed):
        worked_off()
    assert worked_off() == ""
    assert store.run(run.id).done == CALLS
    assert begun(server) == 1
    assert set(behave.times.values()) == {1}


def test_a_batch_that_never_reached_the_server_is_sent_again(
    store: ProjectFile, run: RunSummary, worked_off: Any, behave: Counting, servers: ModelServers
) -> None:
    beginnings: list[Seen] = []

    def away_at_first(seen: Seen) -> Act | None:
        is_begin = seen.method == "POST" and seen.place.endswith("/batches")
        if is_begin:
            beginnings.append(seen)
        return Status(503) if is_begin and len(beginnings) == 1 else None

    with ModelServer(behave, elsewhere=away_at_first) as other:
        connection = Connection(id="there", name="There", base_url=other.url, key_place="none")
        under_way = BatchedRun(store, run, servers, connection, Watching(), poll_seconds=0.001)
        assert under_way.work_off() == ""
    assert store.run(run.id).done == CALLS
    assert len(beginnings) == 2
    assert set(behave.times.values()) == {1}


def test_going_offline_while_a_batch_is_begun_sends_it_once(
    store: ProjectFile, run: RunSummary, behave: Counting
) -> None:
    """The worst moment: the server has begun the batch, and its answer is cut off on the way."""
    servers = ModelServers(Keys({}), offline=False)
    beginnings: list[str] = []

    def slow_to_say_so(seen: Seen) -> Act | None:
        if seen.method == "POST" and seen.place.endswith("/batches"):
            beginnings.append(seen.place)
            server.desk.answer(seen)  # it is begun
            servers.set_offline(True)
            return Stall(0.2)
        return None

    with ModelServer(behave, elsewhere=slow_to_say_so) as server:
        connection = Connection(id="there", name="There", base_url=server.url, key_place="none")
        reason = BatchedRun(store, run, servers, connection, Watching(), poll_seconds=0.001).work_off()
        assert "offline" in reason
        servers.set_offline(False)
        assert BatchedRun(store, run, servers, connection, Watching(), poll_seconds=0.001).work_off() == ""
    assert len(beginnings) == 1
    assert set(behave.times.values()) == {1}
    assert store.run(run.id).done == CALLS


def test_an_answer_that_cannot_be_read_begins_no_second_batch(
    store: ProjectFile, run: RunSummary, behave: Counting, servers: ModelServers
) -> None:
    beginnings: list[str] = []

    def in_riddles(seen: Seen) -> Act | None:
        if seen.method == "POST" and seen.place.endswith("/batches"):
            beginnings.append(seen.place)
            server.desk.answer(seen)
            return Status(200, b"[]")
        return None

    with ModelServer(behave, elsewhere=in_riddles) as server:
        connection = Connection(id="there", name="There", base_url=server.url, key_place="none")
        for _ in range(2):
            BatchedRun(store, run, servers, connection, Watching(), poll_seconds=0.001).work_off()
    assert len(beginnings) == 1
    assert store.run(run.id).done == CALLS


def test_a_budget_that_is_reached_sends_no_further_batch(
    store: ProjectFile,
    author: Author,
    run: RunSummary,
    server: ModelServer,
    servers: ModelServers,
    connection: Connection,
    behave: Counting,
) -> None:
    failing = f"{ROWS[0].prompt[-1].content} 11"
    behave.trouble = lambda question, times: Status(503) if question == failing and times == 1 else None
    price = Price(model="small", prompt=1e6, answer=1e6, as_of="2026-11-01")  # a token costs 1 USD
    plan = run.plan.model_copy(update={"price": price, "budget": 0.5, "parameters": Parameters(seed=11)})
    dear = start_run(store, RunOrder(plan, rows=tuple(row.id for row in ROWS)), author)
    under_way = BatchedRun(store, dear, servers, connection, Watching(), poll_seconds=0.001)
    assert under_way.work_off() == "The budget of 0.50 USD is reached."
    ended = store.run(dear.id)
    assert (ended.done, ended.sent, ended.open) == (CALLS - 1, 0, 1)
    assert begun(server) == 1


def test_a_batch_that_is_refused_pauses_the_run_and_loses_nothing(
    store: ProjectFile, run: RunSummary, worked_off: Any, server: ModelServer
) -> None:
    server.desk.failing = "line 1 is too long"
    assert "line 1 is too long" in worked_off()
    between = store.run(run.id)
    assert (between.sent, between.done, between.failed, between.open) == (0, 0, 0, CALLS)
    server.desk.failing = ""
    assert worked_off() == ""
    assert store.run(run.id).done == CALLS


def test_cancelling_ends_the_batches_at_the_server(
    store: ProjectFile,
    run: RunSummary,
    worked_off: Any,
    server: ModelServer,
    servers: ModelServers,
    connection: Connection,
) -> None:
    server.desk.polls = 1_000_000
    worked_off(StopsOnceSent())
    cancel_batches(store, run.id, servers, connection)
    assert [batch["status"] for batch in server.desk.batches.values()] == ["cancelled"]


def test_offline_no_batch_leaves(
    store: ProjectFile, run: RunSummary, server: ModelServer, connection: Connection
) -> None:
    servers = ModelServers(Keys({}), offline=True)
    reason = BatchedRun(store, run, servers, connection, Watching(), poll_seconds=0.001).work_off()
    assert "offline" in reason
    assert server.connections == 0
    assert store.run(run.id).open == CALLS


def test_the_server_is_given_up_after_five_troubles_in_a_row(
    store: ProjectFile, run: RunSummary, behave: Counting, servers: ModelServers
) -> None:
    looks: list[str] = []

    def always_away(seen: Seen) -> Act | None:
        looks.append(seen.place)
        return Status(502)

    with ModelServer(behave, elsewhere=always_away) as other:
        connection = Connection(id="there", name="There", base_url=other.url, key_place="none")
        reason = BatchedRun(store, run, servers, connection, Watching(), poll_seconds=0.001).work_off()
    assert "trouble of its own" in reason
    assert len(looks) == batch_running.TROUBLES
    assert store.run(run.id).done == 0


def test_a_fault_of_a_batch_is_a_sentence_for_people(
    server: ModelServer, servers: ModelServers, connection: Connection
) -> None:
    with servers.batches(connection) as calls, pytest.raises(ModelFault) as told:
        calls.state("batch_unknown")
    assert isinstance(told.value.fault, Fault)
    assert told.value.fault.kind is FaultKind.NOT_FOUND


def test_a_judge_s_second_question_goes_into_the_next_batch(
    store: ProjectFile, author: Author, servers: ModelServers
) -> None:
    fits = json.dumps({"p1": {"quotes": [], "reason": "It is so.", "grade": "no"}})

    def at_first_unfit(seen: Seen) -> Act:
        return Say(fits if len(seen.body["messages"]) > 2 else "I would say no.")

    with ModelServer(at_first_unfit) as server:
        connection = Connection(id="here", name="Here", base_url=server.url, key_place="none")
        plan = judging_plan(endpoint=connection.endpoint, batch=True)
        run = start_run(store, RunOrder(plan, samples=(1, 2, 3), criteria=("steps",)), author)
        assert BatchedRun(store, run, servers, connection, Watching(), poll_seconds=0.001).work_off() == ""
        assert begun(server) == 2
    ended = store.run(run.id)
    assert (ended.done, ended.failed) == (3, 0)
    assert [verdict.level for _, verdict in store.judge_verdicts()] == ["no"] * 3


class Killed(BaseException):
    """The program ends at this very instant."""


class StopsOnceSent(Watching):
    """Stops the run as soon as a batch is at the server."""

    @property
    def is_stopped(self) -> bool:  # type: ignore[override]
        return any(told.in_flight for told in self.told)

    @is_stopped.setter
    def is_stopped(self, value: bool) -> None:
        pass
