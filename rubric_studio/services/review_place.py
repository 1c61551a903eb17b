"""Where an expert stands in a packet, so that she comes back to it: kept without an edit, and without undo."""

from typing import Any, Literal

from pydantic import Field, ValidationError

from rubric_studio.domain.ids import SampleKey
from rubric_studio.domain.values import Value
from rubric_studio.domain.verdict import Span
from rubric_studio.services.ports import Store

PLACE = "review.place"
BEGUN = "review.begun"

Way = Literal["answer", "point"]
"""One sample with all its criteria, or one criterion over the samples of a question."""


class KeptTurn(Value):
    """A task as it is kept: its place in the order may change, this does not."""

    sample: SampleKey
    repeat: int = 0


class ReviewPlace(Value):
    """The task and point one is at, the way through, how far the text is scrolled (0 to 1), what is put off.

    `goes_on` goes to the next answer after the last point, `asks_why` opens the reason at low grades.
    """

    turn: KeptTurn | None = None
    point: str = ""
    way: Way = "answer"
    scroll: float = Field(default=0.0, ge=0, le=1)
    skipped: tuple[KeptTurn, ...] = ()
    goes_on: bool = False
    asks_why: bool = True


class Begun(Value):
    """A reason and passages given before the grade they belong to."""

    sample: SampleKey
    repeat: int
    criterion: str
    reason: str = ""
    evidence: tuple[Span, ...] = ()


class AllBegun(Value):
    """Everything that waits for its grade."""

    begun: tuple[Begun, ...] = ()


def kept_review_place(store: Store) -> ReviewPlace:
    """Where one was; the beginning where nothing readable is kept."""
    kept: Any = store.kept_place(PLACE)
    try:
        return ReviewPlace.model_validate(kept) if kept is not None else ReviewPlace()
    except ValidationError:
        return ReviewPlace()


def keep_review_place(store: Store, place: ReviewPlace) -> None:
    """Keep where one is."""
    store.keep_place(PLACE, place.model_dump(mode="json"))


def kept_begun(store: Store) -> tuple[Begun, ...]:
    """What waits for its grade."""
    kept: Any = store.kept_place(BEGUN)
    try:
        return AllBegun.model_validate(kept).begun if kept is not None else ()
    except ValidationError:
        return ()


def keep_begun(store: Store, begun: tuple[Begun, ...]) -> None:
    """Keep what waits for its grade; nothing forgets it."""
    store.keep_place(BEGUN, AllBegun(begun=begun).model_dump(mode="json") if begun else None)
