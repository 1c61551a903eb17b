"""In which words two texts differ: expected ranges read off by hand."""

import time

from hypothesis import given
from hypothesis import strategies as st

from rubric_studio.domain.word_difference import word_differences


def said(left: str, right: str) -> tuple[list[str], list[str]]:
    ours, theirs = word_differences(left, right)
    return [left[a:b] for a, b in ours], [right[a:b] for a, b in theirs]


def test_equal_texts_do_not_differ():
    assert said("The tax is due.", "The tax is due.") == ([], [])


def test_empty_texts():
    assert said("", "") == ([], [])
    assert said("", "some words") == ([], ["some words"])


def test_a_changed_word_is_named_in_both():
    assert said("The tax is 500 euros now.", "The tax is 700 euros now.") == (["500"], ["700"])


def test_words_that_only_one_side_has():
    assert said("Pay the full tax now, please.", "Pay the tax now, please.") == (["full"], [])


def test_neighboring_words_make_one_range_with_the_space_between():
    assert said("We see this, so we pay.", "We see this, they may never pay.") == (
        ["so we"],
        ["they may never"],
    )


def test_spacing_and_line_ends_do_not_count():
    assert said("one two\n\nthree", "one  two three") == ([], [])


def test_a_lone_shared_word_between_differences_is_no_island():
    left, right = "They owe alpha beta the gamma delta.", "They owe one two the three four."
    assert said(left, right) == (["alpha beta the gamma delta"], ["one two the three four"])


def test_greek_words_are_compared_as_words():
    assert said("Ο φόρος είναι μικρός εδώ.", "Ο φόρος είναι μεγάλος εδώ.") == (["μικρός"], ["μεγάλος"])


WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", "tax", "φόρος", "."]), max_size=40).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_left_without_the_differences_is_the_same_text(left: str, right: str):
    ours, theirs = word_differences(left, right)
    assert without(left, ours) == without(right, theirs)


@given(WORDS, WORDS)
def test_ranges_are_in_order_and_apart(left: str, right: str):
    for ranges in word_differences(left, right):
        ends = [place for each in ranges for place in each]
        assert ends == sorted(set(ends))


def without(text: str, ranges) -> list[str]:
    for start, end in reversed(ranges):
        text = text[:start] + " " + text[end:]
    return text.replace(".", " . ").split()


def test_forty_thousand_letters_take_no_time():
    import random

    chance = random.Random(7)
    vocabulary = [f"word{number}" for number in range(900)]
    left = [chance.choice(vocabulary) for _ in range(6500)]
    right = [word if chance.random() < 0.8 else chance.choice(vocabulary) for word in left]
    begun = time.perf_counter()
    ours, _ = word_differences(" ".join(left), " ".join(right))
    assert time.perf_counter() - begun < 2.0  # far less on a desk; a quadratic way would take minutes
    assert len(ours) > 100
