"""Rubrics to begin with, read from `resources/templates_rubric/`. They are copies: a template is never edited.

A template may leave fields of the questions open: where its rubric says "{labels}", the field that the user
names for `labels` is put in.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, cast

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import changed
from rubric_studio.domain.rubric_parts import with_parts_of
from rubric_studio.domain.values import Value
from rubric_studio.resources import resource


class OpenField(Value):
    """A field of the questions that a template needs: how it is asked for, and what its name may look like."""

    name: str
    asks: str
    hints: tuple[str, ...] = ()

    def guess(self, fields: Sequence[str]) -> str:
        """The field that looks most like it; "" where none does."""
        likely = (field for hint in self.hints for field in fields if hint in field.casefold())
        return next(likely, "")


class Template(Value):
    """A rubric to begin with: its name, what it is for, what it must know."""

    title: str
    purpose: str
    fields: tuple[OpenField, ...] = ()
    rubric: dict[str, Any]

    def filled(self, fields: Mapping[str, str]) -> Rubric:
        """The rubric with the questions' fields put in; one that is not named keeps the template's own name."""
        names = {
            open_field.name: fields.get(open_field.name) or open_field.name for open_field in self.fields
        }
        return Rubric.model_validate(_with_names(self.rubric, names) | {"name": self.title})


@cache
def templates() -> tuple[Template, ...]:
    """Every template, in the order in which they are offered."""
    files = sorted(resource("templates_rubric").glob("*.json"))
    return tuple(Template.model_validate(json.loads(file.read_text("utf-8"))) for file in files)


def begun_with(rubric: Rubric, template: Rubric) -> Rubric:
    """The template instead of a rubric; a name that somebody gave stays."""
    return changed(template, name=rubric.name or template.name)


def with_template(rubric: Rubric, template: Rubric, parts: Collection[str] | None = None) -> Rubric:
    """Add a template's parts to a rubric, or make it the rubric where there is none yet."""
    if not rubric.strata:
        kept = tuple(each for each in template.strata if parts is None or each.key in parts)
        return begun_with(rubric, changed(template, strata=kept))
    return with_parts_of(rubric, template, parts)


def _with_names(value: Any, names: Mapping[str, str]) -> Any:
    """The JSON with every text "{name}" replaced by what that name stands for."""
    if isinstance(value, dict):
        return {key: _with_names(each, names) for key, each in cast(dict[str, Any], value).items()}
    if isinstance(value, list):
        return [_with_names(each, names) for each in cast(list[Any], value)]
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return names.get(value[1:-1], value)
    return value
