"""What a verdict answers: the hash by which a verdict knows whether it still fits. Not what it is worth."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.graders import grader_reads
from rubric_studio.domain.ids import QuestionHash
from rubric_studio.domain.kinds import GraderKind, JudgedKind, PythonKind
from rubric_studio.domain.row import Row, RowCriterion
from rubric_studio.domain.rubric import Criterion

QUESTION_TAG = "rubric-studio question 1"
PROMPT_FIELD = "prompt"
REFERENCE_FIELD = "reference"
EVERY_FIELD = "[*]"
"""Stands for all reference fields: own code may read any of them."""


class Question:
    """One criterion's question, ready to be asked of many rows.

    The hash is the SHA-256 of canonical JSON of {definition, fields, tag}: kind and its parameters,
    wording, ordered level keys and texts, for checks the measures' version; and the row fields that the
    criterion reads. Level values, weights, titles and gates are not in it. The definition's part is
    hashed once and copied for each row.
    """

    def __init__(self, definition: Mapping[str, Any], reads: tuple[str, ...]) -> None:
        self.definition = canonical_json(dict(definition))
        self.reads = reads
        begun = f'{{"definition":{self.definition},"fields":'
        self._begun = hashlib.sha256(begun.encode("utf-8", "surrogatepass"))
        self._tail = f',"tag":{canonical_json(QUESTION_TAG)}}}'

    def on(self, fields: str) -> QuestionHash:
        """The question's hash on a row whose read fields are `fields` (see `read_fields`): 64 hex digits."""
        begun = self._begun.copy()
        begun.update((fields + self._tail).encode("utf-8", "surrogatepass"))
        return QuestionHash(begun.hexdigest())

    def on_row(self, row: Row) -> QuestionHash:
        """The question's hash on that row: 64 hex digits."""
        return self.on(read_fields(row, self.reads))


def question_of(criterion: Criterion, measures_version: str) -> Question:
    """The question that a rubric's criterion asks.

    `measures_version` is in the hash of checks only: a person's verdict does not age with our code. A judged
    criterion without a wording asks its title, without that its key: two such points must not share their marks.
    """
    definition: dict[str, Any] = {
        "kind": criterion.kind.model_dump(mode="json", exclude={"reads"}),
        "wording": (criterion.words or criterion.key) if criterion.is_judged else criterion.wording,
        "levels": [[level.key, level.text] for level in criterion.levels],
    }
    if not criterion.is_judged:
        definition["measures"] = measures_version
    return Question(definition, fields_read(criterion))


def question_of_row_criterion(criterion: RowCriterion) -> Question:
    """The question that a row's own criterion asks."""
    definition: dict[str, Any] = {
        "kind": JudgedKind().model_dump(mode="json", exclude={"reads"}),
        "wording": criterion.wording,
        "levels": [],
    }
    return Question(definition, (PROMPT_FIELD, REFERENCE_FIELD))


def fields_read(criterion: Criterion) -> tuple[str, ...]:
    """The row fields that a criterion reads: `reads`, or prompt and reference; a check its reference, own code all."""
    if isinstance(criterion.kind, JudgedKind):
        reads = criterion.kind.reads
        return (PROMPT_FIELD, REFERENCE_FIELD) if reads is None else tuple(sorted(set(reads)))
    if isinstance(criterion.kind, GraderKind):
        return grader_reads(criterion.kind.grader)
    if isinstance(criterion.kind, PythonKind):
        return (EVERY_FIELD,)
    reference = getattr(criterion.kind, "reference", None)
    return (reference,) if reference else ()


def read_fields(row: Row, reads: tuple[str, ...]) -> str:
    """The fields that a question reads from a row, as canonical JSON; absent fields are left out."""
    return canonical_json(fields_of(row, reads))


def fields_of(row: Row, reads: Collection[str]) -> dict[str, Any]:
    """The named fields of a row. A path brings its whole first field; an absent one brings nothing."""
    fields = fields_of_reference(row.reference, reads)
    if PROMPT_FIELD in reads and PROMPT_FIELD not in fields:
        fields[PROMPT_FIELD] = [[m.role, m.content] for m in row.prompt]
    return fields


def fields_of_reference(reference: Mapping[str, Any], reads: Iterable[str]) -> dict[str, Any]:
    """The named fields of a row as far as its reference has them: all that a check reads, but for the prompt."""
    fields: dict[str, Any] = {}
    for name in reads:
        if name == EVERY_FIELD:
            fields.update(reference)
        elif name in reference:
            fields[name] = reference[name]
        elif (head := _first_name(name)) in reference:
            fields[head] = reference[head]
    return fields


def _first_name(path: str) -> str:
    return re.split(r"[.\[]", path, maxsplit=1)[0]
