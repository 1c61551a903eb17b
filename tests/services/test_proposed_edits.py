"""What a file that came back proposes: edits with their authors, conflicts, what is there already, complaints."""

from rubric_studio.domain.proposed_edit import Standing, standing
from rubric_studio.domain.returned_guide import ReturnedComment, ReturnedField, ReturnedGuide
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion, without_criterion
from rubric_studio.domain.rubric_field import FieldPlace, field_places, shown_text
from rubric_studio.domain.safe_text import safe_text
from rubric_studio.services.edits import ChangeDraft, SaveVersion, perform
from rubric_studio.services.history import undo
from rubric_studio.services.proposed_edits import accepted, accepting, edits_by, proposals
from rubric_studio.services.rubric_exchange import guide_to_give, take_back
from rubric_studio.services.versions import draft
from tests.files.guides import guide_rubric, point

WORDING, TITLE, VALUE = point("year", "wording"), point("year", "title"), point("year", "value", "partly")


def returned(*changes: ReturnedField, rubric: Rubric | None = None, **facts):
    """The file as it was given out, some fields changed."""
    rubric = rubric or guide_rubric()
    by_id = {field.id: field for field in changes}
    fields = []
    for place in field_places(rubric):
        text = safe_text(shown_text(rubric, place))
        fields.append(by_id.get(place.id) or ReturnedField(id=place.id, before=text, after=text))
    return ReturnedGuide(file="g.docx", format="docx", fields=tuple(fields), **facts)


def tracked(place: FieldPlace, after: str, *authors: str, **facts) -> ReturnedField:
    rubric = guide_rubric()
    before = shown_text(rubric, place)
    return ReturnedField(id=place.id, before=before, after=after, authors=authors or ("Anna",), **facts)


def untracked(place: FieldPlace, text: str, **facts) -> ReturnedField:
    return ReturnedField(id=place.id, before=text, after=text, **facts)


def edits(*changes: ReturnedField, present: Rubric | None = None):
    base = guide_rubric()
    return proposals(returned(*changes), base, present or base).edits


def test_a_file_that_nobody_changed_proposes_nothing():
    found = proposals(returned(), guide_rubric(), guide_rubric())
    assert found.is_empty
    assert found.knows_base


def test_a_tracked_change_has_its_author_and_an_untracked_one_is_somebodys():
    one, other = edits(tracked(TITLE, "Tax year", at="2026-11-20T09:30:00Z"), untracked(VALUE, "0,5"))
    assert (one.place.id, one.old, one.new, one.authors) == (
        TITLE.id,
        "Right tax year",
        "Tax year",
        ("Anna",),
    )
    assert (other.old, other.new, other.authors) == ("0.45", "0,5", ("",))
    assert [standing(each, guide_rubric()) for each in (one, other)] == [Standing.OPEN, Standing.OPEN]


def test_tracked_and_untracked_changes_of_one_field_name_both():
    field = ReturnedField(id=TITLE.id, before="The right tax year", after="The tax year", authors=("Anna",))
    (edit,) = edits(field)
    assert (edit.old, edit.new, edit.authors) == ("Right tax year", "The tax year", ("Anna", ""))


def test_an_untracked_change_in_excel_is_the_last_savers():
    back = returned(untracked(TITLE, "Tax year"), author="Carla", at="2026-11-21T00:00:00Z")
    found = proposals(back.model_copy(update={"format": "xlsx"}), guide_rubric(), guide_rubric())
    assert [(each.authors, each.at) for each in found.edits] == [(("Carla",), "2026-11-21T00:00:00Z")]


def test_a_key_shown_in_place_of_a_title_is_no_change():
    untitled = point("untitled", "title")
    assert edits(untracked(untitled, "untitled")) == ()


def test_a_guide_that_went_on_is_a_conflict_unless_it_says_the_same():
    base = guide_rubric()
    changes = tracked(TITLE, "Tax year"), tracked(WORDING, "Names it.")
    present = with_criterion(base, "year", title="Year of assessment", wording="Names it.")
    found = proposals(returned(*changes), base, present)
    (edit,) = found.edits
    assert standing(edit, present) is Standing.CONFLICT
    assert found.done == 1


