"""Runs in a project that somebody else made: plans, subjects and answers that are not what we would write."""

import json
from typing import Any

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.run import CallState, RunState
from rubric_studio.services.batch_running import cancel_batches
from rubric_studio.services.edits import Author
from rubric_studio.services.run_kinds import work_of
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import reopened
from rubric_studio.store.project_file import ProjectFile
from tests.services.fake_asking import HOME, FakeAsking, FakeServers, Watching, echo
from tests.services.run_room import PLAN, ask_rows, start, texts, work_off

NO_SUBJECTS = (
    "", "null", "7", "[]", "[0]", '[0,"x"]', "[-1,0]", "[0,1e400]", f"[0,{10**30}]", "[true,0]",
    "[" * 5000, '{"a":1,"b":2}', "[0,0,0]",
)  # fmt: skip


def forge(store: ProjectFile, sql: str, *values: Any) -> None:
    store.connection.run(sql, list(values))


@pytest.mark.parametrize("way", ["http://elsewhere:1/v1", "http://localhost:1/v2"])
def test_a_run_never_goes_to_another_server_than_planned(store: ProjectFile, author: Author, way: str):
    run = start(store, author, ask_rows(store, author, 2))
    asking = FakeAsking(echo)
    with pytest.raises(StudioError, match="Nothing was sent"):
        work_off(store, run, asking, base_url=way)
    ended = store.run(run.id)
    assert (asking.asked, ended.state, ended.failed) == ([], RunState.PAUSED, 0)
    assert "http://localhost:1/v1" in ended.reason
    assert way in ended.reason
    with pytest.raises(StudioError, match="Nothing was sent"):
        cancel_batches(store, run.id, FakeServers(asking), HOME.model_copy(update={"base_url": way}))


def test_a_judge_that_would_ask_another_model_than_the_plan_shows_is_not_asked(
    store: ProjectFile, author: Author
):
    judge = JudgeConfig(name="Careful", model="dear-one")
    run = start(store, author, ask_rows(store, author, 1), judge=judge)
    asking = FakeAsking(echo)
    with pytest.raises(StudioError, match="dear-one"):
        work_off(store, run, asking)
    assert asking.asked == []


@pytest.mark.parametrize(
    "plan",
    ["", "{", "[]", "null", "7", '{"purpose":"later"}', "[" * 100_000, '{"title":"' + "x" * 1_000_000 + '"}',
     json.dumps(PLAN.model_dump(mode="json") | {"from_next_year": True})],
)  # fmt: skip
def test_a_plan_that_cannot_be_read_is_left_out_and_left_alone(store: ProjectFile, author: Author, plan: str):
    rows = ask_rows(store, author, 1)
    good, bad = start(store, author, rows), start(store, author, rows, model="other")
    forge(
        store,
        "update run set plan = ?, state = 'running' where source = (select number from source where id = ?)",
        plan,
        bad.id,
    )
    assert [run.id for run in store.runs()] == [good.id]
    assert reopened(store) == []
    with pytest.raises(StudioError, match="newer program"):
        store.run(bad.id)
    assert store.connection.one("select count(*) from run") == 2
    assert {good.id, bad.id} <= {source.id for source in store.sources()}
    assert start(store, author, rows, per_row=2).calls == 1  # planning passes it over


@pytest.mark.parametrize("subject", NO_SUBJECTS)
def test_a_call_whose_subject_cannot_be_read_fails_alone(store: ProjectFile, author: Author, subject: str):
    rows = ask_rows(store, author, 2)
    run = start(store, author, rows)
    forge(store, "update call set subject = ? where source = 'n0'", subject)
    start(store, author, rows, per_row=2)  # reads what others draw
    ended = work_off(store, run, asking := FakeAsking(echo))
    assert (ended.state, ended.done, ended.failed, len(asking.asked)) == (RunState.DONE, 1, 1, 1)
    [failed] = store.calls(run.id, [CallState.FAILED])
    assert failed.fault is not None
    assert "cannot be read" in failed.fault.message


@pytest.mark.parametrize("reply", ["", "[]", "{", '{"text": 7}', '{"text":"x","of":"many"}', "[" * 5000])
def test_an_answer_that_cannot_be_read_is_asked_again(store: ProjectFile, author: Author, reply: str):
    run = start(store, author, ask_rows(store, author, 1))
    [call] = store.calls(run.id)
    forge(store, "insert into answer (key, reply) values (?, ?)", bytes.fromhex(call.key), reply)
    assert work_off(store, run, FakeAsking(echo)).done == 1
    assert texts(store) == [("n0", 0, "text 0 #0")]


def test_a_fault_that_cannot_be_read_says_so(store: ProjectFile, author: Author):
    run = start(store, author, ask_rows(store, author, 1))
    forge(store, "update call set fault = '{', state = 2")
    [call] = store.calls(run.id, [CallState.FAILED])
    assert call.fault is not None
    assert call.fault.message == "Why it failed cannot be read."


@pytest.mark.parametrize("change", [{"purpose": "judging"}, {"prompt": None}, {"purpose": "drift"}])
def test_a_plan_that_does_not_say_what_to_ask_says_so(
    store: ProjectFile, author: Author, change: dict[str, Any]
):
    plan = PLAN.model_copy(update=change)
    with pytest.raises(StudioError, match="Nothing was sent"):
        work_of(plan)
    run = start(store, author, ask_rows(store, author, 1))
    told = json.dumps(plan.model_dump(mode="json"))
    forge(store, "update run set plan = ?", told)
    with pytest.raises(StudioError, match="Nothing was sent"):
        run_calls(store, run.id, FakeServers(FakeAsking(echo)), HOME, Watching())
    assert store.run(run.id).state is RunState.PAUSED
