"""Comments on a wording: written, answered, settled, brought in with an author from outside, undone."""

from rubric_studio.services.comments import (
    AddComment,
    NewComment,
    SettleComment,
    comments_on,
    open_counts,
    threads,
)
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.history import undo
from rubric_studio.store.project_file import ProjectFile


def write(store: ProjectFile, author: Author, *comments: NewComment) -> None:
    perform(store, AddComment(comments=comments), author)


def test_who_and_when_stay_those_of_the_writer(store: ProjectFile, author: Author, bruno: Author):
    write(store, author, NewComment(criterion="issue", text="Which issue?", words="Names the issue"))
    written = comments_on(store, "issue")[0]
    assert (written.writer, written.text, written.words) == ("01ANNA", "Which issue?", "Names the issue")
    assert not written.resolved
    perform(store, SettleComment(comment=written), bruno)
    settled = comments_on(store, "issue")[0]
    assert (settled.writer, settled.at, settled.settled_by) == ("01ANNA", written.at, "01BRUNO")
    assert settled.resolved
    assert open_counts(store) == {}
    perform(store, SettleComment(comment=settled, resolved=False), author)
    assert comments_on(store, "issue")[0].settled_by == ""
    assert open_counts(store) == {"issue": 1}
    undo(store, author)
    assert open_counts(store) == {}


def test_comments_come_in_as_one_step_with_their_authors_and_answers(store: ProjectFile, author: Author):
    first = NewComment(
        criterion="issue", text="Too wide", author="W. Word", at="2026-01-02T03:04:05Z", id="one"
    )
    reply = NewComment(criterion="issue", text="Agreed", author="X. Word", answers="one")
    done = NewComment(criterion="year", text="Old", author="W. Word", resolved=True)
    write(store, author, first, reply, done)
    assert store.edits()[0].label == "Bring in 3 comments"
    thread = threads(comments_on(store, "issue"))[0]
    assert (thread.comment.author, thread.comment.at) == ("W. Word", "2026-01-02T03:04:05Z")
    assert [answer.text for answer in thread.answers] == ["Agreed"]
    assert open_counts(store) == {"issue": 1}  # an answer is no comment of its own, the third is resolved
    perform(store, SettleComment(comment=thread.comment), author)
    assert comments_on(store, "issue")[0].at == "2026-01-02T03:04:05Z"
    undo(store, author)
    undo(store, author)
    assert comments_on(store, "issue") == []


def test_open_threads_come_first(store: ProjectFile, author: Author):
    for text in ("first", "second"):
        write(store, author, NewComment(criterion="issue", text=text))
    first = comments_on(store, "issue")[0]
    perform(store, SettleComment(comment=first), author)
    assert [thread.comment.text for thread in threads(comments_on(store, "issue"))] == ["second", "first"]
