"""Rows as OpenAI's RFT takes them: flat, reference fields beside `messages`. It judges nothing.

Graders see a row as `item`. Templates in a judge's prompt need strings, so each field that a judge reads
stands in the row a second time, as text.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rubric_studio.domain.question import PROMPT_FIELD, fields_read
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Criterion
from rubric_studio.grader.measures import field_values
from rubric_studio.targets.json_bytes import json_text

RESERVED = ("messages", "tools")
"""What these names mean in a training row is the service's, not ours."""

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_]+")


class RowForm(NamedTuple):
    """How rows are flattened.

    `renamed` is {name in the flat row: reference field} where a field's own name is reserved; `texts` is
    {field that a judge reads: name of its text in the flat row}; `row_id` names the row's id.
    """

    renamed: dict[str, str]
    texts: dict[str, str]
    row_id: str

    @property
    def added(self) -> tuple[str, ...]:
        """What stands in a flat row beside the reference fields; own code does not see it here, nor there."""
        return (*RESERVED, *self.texts.values(), self.row_id)


def row_form(rows: Sequence[Row], judged: Iterable[Criterion]) -> RowForm:
    """Choose names that clash with nothing in any of the rows."""
    taken = set(RESERVED).union(*(row.reference for row in rows))
    originals = [name for name in RESERVED if any(name in row.reference for row in rows)]
    renamed = {free_name(f"{name}_field", taken): name for name in originals}
    texts = {field: free_name(f"{field}_text", taken) for field in _fields_to_show(rows, judged)}
    return RowForm(renamed, texts, free_name("row_id", taken))


def flat_row(row: Row, form: RowForm, messages: Sequence[dict[str, str]] | None = None) -> dict[str, Any]:
    """One line of train.jsonl or validation.jsonl. Without `messages` the model gets the row's own prompt."""
    written = {original: name for name, original in form.renamed.items()}
    flat: dict[str, Any] = {written.get(name, name): value for name, value in row.reference.items()}
    flat[form.row_id] = row.id
    flat |= {name: field_text(row, field) for field, name in form.texts.items()}
    own = [{"role": message.role, "content": message.content} for message in row.prompt]
    flat["messages"] = own if messages is None else list(messages)
    return flat


def field_text(row: Row, field: str) -> str:
    """A field that a judge reads, as text: the prompt, or a reference field; "" where the row has none."""
    if field == PROMPT_FIELD and field not in row.reference:
        return row.prompt_text
    found = field_values(field, row.reference)
    if not found:
        return ""
    value = found[0] if len(found) == 1 else found
    return value if isinstance(value, str) else json_text(value)


def _fields_to_show(rows: Sequence[Row], judged: Iterable[Criterion]) -> list[str]:
    """The fields that some judge reads and some row has, in the order in which they are first read."""
    read = dict.fromkeys(field for criterion in judged for field in fields_read(criterion))
    return [field for field in read if any(field_text(row, field) for row in rows)]


def free_name(wanted: str, taken: set[str]) -> str:
    """A name that a template can hold and nothing else has; it is taken from now on."""
    name = _NOT_IN_A_NAME.sub("_", wanted).strip("_") or "field"
    name = f"field_{name}" if name[0].isdigit() else name
    number = 2
    free = name
    while free in taken:
        free = f"{name}_{number}"
        number += 1
    taken.add(free)
    return free
