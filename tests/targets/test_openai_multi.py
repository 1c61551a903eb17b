"""The grader for OpenAI's formats: its shape, its names, and that it totals as we do."""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.bundle import BundleContent
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import FUNCTION_NAMES, Rubric
from rubric_studio.grader.formula import FLOAT_FUNCTIONS, FormulaUndefinedError, evaluate, names_in, parse
from rubric_studio.grader.plan import plan_of, without
from rubric_studio.grader.scoring import criterion_states, total
from rubric_studio.targets.openai import OpenaiTarget
from rubric_studio.targets.openai_multi import grader_of
from rubric_studio.targets.openai_rows import RowForm, row_form
from tests.grader.random_plans import AGGREGATIONS, FAULTS, GATES, VALUES, WEIGHTS, WHENS
from tests.targets.contents import (
    REASONING,
    checks_rubric,
    content,
    judged_rubric,
    row_with_own_criteria,
    rows,
)

FORM = RowForm({}, {"prompt": "prompt_text"}, "row_id")


def judged_content(**options: Any) -> BundleContent:
    return content(judged_rubric(), "openai", judge_model="judge-1", **options)


@lru_cache(maxsize=64)
def grade_function(source: str) -> Callable[[dict[str, Any], dict[str, Any]], float]:
    names: dict[str, Any] = {}
    exec(source, names)
    return names["grade"]


def run_python_grader(grader: dict[str, Any], text: str, item: dict[str, Any]) -> float:
    return grade_function(grader["source"])({"output_text": text}, item)


def test_one_python_grader_where_a_program_marks_everything():
    grader = grader_of(content(), FORM)
    assert grader["type"] == "python"
    assert grader["image_tag"] == "2025-05-08"


def test_a_multi_grader_has_one_grader_per_criterion_and_one_per_condition():
    grader = grader_of(judged_content(), FORM)
    assert {name: each["type"] for name, each in grader["graders"].items()} == {
        "json": "python",
        "topics_found": "python",
        "amount": "python",
        "amount_applies": "python",
        "shouting": "python",
        "reasoning": "score_model",
        "why_applies": "python",
    }
    assert all(each["name"] == name for name, each in grader["graders"].items())


def test_names_in_calculate_output_are_graders_and_it_has_no_exponent_and_no_leading_minus():
    grader = grader_of(judged_content(), FORM)
    output = grader["calculate_output"]
    assert set(names_in(parse(output))) == set(grader["graders"])
    assert not FUNCTION_NAMES & set(grader["graders"])
    assert not re.search(r"\d[eE][-+\d]|(^|[(,*/^+-])\s*-", output)


def test_each_part_is_small_and_the_checks_of_a_multi_grader_give_single_values():
    graders = grader_of(judged_content(), FORM)["graders"]
    answer = '{"labels": ["tax", "law"], "amount": "1,252.00"}'
    tax = {"task": "tax", "labels": ["tax"], "amount": 1250.5}
    values = {name: run_python_grader(graders[name], answer, tax) for name in graders if name != "reasoning"}
    # one of two labels is right, the one wanted is there: P 1/2, R 1, F1 2/3; 1252 is within 5 of 1250.5
    assert values == {
        "json": 1.0,
        "topics_found": pytest.approx(2 / 3),
        "amount": 1.0,
        "amount_applies": 1.0,
        "shouting": 0.0,
        "why_applies": 1.0,
    }
    topics = {"task": "topics", "labels": ["tax"]}
    assert run_python_grader(graders["amount"], answer, topics) == 0.0
    assert run_python_grader(graders["amount_applies"], "", topics) == 0.0


def test_an_imported_formula_is_taken_over_with_its_own_names():
    rubric = Rubric.model_validate(
        {
            "aggregation": "formula",
            "formula": "0.5 * why + 0.5 * why ^ 2",
            "strata": [{"key": "s", "criteria": [{"key": "why"}]}],
        }
    )
    grader = grader_of(content(rubric, "openai", judge_model="j"), FORM)
    assert grader["calculate_output"] == "0.5 * why + 0.5 * why ^ 2"
    assert list(grader["graders"]) == ["why"]


@st.composite
def judged_rubrics(draw: st.DrawFn) -> Rubric:
    """Rubrics of judged criteria only, so that any value can come from any grader."""
    strata = []
    for place in range(draw(st.integers(1, 3))):
        criteria = [
            {
                "key": f"c{place}_{number}",
                "weight": draw(st.one_of(WEIGHTS, WEIGHTS, FAULTS)),
                "when": draw(WHENS),
            }
            for number in range(draw(st.integers(0, 3)))
        ]
        weight = draw(st.sampled_from([0, 1, 2, 0.1]))
        strata.append(
            {
                "key": f"k{place}",
                "weight": weight,
                "gate": draw(GATES),
                "when": draw(WHENS),
                "criteria": criteria,
            }
        )
    strata.append({"key": "sure", "criteria": [{"key": "always"}]})
    return Rubric.model_validate(
        {"aggregation": draw(st.sampled_from(AGGREGATIONS)), "row_criteria": None, "strata": strata}
    )


