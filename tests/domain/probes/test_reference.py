"""The reference itself, and ever less of it; and what holds for all generators."""

import pytest

from rubric_studio.domain.probes.catalogue import GENERATORS
from rubric_studio.domain.probes.facts import Facts, Target
from rubric_studio.domain.probes.form import Tried
from rubric_studio.domain.probes.probe import DoesNotApply, Expectation
from tests.domain.probes.cases import LABELS, TAX_OUTPUT, labels_facts, row, tax_facts, texts, why_not


def test_the_reference_is_written_in_the_form_that_the_checks_read():
    assert texts("reference", labels_facts()) == ['{"topics": ["law", "tax"]}']
    empty = Facts(targets=(Target("f1", "labels", (), "topics", steps=("topics",)),))
    assert texts("reference", empty) == ['{"topics": []}']


def test_a_reference_that_is_a_whole_answer_stands_as_it_is():
    assert texts("reference", tax_facts(text="First. Second.")) == ["First. Second."]


def test_facts_alone_are_no_answer_where_the_guide_asks_for_reasons():
    for name in ("reference", "degraded"):
        assert why_not(name, tax_facts(), TAX_OUTPUT) == "the reference holds facts, not a whole answer"
        assert why_not(name, Facts()) == "the reference holds no answer that a check could compare"


def test_labels_are_left_out_one_at_a_time_from_the_last():
    assert texts("degraded", labels_facts()) == [
        '{"topics": ["law", "tax"]}',
        '{"topics": ["law"]}',
        '{"topics": []}',
    ]


def test_sentences_are_left_out_one_at_a_time_from_the_last():
    assert texts("degraded", Facts(text="One. Two!\nThree?", wants_more=True)) == [
        "One. Two!\nThree?",
        "One. Two!",
        "One.",
        "",
    ]
    assert why_not("degraded", Facts(text="Only one")) == "the reference has only one sentence"


def test_a_long_reference_falls_in_six_steps():
    # 12 sentences: 12, 10, 8, 6, 4, 2, 0 are kept.
    text = " ".join(f"S{number}." for number in range(12))
    kept = [made.count(".") for made in texts("degraded", Facts(text=text))]
    assert kept == [12, 10, 8, 6, 4, 2, 0]


CASES = [(labels_facts(), ()), (tax_facts(terms=("Sec. 5(1)", "Sec. 12")), (TAX_OUTPUT,)), (Facts(), ())]


@pytest.mark.parametrize(("facts", "samples"), CASES)
def test_every_generator_makes_the_same_twice_or_says_why_not(facts: Facts, samples: tuple[Tried, ...]):
    for generator in GENERATORS:
        try:
            made = generator.texts(row(), facts, samples, LABELS)
        except DoesNotApply:
            assert why_not(generator.name, facts, *samples)
            continue
        assert made == generator.texts(row(), facts, samples, LABELS)
        assert [(probe.name, probe.step) for probe in made] == [
            (generator.name, at) for at in range(len(made))
        ]
        assert (len(made) > 1) == (generator.expectation in (Expectation.FALLS, Expectation.NO_GAIN))


def test_another_row_meets_another_chance():
    made = {
        tuple(texts("invented_authority", tax_facts(), TAX_OUTPUT, of=row(id=f"r{at}"))) for at in range(5)
    }
    assert len(made) > 1


def test_names_are_used_once_and_say_what_they_are():
    assert len({generator.name for generator in GENERATORS}) == len(GENERATORS) == 17
    assert all(generator.description.endswith(".") for generator in GENERATORS)
