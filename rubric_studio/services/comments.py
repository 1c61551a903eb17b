"""Comments on a criterion's wording: writing, answering, settling and reading them. They change no wording.

Who wrote one and when stands in its first record; one that came from outside (a Word file) names its author too.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import Field

from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.values import JsonObject, Value
from rubric_studio.services.edits import Proposal
from rubric_studio.services.ports import Store

MOST_LETTERS = 4_000


class NewComment(Value):
    """A comment to be written.

    Attributes:
        words: the wording it is about, as it was then.
        author: a name from outside (Word's author); "" for the person at the keyboard.
        answers: the id of the comment that it answers, "" for none.
        at: when it was written outside, as the file says (ISO 8601); "" for now.
        id: a fresh ULID where answers in the same step must name it; "" lets the step give one.
    """

    criterion: str
    text: str = Field(min_length=1, max_length=MOST_LETTERS)
    words: str = ""
    author: str = ""
    answers: str = ""
    at: str = ""
    resolved: bool = False
    id: str = ""

    def body(self) -> JsonObject:
        """What its record holds."""
        body: JsonObject = {
            "text": self.text,
            "words": self.words,
            "resolved": self.resolved,
            "author": self.author,
        }
        told = {"answers": self.answers, "at": self.at}
        return body | {name: value for name, value in told.items() if value}


class AddComment(Value):
    """Write one comment or, where they come in a file, many at once: one step to undo."""

    comments: tuple[NewComment, ...]

    @property
    def label(self) -> str:
        count = len(self.comments)
        return "Write a comment" if count == 1 else f"Bring in {count} comments"

    def proposals(self) -> Sequence[Proposal]:
        return [
            Proposal(RecordKind.COMMENT, comment.id, comment.body(), comment.criterion)
            for comment in self.comments
        ]


class Comment(Value):
    """A comment as it stands. `writer` is a person's id, `author` a name from outside; `settled_by` a person's id."""

    id: str
    criterion: str
    text: str
    words: str
    writer: str
    author: str
    at: str
    answers: str = ""
    resolved: bool = False
    settled_by: str = ""
    settled_at: str = ""


class SettleComment(Value):
    """Resolve a comment, or open it again."""

    comment: Comment
    resolved: bool = True

    @property
    def label(self) -> str:
        return "Resolve a comment" if self.resolved else "Open a comment again"

    def proposals(self) -> Sequence[Proposal]:
        said = self.comment
        body = NewComment(
            criterion=said.criterion,
            text=said.text,
            words=said.words,
            author=said.author,
            answers=said.answers,
            at=said.at if said.author else "",
            resolved=self.resolved,
        ).body()
        return (Proposal(RecordKind.COMMENT, said.id, body, said.criterion),)


class Thread(NamedTuple):
    """A comment and the answers to it, oldest first."""

    comment: Comment
    answers: tuple[Comment, ...] = ()


def open_counts(store: Store) -> Counter[str]:
    """How many comments are open, by criterion; answers are not counted."""
    heads = (head for head in store.heads(RecordKind.COMMENT) if head.body is not None)
    return Counter(
        head.scope
        for head in heads
        if head.body and not head.body.get("resolved") and not head.body.get("answers")
    )


def comments_on(store: Store, criterion: str) -> list[Comment]:
    """The comments on one criterion, oldest first, resolved ones too."""
    first: dict[str, Record] = {}
    for record in store.history(RecordKind.COMMENT, criterion):
        first.setdefault(record.subject, record)
    heads = store.heads(RecordKind.COMMENT, scopes=[criterion])
    standing = {head.subject: head for head in heads if head.body is not None}
    found = [_comment(first[subject], head) for subject, head in standing.items()]
    return sorted(found, key=lambda comment: (comment.at, comment.id))


def threads(comments: Sequence[Comment]) -> list[Thread]:
    """Put answers behind what they answer; open threads come first. An answer to nothing stands alone."""
    known = {comment.id for comment in comments}
    answers: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.answers in known:
            answers.setdefault(comment.answers, []).append(comment)
    begun = [comment for comment in comments if comment.answers not in known]
    ordered = sorted(begun, key=lambda comment: comment.resolved)
    return [Thread(comment, tuple(answers.get(comment.id, ()))) for comment in ordered]


def _comment(first: Record, head: Record) -> Comment:
    body = head.body or {}
    is_settled = bool(body.get("resolved")) and head.id != first.id
    return Comment(
        id=head.subject,
        criterion=head.scope,
        text=str(body.get("text", "")),
        words=str(body.get("words", "")),
        writer=first.person,
        author=str(body.get("author", "")),
        at=str(body.get("at", "") or first.at),
        answers=str(body.get("answers", "")),
        resolved=bool(body.get("resolved")),
        settled_by=head.person if is_settled else "",
        settled_at=head.at if is_settled else "",
    )
