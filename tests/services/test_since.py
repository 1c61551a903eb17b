"""What has changed since somebody left."""

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.sealed import Sealed
from rubric_studio.services.edits import Author, DecideRows, FlagRows, NoteOnRow, perform
from rubric_studio.services.since import remember, since_left
from rubric_studio.store.project_file import ProjectFile
from tests.services.conftest import ANNA, BRUNO


def test_before_any_look_it_counts_from_ones_own_last_edit(
    store: ProjectFile, author: Author, bruno: Author
) -> None:
    perform(store, FlagRows(rows=(RowId("q1"),), reason="odd"), author)
    perform(store, NoteOnRow(row=RowId("q1"), text="see the act"), bruno)
    found = since_left(store, ANNA)
    assert [(each.name, each.kind, each.n) for each in found.news] == [("Bruno", RecordKind.NOTE, 1)]


def test_what_was_seen_is_not_told_again_and_own_work_never(
    store: ProjectFile, author: Author, bruno: Author
) -> None:
    perform(store, NoteOnRow(row=RowId("q1"), text="see the act"), bruno)
    remember(store, ANNA, "2026-11-23T08:00:00.000Z")
    perform(store, NoteOnRow(row=RowId("q1"), text="mine"), author)
    assert since_left(store, ANNA).news == ()
    assert since_left(store, ANNA).at == "2026-11-23T08:00:00.000Z"


def test_what_was_done_earlier_and_arrived_later_is_told(
    store: ProjectFile, author: Author, bruno: Author
) -> None:
    """A colleague's copy brings what she did before one's own last look: so it counts, and not by the time."""
    perform(store, NoteOnRow(row=RowId("q2"), text="first"), bruno)
    remember(store, ANNA, "2099-01-01T00:00:00.000Z")
    perform(store, NoteOnRow(row=RowId("q1"), text="second"), bruno)
    assert [each.n for each in since_left(store, ANNA).news] == [1]


def test_what_was_said_anew_counts_once(store: ProjectFile, bruno: Author) -> None:
    perform(store, DecideRows(rows=(RowId("q1"),), decision="keep"), bruno)
    remember(store, ANNA, "2026-11-23T08:00:00.000Z")
    perform(store, DecideRows(rows=(RowId("q1"),), decision="drop"), bruno)
    assert [(each.kind, each.n) for each in since_left(store, ANNA).news] == [(RecordKind.DECISION, 1)]


def test_answers_that_arrived_are_told_by_how_far_they_are(store: ProjectFile) -> None:
    remember(store, ANNA, "2026-11-23T08:00:00.000Z")
    store.keep_sealed(Sealed("01R", BRUNO, "ab" * 32, "2026-11-23T09:00:00.000Z", 12, 40, False), b"{}")
    (arrived,) = since_left(store, ANNA).arrived
    assert (arrived.name, arrived.done, arrived.total, arrived.finished) == ("Bruno", 12, 40, False)
    remember(store, ANNA, "2026-11-23T10:00:00.000Z")
    assert since_left(store, ANNA).arrived == ()


def test_what_one_does_in_this_sitting_is_no_leaving(
    store: ProjectFile, author: Author, bruno: Author
) -> None:
    perform(store, NoteOnRow(row=RowId("q1"), text="see the act"), bruno)
    perform(store, FlagRows(rows=(RowId("q1"),), reason="odd"), author)
    assert since_left(store, ANNA).news == ()
    assert [each.n for each in since_left(store, ANNA, author.now()).news] == [1]
    assert since_left(store, ANNA, "2099-01-01T00:00:00.000Z").news == ()  # long gone by then
