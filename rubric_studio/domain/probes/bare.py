"""The bare right answer, without reasoning; and, for other probes, the best output with the right answer in it."""

from collections.abc import Sequence

from rubric_studio.domain.probes.facts import Facts
from rubric_studio.domain.probes.form import (
    Tried,
    conclusion,
    is_json_form,
    right_values,
    value_text,
    with_value,
    written,
)
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator


def bare_answer(facts: Facts, samples: Sequence[Tried]) -> str:
    """The right answer and nothing else; DoesNotApply where the reference or the way to write it is not known."""
    if not any(target.values for target in facts.targets):
        raise DoesNotApply("the reference holds no result that a check could compare")
    text = written(facts, samples, right_values(facts))
    if not text:
        raise DoesNotApply("no answer shows how the result is written")
    return text


def right_output(facts: Facts, samples: Sequence[Tried]) -> str:
    """The best output with the right result put in its place; the bare answer where there is no output."""
    if not samples:
        return facts.text or bare_answer(facts, samples)
    best = samples[0]
    if is_json_form(facts):
        return best.text
    for target in facts.targets:
        span = conclusion(target, best)
        if span is not None and len(target.values) == 1:
            return with_value(best.text, span, value_text(target, target.values[0]))
    return best.text


def _bare(case: Case) -> tuple[str, ...]:
    if not case.facts.wants_more:
        raise DoesNotApply("the guide asks for the bare answer, so it is right")
    return (bare_answer(case.facts, case.samples),)


BARE_ANSWER = Generator("bare_answer", "The right answer without any reasoning.", Expectation.LOW, _bare)
