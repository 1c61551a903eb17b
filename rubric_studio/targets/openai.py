"""OpenAI's reinforcement fine-tuning, and the services that keep its formats. It sends nothing anywhere."""

from typing import Any

from rubric_studio.domain.bundle import BundleContent, Objection, Part
from rubric_studio.domain.rubric import Criterion
from rubric_studio.targets.asking import answer_form, ending_objections, has_system_message, messages_of
from rubric_studio.targets.inline import SOURCE_LIMIT
from rubric_studio.targets.json_bytes import json_file, jsonl_file
from rubric_studio.targets.obstacles import judged_criteria, own_code_objections, row_criteria_objections
from rubric_studio.targets.openai_multi import grader_of
from rubric_studio.targets.openai_rows import RESERVED, RowForm, flat_row, row_form
from rubric_studio.targets.sources import template

MOST_ROWS = {"train": 50_000, "validation": 1_000}

HYPERPARAMETERS = (
    "batch_size",
    "compute_multiplier",
    "eval_interval",
    "eval_samples",
    "learning_rate_multiplier",
)


NOT_FOR_AZURE = """
## Not for Azure as it is

The way of asking in this bundle, "{title}", has a system message, and Azure takes none in RFT. For Azure, move those
words into the user's message in Rubric Studio, sample and compare again, and hand over anew.
"""


class OpenaiTarget:
    """Writes `openai/`: grader.json, the rows, response_format.json, job.json, NOTICE.md."""

    name = "openai"
    title = "OpenAI and services with its formats (RFT)"

    def objections(self, content: BundleContent) -> tuple[Objection, ...]:
        """What a multi grader has no words for: not applicable, points of single rows, a judge without a name."""
        judged = tuple(
            Objection(criterion=criterion.key, message=message)
            for criterion in _judged_by_our_prompt(content)
            for message in _judge_troubles(content, allow_na=criterion.allow_na)
        )
        rows = row_criteria_objections(content, "a grader there has one wording for all questions")
        blocked = judged + _reserved_field_objections(content) + own_code_objections(content) + rows
        whole = _row_count_objections(content) + ending_objections(content)
        return (blocked or _size_objections(content)) + whole

    def files(self, content: BundleContent) -> dict[str, bytes]:
        """The six files."""
        form = row_form([entry.row for entry in content.rows], _judged_by_our_prompt(content))
        grader = grader_of(content, form)
        return {
            "openai/grader.json": json_file(grader),
            "openai/train.jsonl": _rows(content, "train", form),
            "openai/validation.jsonl": _rows(content, "validation", form),
            "openai/response_format.json": json_file(_response_format(content), sort_keys=False),
            "openai/job.json": json_file(_job(content, grader), sort_keys=False),
            "openai/NOTICE.md": _notice(content).encode(),
        }


def _rows(content: BundleContent, part: Part, form: RowForm) -> bytes:
    return jsonl_file(flat_row(row, form, messages_of(content, row)) for row in content.part(part))


def _notice(content: BundleContent) -> str:
    words = template("openai_notice.md")
    if content.prompt is not None and has_system_message(content):
        words += NOT_FOR_AZURE.format(title=content.prompt.title)
    return words


def _judged_by_our_prompt(content: BundleContent) -> tuple[Criterion, ...]:
    """The judged criteria that need a prompt of ours; an imported grader has its own, and its own model."""
    imported = content.rubric.graders or {}
    return tuple(each for each in judged_criteria(content.rubric) if each.key not in imported)


def _reserved_field_objections(content: BundleContent) -> tuple[Objection, ...]:
    """Imported graders read fields by names that cannot be changed in them."""
    fields = {name for entry in content.rows for name in RESERVED if name in entry.row.reference}
    if not (fields and content.rubric.has_graders):
        return ()
    message = f"questions have a field {', '.join(sorted(fields))}, a name this service keeps for itself"
    return (Objection(criterion="", message=message, can_leave_out=False),)


def _judge_troubles(content: BundleContent, *, allow_na: bool) -> list[str]:
    troubles: list[str] = []
    if content.options.judge_model is None:
        troubles.append("a model must mark this point, and it is not said which: name one (--judge-model)")
    if allow_na:
        troubles.append(
            'a model must mark this point and may say "not applicable", which a score there cannot be'
        )
    return troubles


def _size_objections(content: BundleContent) -> tuple[Objection, ...]:
    form = row_form([entry.row for entry in content.rows], _judged_by_our_prompt(content))
    grader = grader_of(content, form)
    return tuple(
        Objection(
            criterion="" if part is grader else key,
            message=f"its program has {_size(part):,} bytes; the service takes less than {SOURCE_LIMIT:,}",
            can_leave_out=part is not grader,
        )
        for key, part in grader.get("graders", {"rubric": grader}).items()
        if _size(part) >= SOURCE_LIMIT
    )


def _size(grader: dict[str, Any]) -> int:
    return len(grader.get("source", "").encode())


def _row_count_objections(content: BundleContent) -> tuple[Objection, ...]:
    counts = {"train": len(content.part("train")), "validation": len(content.part("validation"))}
    return tuple(
        Objection(
            criterion="",
            message=f"{counts[part]:,} rows for {part}; the service takes {most:,} at most",
            can_leave_out=False,
        )
        for part, most in MOST_ROWS.items()
        if counts[part] > most
    )


def _response_format(content: BundleContent) -> dict[str, Any]:
    """The chat shape that RFT takes; Evals and Azure differ, see NOTICE.md."""
    form = answer_form(content)
    if form is None:
        return {"type": "text"}
    described = {"name": form.name, "strict": form.strict, "schema": form.json_schema}
    return {"type": "json_schema", "json_schema": described}


def _job(content: BundleContent, grader: dict[str, Any]) -> dict[str, Any]:
    """The body of fine_tuning.jobs.create; the two files are named until the upload gives them ids."""
    reinforcement: dict[str, Any] = {
        "grader": grader,
        "hyperparameters": dict.fromkeys(HYPERPARAMETERS, "auto"),
    }
    if answer_form(content) is not None:
        reinforcement["response_format"] = _response_format(content)
    return {
        "model": content.options.base_model,
        "training_file": "train.jsonl",
        "validation_file": "validation.jsonl",
        "seed": content.options.seed,
        "method": {"type": "reinforcement", "reinforcement": reinforcement},
    }
