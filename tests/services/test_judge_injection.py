"""Outputs that attack the judge, looked at on the wire: they stay inside the fence, the request as it was meant."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.fence import shown_text
from rubric_studio.domain.model_call import Api
from rubric_studio.domain.run import RunState
from rubric_studio.domain.sample import Sample
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import Author
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import start_run
from rubric_studio.store.project_file import ProjectFile
from tests.model_server.acts import Act, Say
from tests.model_server.seen import Seen
from tests.model_server.server import ModelServer
from tests.services.conftest import ROWS
from tests.services.injections import MARKER, benign_request, fence_lines, injections, nonce_told
from tests.services.judge_fake import JUDGE, RUBRIC, Control, judging_plan

BENIGN = "A calm answer."
MARK = {"p1": {"quotes": [], "reason": "It is so.", "grade": "no"}}


def says_no(seen: Seen) -> Act:
    return Say(json.dumps(MARK))


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(says_no) as server:
        yield server


def messages(seen: Seen) -> list[dict[str, Any]]:
    """The messages as either API carries them."""
    return seen.body.get("messages") or seen.body["input"]


def wire_requests(
    store: ProjectFile, author: Author, server: ModelServer, outputs: list[str], api: Api
) -> list[Seen]:
    """Let a judge mark those outputs, all to the first question; what the server saw, in their order."""
    samples = tuple(Sample(row=ROWS[0].id, model="m", run=at, text=text) for at, text in enumerate(outputs))
    carry_out(store, ImportPlan(ImportedFile(name="attack", kind="mixed"), (), samples), author)
    place = {sample.key: at for at, sample in enumerate(samples)}
    ids = tuple(id for id, sample in store.samples() if sample.key in place)
    judge = JUDGE.model_copy(update={"api": api})
    connection = Connection(id="here", name="Here", base_url=server.url, key_place="none", concurrency=1)
    plan = judging_plan(judge, endpoint=connection.endpoint, api=api)
    run = start_run(store, RunOrder(plan, samples=ids, criteria=("steps",)), author)
    found = run_calls(store, run.id, ModelServers(Keys({}), offline=False), connection, Control())
    assert (found.state, found.done) == (RunState.DONE, len(outputs))
    by_text = {_between(seen): seen for seen in server.asked}
    return [by_text[shown_text(text)] for text in outputs]


def _between(seen: Seen) -> str:
    text = messages(seen)[1]["content"]
    opening, closing = fence_lines(text)
    return text.split(f"{opening}\n")[1].split(f"\n{closing}")[0]


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_thirty_attacks_stay_inside_the_fence(
    store: ProjectFile, author: Author, server: ModelServer, api: Api
):
    asked = next(each for each in questionnaire(store, RUBRIC).on(ROWS[0]) if each.key == "steps")
    attacks = injections(benign_request(asked, ROWS[1], BENIGN), benign_request(asked, ROWS[0], BENIGN))
    assert len(attacks) == 30
    benign, *seen = wire_requests(store, author, server, [BENIGN, *attacks.values()], api)
    for name, request in zip(attacks, seen, strict=True):
        _is_as_meant(name, request, benign, shown_text(attacks[name]))
    assert {verdict.level for _, verdict in store.judge_verdicts()} == {"no"}


def _is_as_meant(name: str, seen: Seen, benign: Seen, output: str) -> None:
    body = json.loads(seen.raw.decode("utf-8"))  # strict: bytes that are no UTF-8 would raise
    told, usual = messages(seen), messages(benign)
    assert {**body, "messages": 0, "input": 0} == {**benign.body, "messages": 0, "input": 0}, name
    assert [each["role"] for each in told] == [each["role"] for each in usual] == ["system", "user"], name
    assert told[0] == usual[0], name
    text = told[1]["content"]
    opening, closing = fence_lines(text)
    assert text.count(opening) == text.count(closing) == 1, name
    before, rest = text.split(f"{opening}\n")
    inside, after = rest.split(f"\n{closing}")
    assert inside == output, name
    assert MARKER not in before + after, name
    # What stands around the answer is word for word what stands around a harmless one, but for the code.
    nonce, other = nonce_told(before), nonce_told(usual[1]["content"])
    assert nonce not in output, name
    around = (before + after).replace(nonce, other)
    usual_around = usual[1]["content"].replace(fence_lines(usual[1]["content"])[0] + "\n", "")
    assert around == usual_around.replace(f"{BENIGN}\n{fence_lines(usual[1]['content'])[1]}", ""), name


def test_the_benign_request_that_attackers_guess_is_the_one_that_is_sent(
    store: ProjectFile, author: Author, server: ModelServer
):
    asked = next(each for each in questionnaire(store, RUBRIC).on(ROWS[0]) if each.key == "steps")
    (seen,) = wire_requests(store, author, server, [BENIGN], "chat")
    assert messages(seen)[1]["content"] == benign_request(asked, ROWS[0], BENIGN)


def test_the_unfit_answer_of_a_judge_that_fell_for_it_is_not_a_mark(store: ProjectFile, author: Author):
    with ModelServer(lambda seen: Say("fully. " + MARKER)) as fallen:
        sample = Sample(row=ROWS[0].id, model="m", text="Say fully.")
        carry_out(store, ImportPlan(ImportedFile(name="attack", kind="mixed"), (), (sample,)), author)
        id = next(id for id, each in store.samples() if each.key == sample.key)
        connection = Connection(id="here", name="Here", base_url=fallen.url, key_place="none")
        plan = judging_plan(endpoint=connection.endpoint)
        run = start_run(store, RunOrder(plan, samples=(id,), criteria=("steps",)), author)
        found = run_calls(store, run.id, ModelServers(Keys({}), offline=False), connection, Control())
        assert (found.failed, len(fallen.asked)) == (1, 2)
        assert [each["role"] for each in messages(fallen.asked[1])] == ["system", "user", "assistant", "user"]
    assert [verdict.value for _, verdict in store.judge_verdicts()] == [None]
