"""The trl target: what it refuses, and that its reward function gives our scores to any caller."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.grader.plan import plan_of, without
from rubric_studio.grader.scoring import grade
from rubric_studio.targets.trl import TrlTarget
from tests.targets.contents import TEXTS, checks_rubric, content, judged_rubric, row_with_own_criteria, rows

CALLER = """
import json, sys
sys.path.insert(0, sys.argv[1])
from rewards import rubric_reward
metrics, extras = {}, {}
call = json.load(sys.stdin)
call["columns"]["log_metric"] = metrics.__setitem__
call["columns"]["log_extra"] = extras.__setitem__
rewards = rubric_reward(prompts=[], completions=call["completions"], completion_ids=[], **call["columns"])
print(json.dumps({"rewards": rewards, "metrics": metrics, "extras": extras}))
"""


@pytest.fixture(scope="module")
def rewards_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trl")
    for path, written in TrlTarget().files(content()).items():
        (folder / Path(path).name).write_bytes(written)
    return folder


def called(folder: Path, completions: list[Any], **columns: Any) -> dict[str, Any]:
    """What the reward function answers in an interpreter without any package."""
    told = json.dumps({"completions": completions, "columns": columns})
    command = [sys.executable, "-I", "-S", "-c", CALLER, str(folder)]
    run = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def said(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]


def test_rewards_are_our_scores_for_conversations_and_for_plain_texts(rewards_folder):
    plan = plan_of(checks_rubric())
    row = rows()[1].row
    expected = [grade(plan, text, row.reference).score for text in TEXTS]
    item = [json.dumps(row.reference)] * len(TEXTS)
    assert called(rewards_folder, [said(text) for text in TEXTS], item=item)["rewards"] == expected
    assert called(rewards_folder, list(TEXTS), item=item)["rewards"] == expected


def test_a_completion_without_a_score_is_none_not_zero(rewards_folder):
    answered = called(rewards_folder, [said('{"labels": []}')], item=["{}"])
    assert answered["rewards"] == [None]


def test_the_last_thing_the_model_said_is_scored(rewards_folder):
    turns = [*said("let me look that up"), {"role": "tool", "content": "{}"}, *said('{"labels": ["a"]}')]
    blocks = [{"role": "assistant", "content": [{"type": "text", "text": '{"labels": ["a"]}'}]}]
    item = [json.dumps({"labels": ["a"]})] * 2
    assert called(rewards_folder, [turns, blocks], item=item)["rewards"] == [1.0, 1.0]


def test_means_of_strata_and_criteria_are_reported(rewards_folder):
    item = [json.dumps({"labels": ["a"]})] * 2
    completions = [said('{"labels": ["a"]}'), said("no")]
    answered = called(rewards_folder, completions, item=item, trainer_state=None, anything=["x", "y"])
    # json: 1 and 0; content: labels 1 and 0, amount does not apply to rows that are no tax rows
    assert answered["metrics"] == {
        "criteria/json": 0.5,
        "criteria/shouting": 0.0,
        "criteria/topics_found": 0.5,
        "strata/content": 0.5,
        "strata/form": 0.5,
    }
    assert answered["extras"]["topics_found"] == [1.0, 0.0]
    assert answered["extras"]["amount"] == [None, None]


def test_the_dataset_has_messages_and_the_reference_as_one_json_text():
    written = TrlTarget().files(content())["trl/train.jsonl"].decode()
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["id"] for line in lines] == ["t1", "t2"]
    assert lines[0]["prompt"] == [{"role": "user", "content": "Question of t1: which topics?"}]
    assert json.loads(lines[1]["item"]) == rows()[1].row.reference


def test_what_a_model_marks_is_an_objection_until_it_is_left_out():
    objections = TrlTarget().objections(content(judged_rubric(), "trl"))
    assert [(each.criterion, each.can_leave_out) for each in objections] == [("reasoning", True)]
    assert TrlTarget().objections(content(without(judged_rubric(), ["reasoning"]), "trl")) == ()


def test_a_judged_criterion_of_weight_0_cannot_move_a_score_and_is_no_objection():
    rubric = judged_rubric()
    part = rubric.strata[2]
    idle = part.model_copy(update={"criteria": (part.criteria[0].model_copy(update={"weight": 0.0}),)})
    assert (
        TrlTarget().objections(content(rubric.model_copy(update={"strata": (*rubric.strata[:2], idle)})))
        == ()
    )


def test_row_criteria_are_an_objection_until_their_stratum_is_left_out():
    own = (*rows(), row_with_own_criteria())
    objections = TrlTarget().objections(content(checks_rubric(), "trl", rows=own))
    assert [each.criterion for each in objections] == ["row"]
    assert TrlTarget().objections(content(without(checks_rubric(), ["row"]), "trl", rows=own)) == ()
