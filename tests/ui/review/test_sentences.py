"""Where sentences end: not at "Art. 5", and never further than one can read at once."""

import pytest

from rubric_studio.ui.review.sentences import LONGEST, sentences


def said(text: str) -> list[str]:
    return [text[begin:end] for begin, end in sentences(text)]


def test_sentences_end_at_their_marks_and_leave_the_space_between_out():
    assert said("  It is due. Is it?  Yes! ") == ["It is due.", "Is it?", "Yes!"]


@pytest.mark.parametrize(
    "text",
    [
        "Under Art. 5 (2) of the Act it is due.",
        "Nach Abs. 2 Nr. 3 ist sie fällig.",
        "Σύμφωνα με το άρθ. 12 του νόμου οφείλεται.",
        "See e.g. the letter of 3 May.",
        "Κατά το άρθρο 46 του π.δ. 18/1989 οφείλεται.",
        "Der Anspruch besteht nach Art. 5 i.V.m. § 7 nicht.",
        "1. The number belongs to its paragraph.",
    ],
)
def test_a_short_form_ends_no_sentence(text):
    assert said(text) == [text]


def test_a_greek_question_ends_with_its_own_mark():
    assert said("Οφείλεται; Ναι.") == ["Οφείλεται;", "Ναι."]


def test_a_very_long_stretch_is_cut_between_words():
    text = "word " * 200  # 1,000 letters, no full stop
    parts = said(text)
    assert all(len(part) <= LONGEST for part in parts)
    assert " ".join(parts) == text.strip()


def test_one_word_without_end_is_cut_all_the_same():
    assert said("x" * 1000) == ["x" * 400, "x" * 400, "x" * 200]


def test_nothing_has_no_sentences():
    assert sentences("") == sentences(" \n ") == []
