"""What rounds ask of the store: what was sent before a round is closed, and places to come back to."""

from collections.abc import Sequence
from typing import Any, Protocol

from rubric_studio.domain.sealed import Sealed


class SealedStore(Protocol):
    """What experts sent before their round is closed, and places to come back to."""

    def keep_sealed(self, sealed: Sealed, content: bytes) -> bool:
        """Keep what an expert sent; False where the same is there already."""
        ...

    def sealed(self, round: str | None = None) -> list[Sealed]:
        """What is there of a round, or of all: who and how far, ordered by round, person and time."""
        ...

    def sealed_contents(self, round: str) -> list[bytes]:
        """What was sent in a round. For the moment of closing."""
        ...

    def reopen_sealed(self, round: str, person: str) -> int:
        """Count what a person sent as unfinished again; how many files."""
        ...

    def drop_sealed(self, round: str, hashes: Sequence[str] | None = None) -> int:
        """Let go of what was sent in a round, or of those files, once their records are here; how many files."""
        ...

    def kept_place(self, name: str) -> Any:
        """A JSON value that was kept under a name, None where nothing was."""
        ...

    def keep_place(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name, in the place of what was there; None forgets it. No edit, no undo."""
        ...
