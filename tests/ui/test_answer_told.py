"""What an answer's source told of it, in words; nothing is said where nothing is told, or where it is no sense."""

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.sample import Sample
from rubric_studio.ui.answer_told import alarm_words, reasoning_of, told_words


def sample(**facts: object) -> Sample:
    return Sample(row=RowId("q"), model="cedar-1", text="Yes.", facts=facts)


def test_everything_that_is_told_stands_in_one_line() -> None:
    told = sample(
        finish="stop", answered_as="cedar-1-2026-10-01", answer_tokens=1204, reasoning_tokens=900,
        latency=1.25, prompt="Brief 2", request_id="r1",
    )  # fmt: skip
    expected = "Brief 2 · answered as cedar-1-2026-10-01 · 1,204 tokens, 900 of them reasoning · 1.2 s"
    assert told_words(told) == expected
    assert alarm_words(told) == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"finish": "length"}, "cut off at the limit"),
        ({"refusal": True}, "refused"),
        ({"finish": "content_filter"}, "cut off by a content filter"),
        ({"refusal": True, "finish": "length"}, "refused · cut off at the limit"),
    ],
)
def test_what_a_reader_must_know_comes_first(facts: dict[str, object], words: str) -> None:
    assert alarm_words(sample(**facts)) == words
    assert told_words(sample(answer_tokens=7, **facts)) == f"{words} · 7 tokens"


def test_the_same_model_by_the_same_name_is_not_said_twice() -> None:
    assert told_words(sample(answered_as="cedar-1")) == ""


def test_facts_of_other_kinds_that_an_import_brought_say_nothing() -> None:
    odd = {
        "latency": "slow",
        "answer_tokens": 3.5,
        "reasoning": ["a"],
        "refusal": "no",
        "finish": 1,
        "note": "x",
    }
    assert told_words(sample(**odd)) == ""
    assert reasoning_of(sample(**odd)) == ""
    assert told_words(sample(latency=True, answer_tokens=True)) == ""
