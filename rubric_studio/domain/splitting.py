"""Which rows train, which validate, which stay at home: by seed and id alone. Not balanced (that is later work)."""

import hashlib
from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.values import Value

Part = Literal["train", "validation", "test"]


class Shares(Value):
    """How much of the rows goes where, in percent; the rest trains."""

    validation: int = Field(default=15, ge=0, le=100)
    test: int = Field(default=15, ge=0, le=100)


class Split(Value):
    """The parts, each in the order in which its rows are written."""

    train: tuple[RowId, ...] = ()
    validation: tuple[RowId, ...] = ()
    test: tuple[RowId, ...] = ()


def seeded_order(ids: Iterable[RowId], seed: int) -> list[RowId]:
    """Order ids by the SHA-256 of seed and id: the same on every machine and in every version."""
    return sorted(ids, key=lambda id: (hashlib.sha256(f"{seed}\n{id}".encode()).digest(), id))


def split(ids: Iterable[RowId], seed: int, shares: Shares) -> Split:
    """Cut the seeded order into parts; validation and test get at least one row where there are three.

    A part of 0 percent stays empty.
    """
    order = seeded_order(ids, seed)
    validation = _count(len(order), shares.validation)
    test = _count(len(order), shares.test)
    return Split(
        validation=tuple(order[:validation]),
        test=tuple(order[validation : validation + test]),
        train=tuple(order[validation + test :]),
    )


def _count(rows: int, percent: int) -> int:
    if percent == 0 or rows < 3:
        return 0
    return max(1, round(rows * percent / 100))
