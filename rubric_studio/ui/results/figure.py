"""One plot's finding and its data as lines: what is drawn, what the table shows, what the CSV holds."""

from collections.abc import Callable
from dataclasses import dataclass

from rubric_studio.grader.verdict_column import Places
from rubric_studio.ui.number_text import count_text, score_text

Cell = str | int | float | None
NOTHING = "\N{EN DASH}"


@dataclass(frozen=True)
class Figure:
    """A plot in words and numbers. Lines are made when they are asked for: there may be 100,000 of them.

    `line(at)` gives the cells beneath `columns`, `say(at)` the same as a sentence without its full stop,
    `samples(at)` the places of the samples behind the line. `source` says in words whose marks these are under
    which guide, `source_cells` the same for a file's every line.
    """

    title: str
    caption: str
    columns: tuple[str, ...]
    count: int
    line: Callable[[int], tuple[Cell, ...]]
    say: Callable[[int], str]
    samples: Callable[[int], Places]
    source: str = ""
    source_cells: tuple[tuple[str, str], ...] = ()


def cell_text(cell: Cell) -> str:
    """Return what a table shows of a cell."""
    if cell is None:
        return NOTHING
    if isinstance(cell, float):
        return score_text(cell)
    return count_text(cell) if isinstance(cell, int) else cell
