"""Whole runs against a mock server that nobody here wrote: answers, marks, its failures, files and batches.

What aimock 1.43 has, is used here: chat, responses, structured output, errors with and without retry-after, requests
dropped (500), malformed, disconnected or late, files, batches that are found by their metadata and can be cancelled.
What it lacks is proved against our own server only: it ignores n, knows no refusal and no empty choices, answers
every line of a batch with the same words whatever its fixtures say, has no line that fails, and lets a batch fail or
expire only by a header, which no connection of ours sends. Its Responses look at no form that is asked for, and say
neither why an answer is incomplete nor that a filter took it away.
"""

import json
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.model_call import Api, FaultKind
from rubric_studio.domain.run import CallState, RunState
from rubric_studio.services import batch_running
from rubric_studio.services.edits import Author
from rubric_studio.store.project_file import ProjectFile
from tests.model_server.aimock import NotHere, aimock
from tests.services.faulty_room import Room, question

Json = dict[str, Any]
ONCE: Json = {"sequenceIndex": 0}
CANNED = "Mock batch completion"


USUAL: Json = {}


def fixture(number: int, response: Json, match: Json = USUAL, chaos: Json = USUAL) -> Json:
    """What the mock does with a question; `match` narrows when."""
    told: Json = {"match": {"userMessage": question(number)} | match, "response": response}
    return told | ({"chaos": chaos} if chaos else {})


def error(status: int, message: str, **more: Any) -> Json:
    return {"error": {"message": message, "type": "told"}, "status": status, **more}


REST: Json = {"match": {}, "response": {"content": "Hello."}}
ANSWERS = [
    fixture(0, {"content": "Allowed.", "reasoning": "Section 162."}),
    fixture(1, {"content": "Cut of", "finishReason": "length"}),
    fixture(2, {"content": "Yes.", "model": "renamed-2031", "id": "same"}),
    fixture(3, {"content": "No.", "id": "same"}),
    fixture(4, error(409, "Busy"), ONCE),
    fixture(5, error(429, "Slow down", retryAfter=1), ONCE),
    fixture(6, {"content": ""}, ONCE, {"dropRate": 1}),
    fixture(7, {"content": ""}, ONCE, {"malformedRate": 1}),
    fixture(8, {"content": ""}, ONCE, {"disconnectRate": 1}),
    fixture(9, error(400, "Too long")),
    fixture(10, {"content": "", "finishReason": "content_filter"}),
    REST,
]


@contextmanager
def mock(folder: Path, fixtures: Sequence[Json], *options: str) -> Iterator[str]:
    """A running aimock, or the test is skipped."""
    try:
        with aimock(folder, fixtures, *options) as address:
            yield address
    except NotHere as why:
        pytest.skip(str(why))


