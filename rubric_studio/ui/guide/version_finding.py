"""Two versions compared on the same answers: what is found, in words, and its numbers answer by answer."""

from dataclasses import dataclass

import numpy as np

from rubric_studio.grader.column_functions import Column
from rubric_studio.grader.columns import Totals
from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.version_effects import VersionEffect, moved_most
from rubric_studio.services.version_marks import MarkedPoints
from rubric_studio.services.version_totals import Stage, Timeline
from rubric_studio.ui.guide.version_words import (
    answers,
    apart_words,
    finding_words,
    mean_words,
    stage_name,
    stage_words,
    tr,
)
from rubric_studio.ui.labels import heading
from rubric_studio.ui.number_text import difference_text, score_text
from rubric_studio.ui.results.figure import Cell, Figure


@dataclass(frozen=True)
class Comparison:
    """Two stages of the guide with the totals of both; `old` is the earlier one. `rater` says whose marks count."""

    old: Stage
    new: Stage
    old_totals: Totals
    new_totals: Totals
    marked: MarkedPoints
    effect: VersionEffect
    rater: str

    @property
    def names(self) -> tuple[str, str]:
        """What the two are called."""
        return stage_name(self.old), stage_name(self.new)

    @property
    def heads(self) -> tuple[str, str]:
        """The same with their days."""
        return stage_words(self.old), stage_words(self.new)


def comparison(timeline: Timeline, old: str, new: str, found: VersionEffect, rater: str) -> Comparison:
    """Put two stages of a timeline beside each other."""
    by_id = {stage.id: stage for stage in timeline.stages}
    marked, (before, after) = timeline.marked, (timeline.totals[old], timeline.totals[new])
    return Comparison(by_id[old], by_id[new], before, after, marked, found, rater)


class TotalsFinding:
    """The figure of a comparison, its points in the order of how far they moved."""

    def __init__(self, compared: Comparison) -> None:
        self._compared = compared
        self.places: Places = moved_most(compared.old_totals, compared.new_totals)
        self.old: Column = compared.old_totals.score[self.places]
        self.new: Column = compared.new_totals.score[self.places]
        self.model: Places = compared.marked.model_of[self.places]

    def figure(self) -> Figure:
        """Say what is found."""
        compared = self._compared
        old, new = compared.names
        return Figure(
            title=finding_words(compared.effect.whole),
            caption=caption(compared),
            columns=(heading("row"), tr("Model"), tr("Run"), old, new, tr("Moved")),
            count=len(self.places),
            line=self._line,
            say=self._say,
            samples=lambda at: self.places[at : at + 1],
            source=tr("{old} and {new}, marked {rater}").format(old=old, new=new, rater=compared.rater),
            source_cells=((tr("Compared"), f"{old} - {new}"), (tr("Marked"), compared.rater)),
        )

    def _line(self, at: int) -> tuple[Cell, ...]:
        info = self._compared.marked.infos[int(self.places[at])]
        old, new = float(self.old[at]), float(self.new[at])
        return (str(info.row), info.model, str(info.run), old, new, float(np.round(new - old, 9)))

    def _say(self, at: int) -> str:
        info = self._compared.marked.infos[int(self.places[at])]
        old, new = float(self.old[at]), float(self.new[at])
        moved = difference_text(new - old)
        words = tr("{row}, {model}, run {run}: {old} before, {new} now ({moved})")
        if not moved:
            words = tr("{row}, {model}, run {run}: {old} before, {new} now")
        facts = {"row": str(info.row), "model": info.model, "run": info.run, "moved": moved}
        return words.format(old=score_text(old), new=score_text(new), **facts)


def caption(compared: Comparison) -> str:
    """Say over how many answers, under which versions and by whose marks."""
    effect, (old, new) = compared.effect.whole, compared.names
    words = tr("{new} against {old}, on {answers} with a total under both, marked {rater}.")
    sentences = [words.format(new=new, old=old, answers=answers(effect.n), rater=compared.rater)]
    for more in (mean_words(effect), apart_words(effect)):
        sentences += [f"{more[:1].upper()}{more[1:]}."] if more else []
    return " ".join(sentences)
