"""Every fault of a server through whole runs: what the user reads, what is stored, how often the server is asked.

The server is told what to do with single questions of a run and answers the others; then it is mended and the run goes
on. `docs/faults.md` says the same for people.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import pytest

from rubric_studio.domain.model_call import FaultKind
from rubric_studio.domain.run import CallState, RunState, RunSummary
from rubric_studio.services import batch_running
from rubric_studio.services.edits import Author
from rubric_studio.services.running import IN_A_ROW
from rubric_studio.store.project_file import ProjectFile
from tests.model_server import (
    Act,
    HalfBody,
    ModelServer,
    NoChoices,
    NotJson,
    Reset,
    Say,
    Stall,
    Status,
    WrongShape,
)
from tests.services.faulty_room import Purpose, Room, Server

SAID = ' The server said: "told to fail"'
REFUSED = "The server refused the question as it was put. Change what it names and try again."
MANY = "The server gets too many questions. Lower the connection's limits or try again later."
TROUBLE = "The server has trouble of its own. Try again later."
NO_CREDIT = "The account has no credit left. Add some with the provider, then go on."
FILTERED = "The provider's content filter took the answer away. Look at the question and the answer."
AT_ALL = "Try again; if it stays so, ask who runs it."
NO_MONEY = {"error": {"message": "told to fail", "code": "insufficient_quota"}}
AZURE_FILTER = {"error": {"message": "told to fail", "code": "content_filter", "status": 400}}
SOON, IN_A_DAY = {"retry-after-ms": "5"}, {"retry-after": "86400"}


class Line(NamedTuple):
    """A fault that stays; the sentence that the user reads; how often the server is asked; what becomes of the run.

    "fails": this call has failed, the run goes on without it. "pauses": it waits, and the run with it.
    """

    name: str
    act: Act
    kind: FaultKind
    told: str
    asked: int
    then: Literal["fails", "pauses"]
    timeout: float = 20.0


LINES = (
    Line("400", Status(400), FaultKind.BAD_REQUEST, REFUSED + SAID, 1, "fails"),
    Line(
        "401",
        Status(401),
        FaultKind.KEY,
        "The server does not accept the key. Enter it anew under Models, Connections." + SAID,
        1,
        "pauses",
    ),
    Line("402", Status(402), FaultKind.QUOTA, NO_CREDIT + SAID, 1, "pauses"),
    Line(
        "403",
        Status(403),
        FaultKind.FORBIDDEN,
        "The key may not do this. Choose another model, or ask whoever gave the key out." + SAID,
        1,
        "pauses",
    ),
    Line(
        "404",
        Status(404),
        FaultKind.NOT_FOUND,
        "The server knows no such model or address. Check the model's name and the connection." + SAID,
        1,
        "pauses",
    ),
    Line(
        "408",
        Status(408),
        FaultKind.TIMEOUT,
        "The server gave up waiting. Try again, or ask for less at a time." + SAID,
        8,
        "fails",
    ),
    Line(
        "409",
        Status(409),
        FaultKind.CONFLICT,
        "The server was busy with something that stood in the way. Try again later." + SAID,
        8,
        "fails",
    ),
    Line("429", Status(429), FaultKind.RATE_LIMIT, MANY + SAID, 20, "fails"),
    Line("429 soon", Status(429, headers=SOON), FaultKind.RATE_LIMIT, MANY + SAID, 20, "fails"),
    Line("429 in a day", Status(429, headers=IN_A_DAY), FaultKind.RATE_LIMIT, MANY + SAID, 1, "fails"),
    Line("429 quota", Status(429, NO_MONEY), FaultKind.QUOTA, NO_CREDIT + SAID, 1, "pauses"),
    Line("500", Status(500), FaultKind.SERVER, TROUBLE + SAID, 8, "fails"),
    Line("502", Status(502, b"<html>Bad gateway</html>"), FaultKind.SERVER, TROUBLE, 8, "fails"),
    Line("503", Status(503, headers=SOON), FaultKind.SERVER, TROUBLE + SAID, 8, "fails"),
    Line("reset", Reset(), FaultKind.CONNECTION, "The connection to 127.0.0.1 broke. Try again.", 8, "fails"),
    Line(
        "half a body",
        HalfBody(),
        FaultKind.NONSENSE,
        "The server's answer broke off in the middle, or is no answer. Try again.",
        8,
        "fails",
    ),
    Line(
        "no JSON",
        NotJson(),
        FaultKind.NONSENSE,
        f"The server's answer is not whole, or no JSON. {AT_ALL}",
        8,
        "fails",
    ),
    Line(
        "wrong shape",
        WrongShape(),
        FaultKind.NONSENSE,
        "The server's answer has not the shape of a ",
        8,
        "fails",
    ),
    Line(
        "no choices",
        NoChoices(),
        FaultKind.NONSENSE,
        "The server answered without an answer in it",
        8,
        "fails",
    ),
    Line("filter refuses", Status(400, AZURE_FILTER), FaultKind.FILTERED, FILTERED + SAID, 1, "fails"),
    Line("filter empties", Say(finish="content_filter"), FaultKind.FILTERED, FILTERED, 1, "fails"),
    Line(
        "stall",
        Stall(60),
        FaultKind.TIMEOUT,
        "No whole answer came within 0.25 seconds. Try again, or allow more time.",
        8,
        "fails",
        timeout=0.25,
    ),
)
PAUSING = [line for line in LINES if line.then == "pauses"]
PASSING = [line for line in LINES if line.asked > 1]
IN_A_BATCH = [
    line
    for line in LINES
    if line.then == "fails" and isinstance(line.act, Status | Say) and line.name != "502"
]
"""What a line of a batch can tell; an HTML page is not among it."""


RoomOf = Callable[..., Room]


@pytest.fixture
def room_of(store: ProjectFile, author: Author) -> RoomOf:
    def room(server: ModelServer, purpose: Purpose, count: int, **connection: object) -> Room:
        return Room(store, author, server.url, purpose, count, **connection)

    return room


def named(line: Line) -> str:
    return line.name


@pytest.mark.parametrize("purpose", ["sampling", "judging"])
@pytest.mark.parametrize("line", LINES, ids=named)
def test_a_fault_that_stays_is_told_and_costs_its_own_question_only(
    line: Line, purpose: Purpose, room_of: RoomOf
):
    server = Server({2: line.act})
    with ModelServer(server) as address:
        room = room_of(address, purpose, 3)
        room.start()
        ended = room.work(timeout=line.timeout)
        _is_told_and_kept(line, room, ended)
        assert room.calls[2].attempts == server.asked[2] == line.asked
        others = server.asked[-1]
        assert others == 2 or line is LINES[-1]  # a busy machine may miss the short time of a stall

        server.mend()
        assert room.retry_failed() == (line.then == "fails")
        mended = room.work()
    assert (mended.state, mended.reason, mended.done, mended.failed) == (RunState.DONE, "", 3, 0)
    assert (room.brought, room.unscored) == (3, [])
    assert (server.asked[2], server.asked[-1]) == (line.asked + 1, others)


def _is_told_and_kept(line: Line, room: Room, ended: RunSummary) -> None:
    """The other answers are there; of the troubled question nothing but why."""
    call = room.calls[2]
    assert call.fault is not None
    told = call.fault.message
    assert (call.fault.kind, told[: len(line.told)]) == (line.kind, line.told)
    assert ended.done == room.brought == 2
    if line.then == "pauses":
        assert (ended.state, ended.reason, ended.failed) == (RunState.PAUSED, told, 0)
        assert (call.state, room.unscored) == (CallState.WAITING, [])
    else:
        assert (ended.state, ended.reason, ended.failed) == (RunState.DONE, "", 1)
        assert call.state is CallState.FAILED
        assert room.unscored == ([told] if room.purpose == "judging" else [])


@pytest.mark.parametrize("purpose", ["sampling", "judging"])
def test_a_fault_that_passes_leaves_nothing_behind(purpose: Purpose, room_of: RoomOf):
    """Each question of the run meets another fault, once."""
    passing = [line for line in PASSING if not isinstance(line.act, Stall)]
    server = Server({at: line.act for at, line in enumerate(passing)}, times=1)
    with ModelServer(server) as address:
        room = room_of(address, purpose, len(passing))
        room.start()
        ended = room.work()
    assert (ended.state, ended.reason, ended.done) == (RunState.DONE, "", len(passing))
    assert (room.brought, room.unscored) == (len(passing), [])
    assert [(call.state, call.attempts, call.fault) for call in room.calls] == [
        (CallState.DONE, 2, None)
    ] * len(passing)
    assert server.asked == dict.fromkeys(range(len(passing)), 2)


def test_a_server_that_is_gone_pauses_the_run_before_all_of_it_has_failed(room_of: RoomOf):
    count = 2 * IN_A_ROW
    server = Server(dict.fromkeys(range(count), Status(503)))
    with ModelServer(server) as address:
        room = room_of(address, "sampling", count)
        room.start()
        ended = room.work(concurrency=4)
        assert ended.state is RunState.PAUSED
        assert ended.reason == f"25 calls failed one after the other; the last one: {TROUBLE}{SAID}"
        assert IN_A_ROW <= ended.failed < IN_A_ROW + 8

        server.mend()
        assert room.retry_failed() == ended.failed
        ended = room.work()
    assert (ended.state, ended.done, room.brought) == (RunState.DONE, count, count)


# ---- in a batch


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_running, "POLL_SECONDS", 0.001)
    monkeypatch.setattr(batch_running, "PATIENCE_SECONDS", 0.001)


@pytest.mark.usefixtures("_no_waiting")
@pytest.mark.parametrize("purpose", ["sampling", "judging"])
def test_in_a_batch_each_line_has_its_own_fault(purpose: Purpose, room_of: RoomOf):
    """What may pass goes into three batches, what will not into one; what came for others is kept."""
    server = Server({at: line.act for at, line in enumerate(IN_A_BATCH)})
    count = len(IN_A_BATCH) + 2
    with ModelServer(server) as address:
        room = room_of(address, purpose, count)
        room.start(batch=True)
        ended = room.work()
        assert (ended.state, ended.done, ended.failed, room.brought) == (RunState.DONE, 2, count - 2, 2)
        for at, (line, call) in enumerate(zip(IN_A_BATCH, room.calls, strict=False)):
            assert call.fault is not None
            assert (call.fault.kind, call.fault.message) == (line.kind, line.told)
            assert call.attempts == server.asked[at] == (3 if call.fault.is_passing else 1), line.name
        assert len(room.unscored) == (count - 2 if purpose == "judging" else 0)
        server.mend()
        room.retry_failed()
        ended = room.work()
    assert (ended.state, ended.done, room.brought, room.unscored) == (RunState.DONE, count, count, [])
    assert server.asked[-1] == 2


@pytest.mark.usefixtures("_no_waiting")
@pytest.mark.parametrize("line", PAUSING, ids=named)
def test_in_a_batch_a_fault_that_befalls_all_pauses_the_run(line: Line, room_of: RoomOf):
    server = Server({0: line.act, 2: line.act})
    with ModelServer(server) as address:
        room = room_of(address, "sampling", 3)
        room.start(batch=True)
        ended = room.work()
        assert (ended.state, ended.reason, ended.done) == (RunState.PAUSED, line.told, 1)
        assert [call.state for call in room.open] == [CallState.WAITING] * 2
        assert server.asked == {-1: 1, 0: 1, 2: 1}
        server.mend()
        assert room.work().state is RunState.DONE
    assert room.brought == 3
