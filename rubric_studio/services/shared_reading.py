"""What the figures of one view are made of, read once and handed to all that show it together. Computes no figure."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from rubric_studio.domain.given_mark import GivenMark
from rubric_studio.domain.ids import RecordId, RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.round import RoundPlan
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.expert_ratings import PointRatings, Verdicts, counted_ids, point_ratings
from rubric_studio.services.held_out import held_out_among
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.rater_scores import rater_ratings
from rubric_studio.services.round_plans import plans

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.agreement import Statistics
    from rubric_studio.domain.rating_table import RatingTable

_Found = TypeVar("_Found")


class Sought(NamedTuple):
    """Whose verdicts: those that count in some rounds (None: in all), or all that there are; of some raters."""

    counted: bool
    rounds: frozenset[str] | None = None
    raters: tuple[str, ...] = ()


class Reading:
    """One store's marks and what follows from them, each read when it is first asked for and kept.

    It is for one view, or one answer: what is written meanwhile it does not see.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: dict[object, Any] = {}
        self._asking: list[tuple[Rubric, Questionnaire]] = []

    # ---- whose marks

    @cached_property
    def plans(self) -> Mapping[RecordId, RoundPlan]:
        """Each round's plan, the oldest first."""
        return plans(self.store)

    @cached_property
    def held_out(self) -> frozenset[RowId]:
        """The rows whose agreement may be quoted as final."""
        return held_out_among(self.plans.values())

    @cached_property
    def said(self) -> list[GivenMark]:
        """All that experts say now, hidden repeats too, oldest first."""
        return self.store.standing_marks()

    @cached_property
    def _closings(self) -> Mapping[str, Mapping[RecordId, None]]:
        """What the closings of each round count."""
        heads = [head for head in self.store.heads(RecordKind.CLOSING) if head.body is not None]
        subjects = dict.fromkeys(head.subject for head in heads)
        return {
            subject: counted_ids(head for head in heads if head.subject == subject) for subject in subjects
        }

    @cached_property
    def _counted(self) -> list[GivenMark]:
        """All that any round counts, hidden repeats too, oldest first."""
        return self.store.given_marks({id: None for ids in self._closings.values() for id in ids})

    def rounds_named(self, rounds: Iterable[str] | None) -> frozenset[str] | None:
        """Those rounds, or None where they are all that is counted: it is the same then."""
        wanted = None if rounds is None else frozenset(rounds)
        return None if wanted is None or wanted >= self._closings.keys() else wanted

    def counted(self, rounds: Iterable[str] | None = None, repeat: int = 0) -> list[GivenMark]:
        """The verdicts that closings count, of some rounds or of all, oldest first; `repeat` 1 are the hidden ones."""
        wanted = self.rounds_named(rounds)
        if wanted is None:
            return [mark for mark in self._counted if mark.repeat == repeat]
        ids = {id for round in wanted for id in self._closings.get(round, ())}
        return [mark for mark in self._counted if mark.repeat == repeat and mark.record in ids]

    def all_said(self) -> list[GivenMark]:
        """All that experts say now, oldest first; without hidden repeats."""
        return [mark for mark in self.said if mark.repeat == 0]

    # ---- what follows from them

    def asking(self, rubric: Rubric) -> Questionnaire:
        """The rubric ready to be asked."""
        known = next((asking for each, asking in self._asking if each is rubric or each == rubric), None)
        if known is None:
            known = questionnaire(self.store, rubric)
            self._asking.append((rubric, known))
        return known

    def ratings(
        self, asking: Questionnaire, verdicts: Verdicts, progress: Progress = no_progress
    ) -> list[PointRatings]:
        """What those raters said of each judged criterion, as `point_ratings` has it."""
        return self.kept(
            ("ratings", asking, verdicts),
            lambda: point_ratings(self.store, asking, verdicts, progress=progress),
        )

    def scores(
        self, asking: Questionnaire, verdicts: Verdicts, progress: Progress = no_progress
    ) -> list[PointRatings]:
        """What each of those raters alone would make of the samples, as `rater_ratings` has it."""
        return self.kept(
            ("scores", asking, verdicts),
            lambda: rater_ratings(self.store, asking.rubric, asking, verdicts, progress),
        )

    def statistics(self, table: "RatingTable", *, draws: bool) -> "Statistics":
        """The statistics of a table; those of tables that say the same, line by line, are one."""
        from rubric_studio.domain.agreement import statistics

        says = (table.scale, table.codes.shape, table.codes.tobytes(), draws)
        return self.kept(says, lambda: statistics(table, draws=draws))

    def kept(self, key: object, make: Callable[[], _Found]) -> _Found:
        """What was made before under that key, or is made now."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]
