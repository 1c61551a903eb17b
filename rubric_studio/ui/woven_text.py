"""Two wordings as one text to read, with signs before what was put in and what was taken out. It opens no window."""

from rubric_studio.domain.woven_words import woven
from rubric_studio.ui.reading_pane import Difference

SIGNS = {"added": "+", "removed": "\N{MINUS SIGN}"}
"""Not by color alone."""


def woven_text(old: str, new: str) -> tuple[str, list[Difference]]:
    """Both texts in one, each piece that differs with its sign, and where those pieces are."""
    text, marks = "", list[Difference]()
    for run in woven(old, new):
        if run.place == "same":
            text += run.text
            continue
        words = run.text.lstrip(" ")
        space = run.text[: len(run.text) - len(words)]
        if text and not space and len(marks) == 1 and marks[0].end == len(text) and marks[0].start == 0:
            space = " "  # nothing parts the first word from what stands for it now
        text += space if text else ""
        shown = SIGNS[run.place] + words
        marks.append(Difference(len(text), len(text) + len(shown), run.place))
        text += shown
    return text, marks
