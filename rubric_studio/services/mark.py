"""A mark: what counts for one criterion on one sample. Whose verdicts it is made of is decided in `marks.py`."""

from dataclasses import dataclass

from rubric_studio.domain.verdict import Rater, Span, State

NOT_RATED = "not rated yet"


@dataclass(frozen=True, slots=True)
class Mark:
    """What counts for one criterion on one sample. `raters` are those whose verdicts it is made of."""

    state: State
    value: float | None = None
    level: str | None = None
    reason: str = ""
    raters: tuple[Rater, ...] = ()
    spans: tuple[Span, ...] = ()
    at: str = ""

    def as_grader_mark(self) -> float | str | None:
        """The mark as `grader/scoring.py` takes it: a value, None for unscored, or "not_applicable"."""
        return State.NOT_APPLICABLE.value if self.state is State.NOT_APPLICABLE else self.value


def unscored(reason: str = NOT_RATED) -> Mark:
    """No mark, with the reason why."""
    return Mark(State.UNSCORED, reason=reason)
