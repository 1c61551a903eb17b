"""Examples of levels: given, noted, taken away, and never a reason for a mark to age."""

# Plain texts stand for keys.
# pyright: reportArgumentType=false, reportOptionalMemberAccess=false

import pytest

from rubric_studio.domain.rubric import Anchor, Rubric
from rubric_studio.services.anchors import (
    AddAnchor,
    anchor_text,
    with_anchor,
    with_anchor_note,
    without_anchor,
)
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.history import undo
from rubric_studio.services.versions import draft
from rubric_studio.store.project_file import ProjectFile

LEVELS = [{"key": "fully", "value": 1}, {"key": "no", "value": 0, "text": "none"}]
GUIDE = Rubric.model_validate(
    {"strata": [{"key": "all", "criteria": [{"key": "issue", "levels": LEVELS}, {"key": "right"}]}]}
)
PASSAGE = Anchor(row="q1", sample="s1", text="  The tax is due. ")


def anchors(rubric: Rubric, key: str = "issue", level: str = "fully") -> list[tuple[str, str]]:
    found = next(each for each in rubric.criterion(key).levels if each.key == level)
    return [(anchor.text, anchor.note) for anchor in found.anchors]


def test_an_example_is_added_noted_and_taken_away():
    one = with_anchor(GUIDE, "issue", "fully", PASSAGE)
    assert anchors(one) == [("The tax is due.", "")]
    assert with_anchor(one, "issue", "fully", PASSAGE) == one  # the same passage twice is one example
    noted = with_anchor_note(one, "issue", "fully", 0, " the clearest ")
    assert anchors(noted) == [("The tax is due.", "the clearest")]
    assert without_anchor(noted, "issue", "fully", 0) == GUIDE
    with pytest.raises(ValueError, match="no grade"):
        with_anchor(GUIDE, "issue", "partly", PASSAGE)
    with pytest.raises(ValueError, match="no point"):
        with_anchor(GUIDE, "gone", "fully", PASSAGE)


def test_a_long_passage_is_cut_at_two_thousand_letters():
    assert len(anchor_text("a" * 5_000)) == 2_000
    assert anchor_text("a" * 2_000) == "a" * 2_000


def test_examples_travel_in_json_and_no_mark_ages_by_them(store: ProjectFile, author: Author):
    row = next(iter(store.rows()))
    before = questionnaire(store, GUIDE).criteria()[0].question.on_row(row)
    perform(
        store,
        AddAnchor(rubric=GUIDE, criterion="issue", level="fully", anchor=PASSAGE, title="Issue"),
        author,
    )
    rubric = draft(store)
    assert rubric.to_json()["strata"][0]["criteria"][0]["levels"][0]["anchors"] == [
        {"row": "q1", "sample": "s1", "text": "The tax is due.", "note": ""}
    ]
    assert questionnaire(store, rubric).criteria()[0].question.on_row(row) == before


def test_a_yes_or_no_point_gets_grades_of_its_own_and_keeps_its_marks(store: ProjectFile, author: Author):
    row = next(iter(store.rows()))
    before = questionnaire(store, GUIDE).criteria()[1].question.on_row(row)
    perform(store, AddAnchor(rubric=GUIDE, criterion="right", level="yes", anchor=PASSAGE), author)
    rubric = draft(store)
    assert anchors(rubric, "right", "yes") == [("The tax is due.", "")]
    assert before in questionnaire(store, rubric).criteria()[1].accepted_on(row)
    undo(store, author)
    assert store.edits()[0].role == "undo"
