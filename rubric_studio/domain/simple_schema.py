"""Answers of a simple form: a list of named fields, and the JSON Schema that says the same. Nothing nested."""

from typing import Literal, cast

from pydantic import Field

from rubric_studio.domain.strict_mending import made_strict
from rubric_studio.domain.strict_schema import choices_of, properties_of, required_of, types_of
from rubric_studio.domain.values import Json, JsonObject, Value

FieldKind = Literal["text", "number", "integer", "yes_no", "date", "one_of", "texts", "several_of"]

TYPES: dict[FieldKind, str] = {
    "text": "string",
    "number": "number",
    "integer": "integer",
    "yes_no": "boolean",
    "date": "string",
    "one_of": "string",
    "texts": "array",
    "several_of": "array",
}
OUTSIDE = frozenset({"type", "properties", "required", "additionalProperties"})
INSIDE = frozenset({"type", "enum", "items", "format", "description"})


class SimpleField(Value):
    """One field of an answer. `description` tells the model what belongs there; `choices` for one of, several of."""

    name: str = Field(min_length=1)
    kind: FieldKind = "text"
    description: str = ""
    choices: tuple[str, ...] = ()
    required: bool = True

    @property
    def takes_choices(self) -> bool:
        """Whether it lets choose from a list."""
        return self.kind in ("one_of", "several_of")


def schema_of(fields: tuple[SimpleField, ...]) -> JsonObject:
    """The strict JSON Schema of those fields, in their order; one that is not required may be null."""
    return {
        "type": "object",
        "properties": {field.name: _schema(field) for field in fields},
        "required": [field.name for field in fields],
        "additionalProperties": False,
    }


def as_simple(schema: JsonObject) -> tuple[SimpleField, ...] | None:
    """The fields that say the same as a schema; None where it says more than fields can.

    A schema in which something is optional or other properties are not forbidden counts as its strict form.
    """
    if schema.get("type") != "object" or set(schema) - OUTSIDE or schema.get("additionalProperties"):
        return None
    required = required_of(schema)
    fields: list[SimpleField] = []
    for name, each in properties_of(schema).items():
        field = _field(name, each, name in required)
        if field is None:
            return None
        fields.append(field)
    found = tuple(fields)
    return found if schema_of(found) == made_strict(schema) else None


def _schema(field: SimpleField) -> JsonObject:
    kind = TYPES[field.kind]
    told: JsonObject = {"type": kind if field.required else [kind, "null"]}
    if field.kind == "date":
        told["format"] = "date"
    if field.kind == "one_of":
        told["enum"] = [*field.choices] if field.required else [*field.choices, None]
    if field.kind == "texts":
        told["items"] = {"type": "string"}
    if field.kind == "several_of":
        told["items"] = {"type": "string", "enum": [*field.choices]}
    if field.description:
        told["description"] = field.description
    return told


def _field(name: str, schema: Json, required: bool) -> SimpleField | None:
    """The field that a property's schema may be; whether it says the same is seen by writing it again."""
    if not isinstance(schema, dict) or not name:
        return None
    node = cast(JsonObject, schema)
    types = [each for each in types_of(node) if each != "null"]
    if len(types) != 1 or set(node) - INSIDE:
        return None
    told = node.get("items")
    items = cast(JsonObject, told) if isinstance(told, dict) else {}
    kind = _kind(str(types[0]), node, items)
    choices = [each for each in (choices_of(node) or choices_of(items)) if each is not None]
    if kind is None or not all(isinstance(each, str) for each in choices):
        return None
    return SimpleField(
        name=name,
        kind=kind,
        description=str(node.get("description", "")),
        choices=tuple(str(each) for each in choices),
        required=required and "null" not in types_of(node),
    )


def _kind(type_name: str, node: JsonObject, items: JsonObject) -> FieldKind | None:
    match type_name:
        case "string":
            return "one_of" if "enum" in node else "date" if node.get("format") == "date" else "text"
        case "array":
            return "several_of" if "enum" in items else "texts"
        case "number":
            return "number"
        case "integer":
            return "integer"
        case "boolean":
            return "yes_no"
        case _:
            return None
