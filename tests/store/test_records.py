import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.record import Person, RecordKind
from rubric_studio.store.project_file import ProjectFile
from tests.store.material import ANNA, HALF_A_CHARACTER, decide, entry, record


def test_a_record_comes_back_as_it_was(store: ProjectFile):
    made = record(
        "v1", RecordKind.VERDICT, "s/q/p/0", {"value": 0.1, "text": HALF_A_CHARACTER}, "e1", scope="s",
        reason=f"because {HALF_A_CHARACTER}", replaces=("z", "a"),
    )  # fmt: skip
    written = entry("e1", role="undo", target="e0")
    store.append(written, [made])
    assert store.records([made.id]) == [made]
    assert store.records_of_edit("e1") == [made]
    assert store.edits() == [written]


def test_heads_are_the_records_that_nothing_replaces(store: ProjectFile):
    first = decide(store, "d1", "r1", "keep", at=1)
    undone = decide(store, "d2", "r1", None, "d1", at=2)
    other = decide(store, "d3", "r2", "drop", at=3)
    assert store.heads(RecordKind.DECISION) == [undone, other]
    assert store.heads(RecordKind.DECISION, subjects=["r1"]) == [undone]
    assert store.heads(RecordKind.DECISION, scopes=["r2", "r3"]) == [other]
    assert store.heads(RecordKind.DECISION, subjects=["r1"], scopes=["r2"]) == []
    assert store.heads(RecordKind.FLAG) == []
    assert store.replaced([first.id, undone.id]) == {first.id}


def test_heads_come_oldest_first_and_in_the_order_written(store: ProjectFile):
    late = decide(store, "d1", "r1", "keep", at=5)
    early = decide(store, "d2", "r2", "keep", at=1)
    same_moment = decide(store, "a", "r3", "keep", at=5)
    assert store.heads(RecordKind.DECISION) == [early, late, same_moment]


def test_history_finds_by_subject_and_by_scope(store: ProjectFile):
    decision = decide(store, "d1", "r1", "keep", at=1)
    flag = record("f1", RecordKind.FLAG, "flag-1", {"row": "r1"}, "e", at=2, scope="r1")
    store.append(entry("e", 2), [flag])
    assert store.history(None, "r1") == [decision, flag]
    assert store.history(RecordKind.FLAG, "r1") == [flag]
    assert store.history(None, "r2") == []


def test_writing_an_edit_again_does_nothing(store: ProjectFile):
    decide(store, "d1", "r1", "keep")
    decide(store, "d1", "r1", "keep")
    assert len(store.edits()) == 1
    assert len(store.heads(RecordKind.DECISION)) == 1


@pytest.mark.parametrize("other", [{"body": {"decision": "drop"}}, {"reason": "no"}, {"replaces": ("x",)}])
def test_a_record_never_changes(store: ProjectFile, other: dict):
    made = decide(store, "d1", "r1", "keep")
    with pytest.raises(StudioError, match="says something else"):
        store.append(entry("edit-d1"), [made.model_copy(update=other)])
    with pytest.raises(StudioError, match="says something else"):
        store.append(entry("another"), [made.model_copy(update={"edit": "another"} | other)])
    assert store.records([made.id]) == [made]
    assert len(store.edits()) == 1


def test_an_edit_is_closed_once_it_was_written(store: ProjectFile):
    made = decide(store, "d1", "r1", "keep")
    with pytest.raises(StudioError, match="closed"):
        store.append(entry("edit-d1"), [made, made.model_copy(update={"id": "d2"})])
    with pytest.raises(StudioError, match="says something else"):
        store.append(entry("edit-d1").model_copy(update={"label": "other"}), [made])
    assert store.records_of_edit("edit-d1") == [made]


def test_a_record_of_another_edit_is_refused_and_nothing_is_written(store: ProjectFile):
    stray = record("d1", RecordKind.DECISION, "r1", {"decision": "keep"}, "somewhere else")
    with pytest.raises(StudioError, match="belongs to edit somewhere else"):
        store.append(entry("e1"), [stray])
    assert store.edits() == []


def test_a_number_that_is_none_is_refused(store: ProjectFile):
    odd = record("d1", RecordKind.SETTING, "x", {"value": float("nan")}, "e1")
    with pytest.raises(StudioError, match="a number that is none"):
        store.append(entry("e1"), [odd])
    assert store.edits() == []


def test_edits_come_newest_first_and_by_person(store: ProjectFile):
    decide(store, "d1", "r1", "keep", at=1)
    decide(store, "d2", "r2", "keep", at=2)
    berta = entry("b", 2).model_copy(update={"person": PersonId("01BERTA")})
    store.append(berta, [])
    assert [each.id for each in store.edits()] == ["b", "edit-d2", "edit-d1"]
    assert [each.id for each in store.edits(ANNA.id, newest=1)] == ["edit-d2"]


def test_a_person_keeps_the_id_under_a_new_name(store: ProjectFile):
    store.add_person(ANNA)
    store.add_person(ANNA)
    store.add_person(Person(id=ANNA.id, name="Anna Berg"))
    assert store.people() == [Person(id=ANNA.id, name="Anna Berg")]


def test_heads_that_differ_are_a_conflict_and_equal_or_withdrawn_ones_are_none(store: ProjectFile):
    decide(store, "a1", "agreed", "keep")
    decide(store, "a2", "agreed", "keep")
    decide(store, "w1", "withdrawn", "keep")
    decide(store, "w2", "withdrawn", None)
    decide(store, "c1", "disputed", "keep")
    decide(store, "c2", "disputed", "drop")
    (conflict,) = store.conflicts()
    assert conflict.subject == "disputed"
    assert [head.id for head in conflict.heads] == ["c1", "c2"]
    decide(store, "c3", "disputed", "fix", "c1", "c2")
    assert store.conflicts() == []


def test_the_edits_that_wrote_records_of_some_kinds(store: ProjectFile):
    decide(store, "d1", "r1", "keep", at=1)
    store.append(entry("e1"), [record("n1", RecordKind.NOTE, "n", {"text": "so"}, "e1")])
    assert store.edits_writing([RecordKind.NOTE, RecordKind.FLAG]) == {"e1"}
    assert store.edits_writing([]) == set()


def test_the_edits_behind_a_record_are_its_own_and_those_it_replaced(store: ProjectFile):
    first = decide(store, "d1", "r1", "keep", at=1)
    second = decide(store, "d2", "r1", "drop", "d1", at=2)
    decide(store, "d3", "r2", "drop", at=3)
    assert store.edits_behind([second.id]) == {first.edit, second.edit}
    assert store.edits_behind([RecordId("not here")]) == set()
