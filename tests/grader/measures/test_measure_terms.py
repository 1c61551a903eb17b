"""mentions and forbids: terms and citations, found as wholes and marked where they stand."""

from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure


def mentions(text: str, *terms: str) -> Outcome:
    return measure({"type": "mentions", "terms": list(terms)}, Answer(text), {})


def forbids(text: str, *terms: str) -> Outcome:
    return measure({"type": "forbids", "terms": list(terms)}, Answer(text), {})


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("Art. 5", "see Art. 5.", "Art. 5"),
        ("Art. 5", "see Article\u00a05, and", "Article\u00a05"),
        ("Art. 5", "ARTIKEL 5 DSGVO", "ARTIKEL 5"),
        ("Article 5", "(art.5)", "art.5"),
        ("Art. 5", "under Art. 5(1)(a)", "Art. 5"),
        ("Art. 5(1)", "under Article 5 (1)", "Article 5 (1)"),
        ("§ 5", "§5 EStG", "§5"),
        ("§ 5", "Sec. 5", "Sec. 5"),
        ("Section 5", "§§\u202f5 to 7", "§§\u202f5"),
        ("Art. IV", "article iv", "article iv"),
        ("26 U.S.C. § 61", "26 U. S. C. Sec. 61", "26 U. S. C. Sec. 61"),
        ("Straße", "die STRASSE", "STRASSE"),
        ("strasse", "eine Straße.", "Straße"),
        ("Zuständigkeit", "die Zusta\u0308n\u00addigkeit.", "Zusta\u0308n\u00addigkeit"),
        ("non-compliance", "of non\u2011compliance", "non\u2011compliance"),
        ("worker's right", "a worker’s\n  right", "worker’s\n  right"),
        ("GDPR", "**GDPR**", "GDPR"),
        ("C++", "C++", "C++"),
    ],
)
def test_a_term_is_found_in_its_variants_and_where_it_stands(term: str, text: str, found: str) -> None:
    outcome = mentions(text, term)
    assert outcome.value == 1.0
    assert [text[start:end] for start, end in outcome.spans] == [found]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Art. 5", "Art. 50"),
        ("Art. 5", "Art. 5a"),
        ("Art. 5", "Art. 5.2"),
        ("Art. 5", "Art. 15"),
        ("Art. 5", "Part 5"),
        ("Art. 5", "§ 5"),
        ("§ 5", "§ 55"),
        ("art", "party"),
        ("5 EUR", "1.5 EUR"),
        ("5 EUR", "15 EUR"),
        ("VAT", "private"),
    ],
)
def test_a_part_of_something_else_is_not_the_term(term: str, text: str) -> None:
    assert mentions(text, term).value == 0.0
    assert forbids(text, term).value == 1.0


def test_the_value_is_the_share_found_and_the_reason_names_the_rest() -> None:
    outcome = mentions("Both the GDPR and § 5.", "GDPR", "§ 5", "Art. 6")
    assert outcome.value == pytest.approx(2 / 3)
    assert outcome.reason == "found 2 of 3: GDPR, § 5; missing: Art. 6"
    assert outcome.spans == ((9, 13), (18, 21))


def test_a_term_in_two_ways_of_writing_is_one_term() -> None:
    assert mentions("Article 5", "Art. 5", "Artikel 5", "VAT").value == 0.5


def test_every_place_of_a_term_is_marked() -> None:
    assert mentions("VAT, vat and Vat", "VAT").spans == ((0, 3), (5, 8), (13, 16))


def test_forbidden_terms_make_it_zero_and_are_marked() -> None:
    assert forbids("As an AI, I", "as an AI", "sorry") == Outcome(
        0.0, "found what is forbidden: as an AI", ((0, 8),)
    )
    assert forbids("I do", "as an AI", "sorry") == Outcome(1.0, "found none of 2 forbidden")


@pytest.mark.parametrize(
    ("reference", "value"), [("Art. 5", 1.0), (["Art. 5", ["§ 9", None]], 0.5), (5, 1.0)]
)
def test_terms_may_come_from_the_row(reference: Any, value: float) -> None:
    kind = {"type": "mentions", "reference": "must", "terms": []}
    assert measure(kind, Answer("Art. 5"), {"must": reference}).value == value


def test_an_empty_list_forbids_nothing_and_asks_for_nothing() -> None:
    forbid, mention = ({"type": name, "reference": "terms"} for name in ("forbids", "mentions"))
    assert measure(forbid, Answer("x"), {"terms": []}) == Outcome(1.0, "nothing is forbidden")
    assert measure(mention, Answer("x"), {"terms": []}) == Outcome(None, "reference missing: terms")
    assert measure(forbid, Answer("x"), {}) == Outcome(None, "reference missing: terms")
