"""Totals of versions, computed once and kept while the marks stay as they are. Knows no job and no window."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.columns import Totals
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.version_effects import VersionEffect, version_effect
from rubric_studio.services.version_marks import MarkedPoints, mark_points
from rubric_studio.services.versions import Version, draft, versions

DRAFT = "draft"


class Stage(NamedTuple):
    """A state of the rubric on its way: a saved version, or (`version` None) the draft with what is unsaved."""

    id: str
    rubric: Rubric
    version: Version | None

    @property
    def number(self) -> int | None:
        """The version's number; the draft has none yet."""
        return self.version.number if self.version else None


class Timeline(NamedTuple):
    """All stages, oldest first, the totals of each and its effect against the one before (None: the first)."""

    stages: tuple[Stage, ...]
    marked: MarkedPoints
    totals: dict[str, Totals]
    effects: dict[str, VersionEffect | None]


def stages(store: Store, present: Rubric | None = None) -> list[Stage]:
    """Every version, oldest first; the draft after them where it says something else, or where it is all there is."""
    saved = [Stage(version.id, version.rubric, version) for version in versions(store)]
    now = draft(store) if present is None else present
    is_new = now != saved[-1].rubric if saved else any(True for _ in now.criteria())
    return [*saved, Stage(DRAFT, now, None)] if is_new else saved


class VersionTotals:
    """Totals by (version, rater). `forget` them when marks change: a version itself never does."""

    def __init__(self) -> None:
        self._marked: dict[str, MarkedPoints] = {}
        self._totals: dict[tuple[str, str], Totals] = {}
        self._known_effects: dict[tuple[str, str, str], VersionEffect] = {}

    def forget(self) -> None:
        """The marks at hand are others now."""
        self._marked.clear()
        self._totals.clear()
        self._known_effects.clear()

    def timeline(
        self, store: Store, found: Sequence[Stage], rater: str, progress: Progress = no_progress
    ) -> Timeline:
        """Compute what is not known yet; reads the marks in one pass, and only where a point is new."""
        marked = self._marked.get(rater)
        if marked is None or not all(marked.covers(stage.rubric) for stage in found):
            marked = mark_points(store, [s.rubric for s in found], rater_choice(store, rater), progress)
            self._marked[rater] = marked
        totals: dict[str, Totals] = {}
        for done, stage in enumerate(found, start=1):
            totals[stage.id] = self._of(stage, rater, marked)
            progress(done, len(found), "adding up")
        return Timeline(tuple(found), marked, totals, self._effects(found, rater, marked, totals))

    def _of(self, stage: Stage, rater: str, marked: MarkedPoints) -> Totals:
        known = self._totals.get((stage.id, rater))
        if known is None or stage.version is None:
            known = marked.board(stage.rubric).totals(stage.rubric)
            self._totals[stage.id, rater] = known
        return known

    def _effects(
        self, found: Sequence[Stage], rater: str, marked: MarkedPoints, totals: dict[str, Totals]
    ) -> dict[str, VersionEffect | None]:
        effects: dict[str, VersionEffect | None] = {found[0].id: None} if found else {}
        for before, after in pairwise(found):
            at = (before.id, after.id, rater)
            known = self._known_effects.get(at)
            if known is None or after.version is None:
                known = version_effect(marked.models, marked.model_of, totals[before.id], totals[after.id])
                self._known_effects[at] = known
            effects[after.id] = known
        return effects
