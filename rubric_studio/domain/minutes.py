"""The minutes of a meeting about disputes, as values: what was decided, what stays open, which words changed.

They name nobody: people are the letters that they had in the meeting. How they look is in `files/minutes_docx.py`.
"""

from typing import NamedTuple

from rubric_studio.domain.woven_words import Run


class Discussed(NamedTuple):
    """One dispute as the minutes tell it. `decided` is "" where nothing was decided; `cause` is a code."""

    question: str
    point: str
    views: tuple[tuple[str, str], ...]
    decided: str
    cause: str
    reason: str
    is_open: bool
    seconds: int


class Reworded(NamedTuple):
    """A point whose words were changed in the meeting, word by word; `cures` counts the disputes it should end."""

    point: str
    runs: tuple[Run, ...]
    cures: int


class Minutes(NamedTuple):
    """One page about one meeting. `at` is its day as people write it; `left` counts disputes not reached."""

    project: str
    guide: str
    at: str
    people: tuple[str, ...]
    minutes: int
    discussed: tuple[Discussed, ...]
    reworded: tuple[Reworded, ...]
    left: int
