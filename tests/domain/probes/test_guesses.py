"""Probes that guess or hedge: all labels, the most frequent one, the bare result, two results at once."""

from datetime import date

from rubric_studio.domain.probes.catalogue import BY_NAME
from rubric_studio.domain.probes.facts import Context, Facts, Target
from tests.domain.probes.cases import AMOUNT, TAX_OUTPUT, labels_facts, tax_facts, texts, why_not

COUNTRY = Target("country", "choice", ("FR",), "country", steps=("answer", 0, "code"))
COUNTRIES = Context({"country": ("DE", "FR")})
TABLE = Target("codes", "labels", ("A1", "B2"), "codes", steps=("codes", None, "code"))


def test_all_labels_are_all_that_any_row_has():
    assert texts("all_labels", labels_facts()) == ['{"topics": ["trade", "law", "energy", "tax"]}']
    assert BY_NAME["all_labels"].guess


def test_all_labels_follow_a_path_through_a_list_of_objects():
    codes = Context({"codes": ("A1", "C3")})
    assert texts("all_labels", Facts(targets=(TABLE,)), context=codes) == [
        '{"codes": [{"code": "A1"}, {"code": "C3"}]}'
    ]


def test_all_choices_are_named_in_the_one_place_there_is():
    facts = Facts(targets=(COUNTRY,))
    assert texts("all_labels", facts, context=COUNTRIES) == ['{"answer": [{"code": "DE, FR"}]}']


def test_labels_in_a_text_stand_in_one_line():
    named = Target("named", "labels", ("law",), "topics", is_mention=True)
    assert texts("all_labels", Facts(targets=(named,))) == ["trade, law, energy, tax"]


def test_the_most_frequent_label_is_the_first():
    assert texts("frequent_label", labels_facts()) == ['{"topics": ["trade"]}']


def test_without_labels_there_is_nothing_to_guess():
    assert why_not("all_labels", tax_facts()) == "no labels in the reference"
    assert why_not("frequent_label", labels_facts(), context=Context()) == "no labels in the reference"


def test_the_bare_result_is_phrased_as_the_best_output_phrases_it():
    assert texts("bare_answer", tax_facts(), TAX_OUTPUT) == ["The tax due is 1680 EUR."]


def test_the_bare_result_is_no_trick_where_the_guide_asks_for_no_more():
    assert why_not("bare_answer", labels_facts()) == "the guide asks for the bare answer, so it is right"
    assert why_not("bare_answer", tax_facts()) == "no answer shows how the result is written"
    assert why_not("bare_answer", Facts(wants_more=True)) == (
        "the reference holds no result that a check could compare"
    )


def test_hedging_names_the_right_amount_first_and_then_another():
    # 1680 and a wrong one: 1680 + max(.37 * 1680, 17) = 2301.6
    first, second = texts("hedging", tax_facts(), TAX_OUTPUT)[0].split("\n")
    assert first == "The tax due is 1680 EUR."
    assert second == "It may well be 1680, but it may just as well be 2301.60; both views can be defended."


def test_hedging_about_a_choice_stands_in_its_place():
    (text,) = texts("hedging", Facts(targets=(COUNTRY,)), context=COUNTRIES)
    assert text == (
        '{"answer": [{"code": "It may well be FR, but it may just as well be DE; both views can be defended."}]}'
    )


def test_a_set_of_labels_cannot_be_hedged():
    assert why_not("hedging", labels_facts()) == "there is no single result to hedge about"


def test_the_other_amount_lies_beyond_all_that_the_check_forgives():
    wide = Target("due", "number", (100,), "due", steps=("due",), slack=500.0)
    # 100 + 2 * 500 + max(37, 17) = 1137
    (text,) = texts("wrong_conclusion", Facts(targets=(wide,)))
    assert text == '{"due": 1137.0}'


def test_a_number_is_written_with_the_sign_that_the_check_reads():
    comma = Target("due", "number", (99.5,), "due", pattern=AMOUNT.pattern, decimal=",")
    (text,) = texts("bare_answer", Facts(targets=(comma,), wants_more=True), TAX_OUTPUT)
    assert text == "The tax due is 99,50 EUR."


def test_a_wrong_date_is_more_than_a_year_later():
    day = Target("day", "date", (date(2024, 1, 1),), "day", steps=("day",), slack=5)
    # 400 + 5 days after 1 January of a leap year: 366 days to 1 January 2025, 39 more to 9 February.
    assert texts("wrong_conclusion", Facts(targets=(day,))) == ['{"day": "2025-02-09"}']
