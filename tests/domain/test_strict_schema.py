"""Strict schemas: what is refused and where, what mending makes of it, and simple fields and back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.simple_schema import FieldKind, SimpleField, as_simple, schema_of
from rubric_studio.domain.strict_mending import made_strict
from rubric_studio.domain.strict_schema import strict_problems


def closed(**properties: Any) -> dict[str, Any]:
    """An object as strict mode wants it."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def pointers(schema: dict[str, Any]) -> list[str]:
    return [problem.pointer for problem in strict_problems(schema)]


def test_a_closed_object_with_all_required_is_taken() -> None:
    inner = closed(
        amount={"type": ["number", "null"], "minimum": 0}, day={"type": "string", "format": "date"}
    )
    assert strict_problems(closed(articles={"type": "array", "items": inner}, note={"type": "string"})) == []


def test_an_open_object_is_told_with_the_place_and_how_to_mend_it() -> None:
    schema = closed(a={"type": "object", "properties": {"b/c": {"type": "string"}}})
    found = strict_problems(schema)
    # The slash in a name is written ~1 in a JSON pointer (RFC 6901).
    assert [problem.pointer for problem in found] == ["/properties/a/properties/b~1c", "/properties/a"]
    assert found[0].message == "“b/c” is not required."
    assert found[1].mend == "Set “additionalProperties” to false."
    assert all(problem.is_mendable for problem in found)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": {"type": "string"}},
        {"type": "string"},
        {"anyOf": [closed(a={"type": "string"}), closed(b={"type": "string"})]},
        {"type": ["object", "null"], "properties": {}, "required": [], "additionalProperties": False},
    ],
)
def test_the_outermost_level_must_be_an_object_without_alternatives(schema: dict[str, Any]) -> None:
    first = strict_problems(schema)[0]
    assert first.pointer == ""
    assert not first.is_mendable


def test_optional_becomes_required_and_nullable() -> None:
    schema = {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            "choice": {"type": "string", "enum": ["a", "b"]},
            "fixed": {"const": 1},
            "either": {"anyOf": [{"type": "string"}, {"type": "number"}]},
            "other": {"$ref": "#/$defs/other"},
        },
        "$defs": {"other": {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"]}},
    }
    mended = made_strict(schema)
    assert mended["properties"] == {
        "text": {"type": ["string", "null"]},
        "choice": {"type": ["string", "null"], "enum": ["a", "b", None]},
        "fixed": {"anyOf": [{"type": "integer", "const": 1}, {"type": "null"}]},
        "either": {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}]},
        "other": {"anyOf": [{"$ref": "#/$defs/other"}, {"type": "null"}]},
    }
    assert mended["required"] == ["text", "choice", "fixed", "either", "other"]
    assert mended["$defs"]["other"]["additionalProperties"] is False
    assert strict_problems(mended) == []


