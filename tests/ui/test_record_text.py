"""What a record says in a line: every kind has words, those of rounds and differences too."""

import pytest

from rubric_studio.domain.ids import EditId, PersonId, RecordId
from rubric_studio.domain.question import question_of
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.values import JsonObject
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.ui.record_text import body_text, subject_text
from tests.services.judged_project import GUIDE


def says(kind: RecordKind, body: JsonObject | None) -> str:
    record = Record(
        id=RecordId("r"), kind=kind, subject="s", body=body, person=PersonId("p"),
        at="2026-11-23T12:00:00.000Z", edit=EditId("e"),
    )  # fmt: skip
    return body_text(record)


@pytest.mark.parametrize("kind", RecordKind)
def test_every_kind_says_what_it_is_about_and_that_it_was_taken_back(qapp, kind: RecordKind):
    assert "{" not in subject_text(kind, "scope", "subject")
    assert says(kind, None) == "Taken back"


def test_what_was_decided_says_the_point_what_counts_and_why_they_differed(qapp):
    decided: JsonObject = {"criterion": "good", "state": "scored", "value": 0.5, "cause": "slip"}
    assert says(RecordKind.SETTLEMENT, decided) == "good: 0.50 (slip)"
    applies_not = decided | {"state": "not_applicable", "value": None, "cause": "fact"}
    assert says(RecordKind.SETTLEMENT, applies_not) == "good: does not apply (missing fact)"
    assert says(RecordKind.SETTLEMENT, {"open": True, "value": None}) == "Left open: a question of law"


def test_new_words_are_told_as_people_read_them(qapp):
    criterion = next(iter(GUIDE.criteria()))
    definition = question_of(criterion, MEASURES_VERSION).definition
    assert says(RecordKind.CURE, {"old": definition, "new": definition}) == criterion.words


def test_a_round_its_end_and_what_was_handed_in_have_words(qapp):
    assert says(RecordKind.ROUND, {"title": "First round"}) == "First round"
    counted = {"counted": {"a": ["1", "2"], "b": ["3"]}}
    assert says(RecordKind.CLOSING, counted) == "Closed; marks that count: 3, by people: 2"
    assert says(RecordKind.DOUBT, {"unsure": True}) == "Unsure of it"
    handed_in = {"done": 3, "total": 9, "finished": False}
    assert says(RecordKind.HANDING_IN, handed_in) == "3 of 9 answers so far"
