"""How much of each thing said in a meeting finds room on its one page. It writes nothing.

Lines are counted as the page's small type breaks them in a wide font, so that they fit in a narrow one as well; what
is cut ends in dots and stands whole in the project.
"""

import math
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from rubric_studio.domain.minutes import Discussed, Minutes, Reworded
from rubric_studio.domain.woven_words import Run

LINES = 60
"""Lines of small type between the beginning and the end of the page."""
WORDS_MOST, WORDS_WIDTH = 18, 88
"""Lines for new words in all, and letters in one of them."""
HEADING = 3
WHAT_WIDTH, VIEWS_WIDTH, WHY_WIDTH = 29, 18, 29
"""Letters in a line of a column."""
LEAST_LINES, MOST_LINES = 2, 7
AROUND = 40
"""Letters of what stays that are shown on each side of a change, where the whole has no room."""


class Room(NamedTuple):
    """What stands on the page: the differences that fit, each with so many lines, and how many do not."""

    discussed: tuple[Discussed, ...]
    lines: int
    more: int
    reworded: tuple[Reworded, ...]


def room_on_page(minutes: Minutes) -> Room:
    """Give each difference its share of the page; what was decided stays where not all fit."""
    reworded, taken = _words(minutes.reworded)
    left = LINES - taken
    rows = min(len(minutes.discussed), left // LEAST_LINES)
    lines = max(LEAST_LINES, min(MOST_LINES, left // max(1, rows)))
    places = range(len(minutes.discussed))
    decided_first = sorted(places, key=lambda at: not minutes.discussed[at].decided)[:rows]
    fitting = tuple(minutes.discussed[at] for at in sorted(decided_first))
    return Room(fitting, lines, len(minutes.discussed) - len(fitting), reworded)


def views_text(views: Sequence[tuple[str, str]], lines: int) -> str:
    """Who gave what: person by person, or grade by grade where that is too long."""
    one_by_one = [f"{who}: {grade}" for who, grade in views]
    if len(one_by_one) <= lines and max(map(len, one_by_one), default=0) <= VIEWS_WIDTH:
        return "\n".join(one_by_one)
    by_grade: dict[str, list[str]] = {}
    for who, grade in views:
        by_grade.setdefault(grade, []).append(who)
    told = "; ".join(f"{', '.join(people)}: {grade}" for grade, people in by_grade.items())
    return cut(told, VIEWS_WIDTH, lines)


def cut(text: str, width: int, lines: int) -> str:
    """A text for so many lines of a width, ended by dots where its room ends; the page breaks it itself."""
    return textwrap.fill(text, width, max_lines=lines, placeholder="…").replace("\n", " ")


def _words(reworded: Sequence[Reworded]) -> tuple[tuple[Reworded, ...], int]:
    """The new words with as much of them as finds room, and the lines that they take."""
    if not reworded:
        return (), 0
    each_lines = max(1, WORDS_MOST // len(reworded))
    fitting = tuple(_fitting(each, each_lines * WORDS_WIDTH) for each in reworded[:WORDS_MOST])
    taken = sum(1 + math.ceil(_letters(each) / WORDS_WIDTH) + _line_ends(each) for each in fitting)
    return fitting, HEADING + taken


def _line_ends(each: Reworded) -> int:
    """How many lines begin anew within the new words."""
    return sum(run.text.count("\n") for run in each.runs)


def _letters(each: Reworded) -> int:
    return len(each.point) + sum(len(run.text) for run in each.runs) + 40


def _fitting(each: Reworded, letters: int) -> Reworded:
    """The whole where there is room; else what changed with a little of what stands around it, on one line."""
    point = cut(each.point, WORDS_WIDTH, 1)
    room = letters - len(point) - 40
    if sum(len(run.text) for run in each.runs) + _line_ends(each) * WORDS_WIDTH <= room:
        return each._replace(point=point)
    runs: list[Run] = []
    for run in (_around(run) if run.place == "same" else run for run in each.runs):
        text = run.text.replace("\n", " / ")
        if len(text) > room:
            runs.append(run._replace(text=text[: max(1, room)].rstrip() + "…"))
            break
        runs.append(run._replace(text=text))
        room -= len(text)
    return each._replace(point=point, runs=tuple(runs))


def _around(run: Run) -> Run:
    if len(run.text) <= 2 * AROUND + 3:
        return run
    return run._replace(text=f"{run.text[:AROUND].rstrip()} … {run.text[-AROUND:].lstrip()}")
