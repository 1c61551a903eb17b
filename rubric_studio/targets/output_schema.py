"""The form that answers must have, as far as the rubric says so. It checks no answer."""

from typing import Any

from rubric_studio.domain.kinds import FormatKind
from rubric_studio.domain.rubric import Rubric

ANY_TEXT: dict[str, Any] = {"type": "string", "description": "Free text: the rubric asks for no form."}


def output_schema(rubric: Rubric) -> dict[str, Any] | None:
    """The JSON Schema of the first format criterion that holds for every row; None where there is none."""
    for stratum in rubric.strata:
        for criterion in stratum.criteria:
            kind = criterion.kind
            everywhere = stratum.when is None and criterion.when is None
            if everywhere and isinstance(kind, FormatKind) and kind.json_schema is not None:
                return kind.json_schema
    return None


def is_strict(schema: Any) -> bool:
    """Whether a service's strict mode takes the schema: every object closed, every property required."""
    if isinstance(schema, list):
        return all(is_strict(part) for part in schema)
    if not isinstance(schema, dict):
        return True
    if schema.get("type") == "object":
        named = set(schema.get("properties", {}))
        if schema.get("additionalProperties") is not False or named != set(schema.get("required", [])):
            return False
    return all(is_strict(part) for part in schema.values())