def test_words_that_bind_nothing_are_left_out_and_others_are_for_people() -> None:
    schema = closed(
        a={"type": "string", "default": "x", "minLength": 3, "format": "color"},
        b={"oneOf": [{"type": "string"}, {"type": "null"}]},
        c={"allOf": [{"type": "string"}], "description": "C"},
        d={"type": "string", "not": {"enum": ["x"]}},
    )
    assert pointers(schema) == [
        "/properties/a/default",
        "/properties/a/minLength",
        "/properties/a/format",
        "/properties/b/oneOf",
        "/properties/c/allOf",
        "/properties/d/not",
    ]
    mended = made_strict(schema)
    assert mended["properties"]["a"] == {"type": "string"}
    assert mended["properties"]["b"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert mended["properties"]["c"] == {"type": "string", "description": "C"}
    assert pointers(mended) == ["/properties/d/not"]


def test_references_must_be_found_and_stand_alone() -> None:
    schema = closed(a={"$ref": "#/$defs/no"}, b={"$ref": "#/$defs/yes", "description": "B"})
    schema["$defs"] = {"yes": {"type": "string"}}
    assert pointers(schema) == ["/properties/a/$ref", "/properties/b/$ref"]
    assert made_strict(schema)["properties"]["b"] == {"$ref": "#/$defs/yes"}


def test_a_missing_type_is_taken_from_what_is_beyond_doubt() -> None:
    schema = closed(a={"enum": ["x", None]}, b={"items": {"type": "string"}}, c={})
    mended = made_strict(schema)["properties"]
    assert mended["a"]["type"] == ["string", "null"]
    assert mended["b"]["type"] == "array"
    assert pointers(made_strict(schema)) == ["/properties/c"]


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = closed(x={"type": "string"})
    for _ in range(levels - 1):
        schema = closed(x=schema)
    return schema


def test_ten_levels_are_the_most() -> None:
    assert strict_problems(nested(10)) == []
    assert pointers(nested(11)) == ["/properties/x" * 10]


def test_five_thousand_properties_are_the_most() -> None:
    assert strict_problems(closed(**{f"f{at}": {"type": "string"} for at in range(5_000)})) == []
    told = strict_problems(closed(**{f"f{at}": {"type": "string"} for at in range(5_001)}))
    assert [problem.message for problem in told] == ["It has 5,001 properties; 5,000 are the most."]


def test_choices_are_limited_in_number_and_in_letters() -> None:
    assert strict_problems(closed(a={"type": "string", "enum": [f"{at:060}" for at in range(250)]})) == []
    # 251 choices of 60 letters are 15,060 letters; a list that long may have 15,000.
    told = strict_problems(closed(a={"type": "string", "enum": [f"{at:060}" for at in range(251)]}))
    assert [problem.pointer for problem in told] == ["/properties/a/enum"]
    told = strict_problems(closed(a={"type": "string", "enum": [str(at) for at in range(1_001)]}))
    assert [problem.message for problem in told] == ["It lists 1,001 choices in all; 1,000 are the most."]


def test_names_and_choices_may_have_a_hundred_and_twenty_thousand_letters() -> None:
    # 1,200 names of 100 letters are 120,000; one name of one letter more is too much.
    names = {f"{at:0100}": {"type": "string"} for at in range(1_200)}
    assert strict_problems(closed(**names)) == []
    told = strict_problems(closed(**names, z={"type": "string"}))
    assert [problem.message for problem in told] == [
        "Its names and choices have 120,001 letters; 120,000 are the most."
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": {"a": 1}},
        {"type": "object", "properties": [], "required": [{}], "enum": 3, "$defs": 1},
        {"type": "object", "properties": {"a": {"format": {}, "anyOf": {}, "items": [], "$ref": 5}}},
    ],
)
def test_nonsense_is_told_not_broken_upon(schema: dict[str, Any]) -> None:
    assert strict_problems(schema)
    made_strict(schema)
    assert as_simple(schema) is None


KINDS: tuple[FieldKind, ...] = ("text", "number", "integer", "yes_no", "date", "texts")
names = st.text("abcαβ ü/~", min_size=1, max_size=6)
plain_fields = st.builds(
    SimpleField,
    name=names,
    kind=st.sampled_from(KINDS),
    description=st.text(max_size=5),
    required=st.booleans(),
)
choosing = st.builds(
    SimpleField,
    name=names,
    kind=st.sampled_from(("one_of", "several_of")),
    choices=st.lists(names, min_size=1, max_size=3, unique=True).map(tuple),
    required=st.booleans(),
)
several = st.lists(plain_fields | choosing, max_size=5, unique_by=lambda field: field.name).map(tuple)


@settings(max_examples=40)
@given(several)
def test_simple_fields_make_a_strict_schema_and_come_back(fields: tuple[SimpleField, ...]) -> None:
    schema = schema_of(fields)
    assert strict_problems(schema) == []
    assert as_simple(schema) == fields


def test_an_open_schema_of_plain_fields_is_simple_too() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
        "required": ["a"],
    }
    assert as_simple(schema) == (SimpleField(name="a"), SimpleField(name="b", kind="integer", required=False))


@pytest.mark.parametrize(
    "property",
    [
        {"type": "string", "pattern": "^a"},
        {"type": "object", "properties": {}},
        {"type": "array", "items": {"type": "number"}},
        {"type": ["string", "number"]},
        {"anyOf": [{"type": "string"}]},
        {"type": "integer", "enum": [1, 2]},
        True,
    ],
)
def test_what_fields_cannot_say_is_not_simple(property: Any) -> None:
    assert as_simple(closed(a=property)) is None


leaves = st.sampled_from(
    [{"type": "string"}, {"type": "integer", "default": 3}, {"enum": ["a", 1]}, {"const": None}, {}, True]
)


def around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    objects = st.builds(
        lambda properties, required: {"type": "object", "properties": properties, "required": required},
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        st.lists(st.sampled_from("abcd"), max_size=2, unique=True),
    )
    lists = st.builds(lambda items: {"type": "array", "items": items}, inner)
    either = st.builds(
        lambda word, parts: {word: parts},
        st.sampled_from(["anyOf", "oneOf", "allOf"]),
        st.lists(inner, min_size=1, max_size=2),
    )
    return objects | lists | either


@settings(max_examples=60)
@given(st.recursive(leaves, around, max_leaves=6))
def test_mending_leaves_nothing_mendable_and_is_done_at_once(inner: Any) -> None:
    mended = made_strict({"type": "object", "properties": {"a": inner}})
    assert [problem for problem in strict_problems(mended) if problem.is_mendable] == []
    assert made_strict(mended) == mended
