"""Answers that are answers and yet odd, through whole runs: what is stored of them, and what is asked once more.

Faults, which are no answers, are in `test_every_fault.py`; `docs/faults.md` says the same for people.
"""

from collections import Counter
from typing import Any, NamedTuple

import pytest

from rubric_studio.domain.model_call import Api, FaultKind
from rubric_studio.domain.run import CallState, RunState
from rubric_studio.domain.verdict import State
from rubric_studio.services.edits import Author
from rubric_studio.store.project_file import ProjectFile
from tests.model_server import ModelServer, Say, Seen
from tests.services.faulty_room import Room, Server

TWICE = {"x-request-id": "req_twice"}


class Odd(NamedTuple):
    """An answer, the text of the sample it makes, and what is told of it besides; None is not told."""

    name: str
    act: Say
    text: str
    facts: dict[str, Any]


ODD = (
    Odd(
        "refusal",
        Say(refusal="I cannot help with that."),
        "I cannot help with that.",
        {"refusal": True, "finish": "stop"},
    ),
    Odd("length", Say("The first half of", finish="length"), "The first half of", {"finish": "length"}),
    Odd("empty", Say(""), "", {"finish": "stop", "refusal": None}),
    Odd("an id", Say("One.", id="same", headers=TWICE), "One.", {"request_id": "req_twice"}),
    Odd("the same id", Say("Two.", id="same", headers=TWICE), "Two.", {"request_id": "req_twice"}),
    Odd("another name", Say("Yes.", model="renamed-2031"), "Yes.", {"answered_as": "renamed-2031"}),
    Odd("more than asked", Say(("A.", "B.", "C."), choices=3), "A.", {}),
    Odd("no tokens told", Say("Yes.", usage={}), "Yes.", {"prompt_tokens": None, "answer_tokens": None}),
    Odd("reasoning", Say("Yes.", reasoning="Section 162."), "Yes.", {"reasoning": "Section 162."}),
)
UNFIT = {
    "no JSON": (Say("I would say no."), "it is not JSON"),
    "another form": (Say('{"verdict": "no"}'), "p1 is missing in the answer"),
    "a grade of its own": (
        Say('{"p1": {"quotes": [], "reason": "So.", "grade": "superb"}}'),
        'the grade of p1 is "superb", which is none of "fully", "partly", "no"',
    ),
    "a number": (
        Say('{"p1": {"quotes": [], "reason": "So.", "grade": 0.9}}'),
        'the grade of p1 is "float", which is none of "fully", "partly", "no"',
    ),
    "refusal": (Say(refusal="I cannot help with that."), 'it is a refusal ("I cannot help with that.")'),
    "cut off": (
        Say('{"p1": {"quotes": [', finish="length"),
        "it was cut off at the most tokens allowed",
    ),
    "empty": (Say(""), "it is empty"),
}


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_an_odd_answer_is_kept_as_it_is_and_asked_for_once(api: Api, store: ProjectFile, author: Author):
    server = Server({at: odd.act for at, odd in enumerate(ODD)})
    with ModelServer(server) as address:
        room = Room(store, author, address.url, "sampling", len(ODD))
        room.start(api=api)
        ended = room.work()
    assert (ended.state, ended.done, ended.failed) == (RunState.DONE, len(ODD), 0)
    assert server.asked == dict.fromkeys(range(len(ODD)), 1)
    assert [(sample.text, sample.model, sample.run) for sample in room.samples] == [
        (odd.text, "small", 0) for odd in ODD
    ]
    for odd, sample in zip(ODD, room.samples, strict=True):
        assert {name: sample.facts.get(name) for name in odd.facts} == odd.facts, odd.name


@pytest.mark.parametrize(("sent", "asked"), [(1, 4), (3, 2), (4, 1), (9, 1)])
def test_a_server_that_sends_another_number_of_answers_is_topped_up(
    sent: int, asked: int, store: ProjectFile, author: Author
):
    """Of 4 wanted: with one at a time 1 + 3 single ones; 3, then the one that is missing; 4 or more at once."""
    wanted: list[int] = []

    def behave(seen: Seen) -> Say:
        wanted.append(seen.body.get("n") or 1)
        return Say(tuple(f"Answer {len(wanted)}-{at}." for at in range(9)), choices=min(sent, 9))

    with ModelServer(behave) as address:
        room = Room(store, author, address.url, "sampling", 1)
        room.start(per_row=4)
        ended = room.work()
    assert (ended.state, ended.done) == (RunState.DONE, 4)
    assert [sample.run for sample in room.samples] == [0, 1, 2, 3]
    if sent > 1:
        assert len({sample.text for sample in room.samples}) == 4
    assert (len(wanted), wanted[0]) == (asked, 4)


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_an_answer_of_a_judge_that_does_not_fit_is_asked_once_more(
    api: Api, store: ProjectFile, author: Author
):
    server = Server({at: act for at, (act, _) in enumerate(UNFIT.values())}, times=1)
    with ModelServer(server) as address:
        room = Room(store, author, address.url, "judging", len(UNFIT))
        room.start(api=api)
        ended = room.work()
        again = [seen.asked for seen in address.asked if "Your reply does not fit" in seen.asked]
    assert (ended.state, ended.done, room.brought) == (RunState.DONE, len(UNFIT), len(UNFIT))
    assert [(call.attempts, call.fault) for call in room.calls] == [(2, None)] * len(UNFIT)
    told = [text.split(". ")[0] for text in again]
    assert Counter(told) == Counter(
        f"Your reply does not fit: {why.split('. ')[0]}" for _, why in UNFIT.values()
    )


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_one_that_never_fits_leaves_the_mark_open_with_the_reason(
    api: Api, store: ProjectFile, author: Author
):
    server = Server({at: act for at, (act, _) in enumerate(UNFIT.values())})
    reasons = [f"The model's answer could not be used, twice: {why}." for _, why in UNFIT.values()]
    count = len(reasons) + 1
    with ModelServer(server) as address:
        room = Room(store, author, address.url, "judging", count)
        room.start(api=api)
        ended = room.work()
        assert (ended.state, ended.done, ended.failed) == (RunState.DONE, 1, count - 1)
        *failed, good = room.calls
        assert [(call.state, call.attempts) for call in failed] == [(CallState.FAILED, 2)] * len(failed)
        assert [call.fault and (call.fault.kind, call.fault.message) for call in failed] == [
            (FaultKind.UNFIT, reason) for reason in reasons
        ]
        assert [reason for state, reason in room.marks if state is State.UNSCORED] == reasons
        assert (good.state, room.brought) == (CallState.DONE, 1)
        assert server.asked == {-1: 1} | dict.fromkeys(range(count - 1), 2)

        server.mend()  # answers of no use are not taken for known: the question is asked anew
        room.retry_failed()
        ended = room.work()
    assert (ended.done, ended.failed, room.brought, room.unscored) == (count, 0, count, [])
    assert server.asked == {-1: 1} | dict.fromkeys(range(count - 1), 3)
