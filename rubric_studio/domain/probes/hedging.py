"""Hedging both ways: the right result first, another at once beside it, and no decision between them."""

from rubric_studio.domain.probes.bare import bare_answer
from rubric_studio.domain.probes.echo import output_language
from rubric_studio.domain.probes.facts import Target
from rubric_studio.domain.probes.form import is_json_form, value_text, written
from rubric_studio.domain.probes.phrases import phrases
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator, chance
from rubric_studio.domain.probes.wrong_values import wrong_values

NAME = "hedging"


def _hedged(case: Case) -> tuple[str, ...]:
    target = next((each for each in case.facts.targets if _has_one_result(each)), None)
    if target is None:
        raise DoesNotApply("there is no single result to hedge about")
    other = wrong_values(target, case.context, chance(case.row, NAME))
    if not other:
        raise DoesNotApply("no other result is known")
    one, two = value_text(target, target.values[0]), value_text(target, other[0])
    sentence = phrases(output_language(case.row, case.facts, case.samples)).hedge.format(one=one, other=two)
    if is_json_form(case.facts) and target.in_json:
        return (written(case.facts, case.samples, {target.key: (sentence,)}),)
    return (f"{bare_answer(case.facts, case.samples)}\n{sentence}",)


def _has_one_result(target: Target) -> bool:
    return target.type in ("choice", "number", "date") and len(target.values) == 1


HEDGING = Generator(NAME, "Two results side by side, and no decision.", Expectation.LOW, _hedged)
