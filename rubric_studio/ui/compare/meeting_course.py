"""The course of a meeting: which disputes, how long each, what was decided and worded anew. It shows nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rubric_studio.domain.minutes import Minutes
from rubric_studio.services.cures import NewWords
from rubric_studio.services.disputes import Dispute
from rubric_studio.services.minutes import (
    HALF_AN_HOUR,
    MINUTES_EACH,
    discussed,
    letters_of,
    reworded_point,
    worst_that_fit,
)
from rubric_studio.ui.compare.dispute_words import STANDARD, level_name, tr
from rubric_studio.ui.labels import label

GLANCE = 5
"""Seconds below which a dispute that was only passed by is not among the minutes."""


class _Words(NamedTuple):
    point: str
    old: NewWords
    new: NewWords
    cures: int


class MeetingCourse:
    """Letters stay the same for the whole meeting."""

    def __init__(self, disputes: Sequence[Dispute], seed: int) -> None:
        self._all = [each for each in disputes if not each.is_decided]
        self.letters = letters_of(disputes, seed)
        self.minutes, self.each = HALF_AN_HOUR, MINUTES_EACH
        self.disputes = list(worst_that_fit(self._all))
        self.at = 0
        self._seconds: dict[str, int] = defaultdict(int)
        self._words: list[_Words] = []

    @property
    def dispute(self) -> Dispute | None:
        """The one that is talked about."""
        return self.disputes[self.at] if 0 <= self.at < len(self.disputes) else None

    @property
    def left(self) -> int:
        """Seconds left for it; below 0 where it takes longer."""
        return self.each * 60 - (self._seconds[self.dispute.subject] if self.dispute else 0)

    @property
    def spent(self) -> int:
        """Seconds spent in all."""
        return sum(self._seconds.values())

    def tick(self) -> None:
        """Let a second pass."""
        if self.dispute is not None:
            self._seconds[self.dispute.subject] += 1

    def fit(self, minutes: int, each: int) -> None:
        """Take other times; what was met already stays where it is."""
        self.minutes, self.each = minutes, each
        met = self.disputes[: self.at + 1]
        known = {dispute.subject for dispute in met}
        others = [
            dispute for dispute in worst_that_fit(self._all, minutes, each) if dispute.subject not in known
        ]
        self.disputes = [*met, *others]

    def replace(self, dispute: Dispute) -> None:
        """Take over what is decided now."""
        self.disputes = [dispute if each.subject == dispute.subject else each for each in self.disputes]

    def note_words(self, dispute: Dispute, old: NewWords, new: NewWords, cures: int) -> None:
        """Note that a point was worded anew."""
        self._words.append(_Words(dispute.asked.title, old, new, cures))

    def written(self, project: str, guide: str, day: str) -> Minutes:
        """The minutes as they stand."""
        met = [each for each in self.disputes if each.decision or self._seconds[each.subject] >= GLANCE]
        words = _grades(self.disputes)
        lines = tuple(
            discussed(each, self.letters, each.decision, words, self._seconds[each.subject]) for each in met
        )
        return Minutes(
            project=project,
            guide=guide,
            at=day,
            people=tuple(sorted(self.letters.values())),
            minutes=max(1, round(self.spent / 60)),
            discussed=lines,
            reworded=tuple(reworded_point(*each) for each in self._words),
            left=len(self._all) - len(met),
        )


def clock_text(seconds: int) -> str:
    """Return a span of time as 2:05."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _grades(disputes: Sequence[Dispute]) -> Mapping[str, str]:
    keys = {level.key for each in disputes for level in each.asked.levels} | set(STANDARD)
    return {key: level_name(key) for key in keys} | {
        "na": label("shape.not_applicable"),
        "open": tr("left open"),
    }
