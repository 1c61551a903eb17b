"""Graders as criteria of a rubric, and what is refused, with its place."""

from typing import Any

import pytest
from pydantic import ValidationError

from rubric_studio.domain.graders import GraderError, check_grader, grader_points, grader_reads
from rubric_studio.domain.kinds import GraderKind, JudgedKind, PythonKind
from rubric_studio.domain.question import fields_read, question_of
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.domain.rubric_edits import changed

STRING: dict[str, Any] = {
    "type": "string_check",
    "name": "Exact match",
    "input": "{{ sample.output_text }}",
    "reference": "{{ item.answer }}",
    "operation": "eq",
}
CODE = {"type": "python", "name": "code", "source": "def grade(sample, item):\n    return 7.0\n"}
MODEL: dict[str, Any] = {
    "type": "score_model",
    "name": "Style",
    "model": "o4-mini",
    "input": [
        {"role": "system", "content": "Rate the style from 0 to 10."},
        {
            "role": "user",
            "content": {"type": "input_text", "text": "{{ item.topic }}: {{ sample.output_text }}"},
        },
    ],
    "range": [0, 10],
    "sampling_params": {"temperature": 0},
}
LABELS: dict[str, Any] = {
    "type": "label_model",
    "name": "Tone",
    "model": "o4-mini",
    "input": [{"role": "user", "content": "Which tone? {{ sample.output_text }}"}],
    "labels": ["rude", "kind"],
    "passing_labels": ["kind"],
}
SIMILAR = STRING | {"type": "text_similarity", "evaluation_metric": "bleu"}
DATA: dict[str, Any] = {
    "name": "Imported",
    "aggregation": "formula",
    "row_criteria": None,
    "strata": [],
    "formula": "0.5 * Exact + 0.05 * style",
    "graders": {"style": MODEL, "Exact": STRING, "code": CODE, "tone": LABELS},
}


def test_each_grader_is_a_criterion_under_its_own_name():
    rubric = Rubric.model_validate(DATA)
    (part,) = rubric.strata
    found: dict[str, Criterion] = {criterion.key: criterion for criterion in part.criteria}
    assert list(found) == ["Exact", "code", "style", "tone"]
    assert found["Exact"].kind == GraderKind(grader=STRING)
    assert found["code"].kind == PythonKind(source=CODE["source"])
    assert found["Exact"].title == "Exact match"


def test_a_model_grader_is_judged_with_its_prompt_and_range():
    style = Rubric.model_validate(DATA).criterion("style")
    assert style is not None
    assert style.is_judged
    assert (
        style.wording
        == "[system]\nRate the style from 0 to 10.\n\n[user]\n{{ item.topic }}: {{ sample.output_text }}"
    )
    assert style.kind == JudgedKind(reads=("topic",))
    assert [(level.key, level.value) for level in style.levels] == [
        ("10", 10), ("8", 8), ("6", 6), ("4", 4), ("2", 2), ("0", 0)
    ]  # fmt: skip
    tone = Rubric.model_validate(DATA).criterion("tone")
    assert tone is not None
    assert [(level.key, level.value) for level in tone.levels] == [("kind", 1), ("rude", 0)]


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        (None, ["1", "0.75", "0.5", "0.25", "0"]),
        ([1, 5], ["5", "4", "3", "2", "1"]),
        ([-1, 1], ["1", "0", "-1"]),
        ([0.5, 1.5], ["1.5", "1.25", "1", "0.75", "0.5"]),
    ],
)
def test_grades_over_a_range(given, keys):
    (point,) = grader_points({"m": MODEL | {"range": given}})
    assert [level.key for level in point.levels] == keys


def test_its_json_is_that_of_the_design():
    rubric = Rubric.model_validate(DATA)
    assert rubric.to_json() == DATA
    assert Rubric.model_validate(rubric.to_json()) == rubric
    other_order = DATA | {"graders": dict(reversed(DATA["graders"].items()))}
    assert Rubric.model_validate(other_order) == rubric


