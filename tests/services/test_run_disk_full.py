"""A disk that is full in the middle of a run: what was kept stays, the run pauses with the reason and goes on later."""

from typing import Any

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.model_call import Request
from rubric_studio.domain.run import RunState
from rubric_studio.services.edits import Author
from rubric_studio.store.project_file import ProjectFile
from tests.services.fake_asking import FakeAsking, Told, said
from tests.services.run_room import ask_rows, start, texts, work_off

CALLS = 60


def long_answer(request: Request, choices: int) -> Told:
    return [said(f"{request.messages[-1].content} " + "x" * 20_000)]


def test_a_full_disk_pauses_the_run_and_loses_nothing_that_was_kept(
    store: ProjectFile, author: Author, monkeypatch: pytest.MonkeyPatch
):
    run = start(store, author, ask_rows(store, author, CALLS))
    pages = store.connection.one("pragma page_count")
    store.connection.run(
        f"pragma max_page_count = {pages + 200}"
    )  # room for some twenty answers, each kept twice
    with pytest.raises(StudioError) as told:
        work_off(store, run, FakeAsking(long_answer, width=4), concurrency=4)
    between = store.run(run.id)
    assert (between.state, between.failed) == (RunState.PAUSED, 0)
    assert between.reason == told.value.message
    assert "full" in f"{told.value}".lower()
    assert 0 < between.done == len(texts(store)) < CALLS
    store.connection.run("pragma max_page_count = 1000000")
    asking = FakeAsking(long_answer, width=4)
    ended = work_off(store, run, asking)
    assert (ended.state, ended.done, len(texts(store))) == (RunState.DONE, CALLS, CALLS)
    assert len(asking.asked) == CALLS - between.done


def test_what_could_not_be_written_at_once_is_written_at_the_end(
    store: ProjectFile, author: Author, monkeypatch: pytest.MonkeyPatch
):
    run = start(store, author, ask_rows(store, author, 3))
    keep, tries = store.keep_outcomes, []

    def full_for_a_moment(run: str, outcomes: Any) -> None:
        tries.append(len(outcomes))
        if len(tries) == 1:
            raise StudioError("It is not saved", "The disk is full.")
        keep(run, outcomes)

    monkeypatch.setattr(store, "keep_outcomes", full_for_a_moment)
    with pytest.raises(StudioError, match="full"):
        work_off(store, run, FakeAsking(long_answer, width=1))
    assert (store.run(run.id).state, store.run(run.id).done) == (RunState.PAUSED, tries[0])
