"""What every target is: a name, what it cannot carry, and the files it writes. No target is in here."""

from typing import Protocol

from rubric_studio.domain.bundle import BundleContent, Objection


class Target(Protocol):
    """A trainer or evaluator for which a bundle is written."""

    @property
    def name(self) -> str:
        """The word on the command line and the folder in the bundle."""
        ...

    @property
    def title(self) -> str:
        """What people see."""
        ...

    def objections(self, content: BundleContent) -> tuple[Objection, ...]:
        """What the target cannot carry, criterion by criterion; () when `files` may be called."""
        ...

    def files(self, content: BundleContent) -> dict[str, bytes]:
        """The target's files by path relative to the bundle; the same content makes the same bytes."""
        ...
