"""The example's recorded runs: finished, made up, and the same marks as in the files they are made from."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rubric_studio import wiring
from rubric_studio.domain.bundle import BundleOptions
from rubric_studio.domain.run import CallState, RunState
from rubric_studio.domain.splitting import Shares
from rubric_studio.domain.verdict import State
from rubric_studio.resources import resource
from rubric_studio.services.exporting import bundle_content
from rubric_studio.services.judges import judge_of
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.prompts import chosen_prompt, prompts
from rubric_studio.store.project_file import ProjectFile, open_project

JUDGE = "Model Judge (recorded)"


def records(name: str) -> list[dict[str, Any]]:
    lines = resource(f"example/{name}").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "example.rubric"
    wiring.make_example(path)
    return path


@pytest.fixture
def store(example: Path) -> Iterator[ProjectFile]:
    opened = open_project(example, read_only=True)
    yield opened
    opened.close()


def test_the_runs_are_done_and_say_that_they_are_made_up(store: ProjectFile) -> None:
    told = [(run.plan.purpose, run.plan.model, run.state, run.calls, run.failed) for run in store.runs()]
    assert told == [
        ("sampling", "Model Alder", RunState.DONE, 90, 0),
        ("sampling", "Model Birch", RunState.DONE, 90, 0),
        ("judging", "Model Elm", RunState.DONE, 336, 5),
    ]
    for run in store.runs():
        assert run.plan.endpoint == "https://models.example/v1"
        assert "Made-up" in run.plan.connection_name
        assert run.plan.price is not None
        assert run.plan.price.source == "made up for the example"
        assert run.cost is not None
        assert run.dropped_quotes == 0


def test_every_answer_of_the_files_is_there_under_its_own_place(store: ProjectFile) -> None:
    found = {sample.place: sample.text for _, sample in store.samples()}
    assert found == {(s["row"], s["model"], s["run"]): s["text"] for s in records("samples.jsonl")}


def test_the_judges_marks_are_those_of_the_files(store: ProjectFile) -> None:
    infos = {info.id: (info.row, info.model, info.run) for info in store.sample_infos()}
    found = {
        (*infos[id], verdict.criterion): (verdict.state, verdict.value, verdict.reason)
        for id, verdict in store.judge_verdicts()
    }
    expected = {}
    for line in records("verdicts_judge.jsonl"):
        value = line["value"]
        state = State.UNSCORED if value is None else State.SCORED
        state = State.NOT_APPLICABLE if value == "not_applicable" else state
        number = float(value) if isinstance(value, int | float) else None
        expected[(line["row"], line["model"], line["run"], line["criterion"])] = (
            state,
            number,
            line["reason"],
        )
    assert found == expected


def test_what_the_judge_quotes_stands_in_the_answer(store: ProjectFile) -> None:
    texts = {
        info.id: text for info, (_, _, text) in zip(store.sample_infos(), store.sample_texts(), strict=True)
    }
    spans = [(id, span) for id, verdict in store.judge_verdicts() for span in verdict.evidence]
    assert len(spans) > 50
    assert all(texts[id][span.start : span.end] == span.quote for id, span in spans)


def test_every_call_that_is_done_has_its_answer_recorded(store: ProjectFile) -> None:
    for run in store.runs():
        done = store.calls(run.id, [CallState.DONE])
        assert set(store.answers(call.key for call in done)) == {call.key for call in done}


def test_the_judge_and_the_way_of_asking_are_kept_as_peoples_are(store: ProjectFile) -> None:
    judge = judge_of(store, JUDGE)
    assert judge is not None
    assert judge.model == "Model Elm"
    (kept,) = prompts(store)
    assert chosen_prompt(store) is None  # nothing is added to the questions, so nothing need be chosen
    assert {sample.facts["prompt_hash"] for _, sample in store.samples()} == {kept.template.hash}


def test_a_hand_over_tells_how_the_judge_was_asked(store: ProjectFile) -> None:
    options = BundleOptions(targets=("openai",), judge_model="any")
    made = bundle_content(store, options, rater_choice(store), Shares(validation=10, test=0))
    told = made.evidence["judge_configuration"]
    assert made.judge is not None
    assert (told["rater"], told["model"], told["mode"]) == (JUDGE, "Model Elm", "criterion")
    assert told["hash"] == made.judge.hash
    assert "law of Ardenia" in told["instructions"]


def test_by_an_experts_marks_no_judge_is_told_of(store: ProjectFile) -> None:
    options = BundleOptions(targets=("openai",), judge_model="any")
    made = bundle_content(store, options, rater_choice(store, "experts"))
    assert made.judge is None
    assert "judge_configuration" not in made.evidence
