"""The smallest JSON value that fits a schema, chosen by a number: what a model would say to a structured question."""

from typing import Any


def fitting(schema: dict[str, Any], chance: int) -> Any:
    """A value that fits; `chance` picks among what is allowed."""
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][chance % len(schema["enum"])]
    if schema.get("anyOf"):
        return fitting(schema["anyOf"][0], chance)
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = kind[0]
    return _of_kind(kind, schema, chance)


def _of_kind(kind: str, schema: dict[str, Any], chance: int) -> Any:
    match kind:
        case "object":
            parts = schema.get("properties", {})
            return {name: fitting(part, chance // (at + 1)) for at, (name, part) in enumerate(parts.items())}
        case "array":
            return [fitting(schema.get("items", {}), chance) for _ in range(schema.get("minItems", 0))]
        case "string":
            return f"word {chance % 1000}"
        case "boolean":
            return chance % 2 == 0
        case "null":
            return None
    low, high = schema.get("minimum", 0), schema.get("maximum", 1)
    return low + chance % (int(high - low) + 1)
