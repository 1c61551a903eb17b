"""What is known of answers that an expert sent before her round is closed: how far she came, never what she said."""

from typing import NamedTuple


class Sealed(NamedTuple):
    """One answer file. `hash` is the SHA-256 of its content (64 hex digits), `at` the time it was made."""

    round: str
    person: str
    hash: str
    at: str
    done: int
    total: int
    finished: bool