@settings(max_examples=60)
@given(judged_rubrics(), st.sampled_from(["topics", "tax"]), st.data())
def test_calculate_output_totals_as_we_do(rubric: Rubric, task: str, data: st.DataObject):
    grader = grader_of(content(rubric, "openai", judge_model="j"), FORM)
    item = {"task": task}
    marks: dict[str, float] = {criterion.key: data.draw(VALUES) for criterion in rubric.criteria()}
    # a score_model answers on every row; what says whether a criterion applies is a python grader
    said = {
        name: marks[name] if each["type"] == "score_model" else run_python_grader(each, "", item)
        for name, each in grader["graders"].items()
    }
    plan = plan_of(rubric)
    ours = total(plan, criterion_states(plan, item, marks)).score
    try:
        theirs = evaluate(parse(grader["calculate_output"]), said, FLOAT_FUNCTIONS)
    except FormulaUndefinedError:
        theirs = None
    assert theirs == (None if ours is None else pytest.approx(ours, abs=1e-9))


def test_what_the_service_has_no_words_for_is_an_objection():
    silent = OpenaiTarget().objections(content(judged_rubric(), "openai"))
    assert [(each.criterion, "--judge-model" in each.message) for each in silent] == [("reasoning", True)]
    rubric = Rubric.model_validate({"strata": [{"key": "s", "criteria": [REASONING | {"allow_na": True}]}]})
    optional = OpenaiTarget().objections(content(rubric, "openai", judge_model="j"))
    assert ["not applicable" in each.message for each in optional] == [True]
    own = content(checks_rubric(), "openai", rows=(*rows(), row_with_own_criteria()))
    assert [each.criterion for each in OpenaiTarget().objections(own)] == ["row"]
    assert OpenaiTarget().objections(judged_content()) == ()


def test_too_many_validation_rows_are_an_objection_that_leaving_out_points_does_not_cure():
    many = tuple(entry.model_copy(update={"part": "validation"}) for entry in rows()[:1] * 1001)
    plain = content(checks_rubric(), "openai").model_copy(update={"rows": many})
    objections = OpenaiTarget().objections(plain)
    assert [(each.criterion, each.can_leave_out) for each in objections] == [("", False)]


def test_the_rows_fit_the_grader_and_reserved_names_are_given_back_to_it():
    made = content(checks_rubric(), "openai")
    files = OpenaiTarget().files(made)
    lines = [json.loads(line) for line in files["openai/train.jsonl"].decode().splitlines()]
    assert lines[1]["messages"] == [{"role": "user", "content": "Question of t2: which topics?"}]
    assert lines[1]["messages_field"] == "a clash"
    answer = '{"labels": ["tax"], "amount": 1250.5}'
    grader = json.loads(files["openai/grader.json"])
    assert run_python_grader(grader, answer, lines[1]) == 1.0


def test_templates_name_fields_that_every_row_has_as_text():
    made = judged_content()
    form = row_form([entry.row for entry in made.rows], without(judged_rubric(), ["json"]).criteria())
    assert "prompt_text" in form.texts.values()
    files = OpenaiTarget().files(made)
    shown = set(re.findall(r"\{\{ item\.(\w+) \}\}", files["openai/grader.json"].decode()))
    for part in ("train", "validation"):
        for line in files[f"openai/{part}.jsonl"].decode().splitlines():
            assert all(isinstance(json.loads(line)[name], str) for name in shown)


def test_the_job_is_complete_but_for_the_ids_of_the_files():
    files = OpenaiTarget().files(judged_content(base_model="base-1", seed=5))
    job = json.loads(files["openai/job.json"])
    assert (job["model"], job["seed"], job["training_file"]) == ("base-1", 5, "train.jsonl")
    reinforcement = job["method"]["reinforcement"]
    assert reinforcement["grader"] == json.loads(files["openai/grader.json"])
    assert reinforcement["response_format"] == json.loads(files["openai/response_format.json"])
    assert set(reinforcement["hyperparameters"].values()) == {"auto"}


def test_without_a_form_criterion_the_response_format_is_text():
    files = OpenaiTarget().files(content(without(checks_rubric(), ["json"]), "openai"))
    assert json.loads(files["openai/response_format.json"]) == {"type": "text"}
    assert "response_format" not in json.loads(files["openai/job.json"])["method"]["reinforcement"]


def test_the_notice_says_when_the_service_ends():
    notice = OpenaiTarget().files(content())["openai/NOTICE.md"].decode()
    assert "November 2026" in notice
    assert "6 January 2027" in notice


def test_rows_without_reserved_names_need_no_renaming():
    row = Row(id=RowId("x"), prompt=user_prompt("?"), reference={"a": 1})
    assert row_form([row], []).renamed == {}
