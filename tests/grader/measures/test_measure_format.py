"""format: length, and a subset of JSON Schema."""

import json
from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure, unsupported_keywords


def form(value: Any, schema: Any) -> Outcome:
    return measure({"type": "format", "schema": schema}, Answer(json.dumps(value)), {})


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "object"}, {}, []),
        ({"type": ["string", "null"]}, None, 1),
        ({"type": "integer"}, 1.0, 1.5),
        ({"type": "integer"}, 3, True),
        ({"type": "number"}, 1.5, "1.5"),
        ({"type": "boolean"}, False, 0),
        ({"enum": ["a", 1]}, 1.0, True),
        ({"const": {"a": [1]}}, {"a": [1.0]}, {"a": [True]}),
        ({"minimum": 1, "maximum": 2}, 2, 2.5),
        ({"exclusiveMinimum": 1}, 1.1, 1),
        ({"exclusiveMaximum": 1}, 0.9, 1),
        ({"minLength": 2, "maxLength": 3}, "äöü", "ä"),
        ({"pattern": "^[A-Z]{2}"}, "DEU", "de"),
        ({"minItems": 1, "maxItems": 2}, [1], [1, 2, 3]),
        ({"uniqueItems": True}, [1, True, "1"], [{"a": 1}, {"a": 1.0}]),
        ({"items": {"type": "string"}}, ["a"], ["a", 1]),
        ({"required": ["a"]}, {"a": None}, {"b": 1}),
        (
            {"properties": {"a": {"type": "string"}}, "additionalProperties": False},
            {"a": "x"},
            {"a": "x", "b": 1},
        ),
        ({"additionalProperties": {"type": "number"}}, {"a": 1}, {"a": "1"}),
        ({"anyOf": [{"type": "string"}, {"minimum": 5}]}, 6, 4),
        (True, 1, None),
    ],
)
def test_each_keyword_tells_good_from_bad(schema: Any, good: Any, bad: Any) -> None:
    assert form(good, schema).value == 1.0
    assert form(bad, schema).value == (1.0 if schema is True else 0.0)


def test_keywords_say_nothing_about_values_of_other_types() -> None:
    assert form("text", {"minimum": 5, "minItems": 2, "required": ["a"]}).value == 1.0


def test_the_first_complaints_are_told_with_their_place() -> None:
    schema = {
        "required": ["why"],
        "properties": {"labels": {"items": {"type": "string"}}},
        "description": "x",
    }
    assert form({"labels": ["a", 1]}, schema) == Outcome(
        0.0, "the answer has no why; entry 2 of labels is not of type string"
    )


def test_an_answer_without_json_is_zero() -> None:
    outcome = measure({"type": "format", "schema": {}}, Answer("prose"), {})
    assert outcome == Outcome(0.0, "the answer cannot be read: it is not JSON")


def test_without_a_schema_only_the_length_counts() -> None:
    kind = {"type": "format", "schema": None, "min_chars": 2, "max_chars": 3}
    assert measure(kind, Answer("äöü"), {}) == Outcome(1.0, "3 characters long")
    assert measure(kind, Answer("ä"), {}) == Outcome(0.0, "1 character long, at least 2 asked for")
    assert measure(kind, Answer("abcd"), {}) == Outcome(0.0, "4 characters long, at most 3 asked for")


def test_unsupported_keywords_are_found_at_any_depth() -> None:
    schema = {
        "properties": {"oneOf": {"items": {"format": "date"}}},  # here a property is called oneOf
        "anyOf": [{"$ref": "#"}, True],
        "additionalProperties": {"not": {}},
        "title": "known",
    }
    assert unsupported_keywords(schema) == ["$ref", "format", "not"]
    assert unsupported_keywords(True) == []


@pytest.mark.parametrize(
    "schema",
    [{"oneOf": []}, {"minimum": "5"}, {"type": 5}, {"pattern": "("}, {"anyOf": 1}, [], "x", {"items": 3}],
)
def test_a_schema_at_fault_is_unscored(schema: Any) -> None:
    answers = (5, "5", [5])
    assert None in {form(answer, schema).value for answer in answers}
