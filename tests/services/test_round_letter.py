"""The message that goes with a packet says what to do, how long it takes, and nothing that is hidden."""

import pytest

from rubric_studio.domain.ids import RecordId
from rubric_studio.domain.round import RoundPlan
from rubric_studio.services.round_letter import round_letter, size_words, time_words
from rubric_studio.services.round_start import Workload

from .conftest import ANNA, BRUNO
from .round_room import FOUR

PLAN = RoundPlan(
    title="After the rewording",
    number=2,
    version=RecordId("v"),
    version_number=3,
    lead=ANNA,
    experts=FOUR[:2],
    assigned={},
    secret="ab" * 32,
)
WORK = Workload(
    person=BRUNO, name="Bruno", samples=40, repeats=5, rows=20, marks=270, words=31_415, minutes=212
)  # fmt: skip
TOLD = {"project": "VAT", "lead": "Anna", "file": "VAT round 2 Bruno.review", "size": 1_340_000}


def test_the_letter_says_what_it_is_how_long_it_takes_and_how_it_comes_back():
    letter = round_letter(PLAN, WORK, **TOLD)  # type: ignore[arg-type]
    assert letter.subject == "Round 2 of VAT: your part to score"
    for said in (
        "Dear Bruno,",
        "VAT round 2 Bruno.review (1.3 MB)",
        'round 2, "After the rewording"',
        "45 answers to 20 questions, about 31,000 words to read and 270 marks",
        "That takes about 3.5 hours",
        '"Open what a colleague sent"',
        ".answers",
        "nobody, I included, is shown yours before the round is closed",
        "Thank you\nAnna",
    ):
        assert said in letter.body


def test_the_letter_does_not_tell_that_answers_come_again():
    letter = round_letter(PLAN, WORK, **TOLD)  # type: ignore[arg-type]
    assert "again" not in letter.body
    assert "40 answers" not in letter.body


def test_the_letter_says_so_where_the_lead_sees_figures_of_single_people():
    told = round_letter(PLAN.model_copy(update={"tells_lead": True}), WORK, **TOLD)  # type: ignore[arg-type]
    assert "figures of single people" in told.body
    assert "figures of single people" not in round_letter(PLAN, WORK, **TOLD).body  # type: ignore[arg-type]


def test_a_sheet_has_its_own_instructions():
    letter = round_letter(PLAN, WORK, form="sheet", **TOLD)  # type: ignore[arg-type]
    assert "Excel or LibreOffice" in letter.body
    assert ".answers" not in letter.body


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.2, "5 minutes"), (42, "40 minutes"), (99, "100 minutes"), (120, "2 hours"), (212, "3.5 hours")],
)
def test_times_are_said_as_people_say_them(minutes: float, words: str):
    assert time_words(minutes) == words


@pytest.mark.parametrize(("size", "words"), [(300, "1 kB"), (45_400, "45 kB"), (3_440_000, "3.4 MB")])
def test_sizes_are_said_as_people_say_them(size: int, words: str):
    assert size_words(size) == words
