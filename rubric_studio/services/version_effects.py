"""What a version changed in the totals against another, on the same samples with the marks at hand. Reads nothing."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from rubric_studio.domain.rank_correlation import Correlation, rank_correlation
from rubric_studio.grader.columns import Totals
from rubric_studio.grader.verdict_column import Places

_Kind = TypeVar("_Kind", bound=np.generic)

MOVED = 1e-9
"""Smaller differences are rounding."""


class Effect(NamedTuple):
    """How totals moved. Over the `n` samples that have a total under both; the others are counted apart.

    `mean` and `largest` (by size) are signed, new minus old, over those that moved; None where none did.
    `order` compares the two orders of the `n`.
    """

    n: int
    moved: int
    mean: float | None
    largest: float | None
    order: Correlation
    gained: int
    lost: int


class VersionEffect(NamedTuple):
    """The effect on all samples, and on those of each model, in the fixed order of models."""

    whole: Effect
    models: tuple[tuple[str, Effect], ...]


def effect(old: Totals, new: Totals, members: Places | None = None) -> Effect:
    """Compare two versions' totals of the same samples, or of those of `members` only."""
    before, after = (_within(each.scored, members) for each in (old, new))
    both = before & after
    old_scores, new_scores = (_within(each.score, members)[both] for each in (old, new))
    moves = new_scores - old_scores
    moved = moves[np.abs(moves) > MOVED]
    return Effect(
        n=int(np.count_nonzero(both)),
        moved=len(moved),
        mean=float(moved.mean()) if moved.size else None,
        largest=float(moved[np.argmax(np.abs(moved))]) if moved.size else None,
        order=rank_correlation(old_scores, new_scores),
        gained=int(np.count_nonzero(after & ~before)),
        lost=int(np.count_nonzero(before & ~after)),
    )


def version_effect(models: tuple[str, ...], model_of: Places, old: Totals, new: Totals) -> VersionEffect:
    """Compare two versions' totals, as a whole and model by model."""
    by_model = [effect(old, new, np.flatnonzero(model_of == at)) for at in range(len(models))]
    return VersionEffect(effect(old, new), tuple(zip(models, by_model, strict=True)))


def moved_most(old: Totals, new: Totals) -> Places:
    """The samples with a total under both, the one that moved most first; equal ones in their order."""
    both = np.flatnonzero(old.scored & new.scored)
    return both[np.argsort(-np.abs(new.score[both] - old.score[both]).round(9), kind="stable")]


def _within(column: NDArray[_Kind], members: Places | None) -> NDArray[_Kind]:
    return column if members is None else column[members]
