"""How far the answers to one question lie apart: the room to improve in words, and its numbers question by question."""

from typing import NamedTuple, cast

import numpy as np

from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.board import Spread
from rubric_studio.services.results import Headroom, headroom, spread_in
from rubric_studio.ui.labels import counted, heading
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.results.figure import Cell, Figure, cell_text
from rubric_studio.ui.results.view import View
from rubric_studio.ui.results.words import source_cells, source_words, tr


class SpreadFinding(NamedTuple):
    """The questions, weakest first, the room to improve (None: it cannot be said), and their figure."""

    found: Spread
    room: Headroom | None
    figure: Figure


def spread_finding(view: View, group: int | None) -> SpreadFinding:
    """Look at each question's answers: those of one group, or all."""
    members = None if group is None else view.groups.members[group]
    found = spread_in(view.board, view.totals, members)
    room = headroom(found)

    def line(at: int) -> tuple[Cell, ...]:
        several = int(found.n[at]) > 1
        return (
            str(view.board.rows[int(found.rows[at])]),
            float(found.mean[at]),
            float(found.deviation[at]) if several else None,
            float(found.best[at]),
            float(found.worst[at]),
            int(found.n[at]),
        )

    def say(at: int) -> str:
        row, mean, _, best, worst, count = line(at)
        words = tr("{row}: mean {mean}, best {best}, worst {worst}, {answers}")
        facts = {"mean": cell_text(mean), "best": cell_text(best), "worst": cell_text(worst)}
        return words.format(row=row, answers=counted("sample", cast("int", count)), **facts)

    def samples(at: int) -> Places:
        places = np.flatnonzero((view.board.row_of == found.rows[at]) & view.totals.scored)
        return places if members is None else np.intersect1d(places, members)

    columns = (
        heading("row"), tr("Mean"), tr("Standard deviation"), tr("Best"), tr("Worst"), heading("sample", 2),
    )  # fmt: skip
    figure = Figure(
        title=_title(found, room),
        caption=_caption(view, group, room),
        columns=columns,
        count=len(found.rows),
        line=line,
        say=say,
        samples=samples,
        source=source_words(view),
        source_cells=(*source_cells(view), (tr("Answers of"), _whose(view, group))),
    )
    return SpreadFinding(found, room, figure)


def _title(found: Spread, room: Headroom | None) -> str:
    if room is not None:
        words = tr("Room to improve {room}: from {mean} to {best}, {questions}")
        return words.format(
            room=score_text(room.room.value),
            mean=score_text(room.mean),
            best=score_text(room.best),
            questions=counted("row", room.rows),
        )
    if len(found.rows):
        return tr("No question has several answers with a score: room to improve cannot be said")
    return tr("No answer has a score yet")


def _caption(view: View, group: int | None, room: Headroom | None) -> str:
    whose = tr("Answers of {group}.").format(group=_whose(view, group))
    parts = [whose, source_words(view) + "."]
    if room is not None and room.room.low is not None and room.room.high is not None:
        words = tr("Mean of the best minus mean: between {low} and {high} in 95 of 100 times.")
        parts.insert(0, words.format(low=score_text(room.room.low), high=score_text(room.room.high)))
    elif room is not None:
        parts.insert(0, tr("Too few questions to rely on."))
    return " ".join(parts)


def _whose(view: View, group: int | None) -> str:
    if group is not None:
        return view.names[group]
    return tr("all models") if not view.field else tr("all questions")
