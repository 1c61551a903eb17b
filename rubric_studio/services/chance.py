"""Chance that is the same on every computer: an order by hash of seed and name, whatever order names come in."""

import hashlib
from collections.abc import Iterable


def drawn(seed: object, names: Iterable[str]) -> list[str]:
    """The names in an order that depends on seed and names alone; the first n of it are n drawn at random."""
    return sorted(names, key=lambda name: place(seed, name))


def place(seed: object, name: str) -> bytes:
    """Where a name comes in the order of that seed."""
    return hashlib.sha256(f"{seed}/{name}".encode("utf-8", "surrogatepass")).digest()
