"""Taking things out of texts: numbers, places in the original, names in every spelling."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.naming import name_finder
from rubric_studio.domain.redacting import Found, Redactor
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.row import Message, Row, user_prompt


def phones(text: str) -> Iterator[Found]:
    """Every row of three digits that touches no other."""
    for match in re.finditer(r"(?<!\d)\d{3}(?!\d)", text):
        yield Found(*match.span(), "phone", match[0])


def redactor(*names: str, fields: tuple[str, ...] = ()) -> Redactor:
    by_name = name_finder(names)
    redaction = Redaction(fields=fields, names=names, identifiers=("phone",))
    return Redactor(redaction, (phones, by_name) if by_name else (phones,))


def test_the_same_thing_has_the_same_number_in_all_texts_of_a_call():
    within = redactor("Anna Berg")
    assert within.text("Anna Berg, 123 and 456").text == "[name 1], [phone 1] and [phone 2]"
    assert within.text("456 is ANNA BERG's").text == "[phone 2] is [name 1]'s"


def test_a_place_in_what_is_sent_leads_to_the_place_in_the_original():
    # original: "a 123 b" (the number at 2..5); redacted: "a [phone 1] b" (the placeholder at 2..11)
    redacted = redactor().text("a 123 b")
    assert redacted.text == "a [phone 1] b"
    assert redacted.original_span(0, 1) == (0, 1)
    assert redacted.original_span(12, 13) == (6, 7)
    assert redacted.original_span(0, 13) == (0, 7)
    assert redacted.original_span(4, 7) == (2, 5)  # a part of the placeholder is all of the thing
    assert redacted.original_span(11, 12) == (5, 6)


def test_numbers_that_stand_in_a_text_already_are_not_given_again():
    assert redactor().text("[phone 1] and 123").text == "[phone 1] and [phone 2]"


def test_finds_that_overlap_become_one():
    assert redactor("123 Berg").text("at 123 Berg").text == "at [phone 1]"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Strauß", "STRAUSS"),
        ("Strauss", "Strauß"),
        ("José", "JOSE"),
        ("Jose", "Jose\u0301"),
        ("Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"),
        ("Anna  Berg", "anna\nberg"),
        ("Müller-Lüdenscheidt", "Müller\u2011Lüdenscheidt"),
        ("O'Neill", "O’Neill"),
        ("Åsa", "ÅSA"),
    ],
)
def test_a_name_is_found_whatever_its_case_and_accents(name: str, text: str):
    assert redactor(name).text(f"<{text}>").text == "<[name 1]>"


def test_a_name_is_a_whole_word():
    assert redactor("Berg").text("Bergwerk, Ziegenberg, Berg").text == "Bergwerk, Ziegenberg, [name 1]"


def test_where_words_are_not_set_apart_a_name_is_found_in_their_midst():
    assert redactor("王小明").text("請王小明先生").text == "請[name 1]先生"


def test_fields_are_left_out_and_what_is_in_others_is_redacted_however_deep():
    reference = {"adviser": "Anna", "parties": [{"Anna": "123"}], "amount": 5, "ok": None}
    expected = {"parties": [{"[name 1]": "[phone 1]"}], "amount": 5, "ok": None}
    assert redactor("Anna", fields=("adviser",)).fields(reference) == expected


def test_inner_fields_that_become_equal_are_both_kept():
    assert redactor("Anna").fields({"of": {"Anna": 1, "ANNA": 2}}) == {
        "of": {"[name 1]": 1, "[name 1] (2)": 2}
    }


def test_a_row_goes_out_without_what_was_found():
    row = Row.model_validate({"id": "q", "prompt": user_prompt("Ask 123"), "reference": {"x": "123"}})
    out = redactor().row(row)
    assert out.prompt == (Message(role="user", content="Ask [phone 1]"),)
    assert out.reference == {"x": "[phone 1]"}


def test_with_nothing_to_take_out_everything_stays():
    within = Redactor(Redaction(), ())
    assert within.is_idle
    assert within.text("123").text == "123"


texts = st.text(alphabet="1234ab ßéΑ.-[]name phone\u0301\ufffc", max_size=60)


@settings(max_examples=60)
@given(texts)
def test_redacting_twice_is_redacting_once(text: str):
    once = redactor("ab", "aß", "é").text(text).text
    assert redactor("ab", "aß", "é").text(once).text == once


@settings(max_examples=60)
@given(texts)
def test_what_was_not_replaced_stands_in_the_original_where_it_is_said_to(text: str):
    redacted = redactor("ab", "aß", "é").text(text)
    for place, letter in enumerate(redacted.text):
        start, end = redacted.original_span(place, place + 1)
        inside = any(span.start <= place < span.end for span in redacted.spans)
        assert inside or text[start:end] == letter
    assert redacted.original_span(0, len(redacted.text)) == (0, len(text))
