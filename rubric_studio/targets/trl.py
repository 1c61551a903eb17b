"""TRL (GRPO): a reward function in one file and a dataset. It calls no judge: what a model must mark stays out.

Contract of TRL 1.16: f(prompts, completions, completion_ids, **columns) -> list of float or None; None keeps a
completion from moving the model.
"""

from rubric_studio.domain.bundle import BundleContent, Objection, Part
from rubric_studio.grader.plan import plan_of
from rubric_studio.targets.asking import messages_of
from rubric_studio.targets.inline import rewards_source
from rubric_studio.targets.json_bytes import json_text, jsonl_file
from rubric_studio.targets.obstacles import judged_criteria, own_code_objections, row_criteria_objections
from rubric_studio.targets.sources import template

OPENING = "rewards.py: the rubric as a reward function for TRL's GRPOTrainer."


NOT_HELD_TO_FORM = """
## The form of the answers

The way of asking has a response format (`../prompt.json`, `../schema.json`). TRL holds no model to one by itself:
where your generation server can (vLLM's structured outputs), give it that schema, or training asks otherwise than
sampling did.
"""


class TrlTarget:
    """Writes `trl/`: rewards.py, train.jsonl, validation.jsonl, README.md."""

    name = "trl"
    title = "TRL (open source, GRPO)"

    def objections(self, content: BundleContent) -> tuple[Objection, ...]:
        """Whatever a model or an expert marks: the reward function is a program."""
        judged = tuple(
            Objection(
                criterion=criterion.key,
                message="a model or an expert marks this point; in TRL the reward is computed by a program alone",
            )
            for criterion in judged_criteria(content.rubric)
        )
        rows = row_criteria_objections(content, "in TRL no model marks them")
        return judged + own_code_objections(content) + rows

    def files(self, content: BundleContent) -> dict[str, bytes]:
        """The four files."""
        return {
            "trl/rewards.py": rewards_source(plan_of(content.rubric), OPENING).encode(),
            "trl/train.jsonl": _dataset(content, "train"),
            "trl/validation.jsonl": _dataset(content, "validation"),
            "trl/README.md": _readme(content).encode(),
        }


def _readme(content: BundleContent) -> str:
    words = template("trl_readme.md")
    return words + NOT_HELD_TO_FORM if content.prompt is not None and content.prompt.response else words


def _dataset(content: BundleContent, part: Part) -> bytes:
    """Rows as TRL reads them. The reference fields travel as JSON text: arrow wants one type per column."""
    return jsonl_file(
        {
            "id": row.id,
            "prompt": messages_of(content, row),
            "item": json_text(row.reference),
        }
        for row in content.part(part)
    )
