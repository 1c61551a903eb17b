"""Sentences of the Results page that several of its files say. Translated here, in one context."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.services.statistics import Mean
from rubric_studio.ui.number_text import count_text, range_text, score_text
from rubric_studio.ui.results.view import View

CONTEXT = "results"


def tr(text: str) -> str:
    """Translate a sentence of this page."""
    return QCoreApplication.translate(CONTEXT, text)


def mean_words(mean: Mean | None, absent: str) -> str:
    """Return a mean with its interval and its n: "mean 0.82 (0.77 – 0.87), n 90"; `absent` where there is none."""
    if mean is None:
        return absent
    if mean.low is None or mean.high is None:
        return tr("mean {mean}, n {n}").format(mean=score_text(mean.value), n=count_text(mean.n))
    words = tr("mean {mean} ({range}), n {n}")
    return words.format(
        mean=score_text(mean.value), range=range_text(mean.low, mean.high), n=count_text(mean.n)
    )


def source_words(view: View) -> str:
    """Say under which guide and by whose marks: it stands beside every number."""
    return tr("{guide}, marked {rater}").format(guide=view.guide, rater=view.rater)


def source_cells(view: View) -> tuple[tuple[str, str], ...]:
    """The same as columns of a file."""
    return ((tr("Scoring guide"), view.guide), (tr("Marked"), view.rater))
