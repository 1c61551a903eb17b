"""Padding: an ordinary answer, and the same with empty words up to three times its length."""

from itertools import cycle

from rubric_studio.domain.probes.echo import output_language
from rubric_studio.domain.probes.form import Tried
from rubric_studio.domain.probes.phrases import phrases
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator

TIMES = 3


def _padded(case: Case) -> tuple[str, ...]:
    """The ordinary answer is the middle one: only there has a score room to rise."""
    if not case.samples and not case.facts.text:
        raise DoesNotApply("there is no answer to pad")
    sample = case.samples[len(case.samples) // 2] if case.samples else Tried(case.facts.text)
    if not sample.text.strip():
        raise DoesNotApply("the answer to pad is empty")
    filler = cycle(phrases(output_language(case.row, case.facts, case.samples)).filler)
    padded = _open_to_words(sample)
    while len(padded) < TIMES * len(sample.text):
        padded = f"{padded} {next(filler)}"
    return sample.text, padded


def _open_to_words(sample: Tried) -> str:
    """JSON is put into a fenced block, beside which words may stand without breaking it."""
    if sample.has_json and "```" not in sample.text:
        return f"```json\n{sample.text.strip()}\n```\n\n"
    return f"{sample.text}\n\n"


PADDING = Generator(
    "padding",
    "An ordinary answer with empty words up to three times its length.",
    Expectation.NO_GAIN,
    _padded,
)
