"""Rows, facts and outputs that the tests of probes share."""

from typing import Any

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probes.catalogue import BY_NAME
from rubric_studio.domain.probes.facts import Context, Facts, Target
from rubric_studio.domain.probes.form import Tried
from rubric_studio.domain.probes.probe import DoesNotApply
from rubric_studio.domain.row import Row, user_prompt

LABELS = Context({"topics": ("trade", "law", "energy", "tax")})
TOPICS = Target("f1", "labels", ("law", "tax"), "topics", steps=("topics",))
AMOUNT = Target("due", "number", (1680,), "due", pattern=r"due is ([\d.]+)")

TAX_TEXT = (
    "In 2031 Sec. 5(1) applies in Germany.\nSo the rest follows from Sec. 12.\nThe tax due is 1755 EUR."
)
TAX_OUTPUT = Tried(TAX_TEXT, places={"due": ((TAX_TEXT.index("1755"), TAX_TEXT.index("1755") + 4),)})


def row(prompt: str = "Which topics?", id: str = "r1", **reference: Any) -> Row:
    return Row(id=RowId(id), prompt=user_prompt(prompt), reference=reference)


def labels_facts(**more: Any) -> Facts:
    """JSON with topics, of which law and tax are right."""
    return Facts(targets=(TOPICS,), **more)


def tax_facts(**more: Any) -> Facts:
    """A reasoned text with an amount in it."""
    return Facts(targets=(AMOUNT,), wants_more=True, **more)


def texts(
    name: str, facts: Facts, *samples: Tried, of: Row | None = None, context: Context = LABELS
) -> list[str]:
    """What a generator makes, step by step."""
    return [probe.text for probe in BY_NAME[name].texts(of or row(), facts, samples, context)]


def why_not(
    name: str, facts: Facts, *samples: Tried, of: Row | None = None, context: Context = LABELS
) -> str:
    """Why a generator makes nothing; fails where it makes something."""
    try:
        made = texts(name, facts, *samples, of=of, context=context)
    except DoesNotApply as reason:
        return str(reason)
    raise AssertionError(f"{name} made {made}")
