"""The reference itself, which must be scored high, and the reference with ever less of it, which must fall."""

import re
from collections.abc import Sequence
from typing import Any

from rubric_studio.domain.probes.bare import bare_answer
from rubric_studio.domain.probes.facts import Facts
from rubric_studio.domain.probes.form import is_json_form, right_values, written
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator

MOST_STEPS = 6


def _whole(case: Case) -> tuple[str, ...]:
    if case.facts.text and not is_json_form(case.facts):
        return (case.facts.text,)
    _refuse_facts_alone(case.facts)
    if not any(target.values for target in case.facts.targets):
        return (written(case.facts, case.samples, right_values(case.facts)),)
    return (bare_answer(case.facts, case.samples),)


def _degraded(case: Case) -> tuple[str, ...]:
    if case.facts.text and not is_json_form(case.facts):
        sentences = _sentences(case.facts.text)
        if len(sentences) < 2:
            raise DoesNotApply("the reference has only one sentence")
        return tuple("".join(sentences[:keep]).rstrip() for keep in _kept(len(sentences)))
    _refuse_facts_alone(case.facts)
    values = [(target.key, value) for target in case.facts.targets for value in target.values]
    if not values:
        raise DoesNotApply("the reference holds nothing that could be left out")
    bare_answer(case.facts, case.samples)
    return tuple(
        written(case.facts, case.samples, _first(case.facts, values[:keep])) for keep in _kept(len(values))
    )


def _refuse_facts_alone(facts: Facts) -> None:
    if not facts.targets:
        raise DoesNotApply("the reference holds no answer that a check could compare")
    if facts.wants_more:
        raise DoesNotApply("the reference holds facts, not a whole answer")


def _kept(count: int) -> list[int]:
    """How much is kept at each step: from all to nothing in at most six steps."""
    steps = min(count, MOST_STEPS)
    return [round(count * (steps - step) / steps) for step in range(steps + 1)]


def _first(facts: Facts, values: Sequence[tuple[str, Any]]) -> dict[str, list[Any]]:
    kept: dict[str, list[Any]] = {target.key: [] for target in facts.targets}
    for key, value in values:
        kept[key].append(value)
    return kept


def _sentences(text: str) -> list[str]:
    """The sentences of a text with the space after each, nothing lost."""
    return re.findall(r".+?(?:[.!?;:](?=\s)|\n|$)\s*", text, re.DOTALL)


REFERENCE = Generator("reference", "The reference itself.", Expectation.HIGH, _whole)
DEGRADED = Generator("degraded", "The reference with ever less of it.", Expectation.FALLS, _degraded)
