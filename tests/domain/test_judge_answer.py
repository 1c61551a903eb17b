"""Reading a judge's answer: marks where everything fits, else a complaint that says what does not."""

from typing import Any

import pytest

from rubric_studio.domain.judge_answer import MOST_QUOTES, PointMark, Unfit, complaint_of, read_marking
from rubric_studio.domain.judge_prompt import Grade, PointToMark
from rubric_studio.domain.model_call import Reply

POINTS = [
    PointToMark("p1", "steps", "w", (Grade("fully"), Grade("no")), allow_na=True),
    PointToMark("p2", "invents", "w", (Grade("yes"), Grade("no"))),
]
TEXT = "Twelve percent — as Art. 5 says."


def answer(**changes: Any) -> dict[str, Any]:
    one = {"quotes": ["Twelve percent - as", "thirteen percent"], "reason": " It says so. ", "grade": "fully"}
    return {"p1": one | changes, "p2": {"quotes": [], "reason": "", "grade": "no"}}


def complaint(value: Any) -> str:
    with pytest.raises(Unfit) as caught:
        read_marking(value, POINTS, TEXT)
    return str(caught.value)


def test_marks_are_read_and_quotes_that_are_not_there_counted():
    marking = read_marking(answer(), POINTS, TEXT)
    # "Twelve percent — as" is 19 characters from the beginning; "thirteen percent" is not in the text.
    assert marking.marks["p1"] == PointMark("fully", "It says so.", ((0, 19),))
    assert marking.marks["p2"] == PointMark("no", "", ())
    assert marking.dropped == 1


def test_not_applicable_is_no_level():
    assert read_marking(answer(grade="not_applicable"), POINTS, TEXT).marks["p1"].level is None


def test_a_quote_given_twice_counts_once_and_empty_ones_not_at_all():
    marking = read_marking(answer(quotes=["Art. 5", "Art. 5", "", " "]), POINTS, TEXT)
    assert (marking.marks["p1"].spans, marking.dropped) == (((20, 26),), 0)


def test_of_endless_quotes_only_the_first_are_looked_for():
    marking = read_marking(answer(quotes=["Art. 5"] * (MOST_QUOTES + 3)), POINTS, TEXT)
    assert marking.dropped == 3


def test_a_long_reason_is_cut():
    assert len(read_marking(answer(reason="x" * 9_000), POINTS, TEXT).marks["p1"].reason) == 4_000


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "it is not a JSON object"),
        ({}, "p1, p2 is missing in the answer"),
        (answer() | {"p3": {}}, '"p3" was not asked for in the answer'),
        (answer() | {"p1": "fully"}, "p1 is not an object"),
        (answer() | {"p1": {"grade": "fully"}}, "quotes, reason is missing in p1"),
        (answer(score=1), '"score" was not asked for in p1'),
        (
            answer(grade="Fully"),
            'the grade of p1 is "Fully", which is none of "fully", "no", "not_applicable"',
        ),
        (answer(grade=1.0), 'the grade of p1 is "float", which is none of "fully", "no", "not_applicable"'),
        (
            answer(grade=["fully"]),
            'the grade of p1 is "list", which is none of "fully", "no", "not_applicable"',
        ),
        (answer(reason=None), "the reason of p1 is not a text"),
        (answer(quotes="Art. 5"), "the quotes of p1 are not a list of texts"),
        (answer(quotes=[5]), "the quotes of p1 are not a list of texts"),
    ],
)
def test_what_does_not_fit_is_complained_of_in_plain_words(value: Any, words: str):
    assert complaint(value) == words


def test_not_applicable_is_refused_where_it_is_not_allowed():
    value = answer() | {"p2": {"quotes": [], "reason": "", "grade": "not_applicable"}}
    assert 'which is none of "yes", "no"' in complaint(value)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(text="{}", finish="stop"), ""),
        (Reply(text='{"p1"', finish="length"), "it was cut off at the most tokens allowed"),
        (Reply(text="", refusal="I cannot\nhelp."), 'it is a refusal ("I cannot help.")'),
        (Reply(text=" \n"), "it is empty"),
    ],
)
def test_a_reply_that_cannot_be_an_answer_says_why(reply: Reply, words: str):
    assert complaint_of(reply) == words
