"""Probes that answer nothing: an empty output, and a refusal in the prompt's language."""

from rubric_studio.domain.probes.facts import Facts
from rubric_studio.domain.probes.form import said
from rubric_studio.domain.probes.language import language_of
from rubric_studio.domain.probes.phrases import phrases
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator


def refuse_where_nothing_is_right(facts: Facts) -> None:
    """An output without content is the right one where the reference expects nothing."""
    if facts.targets and not facts.terms and not any(target.values for target in facts.targets):
        raise DoesNotApply("nothing is expected here, so saying nothing is right")


def _empty(case: Case) -> tuple[str, ...]:
    refuse_where_nothing_is_right(case.facts)
    return ("",)


def _refusal(case: Case) -> tuple[str, ...]:
    refuse_where_nothing_is_right(case.facts)
    return (said(case.facts, case.samples, phrases(language_of(case.row.prompt_text)).refusal),)


EMPTY = Generator("empty", "Nothing at all.", Expectation.LOW, _empty)
REFUSAL = Generator("refusal", "A polite refusal in the question's language.", Expectation.LOW, _refusal)
