"""The right text with a wrong conclusion: the best output with another amount, label, choice or date in it."""

from collections.abc import Sequence
from typing import Any

from rubric_studio.domain.probes.facts import Target
from rubric_studio.domain.probes.form import (
    Tried,
    conclusion,
    is_json_form,
    rewritten,
    value_text,
    with_value,
    written,
)
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator, chance
from rubric_studio.domain.probes.wrong_values import wrong_values

NAME = "wrong_conclusion"


def _wrong(case: Case) -> tuple[str, ...]:
    luck = chance(case.row, NAME)
    wrong = {each.key: wrong_values(each, case.context, luck) for each in case.facts.targets if each.values}
    wrong = {key: values for key, values in wrong.items() if values}
    if not wrong:
        raise DoesNotApply("there is no amount, label, choice or date to change")
    if is_json_form(case.facts):
        return (rewritten(case.facts, case.samples, wrong),)
    for sample in case.samples:
        text = _changed(sample, case.facts.targets, wrong)
        if text != sample.text:
            return (text,)
    text = written(case.facts, case.samples, wrong)
    if not text:
        raise DoesNotApply("no answer shows how the conclusion is written")
    return (text,)


def _changed(sample: Tried, targets: Sequence[Target], wrong: dict[str, tuple[Any, ...]]) -> str:
    """The output with its first conclusion that can be changed stating something wrong."""
    for target in targets:
        span = conclusion(target, sample)
        if span is not None and target.key in wrong and len(target.values) == 1:
            return with_value(sample.text, span, value_text(target, wrong[target.key][0]))
    return sample.text


WRONG_CONCLUSION = Generator(NAME, "The best answer's text with a wrong conclusion.", Expectation.LOW, _wrong)