def journal(address: str) -> list[Json]:
    """What the mock saw, as it keeps it."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address.removesuffix("/v1") + "/__aimock/journal", timeout=10) as answer:
        return json.loads(answer.read())


def asked(address: str) -> Counter[str]:
    """How often the mock saw each question, by its last message."""
    bodies = [each["body"] for each in journal(address) if (each["body"] or {}).get("messages")]
    return Counter(str(body["messages"][-1]["content"]) for body in bodies)


def begun(address: str) -> int:
    """How many batches the mock was asked to begin."""
    return sum(each["method"] == "POST" and each["path"] == "/v1/batches" for each in journal(address))


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_sampling_run_keeps_every_answer_and_asks_again_for_what_failed(
    api: Api, store: ProjectFile, author: Author, tmp_path: Path
):
    with mock(tmp_path, ANSWERS) as address:
        room = Room(store, author, address, "sampling", 12)
        room.start(api=api)
        ended = room.work()
        counts = asked(address)
    assert (ended.state, ended.reason, ended.done, ended.failed) == (RunState.DONE, "", 10, 2)
    said = {str(sample.row): sample for sample in room.samples}
    assert [said[f"n{at}"].text for at in range(4)] == ["Allowed.", "Cut of", "Yes.", "No."]
    assert [said[f"n{at}"].text for at in (4, 5, 6, 7, 8, 11)] == ["Hello."] * 6
    assert said["n0"].facts["reasoning"] == "Section 162."
    assert said["n1"].facts["finish"] == ("length" if api == "chat" else "incomplete")
    assert (said["n2"].model, said["n2"].facts["answered_as"]) == ("small", "renamed-2031")
    # 4 to 8 fail once. A filtered answer is told at once by chat; of the Responses API the mock only says "failed".
    assert [call.attempts for call in room.calls] == [
        1,
        1,
        1,
        1,
        2,
        2,
        2,
        2,
        2,
        1,
        1 if api == "chat" else 8,
        1,
    ]
    assert [counts[question(at)] for at in range(12)] == [call.attempts for call in room.calls]
    faults = [call.fault for call in room.calls if call.state is CallState.FAILED]
    filtered = FaultKind.FILTERED if api == "chat" else FaultKind.SERVER
    assert [fault and fault.kind for fault in faults] == [FaultKind.BAD_REQUEST, filtered]
    assert faults[0] is not None
    assert faults[0].message.endswith('The server said: "Too long"')


def test_several_draws_are_topped_up_since_it_ignores_their_number(
    store: ProjectFile, author: Author, tmp_path: Path
):
    with mock(tmp_path, [REST]) as address:
        room = Room(store, author, address, "sampling", 2)
        room.start(per_row=3)
        assert room.work().done == 6
        assert asked(address) == {question(0): 3, question(1): 3}
    assert [sample.place for sample in room.samples] == [
        (f"n{at}", "small", n) for at in (0, 1) for n in range(3)
    ]


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_judge_gets_structured_answers_and_asks_once_more(
    api: Api, store: ProjectFile, author: Author, tmp_path: Path
):
    form = {"responseFormat": "json_schema"} if api == "chat" else {}
    fits: Json = {"content": mark("partly", question(0))}
    again = {"match": {"userMessage": "does not fit", **form}, "response": {"content": mark("no")}}
    fixtures = [
        again,
        fixture(0, fits, form),
        fixture(1, {"content": "I would say no."}),
        fixture(2, {"content": mark("fully")[:20], "finishReason": "length"}),
        fixture(3, {"content": mark("superb")}),
    ]
    with mock(tmp_path, fixtures) as address:
        room = Room(store, author, address, "judging", 4)
        room.start(api=api)
        ended = room.work()
        assert sum(asked(address).values()) == 1 + 2 + 2 + 2
    assert (ended.state, ended.done, room.brought) == (RunState.DONE, 4, 4)
    verdicts = [verdict for _, verdict in sorted(store.judge_verdicts(), key=lambda each: each[0])]
    assert [verdict.level for verdict in verdicts] == ["partly", "no", "no", "no"]
    assert [span.quote for span in verdicts[0].evidence] == [question(0)]


def test_a_key_that_it_does_not_take_pauses_the_run(store: ProjectFile, author: Author, tmp_path: Path):
    with mock(tmp_path, [fixture(0, error(401, "Invalid API key")), REST]) as address:
        room = Room(store, author, address, "sampling", 2)
        room.start()
        ended = room.work()
    assert ended.state is RunState.PAUSED
    assert ended.reason.startswith("The server does not accept the key.")
    assert ended.failed == 0


def test_what_comes_too_late_is_asked_again(store: ProjectFile, author: Author, tmp_path: Path):
    late = fixture(0, {"content": "Late."}, ONCE, {"latencyMs": 20_000})
    with mock(tmp_path, [late, REST]) as address:
        room = Room(store, author, address, "sampling", 1)
        room.start()
        ended = room.work(timeout=1.0)
    assert (ended.state, [sample.text for sample in room.samples]) == (RunState.DONE, ["Hello."])
    assert room.calls[0].attempts >= 2


# ---- files and batches


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_running, "POLL_SECONDS", 0.001)
    monkeypatch.setattr(batch_running, "PATIENCE_SECONDS", 0.001)


@pytest.mark.usefixtures("_no_waiting")
@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_run_goes_out_as_a_file_and_comes_back_whole(
    api: Api, store: ProjectFile, author: Author, tmp_path: Path
):
    with mock(tmp_path, [REST]) as address:
        room = Room(store, author, address, "sampling", 20)
        room.start(batch=True, api=api)
        ended = room.work()
        assert (begun(address), sum(asked(address).values())) == (1, 0)
    assert (ended.state, ended.done, ended.sent) == (RunState.DONE, 20, 0)
    assert [(sample.row, sample.text) for sample in room.samples] == [(f"n{at}", CANNED) for at in range(20)]
    assert ended.usage.answer == sum(sample.facts.get("answer_tokens", 0) for sample in room.samples)


@pytest.mark.usefixtures("_no_waiting")
def test_words_that_fit_no_mark_are_asked_for_in_a_second_batch(
    store: ProjectFile, author: Author, tmp_path: Path
):
    with mock(tmp_path, [REST]) as address:
        room = Room(store, author, address, "judging", 3)
        room.start(batch=True)
        ended = room.work()
        assert begun(address) == 2
    assert (ended.state, ended.failed) == (RunState.DONE, 3)
    assert room.unscored == ["The model's answer could not be used, twice: it is not JSON."] * 3


@pytest.mark.usefixtures("_no_waiting")
@pytest.mark.parametrize(
    "chaos", [("--chaos-drop", "0.25"), ("--chaos-malformed", "0.25"), ("--chaos-disconnect", "0.25")],
    ids=["dropped", "malformed", "disconnected"],
)  # fmt: skip
def test_files_and_batches_that_fail_one_time_in_four_lose_nothing(
    chaos: tuple[str, str], store: ProjectFile, author: Author, tmp_path: Path
):
    with mock(tmp_path, [REST], *chaos) as address:
        room = Room(store, author, address, "sampling", 8)
        ended = room.start(batch=True)
        for _ in range(10):  # five troubles in a row pause it: a person would press Go on
            ended = room.work() if ended.state is not RunState.DONE else ended
    assert (ended.state, ended.done, ended.failed) == (RunState.DONE, 8, 0)
    assert [sample.place for sample in room.samples] == [(f"n{at}", "small", 0) for at in range(8)]


def mark(grade: str, *quotes: str) -> str:
    """An answer of a judge with one point."""
    return json.dumps({"p1": {"quotes": quotes, "reason": "So.", "grade": grade}})
