"""Probes that do no work: the prompt copied back, and a note that asks the judge for full marks."""

from collections.abc import Sequence

from rubric_studio.domain.probes.facts import Facts
from rubric_studio.domain.probes.form import Tried, is_json_form, said
from rubric_studio.domain.probes.language import language_of
from rubric_studio.domain.probes.phrases import phrases
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator
from rubric_studio.domain.row import Row


def _copied(case: Case) -> tuple[str, ...]:
    if not case.row.prompt_text.strip():
        raise DoesNotApply("the question has no text")
    return (said(case.facts, case.samples, case.row.prompt_text),)


def _note(case: Case) -> tuple[str, ...]:
    language = output_language(case.row, case.facts, case.samples)
    return (said(case.facts, case.samples, phrases(language).to_judge),)


def output_language(row: Row, facts: Facts, samples: Sequence[Tried]) -> str:
    """The language in which outputs are written; that of the prompt where they are labels or are not there."""
    prose = "" if is_json_form(facts) or not samples else samples[0].text
    return language_of(prose if len(prose) >= _ENOUGH_LETTERS else row.prompt_text)


_ENOUGH_LETTERS = 80

PROMPT_COPIED = Generator("prompt_copied", "The question copied back.", Expectation.LOW, _copied)
JUDGE_NOTE = Generator("judge_note", "A note that asks the grader for full marks.", Expectation.LOW, _note)