def test_an_edit_leaves_the_graders_as_they_are():
    rubric = Rubric.model_validate(DATA)
    renamed = changed(rubric, name="Other")
    assert renamed.strata == rubric.strata
    assert changed(rubric, strata=()).strata == rubric.strata


def test_own_strata_may_stand_beside_them():
    own = {"key": "own", "criteria": [{"key": "clear"}]}
    rubric = Rubric.model_validate(DATA | {"strata": [own]})
    assert [stratum.key for stratum in rubric.strata] == ["own", "graders"]
    assert [stratum["key"] for stratum in rubric.to_json()["strata"]] == ["own"]
    with pytest.raises(ValidationError, match="strata share a key: graders"):
        Rubric.model_validate(DATA | {"strata": [own | {"key": "graders"}]})


def test_graders_go_with_the_formula():
    with pytest.raises(ValidationError, match="go with the aggregation"):
        Rubric.model_validate({"graders": {"a": STRING}})


def test_a_check_reads_what_its_templates_name():
    rubric = Rubric.model_validate(DATA)
    exact = rubric.criterion("Exact")
    assert exact is not None
    assert fields_read(exact) == ("answer",)
    assert grader_reads(STRING | {"input": "{{item.a.b}} {{ item.prompt }} {{ item.x }}"}) == (
        "a.b", "answer", "prompt.", "x"
    )  # fmt: skip


def test_whatever_changes_a_grader_changes_its_question():
    def definition(**change: Any) -> str:
        rubric = Rubric.model_validate(DATA | {"graders": {"Exact": STRING | change, "style": MODEL}})
        criterion = rubric.criterion("Exact")
        assert criterion is not None
        return question_of(criterion, "1").definition

    assert definition() != definition(operation="ne")
    assert definition() == definition()


@pytest.mark.parametrize(
    ("grader", "place", "words"),
    [
        ("text", "g", "an object"),
        ({}, "g.type", "null is no grader"),
        ({"type": "endpoint"}, "g.type", '"endpoint" is no grader here'),
        ({"type": "multi", "graders": {}}, "g", "cannot stand inside"),
        (STRING | {"operation": "regex"}, "g.operation", '"regex" is none of eq, ne, like, ilike'),
        (STRING | {"input": 7}, "g.input", "a text is needed"),
        (
            SIMILAR | {"evaluation_metric": "cosine"},
            "g.evaluation_metric",
            "cosine compares what a model makes",
        ),
        (SIMILAR | {"evaluation_metric": "rouge_6"}, "g.evaluation_metric", "is none of"),
        ({"type": "python"}, "g.source", "a text is needed"),
        (MODEL | {"range": [1, 0]}, "g.range", "two numbers, the lower one first"),
        (MODEL | {"range": [0, True]}, "g.range", "two numbers"),
        (MODEL | {"input": []}, "g.input", "messages with a text"),
        (MODEL | {"model": None}, "g.model", "a text is needed"),
        (LABELS | {"passing_labels": ["nice"]}, "g.passing_labels", "no such label: nice"),
        (LABELS | {"labels": "kind"}, "g.labels", "a list of texts"),
        (STRING | {"name": 3}, "g.name", "a text is needed"),
    ],
)
def test_what_cannot_be_taken_over_is_named_with_its_place(grader, place, words):
    with pytest.raises(GraderError) as caught:
        check_grader(grader, "g")
    assert caught.value.place == place
    assert words in caught.value.message


@pytest.mark.parametrize("key", ["answer-check", "2nd", "", "max", "a b", "größe"])
def test_a_key_that_no_formula_can_read_is_refused(key):
    with pytest.raises(GraderError) as caught:
        grader_points({key: STRING})
    assert caught.value.place == f"graders.{key}"


def test_a_label_model_is_allowed_inside_a_multi_only():
    check_grader(LABELS, "graders.tone")
    with pytest.raises(GraderError, match="only inside a multi"):
        check_grader(LABELS, "", is_top=True)
