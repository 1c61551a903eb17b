"""Comments from a file become comments of the points they stand beside: one step, once."""

from rubric_studio.domain.proposed_edit import FieldComments
from rubric_studio.domain.returned_guide import ReturnedComment
from rubric_studio.services.comments import comments_on, threads
from rubric_studio.services.edits import perform
from rubric_studio.services.history import undo
from rubric_studio.services.returned_comments import kept_comments
from tests.files.guides import part, point

ASKED = ReturnedComment(text="Which one?", words="tax year", author="Ben", at="2026-11-20T09:30:00Z")
ANSWERED = ReturnedComment(text="That of the facts.", author="Anna", is_reply=True)


def test_a_thread_comes_in_whole_with_its_authors(store, author):
    said = [FieldComments(place=point("year", "wording"), comments=(ASKED, ANSWERED))]
    step = kept_comments(store, said, author.new_id)
    assert step is not None
    perform(store, step, author)
    (thread,) = threads(comments_on(store, "year"))
    assert (thread.comment.author, thread.comment.text, thread.comment.words) == (
        "Ben",
        "Which one?",
        "tax year",
    )
    assert [(each.author, each.text) for each in thread.answers] == [("Anna", "That of the facts.")]
    assert kept_comments(store, said, author.new_id) is None
    undo(store, author)
    assert comments_on(store, "year") == []


def test_a_comment_beside_no_point_has_no_place_to_stand(store, author):
    said = [
        FieldComments(place=part("issue", "title"), comments=(ASKED,)),
        FieldComments(place=None, comments=(ASKED,)),
    ]
    assert kept_comments(store, said, author.new_id) is None
