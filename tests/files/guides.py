"""A rubric with one of everything, as it is given out, and the places of its fields."""

from typing import Any

from rubric_studio.domain.exported_guide import ExportedGuide
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_field import FieldPlace

WORDING = "Names the right tax year and says why.\n\nTwo  spaces, a tab\there, § 5 & <b>."
RECORD = "01HZX3V6J5Q2N8T4R7W9YBCDEF"


def guide_rubric() -> Rubric:
    """Two parts, four points: grades with examples, a fault, a program's check, a point without a title."""
    data: dict[str, Any] = {
        "name": "Tax letters",
        "strata": [
            {
                "key": "issue", "title": "Issue", "weight": 2, "gate": {"at": 0.5, "mode": "soft"},
                "criteria": [
                    {
                        "key": "year", "title": "Right tax year", "wording": WORDING, "weight": 1.5,
                        "allow_na": True, "when": {"field": "task", "in": ["tax", 7]},
                        "levels": [
                            {"key": "fully", "value": 1, "text": "Year and reason.",
                             "anchors": [{"row": "q1", "sample": "s1", "text": "In 2024, since …", "note": "good"}]},
                            {"key": "partly", "value": 0.45, "text": "The year alone."},
                            {"key": "no", "value": 0, "text": ""},
                        ],
                    },
                    {"key": "untitled", "wording": "=SUM(A1) is text, _x0041_ too, and a bell: \x07"},
                ],
            },
            {
                "key": "form", "title": "Form", "when": {"field": "task", "in": ["tax"]},
                "criteria": [
                    {"key": "invents", "title": "Invents authority", "weight": -0.25},
                    {"key": "json", "title": "Valid answer", "kind": {"type": "format", "max_chars": 9000}},
                ],
            },
        ],
    }  # fmt: skip
    return Rubric.model_validate(data)


def given(rubric: Rubric | None = None, **facts: Any) -> ExportedGuide:
    """It as version 3."""
    facts = {
        "record": RECORD,
        "version": 3,
        "author": "Anna Berg",
        "saved_at": "2026-11-19T10:00:00.000Z",
    } | facts
    return ExportedGuide(rubric=rubric or guide_rubric(), project="Tax", **facts)


def point(key: str, field: str, level: str = "") -> FieldPlace:
    """A field of a point or of one of its grades."""
    return FieldPlace.model_validate({"field": field, "criterion": key, "level": level})


def part(key: str, field: str) -> FieldPlace:
    """A field of a part."""
    return FieldPlace.model_validate({"field": field, "stratum": key})
