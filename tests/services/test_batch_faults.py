"""What a server can do wrong with files and batches themselves: nothing is lost, and no batch is begun twice.

Faults of single lines are in `test_every_fault.py`; lost ids, refused batches and kills in `test_batch_running.py`.
"""

import pytest

from rubric_studio.domain.run import CallState, RunState
from rubric_studio.services import batch_running
from rubric_studio.services.edits import Author
from rubric_studio.store.project_file import ProjectFile
from tests.model_server import Act, ModelServer, NotJson, Reset, Seen, Status, WrongShape
from tests.services.faulty_room import Room, Server

NO_JSON = Status(200, b'{"id": "batch', {"content-type": "application/json"})
PASSING = {
    "408": Status(408),
    "429": Status(429, headers={"retry-after": "1"}),
    "503": Status(503),
    "reset": Reset(),
    "cut JSON": NO_JSON,
    "a page": NotJson(),
    "another object": WrongShape(),
    "a list": WrongShape([1, 2]),
}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_running, "POLL_SECONDS", 0.001)
    monkeypatch.setattr(batch_running, "PATIENCE_SECONDS", 0.001)


class Once:
    """Does something else with the first request of a kind: a file up, a batch begun, a look at it, an answer down.

    A batch is begun all the same, and only the answer goes wrong: whether it was begun is what nobody knows then.
    """

    def __init__(self, kind: str, act: Act) -> None:
        self._kind, self._act = kind, act
        self.server: ModelServer | None = None

    def __call__(self, seen: Seen) -> Act | None:
        kind = f"{seen.method} {'content' if seen.place.endswith('content') else seen.place.split('/')[2]}"
        if kind != self._kind:
            return None
        self._kind = ""
        if kind == "POST batches" and self.server is not None:
            self.server.desk.answer(seen)
        return self._act


STEPS = ["POST files", "POST batches", "GET batches", "GET content"]
ON_THE_WAY = [
    pytest.param(act, kind, id=f"{kind}, {name}")
    for name, act in PASSING.items()
    for kind in STEPS
    if kind != "GET content" or not isinstance(act, WrongShape)  # each line of the results is an object
]


@pytest.mark.parametrize(("act", "kind"), ON_THE_WAY)
def test_trouble_on_the_way_is_waited_out_and_no_batch_goes_twice(
    act: Act, kind: str, store: ProjectFile, author: Author
):
    once, answers = Once(kind, act), Server({})
    with ModelServer(answers, elsewhere=once) as server:
        once.server = server
        room = Room(store, author, server.url, "sampling", 2)
        room.start(batch=True)
        ended = room.work()
        assert len(server.desk.batches) == 1
    assert (ended.state, ended.reason, ended.done, room.brought) == (RunState.DONE, "", 2, 2)
    assert answers.asked == {-1: 2}


@pytest.mark.parametrize(("status", "told"), [
    (401, "The server does not accept the key."),
    (403, "The key may not do this."),
    (404, "The server knows no such model or address."),
    (413, "The server refused the question as it was put."),
])  # fmt: skip
@pytest.mark.parametrize("kind", STEPS[:3])
def test_what_will_not_pass_pauses_the_run_with_the_reason(
    kind: str, status: int, told: str, store: ProjectFile, author: Author
):
    once = Once(kind, Status(status))
    with ModelServer(Server({}), elsewhere=once) as server:
        room = Room(store, author, server.url, "sampling", 2)
        room.start(batch=True)
        ended = room.work()
        assert ended.state is RunState.PAUSED
        assert ended.reason.startswith(told)
        assert {call.state for call in room.calls} == {
            CallState.SENT if kind == "GET batches" else CallState.WAITING
        }
        assert room.work().state is RunState.DONE
        assert len(server.desk.batches) == 1
    assert room.brought == 2
