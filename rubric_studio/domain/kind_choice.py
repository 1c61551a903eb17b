"""Choosing another kind for a criterion: what carries over, and what must be known at once."""

from typing import Any, get_args

from rubric_studio.domain.kinds import JudgedKind, Kind
from rubric_studio.domain.rubric import STARTING_LEVELS, Rubric
from rubric_studio.domain.rubric_edits import with_criterion

KINDS: dict[str, type[Any]] = {
    kind.model_fields["type"].default: kind for kind in get_args(get_args(Kind)[0])
}
"""The models of the kinds by their `type`, in the order in which they are offered."""

CHOSEN_BY_HAND = ("judged", *(name for name in KINDS if name not in ("judged", "grader")))
"""Kinds that people choose, own code last; a grader comes with a file."""

STARTING_CODE = '''def grade(sample, item):
    """Give a number from 0 to 1 for one answer."""
    text = sample["output_text"]
    return 1.0 if text.strip() else 0.0
'''
"""What own code begins with."""

_CARRIED = ("predicted", "reference", "exact", "terms")


def kind_of(name: str, before: Kind, reference: str) -> Kind:
    """Make a kind of that name; what `before` says of the answer and the reference carries over.

    `reference` is the row field that a check is compared with until another is chosen.
    """
    model = KINDS[name]
    kept = {
        field: getattr(before, field)
        for field in _CARRIED
        if field in model.model_fields and getattr(before, field, None) is not None
    }
    if "source" in model.model_fields:
        kept["source"] = STARTING_CODE
    if "reference" in model.model_fields and not kept.get("terms"):
        kept.setdefault("reference", reference)
    return model(**kept)


def with_kind_chosen(rubric: Rubric, key: str, name: str, reference: str) -> Rubric:
    """Give a criterion another kind; one that is judged from now on has grades."""
    criterion = rubric.criterion(key)
    if criterion is None or criterion.kind.type == name:
        return rubric
    kind = kind_of(name, criterion.kind, reference)
    fields: dict[str, Any] = {"kind": kind}
    if isinstance(kind, JudgedKind) and not criterion.levels:
        fields["levels"] = STARTING_LEVELS
    return with_criterion(rubric, key, **fields)
