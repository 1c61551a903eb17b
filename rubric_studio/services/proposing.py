"""Propose what is on one line of a file and which column holds what, from its headers and first lines."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rubric_studio.domain.table import TableLine
from rubric_studio.services.header_words import holds_word, names_a_model, plain_name, rank, without_words
from rubric_studio.services.mapping import FIELDS, AnswerColumns, Mapping, Shape

_LEAST_TEXT = 20


class Proposal(NamedTuple):
    """A shape, a mapping of that shape, and a sentence for each thing that was concluded."""

    shape: Shape
    mapping: Mapping
    reasons: tuple[str, ...]


def propose_mapping(columns: Sequence[str], examples: Sequence[TableLine]) -> Proposal:
    """Conclude the shape from the columns, then propose a column for each of its fields."""
    answers = _answer_columns(columns)
    shape, reason = _shape(columns, answers)
    mapping, reasons = propose_fields(shape, columns, examples)
    return Proposal(shape, mapping, (reason, *reasons))


def propose_fields(
    shape: Shape, columns: Sequence[str], examples: Sequence[TableLine]
) -> tuple[Mapping, tuple[str, ...]]:
    """Propose the columns once the shape is known, as when somebody chose another one."""
    answers = _answer_columns(columns) if shape == "question_with_answers" else ()
    taken = {column for one in answers for column in (one.text, one.value, one.reason) if column}
    fields = _best_columns(FIELDS[shape], [column for column in columns if column not in taken])
    reasons = [f'"{column}" looks like the {_WORDS[name]}.' for name, column in fields.items()]
    if shape in ("question", "question_with_answers") and "prompt" not in fields:
        longest = _longest_texts(columns, examples, taken | set(fields.values()))
        if longest:
            fields["prompt"] = longest
            reasons.append(f'"{longest}" holds the longest texts, so it may be the question.')
    if shape in ("answer", "mark") and not {"row", "prompt"} & fields.keys():
        fields |= _best_columns(("prompt",), columns)
    if "criteria" in fields and not _are_lists(fields["criteria"], examples):
        reasons.append(f'"{fields["criteria"]}" holds no list, so it stays a field beside the question.')
        fields["criteria"] = ""
    for one in answers:
        marked = f', its marks stand in "{one.value}"' if one.value else ""
        reasons.append(f'"{one.text}" looks like the answers of {one.model}{marked}.')
    return Mapping(shape, fields, answers=answers), tuple(reasons)


_WORDS = {
    "id": "question's id",
    "row": "question's id",
    "prompt": "question",
    "reference": "ideal answer",
    "criteria": "question's own points",
    "model": "model",
    "run": "number of the run",
    "text": "answer",
    "criterion": "point that was marked",
    "value": "mark",
    "reason": "reason of the mark",
    "rater": "person or judge who marked",
}


def _shape(columns: Sequence[str], answers: tuple[AnswerColumns, ...]) -> tuple[Shape, str]:
    found = _best_columns(("criterion", "value", "row", "model", "text", "reference", "prompt"), columns)
    if {"criterion", "value"} <= found.keys():
        return "mark", "A line names a point and a mark, so it is one mark."
    if answers and "prompt" in found and "model" not in found:
        return "question_with_answers", "A line holds a question and answers to it in columns of their own."
    if "text" in found and ("row" in found or "prompt" in found) and "model" in found:
        return "answer", "A line names a model and its answer, so it is one answer."
    if "text" in found and "row" in found and "prompt" not in found:
        return "answer", "A line holds an answer and the id of its question, so it is one answer."
    return "question", "A line holds no answers, so it is one question."


def _best_columns(fields: Iterable[str], columns: Iterable[str]) -> dict[str, str]:
    """Give each field, in order, the column that fits it best and no earlier field has taken."""
    free, found = list(columns), dict[str, str]()
    for name in fields:
        ranked = [(place, column) for column in free if (place := rank(name, column)) is not None]
        if ranked:
            found[name] = min(ranked, key=lambda pair: pair[0])[1]
            free.remove(found[name])
    return found


def _answer_columns(columns: Sequence[str]) -> tuple[AnswerColumns, ...]:
    """Find the columns that hold a model's answers, each with the marks that belong to it."""
    places = [place for place, column in enumerate(columns) if _is_answer(column, columns)]
    answers: list[AnswerColumns] = []
    for place, following in pairwise([*places, len(columns)]):
        model = _model_name(columns[place])
        value = _companion("value", model, columns, place, following, answers)
        reason = _companion("reason", model, columns, place, following, answers)
        answers.append(AnswerColumns(columns[place], model, value, reason))
    return tuple(answers)


def _is_answer(column: str, columns: Sequence[str]) -> bool:
    if rank("reference", column) is not None or holds_word("value", column) or holds_word("reason", column):
        return False
    if rank("text", column) is not None:  # a bare "answer" beside a question may be the ideal one
        return any(rank("reference", other) is not None for other in columns)
    if rank("prompt", column) is not None or rank("id", column) is not None:
        return False
    return names_a_model(column) or (holds_word("text", column) and not holds_word("id", column))


def _model_name(header: str) -> str:
    """The header as it is spelled, without the word for an answer: "GPT-4.1 answer" gives "GPT-4.1"."""
    left = without_words("text", header).split()
    parts = re.split(r"([\s_:()–-]+)", header)
    kept = [part for part in parts if all(word in left for word in plain_name(part).split())]
    name = " ".join("".join(kept).replace("_", " ").split()).strip(" :-–()")
    return name if name and not name.isdigit() else header.strip()


def _companion(
    field: str, model: str, columns: Sequence[str], place: int, following: int, earlier: list[AnswerColumns]
) -> str | None:
    """The column of an answer's marks: one that names its model, else one before the next answer."""
    used = {column for one in earlier for column in (one.value, one.reason)}
    ours = without_words("text", model)
    for column in columns:
        if column not in used and holds_word(field, column) and without_words(field, column) == ours:
            return column
    between = columns[place + 1 : following]
    return next((column for column in between if column not in used and _is_bare(field, column)), None)


def _is_bare(field: str, column: str) -> bool:
    """Whether a header is one of a field's words and nothing else but the number that tells doubles apart."""
    left = without_words(field, column)
    return holds_word(field, column) and (not left or left.isdigit())


def _longest_texts(columns: Iterable[str], examples: Iterable[TableLine], taken: set[str]) -> str | None:
    lengths = dict[str, int]()
    for line in examples:
        for column in columns:
            value = line.values.get(column)
            if column not in taken and isinstance(value, str):
                lengths[column] = lengths.get(column, 0) + len(value)
    longest = max(lengths, key=lambda column: lengths[column], default=None)
    return longest if longest and lengths[longest] >= _LEAST_TEXT else None


def _are_lists(column: str, examples: Iterable[TableLine]) -> bool:
    values = [line.values.get(column) for line in examples]
    filled = [value for value in values if value is not None]
    return all(isinstance(value, list) or str(value).lstrip().startswith("[") for value in filled)
