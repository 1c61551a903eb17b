"""Quotes: found where they stand, forgiven what models change in passing, not found where they are made up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.quotes import QuoteFinder

TEXT = "The  duty —  see “Art. 5” —\nis 12 % of the customs value.\nCafé, cafe\u0301s and nai\u0308ve."


def found(quote: str, text: str = TEXT) -> str | None:
    span = QuoteFinder(text).span(quote)
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("is 12 % of", "is 12 % of"),
        ("The duty - see", "The  duty —  see"),
        ('"Art. 5" - is 12', "“Art. 5” —\nis 12"),
        ("«is 12 % of the customs value.»", "is 12 % of the customs value."),
        ("  customs value. Café ", "customs value.\nCafé"),
        ("Cafe\u0301, cafés", "Café, cafe\u0301s"),
        ("naïve", "nai\u0308ve"),
        ("customs\u00a0value", "customs value"),
        ("cus\u00adtoms", "customs"),
    ],
)
def test_a_quote_is_found_as_it_stands_in_the_text(quote: str, there: str):
    assert found(quote) == there


@pytest.mark.parametrize(
    "quote", ["", " ", "“”", "\u00ad", "is 13 % of", "the DUTY", "Cafe, ", "12 % ... value"]
)
def test_what_does_not_stand_there_is_not_found(quote: str):
    assert found(quote) is None


def test_a_letter_without_its_accent_is_another_letter():
    assert found("cafe", "un cafe\u0301, un cafe") == "cafe"
    assert found("un  cafe", "un cafe\u0301") is None


def test_three_dots_and_one_character_of_three_dots_are_alike():
    assert found("and so on...", "And so, and so on…") == "and so on…"


@settings(max_examples=60)
@given(st.text(st.sampled_from("aé“-— \n\u0301\u1100\u1161x"), max_size=30), st.data())
def test_every_part_of_a_text_is_found_in_it(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = text[start:end]
    if part.strip(" \n“"):
        span = QuoteFinder(text).span(part)
        assert span is not None
        assert 0 <= span[0] < span[1] <= len(text)
