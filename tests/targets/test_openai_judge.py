"""The prompt of a judge: what it says, and that nothing in it can pose as a template or an instruction."""

import re

import pytest

from rubric_studio.domain.rubric import Criterion
from rubric_studio.targets.openai_judge import score_model, untemplated
from tests.targets.contents import REASONING

TEXTS = {"prompt": "prompt_text", "reference": "reference_text"}
TEMPLATE = re.compile(r"\{\{\s*(.*?)\s*\}\}")


def made(seed: int = 7, **changes: object) -> dict:
    return score_model(Criterion.model_validate(REASONING | changes), "judge-1", TEXTS, seed)


def contents(grader: dict) -> list[str]:
    return [message["content"] for message in grader["input"]]


def test_it_is_a_plain_score_model_from_0_to_1():
    grader = made()
    assert {name: grader[name] for name in ("type", "name", "model", "range")} == {
        "type": "score_model",
        "name": "reasoning",
        "model": "judge-1",
        "range": [0, 1],
    }


def test_the_only_templates_are_the_fields_it_reads_and_the_output():
    system, user = contents(made())
    assert not any(braces in system for braces in ("{{", "{%", "}}"))
    assert TEMPLATE.findall(user) == ["item.prompt_text", "item.reference_text", "sample.output_text"]


def test_wording_and_levels_are_told_with_their_values():
    system, _ = contents(made())
    assert "Says why, { { item.secret } } or not" in system
    assert "- 1 = fully: each step\n- 0.5 = partly: some steps\n- 0 = no: none" in system


def test_a_criterion_without_levels_is_answered_yes_or_no():
    assert "- 1 = yes: Yes\n- 0 = no: No" in contents(made(levels=[]))[0]


def test_the_output_stands_alone_between_two_lines_that_a_model_cannot_guess():
    system, user = contents(made())
    before, fence, output, after = user.split("\n")[-4:]
    assert (before, output) == ("", "{{ sample.output_text }}")
    assert fence == after
    assert re.fullmatch("ANSWER-[0-9a-f]{20}", fence)
    assert fence in system
    assert fence not in contents(made(seed=8))[1]


@pytest.mark.parametrize(
    "text", ["{{{x}}}", "{{ item.x }}", "{% if %}", "{# no #}", "}}{{", "{{{{", "{ {", "a}b{c"]
)
def test_no_text_can_look_like_a_template(text):
    assert not re.search(r"\{\{|\{%|\{#|\}\}|%\}|#\}", untemplated(text))
