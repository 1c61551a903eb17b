"""Which schema stands for the whole answer, and when strict mode takes it."""

import pytest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.targets.output_schema import is_strict, output_schema

FORM = {"key": "form", "kind": {"type": "format", "schema": {"type": "object"}}}


def test_a_schema_that_holds_only_for_some_rows_is_not_the_form_of_every_answer():
    some = {"field": "task", "in": ["a"]}
    assert output_schema(Rubric.model_validate({"strata": [{"key": "s", "criteria": [FORM]}]})) == {
        "type": "object"
    }
    assert (
        output_schema(Rubric.model_validate({"strata": [{"key": "s", "when": some, "criteria": [FORM]}]}))
        is None
    )
    within = Rubric.model_validate({"strata": [{"key": "s", "criteria": [FORM | {"when": some}]}]})
    assert output_schema(within) is None


@pytest.mark.parametrize(
    ("schema", "strict"),
    [
        ({"type": "string"}, True),
        ({"type": "object"}, False),
        ({"type": "object", "additionalProperties": False}, True),
        ({"type": "object", "properties": {"a": {}}, "additionalProperties": False}, False),
        ({"type": "object", "properties": {"a": {}}, "required": ["a"], "additionalProperties": False}, True),
        ({"type": "array", "items": {"type": "object"}}, False),
        ({"anyOf": [{"type": "object"}, {"type": "null"}]}, False),
    ],
)
def test_strict_mode_wants_every_object_closed_and_every_property_required(schema, strict):
    assert is_strict(schema) is strict
