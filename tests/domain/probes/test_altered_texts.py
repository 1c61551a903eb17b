"""Probes that alter a good output: authority, years, jurisdiction, conclusion, padding."""

import json
import re

import pytest

from rubric_studio.domain.probes.citations import all_invented
from rubric_studio.domain.probes.facts import Facts
from rubric_studio.domain.probes.form import Tried
from rubric_studio.domain.probes.jurisdiction import swaps
from rubric_studio.domain.probes.probe import chance
from tests.domain.probes.cases import LABELS, TAX_OUTPUT, labels_facts, row, tax_facts, texts, why_not

LONG = " The reasons are set out at length here so that the answer is more than a bare result."
NO_REASONS = "the answers here are a bare result, without reasons"


def test_every_provision_becomes_one_beyond_the_last_there_is():
    (text,) = texts("invented_authority", tax_facts(), TAX_OUTPUT)
    found = [int(number) for number in re.findall(r"Sec\. (\d+)", text)]
    # The highest cited is Sec. 12; what is made up lies 31 to 79 beyond.
    assert len(found) == 2
    assert all(43 <= number <= 91 for number in found)
    assert "Sec. " + str(found[0]) + "(1)" in text
    assert text.endswith("The tax due is 1680 EUR.")  # the right amount, not the output's 1755


@pytest.mark.parametrize(
    ("citation", "form"),
    [
        ("Directive (EU) 2019/1152", r"Directive \(EU\) 2019/[5-9]\d{3}"),
        ("Regulation (EC) No 883/2004", r"Regulation \(EC\) No [5-9]\d{3}/2004"),
        ("Richtlinie (EU) 2019/1152", r"Richtlinie \(EU\) 2019/[5-9]\d{3}"),
        ("loi n° 2011-525", r"loi n° 2011-[5-9]\d{3}"),
        ("Articles 98 to 122", r"Articles 1[2-7]\d to 122"),
        ("32019L1152", r"32019L[5-9]\d{3}"),
        ("Case C-123/45", r"Case C-[12]\d{3}/45"),
        ("BGH, IX ZR 12/15", r"BGH, IX ZR [12]\d{3}/15"),
        ("410 U.S. 113", r"[89]\d\d U\.S\. 113"),
        ("Article 5(2)", r"Article \d\d\(2\)"),
        ("§ 15a", r"§ \d\da"),
    ],
)
def test_an_invented_authority_keeps_the_form_of_the_true_one(citation: str, form: str):
    made = all_invented(citation, citation, chance(row(), "test"))
    assert re.fullmatch(form, made), made
    assert made != citation


def test_the_same_authority_is_always_replaced_by_the_same():
    made = all_invented("Sec. 5 and Sec. 6 and Sec. 5", "", chance(row(), "test"))
    one, two, three = made.split(" and ")
    assert one == three
    assert one != two


def test_where_only_the_question_cites_the_made_up_one_stands_at_the_end():
    output = Tried("It is due in full." + LONG)
    (text,) = texts("invented_authority", tax_facts(), output, of=row("What of the tax under Art. 7?"))
    first, last = text.rsplit("\n", 1)
    assert first == output.text
    assert re.fullmatch(r"This follows from Art\. \d\d\.", last)


def test_authority_needs_reasons_and_something_that_is_cited():
    bare = Tried('{"topics": ["law"]}', {"topics": ["law"]}, has_json=True)
    assert why_not("invented_authority", labels_facts(), bare) == NO_REASONS
    assert why_not("invented_authority", tax_facts(), Tried("No source." + LONG)) == (
        "neither the question nor an answer cites an authority"
    )


def test_labels_as_json_are_a_bare_result_even_where_the_guide_reads_the_text():
    labels = ["European Union in 2031, " + "and so on " * 9] * 3
    bare = Tried(json.dumps(labels), ["law"] * 30, has_json=True)
    for name in ("invented_authority", "superseded_year", "wrong_jurisdiction"):
        assert why_not(name, tax_facts(), bare) == NO_REASONS


def test_years_move_back_all_by_the_same_and_amounts_stay():
    output = Tried(
        "In 2031, under Directive (EU) 2019/1152, 2,031 EUR or 2031 EUR or 12,2024 are due." + LONG
    )
    (text,) = texts("superseded_year", tax_facts(), output)
    years = 2031 - int(re.search(r"In (\d{4}),", text)[1])  # pyright: ignore[reportOptionalSubscript]
    assert 3 <= years <= 9
    assert f"(EU) {2019 - years}/1152" in text
    assert "2,031 EUR or 2031 EUR or 12,2024 are due" in text


def test_a_year_must_be_there():
    assert why_not("superseded_year", tax_facts(), Tried("No date." + LONG)) == (
        "no year stands in the reference or in an answer"
    )


def test_another_country_takes_the_place_of_each():
    output = Tried("German law, § 433 BGB, as the BGH held; in the EU see the Court of Justice." + LONG)
    (text,) = texts("wrong_jurisdiction", tax_facts(), output)
    assert text == (
        "French law, § 433 ABGB, as the OGH held; in the US see the Supreme Court of the United States."
        + LONG
    )


def test_a_name_within_a_word_stays():
    assert why_not("wrong_jurisdiction", tax_facts(), Tried("A Germanyish NEUTRAL view." + LONG)) == (
        "no country, court or code that we know is named in the reference or in an answer"
    )


def test_no_name_takes_its_own_place():
    assert all(name != other for name, other in swaps().items())


def test_the_best_text_gets_a_wrong_amount_and_keeps_all_else():
    # 1680 + .37 * 1680 = 2301.6
    (text,) = texts("wrong_conclusion", tax_facts(), TAX_OUTPUT)
    assert text == TAX_OUTPUT.text.replace("1755", "2301.60")


def test_wrong_labels_are_as_many_as_the_right_ones_and_all_wrong():
    best = Tried("...", {"topics": ["law"], "why": "It is about law."}, has_json=True)
    found = json.loads(*texts("wrong_conclusion", labels_facts(), best))
    assert set(found["topics"]) == {"trade", "energy"} == set(LABELS.labels["topics"]) - {"law", "tax"}
    assert found["why"] == "It is about law."
    assert why_not("wrong_conclusion", Facts()) == "there is no amount, label, choice or date to change"


def test_padding_is_the_middle_answer_and_the_same_at_three_times_its_length():
    best, middle, worst = Tried("best"), Tried("The middle answer of three."), Tried("worst")
    plain, padded = texts("padding", tax_facts(), best, middle, worst, of=row("What is the tax of this?"))
    assert plain == "The middle answer of three."
    assert padded.startswith(plain + "\n\n")
    assert 3 * len(plain) <= len(padded) <= 3 * len(plain) + 100  # whole sentences only
    assert "This question deserves a careful and thorough look from every side." in padded


def test_padded_json_stands_in_a_fence_so_that_it_can_still_be_read():
    output = Tried('{"topics": []}', {"topics": []}, has_json=True)
    _, padded = texts("padding", labels_facts(), output)
    assert padded.startswith('```json\n{"topics": []}\n```\n\n')
    fenced = Tried('```json\n{"topics": []}\n```', {"topics": []}, has_json=True)
    assert texts("padding", labels_facts(), fenced)[1].count("```") == 2
    assert why_not("padding", labels_facts()) == "there is no answer to pad"
