"""A JSON Schema made one that strict mode takes, as far as that needs no decision. What is wrong says the check."""

from typing import cast

from rubric_studio.domain.strict_schema import (
    DEFINITIONS,
    FORMATS,
    LOOSEN,
    SAY_NOTHING,
    choices_of,
    found_by,
    is_alone,
    is_object,
    properties_of,
    required_of,
    types_of,
)
from rubric_studio.domain.values import Json, JsonObject

COMPOSED = frozenset({"anyOf", "$ref", "allOf", "oneOf"})


def made_strict(schema: JsonObject) -> JsonObject:
    """The schema with every mendable problem mended: closed objects, all required, optional ones nullable.

    What would need a decision is left as it is; made strict twice it is the same as once.
    """
    return cast(JsonObject, _mended(schema, schema))


def _mended(schema: Json, root: JsonObject) -> Json:
    if not isinstance(schema, dict):
        return schema
    node = _without_words(cast(JsonObject, schema))
    if "$ref" in node and found_by(root, str(node["$ref"])) is not None:
        node = {word: value for word, value in node.items() if word in ("$ref", *DEFINITIONS)}
    elif "$ref" not in node:
        node = _typed(node)
    for name in DEFINITIONS:
        if isinstance(node.get(name), dict):
            node[name] = {key: _mended(each, root) for key, each in cast(JsonObject, node[name]).items()}
    if "items" in node:
        node["items"] = _mended(node["items"], root)
    for name in ("anyOf", "allOf"):
        if isinstance(node.get(name), list):
            node[name] = [_mended(each, root) for each in cast(list[Json], node[name])]
    return _closed(node, root) if is_object(node) else node


def _without_words(schema: JsonObject) -> JsonObject:
    """The schema without keywords that strict mode does not take, as far as nothing else must stand for them."""
    node = {word: value for word, value in schema.items() if word not in SAY_NOTHING | LOOSEN}
    if "format" in node and str(node["format"]) not in FORMATS:
        del node["format"]
    if "allOf" in node and is_alone(node["allOf"]):
        part = cast(JsonObject, cast(list[Json], node.pop("allOf"))[0])
        node = _without_words(part | node)
    if "oneOf" in node:
        either = cast(list[Json], node.get("anyOf") or [])
        node = {word: value for word, value in node.items() if word != "oneOf"} | (
            {"anyOf": node["oneOf"]} if not either else {"oneOf": node["oneOf"]}
        )
    return node


def _typed(node: JsonObject) -> JsonObject:
    """The schema with its type, where the rest of it leaves no doubt."""
    if types_of(node) or COMPOSED & node.keys():
        return node
    if is_object(node):
        return {"type": "object"} | node
    if "items" in node:
        return {"type": "array"} | node
    values = choices_of(node) or ([node["const"]] if "const" in node else [])
    names = list(dict.fromkeys(_type_name(value) for value in values))
    if not names:
        return node
    return {"type": names[0] if len(names) == 1 else names} | node


def _type_name(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _closed(node: JsonObject, root: JsonObject) -> JsonObject:
    """An object's schema that requires all of its properties and allows no other."""
    required = required_of(node)
    properties: JsonObject = {}
    for name, each in properties_of(node).items():
        mended = _mended(each, root)
        properties[name] = mended if name in required else _nullable(mended)
    return node | {"properties": properties, "required": list(properties), "additionalProperties": False}


def _nullable(schema: Json) -> Json:
    """A schema that takes null as well."""
    if not isinstance(schema, dict):
        return schema
    node = cast(JsonObject, schema)
    if "$ref" in node or "const" in node:
        return {"anyOf": [node, {"type": "null"}]}
    if isinstance(node.get("anyOf"), list):
        either = cast(list[Json], node["anyOf"])
        return node if {"type": "null"} in either else node | {"anyOf": [*either, {"type": "null"}]}
    types = types_of(node)
    if not types or "null" in types:
        return node
    nullable = node | {"type": [*types, "null"]}
    if "enum" in node and None not in choices_of(node):
        nullable["enum"] = [*choices_of(node), None]
    return nullable
