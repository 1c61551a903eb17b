"""Comments that came back in a file, as comments of this project's points. Reading them is the adapters' work."""

from collections.abc import Callable, Iterable

from rubric_studio.domain.proposed_edit import FieldComments
from rubric_studio.domain.returned_guide import ReturnedComment
from rubric_studio.services.comments import MOST_LETTERS, AddComment, NewComment, comments_on
from rubric_studio.services.ports import Store


def kept_comments(
    store: Store, said: Iterable[FieldComments], new_id: Callable[[], str]
) -> AddComment | None:
    """One step that writes what was said beside points; None where nothing is new.

    A comment beside a part, the guide's name or nothing has no point to stand at and is not among them; nor is
    one that came in before.
    """
    found: list[NewComment] = []
    for each in said:
        key = each.place.criterion if each.place else ""
        if key:
            known = {(c.author, c.text, c.words) for c in comments_on(store, key)}
            new = [one for one in each.comments if (one.author, _text(one), one.words) not in known]
            found += _thread(key, new, new_id)
    return AddComment(comments=tuple(found)) if found else None


def _thread(key: str, comments: Iterable[ReturnedComment], new_id: Callable[[], str]) -> list[NewComment]:
    """Comments beside one field; a reply answers the last one that is none."""
    found: list[NewComment] = []
    first = ""
    for comment in comments:
        if not comment.text.strip():
            continue
        id = new_id()
        first = first if comment.is_reply and first else id
        found.append(
            NewComment(
                criterion=key,
                text=_text(comment),
                words=comment.words,
                author=comment.author,
                answers="" if first == id else first,
                at=comment.at,
                resolved=comment.resolved,
                id=id,
            )
        )
    return found


def _text(comment: ReturnedComment) -> str:
    return comment.text.strip()[:MOST_LETTERS]
