"""What keeps a JSON Schema from being taken in a service's strict mode, and where. It mends nothing itself.

The rules and limits are those of OpenAI's guide "Structured model outputs", section "Supported schemas", as of
February 2026 (platform.openai.com/docs/guides/structured-outputs; restated with its date at
jsonschemaprofiles.unitvectorylabs.com/schemas/openai). `default` and words beside `$ref` are refused as well, as
users report and openai-python's `lib/_pydantic.py` works around. Other servers that speak this API take as much
or more; models that were fine-tuned take less: no limits on numbers, lists and texts.
"""

from collections.abc import Iterator
from typing import NamedTuple, cast

from rubric_studio.domain.values import Json, JsonObject

MOST_PROPERTIES = 5_000
MOST_LEVELS = 10
MOST_CHOICES = 1_000
LONG_LIST = 250
MOST_LETTERS_OF_LONG_LIST = 15_000
MOST_LETTERS = 120_000

DEFINITIONS = ("$defs", "definitions")
TYPES = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
KEYWORDS = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref"}
    | {"$defs", "definitions", "title", "description", "pattern", "format", "minItems", "maxItems"}
    | {"multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"}
)
FORMATS = frozenset(
    {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
)  # others are refused
SAY_NOTHING = frozenset({"default", "examples", "example", "$comment", "$schema", "$id", "id", "deprecated"})
"""Keywords that bind an answer to nothing: left out, nothing is lost."""
LOOSEN = frozenset({"minLength", "maxLength", "uniqueItems", "minProperties", "maxProperties"})
"""Keywords without which more answers fit than before."""


class SchemaProblem(NamedTuple):
    """One thing that strict mode refuses. `pointer` is a JSON pointer, "" for the whole schema."""

    pointer: str
    message: str
    mend: str
    """What to do about it."""
    is_mendable: bool = True
    """Whether `made_strict` sees to it."""


class Place(NamedTuple):
    """A schema inside a schema. `level` counts the objects around it, itself included."""

    pointer: str
    schema: Json
    level: int


def strict_problems(schema: JsonObject) -> list[SchemaProblem]:
    """Everything that strict mode refuses, from the outside in, then what is too large. [] where it is taken."""
    found = list(_root_problems(schema))
    places = list(places_of(schema))
    for place in places:
        found += _node_problems(place, schema)
    return found + list(_size_problems(places))


def places_of(schema: Json, pointer: str = "", level: int = 0) -> Iterator[Place]:
    """The schema and every schema inside it, definitions too; references are not followed."""
    if not isinstance(schema, dict):
        yield Place(pointer, schema, level)
        return
    node = cast(JsonObject, schema)
    level += is_object(node)
    yield Place(pointer, node, level)
    for name in ("properties", *DEFINITIONS):
        inside = node.get(name)
        if isinstance(inside, dict):
            deeper = level if name == "properties" else 0
            for key, each in cast(JsonObject, inside).items():
                yield from places_of(each, f"{pointer}/{name}/{escaped(key)}", deeper)
    if "items" in node:
        yield from places_of(node["items"], f"{pointer}/items", level)
    for name in ("anyOf", "oneOf", "allOf"):
        several = node.get(name)
        for at, each in enumerate(cast(list[Json], several) if isinstance(several, list) else ()):
            yield from places_of(each, f"{pointer}/{name}/{at}", level)


def is_object(schema: JsonObject) -> bool:
    """Whether a schema speaks of an object."""
    return "object" in types_of(schema) or "properties" in schema


def types_of(schema: JsonObject) -> list[str]:
    """The types that a schema names; what is no text is told as it would be written."""
    told = schema.get("type", [])
    return [str(each) for each in (cast(list[Json], told) if isinstance(told, list) else [told])]


def required_of(schema: JsonObject) -> list[str]:
    """The properties that an object's schema requires."""
    told = schema.get("required")
    return [str(each) for each in cast(list[Json], told)] if isinstance(told, list) else []


def properties_of(schema: JsonObject) -> JsonObject:
    """The properties of an object's schema."""
    told = schema.get("properties")
    return cast(JsonObject, told) if isinstance(told, dict) else {}


def escaped(key: str) -> str:
    """A key as a part of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def found_by(root: JsonObject, reference: str) -> JsonObject | None:
    """The schema that a local reference ("#/$defs/x") names; None where there is none."""
    node: Json = root
    for part in reference.removeprefix("#").split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        node = cast(JsonObject, node).get(key) if isinstance(node, dict) else None
    return cast(JsonObject, node) if reference.startswith("#") and isinstance(node, dict) else None


def _root_problems(schema: JsonObject) -> Iterator[SchemaProblem]:
    if "anyOf" in schema or "oneOf" in schema:
        yield SchemaProblem(
            "",
            "The outermost level offers alternatives.",
            "Put them into a property of an object.",
            is_mendable=False,
        )
    elif not is_object(schema) or types_of(schema) not in (["object"], []):
        yield SchemaProblem(
            "",
            "The outermost level is no object.",
            "Make it an object with what you want as its property.",
            is_mendable=False,
        )


def _node_problems(place: Place, root: JsonObject) -> Iterator[SchemaProblem]:
    pointer, schema = place.pointer, place.schema
    if not isinstance(schema, dict):
        yield SchemaProblem(
            pointer,
            "Here stands no schema.",
            'Write one in braces, as {"type": "string"}.',
            is_mendable=False,
        )
        return
    node = cast(JsonObject, schema)
    yield from _keyword_problems(pointer, node)
    if "$ref" in node:
        yield from _reference_problems(pointer, node, root)
    elif not {"anyOf", "oneOf", "allOf"} & node.keys():
        yield from _type_problems(pointer, node)
    if is_object(node):
        yield from _object_problems(pointer, node)


def _keyword_problems(pointer: str, node: JsonObject) -> Iterator[SchemaProblem]:
    for word in node:
        if word in KEYWORDS:
            continue
        at = f"{pointer}/{escaped(word)}"
        if word == "oneOf":
            yield SchemaProblem(at, "“oneOf” is not taken.", "“anyOf” says nearly the same.")
        elif word == "allOf":
            alone = is_alone(node[word])
            mend = "Write its one part in its place." if alone else "Write its parts as one schema."
            yield SchemaProblem(at, "“allOf” is not taken.", mend, is_mendable=alone)
        elif word in SAY_NOTHING:
            yield SchemaProblem(at, f"“{word}” is not taken.", "Leave it out: no answer depends on it.")
        elif word in LOOSEN:
            mend = "Leave it out, and say it in the description: answers are then not held to it."
            yield SchemaProblem(at, f"“{word}” is not taken.", mend)
        else:
            yield SchemaProblem(
                at, f"“{word}” is not taken.", "Say it in another way, or leave it out.", is_mendable=False
            )
    kind = node.get("format")
    if kind is not None and str(kind) not in FORMATS:
        mend = "Leave it out, or choose one of " + ", ".join(sorted(FORMATS)) + "."
        yield SchemaProblem(f"{pointer}/format", f"The format “{kind}” is not taken.", mend)


def is_alone(parts: Json) -> bool:
    """Whether an `allOf` has one part only, which may stand in its place."""
    if not isinstance(parts, list):
        return False
    several = cast(list[Json], parts)
    return len(several) == 1 and isinstance(several[0], dict)


def _reference_problems(pointer: str, node: JsonObject, root: JsonObject) -> Iterator[SchemaProblem]:
    named = str(node["$ref"])
    at = f"{pointer}/$ref"
    if found_by(root, named) is None:
        yield SchemaProblem(
            at, f"“{named}” is not in this schema.", "Define it under $defs.", is_mendable=False
        )
    elif set(node) - {"$ref", *DEFINITIONS}:
        yield SchemaProblem(at, "Beside “$ref” nothing else may stand.", "Leave the rest out.")


def _type_problems(pointer: str, node: JsonObject) -> Iterator[SchemaProblem]:
    types = types_of(node)
    if not types:
        can = is_object(node) or "items" in node or "enum" in node or "const" in node
        yield SchemaProblem(pointer, "The type is missing.", "Say which type it is.", is_mendable=can)
    for word in types:
        if word not in TYPES:
            mend = "Choose one of " + ", ".join(sorted(TYPES)) + "."
            yield SchemaProblem(f"{pointer}/type", f"There is no type “{word}”.", mend, is_mendable=False)
    if "array" in types and "items" not in node:
        yield SchemaProblem(
            pointer, "The list does not say what it holds.", "Add “items”.", is_mendable=False
        )


def _object_problems(pointer: str, node: JsonObject) -> Iterator[SchemaProblem]:
    required, properties = required_of(node), properties_of(node)
    for name in properties:
        if name not in required:
            mend = "Require it, and let it be null where there is nothing to say."
            at = f"{pointer}/properties/{escaped(name)}"
            yield SchemaProblem(at, f"“{name}” is not required.", mend)
    for name in required:
        if name not in properties:
            mend = "Leave it out of “required”, or describe it under “properties”."
            yield SchemaProblem(f"{pointer}/required", f"“{name}” is required but not described.", mend)
    if node.get("additionalProperties") is not False:
        at = f"{pointer}/additionalProperties" if "additionalProperties" in node else pointer
        mend = "Set “additionalProperties” to false."
        yield SchemaProblem(at, "Other properties than those described are allowed.", mend)


def _size_problems(places: list[Place]) -> Iterator[SchemaProblem]:
    nodes = [(pointer, cast(JsonObject, schema)) for pointer, schema, _ in places if isinstance(schema, dict)]
    deep = next((place for place in places if place.level > MOST_LEVELS), None)
    if deep is not None:
        yield _too_large(deep.pointer, f"Objects lie in objects more than {MOST_LEVELS} levels deep.")
    properties = sum(len(properties_of(node)) for _, node in nodes)
    if properties > MOST_PROPERTIES:
        yield _too_large("", f"It has {properties:,} properties; {MOST_PROPERTIES:,} are the most.")
    choices = sum(len(choices_of(node)) for _, node in nodes)
    if choices > MOST_CHOICES:
        yield _too_large("", f"It lists {choices:,} choices in all; {MOST_CHOICES:,} are the most.")
    for pointer, node in nodes:
        letters = sum(len(each) for each in choices_of(node) if isinstance(each, str))
        if len(choices_of(node)) > LONG_LIST and letters > MOST_LETTERS_OF_LONG_LIST:
            said = f"A list of more than {LONG_LIST} choices may have {MOST_LETTERS_OF_LONG_LIST:,} letters in all"
            yield _too_large(f"{pointer}/enum", f"{said}; this one has {letters:,}.")
    letters = sum(_letters(node) for _, node in nodes)
    if letters > MOST_LETTERS:
        yield _too_large(
            "", f"Its names and choices have {letters:,} letters; {MOST_LETTERS:,} are the most."
        )


def choices_of(node: JsonObject) -> list[Json]:
    """The values among which a schema lets choose."""
    told = node.get("enum")
    return cast(list[Json], told) if isinstance(told, list) else []


def _letters(node: JsonObject) -> int:
    """Letters of property names, definition names, choices and constants, which count together."""
    names = [*properties_of(node)]
    for word in DEFINITIONS:
        told = node.get(word)
        names += [*cast(JsonObject, told)] if isinstance(told, dict) else []
    values = [*choices_of(node), node.get("const")]
    return sum(map(len, names)) + sum(len(each) for each in values if isinstance(each, str))


def _too_large(pointer: str, message: str) -> SchemaProblem:
    return SchemaProblem(pointer, message, "Ask for less at once.", is_mendable=False)
