"""How the scores of each group lie: the finding in words, and its numbers bar by bar."""

from typing import NamedTuple, cast

import numpy as np

from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.results import BINS, Distribution, bin_of, distribution
from rubric_studio.ui.labels import counted, heading
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.results.figure import Cell, Figure, cell_text
from rubric_studio.ui.results.view import View
from rubric_studio.ui.results.words import source_cells, source_words, tr

VISIBLE = 0.005


class ScoresFinding(NamedTuple):
    """The distributions in the order of the groups, and their figure."""

    found: tuple[Distribution, ...]
    figure: Figure


def scores_finding(view: View) -> ScoresFinding:
    """Look at the scores of each group."""
    found = tuple(distribution(view.board, view.totals, members) for members in view.groups.members)

    def line(at: int) -> tuple[Cell, ...]:
        group, place = divmod(at, BINS)
        return (view.names[group], place / BINS, (place + 1) / BINS, int(found[group].counts[place]))

    def say(at: int) -> str:
        name, low, high, count = line(at)
        words = tr("{name}, scores from {low} to {high}: {answers}")
        answers = counted("sample", cast("int", count))
        return words.format(name=name, low=cell_text(low), high=cell_text(high), answers=answers)

    def samples(at: int) -> Places:
        group, place = divmod(at, BINS)
        members = view.groups.members[group]
        scored = members[view.totals.scored[members]]
        return scored[bin_of(view.totals.score[scored]) == place]

    n = int(np.count_nonzero(view.totals.scored))
    caption = tr("{answers} with a score. {source}.")
    figure = Figure(
        title=_title(view, found),
        caption=caption.format(answers=counted("sample", n), source=source_words(view)),
        columns=(group_word(view), tr("Score from"), tr("Score to"), heading("sample", 2)),
        count=len(found) * BINS,
        line=line,
        say=say,
        samples=samples,
        source=source_words(view),
        source_cells=source_cells(view),
    )
    return ScoresFinding(found, figure)


def group_word(view: View) -> str:
    """What a column of groups is called."""
    return view.field or tr("Model")


def _title(view: View, found: tuple[Distribution, ...]) -> str:
    means = [(each.mean.value, -at) for at, each in enumerate(found) if each.mean is not None]
    if not means:
        return tr("No answer has a score yet")
    value, at = max(means)[0], -max(means)[1]
    possible = found[at].possible
    facts = {"name": view.names[at], "field": view.field, "mean": score_text(value)}
    if possible is not None and possible - value >= VISIBLE:
        words = tr("{name} reaches {mean} of {best} possible")
        if view.field:
            words = tr('Where {field} is "{name}", answers reach {mean} of {best} possible')
        return words.format(best=score_text(possible), **facts)
    if len(means) > 1:
        words = tr("{name} scores highest: {mean} on average")
        if view.field:
            words = tr('Where {field} is "{name}", answers score highest: {mean} on average')
        return words.format(**facts)
    return tr("{name} scores {mean} on average").format(**facts)