def test_a_file_of_an_unknown_version_is_matched_by_key():
    changes = tracked(TITLE, "Tax year"), untracked(WORDING, "Something else.")
    found = proposals(returned(*changes), None, guide_rubric())
    title, wording = found.edits
    assert not found.knows_base
    assert (title.old, standing(title, guide_rubric())) == ("Right tax year", Standing.OPEN)
    assert (wording.old, standing(wording, guide_rubric())) == (None, Standing.CONFLICT)


def test_a_point_that_is_gone_is_said_to_be():
    present = without_criterion(guide_rubric(), "year")
    (edit,) = edits(tracked(TITLE, "Tax year"), present=present)
    assert standing(edit, present) is Standing.GONE
    assert accepted(present, [edit]).failed == (edit,)


def test_a_file_of_another_guide_changes_nothing():
    other = Rubric.model_validate({"name": "Tax letters", "strata": [{"key": "x", "title": "Other"}]})
    found = proposals(returned(rubric=other), None, guide_rubric())
    assert found.edits == ()
    assert (
        "2 texts of the file belong to points that this guide does not have; they were passed over."
        in found.notes
    )


def test_what_the_guide_cannot_say_is_complained_of_with_its_place():
    weight = point("invents", "weight")
    changes = untracked(VALUE, "half", cell="H6"), untracked(weight, "-3")
    found = proposals(returned(*changes), guide_rubric(), guide_rubric())
    assert found.edits == ()
    first, second = found.complaints
    assert (first.line, first.cell) == (6, "H6")
    assert first.message == '“Right tax year”, grade partly, value: "half" is not a number.'
    assert "negative weights below -1" in second.message


def test_a_field_missing_from_the_file_is_told():
    back = returned()
    left = tuple(field for field in back.fields if field.id != WORDING.id)
    found = proposals(back.model_copy(update={"fields": left}), guide_rubric(), guide_rubric())
    assert found.notes == (
        "“Right tax year” is not whole in the file any more; what is missing there stays as it is.",
    )


def test_comments_come_with_their_edit_and_without_one():
    said = ReturnedComment(text="Why?", author="Ben")
    year = guide_rubric().criterion("year")
    assert year is not None
    changes = (
        tracked(TITLE, "Tax year", comments=(said,)),
        untracked(WORDING, year.wording, comments=(said,)),
    )
    found = proposals(returned(*changes), guide_rubric(), guide_rubric())
    assert found.edits[0].comments == (said,)
    assert [each.place and each.place.id for each in found.comments] == [TITLE.id, WORDING.id]


# ---- accepting


def test_accepting_is_one_step_each_and_all_of_an_author_are_one(store, author):
    perform(store, ChangeDraft(rubric=guide_rubric()), author)
    found = edits(
        tracked(TITLE, "Tax year"),
        tracked(WORDING, "Names it."),
        tracked(VALUE, "0.5", "Ben"),
    )
    step = accepting(draft(store), edits_by(found, "Anna"), "Accept 2 changes of Anna")
    assert step is not None
    perform(store, step, author)
    year = draft(store).criterion("year")
    assert year is not None
    assert (year.title, year.wording, year.levels[1].value) == ("Tax year", "Names it.", 0.45)
    undo(store, author)
    assert draft(store) == guide_rubric()


def test_a_refused_edit_leaves_no_trace(store, author):
    perform(store, ChangeDraft(rubric=guide_rubric()), author)
    steps = len(store.edits())
    given = guide_to_give(store)
    back = returned(tracked(TITLE, "Tax year"), base=given.record)
    assert len(take_back(store, back).edits) == 1
    assert len(store.edits()) == steps
    assert draft(store) == guide_rubric()


def test_a_guide_is_given_out_as_the_version_that_says_the_same(store, author):
    perform(store, SaveVersion(rubric=guide_rubric(), number=1, note="first"), author)
    given = guide_to_give(store)
    assert (given.version, given.note, given.author) == (1, "first", "Anna")
    assert given.which == f"version 1, saved {given.saved_at[:10]} by Anna"
    changed = with_criterion(guide_rubric(), "year", title="Year")
    perform(store, ChangeDraft(rubric=changed), author)
    given = guide_to_give(store)
    assert (given.version, given.after, given.which[:21]) == (None, 1, "draft after version 1")
    # A file made from the old version finds that version again: the draft's new title is no proposal of the file.
    first = store.edits()[-1]
    assert first.label
    back = returned(base=store.heads("version")[0].id)
    assert take_back(store, back).edits == ()
