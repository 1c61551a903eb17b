"""The beginning of a text on one line."""

from rubric_studio.domain.first_words import first_words


def test_breaks_become_spaces_and_a_short_text_stays_whole() -> None:
    assert first_words(" One\n\n two\tthree ") == "One two three"


def test_a_long_text_ends_with_dots_within_the_length() -> None:
    assert first_words("one two three", 9) == "one two…"
    assert first_words("one two three", 8) == "one two…"
    assert first_words("") == ""
