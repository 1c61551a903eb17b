"""Edits, undo and redo, also of bulk actions, also after a restart."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rubric_studio.domain.changes import Topic
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.edits import Author, ChangeDraft, DecideRows, FlagRows, RemoveFlag, perform
from rubric_studio.services.history import redo, stacks, undo
from rubric_studio.services.ports import Store
from rubric_studio.services.versions import draft
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

from .conftest import ANNA, TickingClock

Q1, Q2 = RowId("q1"), RowId("q2")


def decisions(store: Store) -> dict[str, str]:
    heads = store.heads(RecordKind.DECISION)
    return {head.subject: head.body["decision"] for head in heads if head.body is not None}


def test_a_decision_stands_until_it_is_undone(store: ProjectFile, author: Author) -> None:
    changes = perform(store, DecideRows(rows=(Q1,), decision="drop", reason="double"), author)
    assert changes.touches(Topic.DECISIONS)
    assert changes.rows == {Q1}
    assert decisions(store) == {Q1: "drop"}
    undo(store, author)
    assert decisions(store) == {}


def test_a_bulk_decision_is_undone_in_one_step_to_what_stood_before(
    store: ProjectFile, author: Author
) -> None:
    perform(store, DecideRows(rows=(Q2,), decision="keep"), author)
    perform(store, DecideRows(rows=(Q1, Q2), decision="drop"), author)
    done = undo(store, author)
    assert done is not None
    assert (done.label, done.restored, done.kept) == ("Drop 2 questions", 2, 0)
    assert decisions(store) == {Q2: "keep"}


def test_redo_follows_undo_and_a_new_edit_forgets_it(store: ProjectFile, author: Author) -> None:
    perform(store, DecideRows(rows=(Q1,), decision="drop"), author)
    undo(store, author)
    redo(store, author)
    assert decisions(store) == {Q1: "drop"}
    undo(store, author)
    perform(store, DecideRows(rows=(Q2,), decision="keep"), author)
    assert redo(store, author) is None
    assert decisions(store) == {Q2: "keep"}


def test_undo_works_after_a_restart(store: ProjectFile, author: Author, clock: TickingClock) -> None:
    perform(store, DecideRows(rows=(Q1,), decision="drop"), author)
    path = store.path
    store.close()
    with open_project(path) as again:
        undo(again, Author(ANNA, clock))
        assert decisions(again) == {}


def test_nobody_undoes_a_colleagues_edit(store: ProjectFile, author: Author, bruno: Author) -> None:
    perform(store, DecideRows(rows=(Q1,), decision="drop"), bruno)
    assert undo(store, author) is None
    assert decisions(store) == {Q1: "drop"}


def test_what_a_colleague_changed_since_is_kept(store: ProjectFile, author: Author, bruno: Author) -> None:
    perform(store, DecideRows(rows=(Q1, Q2), decision="drop"), author)
    perform(store, DecideRows(rows=(Q1,), decision="keep"), bruno)
    done = undo(store, author)
    assert done is not None
    assert (done.restored, done.kept) == (1, 1)
    assert decisions(store) == {Q1: "keep"}


def test_a_flag_taken_away_comes_back_with_its_reason(store: ProjectFile, author: Author) -> None:
    perform(store, FlagRows(rows=(Q1,), reason="wrong year"), author)
    flag = store.heads(RecordKind.FLAG)[0]
    perform(store, RemoveFlag(row=Q1, flag=flag.subject), author)
    assert store.heads(RecordKind.FLAG)[0].body is None
    undo(store, author)
    back = store.heads(RecordKind.FLAG)[0]
    assert (back.body, back.reason) == ({"row": Q1}, "wrong year")


def test_gestures_in_the_editor_are_undone_one_by_one(store: ProjectFile, author: Author) -> None:
    empty = draft(store)
    named = empty.model_copy(update={"name": "One"})
    perform(store, ChangeDraft(rubric=named), author)
    perform(store, ChangeDraft(rubric=named.model_copy(update={"name": "Two"})), author)
    undo(store, author)
    assert draft(store) == named
    undo(store, author)
    assert draft(store) == empty


@given(st.lists(st.sampled_from(["keep", "drop", "both", "undo", "redo"]), max_size=12))
def test_undo_and_redo_walk_through_the_states_like_a_text_editor(tmp_path_factory, words: list[str]) -> None:
    store = create_project(Path(tmp_path_factory.mktemp("walk")) / "walk.rubric")
    author = Author(ANNA, TickingClock())
    states: list[dict[str, str]] = [{}]
    at = 0
    for word in words:
        if word == "undo":
            undo(store, author)
            at = max(0, at - 1)
        elif word == "redo":
            redo(store, author)
            at = min(len(states) - 1, at + 1)
        else:
            rows = (Q1, Q2) if word == "both" else (Q1,)
            decision = "drop" if word == "drop" else "keep"
            perform(store, DecideRows(rows=rows, decision=decision), author)
            states = [*states[: at + 1], {**states[at], **dict.fromkeys(rows, decision)}]
            at += 1
        assert decisions(store) == states[at]
        assert len(stacks(store, author).undo) == at
    store.close()
