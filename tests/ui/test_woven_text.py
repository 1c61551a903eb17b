"""Two wordings as one text: every piece that differs has its sign and its place."""

from rubric_studio.ui.woven_text import woven_text


def test_what_was_put_in_and_taken_out_has_a_sign_and_a_place():
    text, marks = woven_text("Names the article.", "Names the right article.")
    assert text == "Names the +right article."
    assert [(text[mark.start : mark.end], mark.role) for mark in marks] == [("+right", "added")]


def test_a_first_word_and_what_stands_for_it_now_are_parted():
    text, marks = woven_text("Timely, always", "Late, always")
    assert text == "−Timely +Late, always"
    assert [text[mark.start : mark.end] for mark in marks] == ["−Timely", "+Late"]
