"""The comments of a Word document: who said what, which answers which, which are settled. Not where they stand."""

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it has no stubs

from rubric_studio.files.rubric_docx_changes import TextReader, W, after
from rubric_studio.files.rubric_package import Package

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


class WordComment(NamedTuple):
    """One comment; `answers` is the id of the one it replies to, "" for none."""

    id: str
    author: str
    at: str
    text: str
    answers: str
    resolved: bool


def read_comments(package: Package, document: str) -> dict[str, WordComment]:
    """The comments of a document by their id, each reply behind what it answers."""
    root = _part(package, document, "comments")
    if root is None:
        return {}
    elements = list(root.iter(f"{W}comment"))
    threads = _threads(_part(package, document, "commentsExtended"))
    by_paragraph = {_paragraph_id(each): each.get(f"{W}id", "") for each in elements}
    found: list[WordComment] = []
    for element in elements:
        parent, done = threads.get(_paragraph_id(element), ("", False))
        found.append(_comment(element, by_paragraph.get(parent, "") if parent else "", done))
    return {comment.id: comment for comment in _threaded(found)}


def _part(package: Package, document: str, kind: str) -> etree._Element | None:
    name = package.related(document, kind)
    return None if name is None else package.xml(name)


def _comment(element: etree._Element, answers: str, done: bool) -> WordComment:
    text = after(TextReader().paragraphs(list(element.iter(f"{W}p")))).strip()
    author, at = element.get(f"{W}author", "").strip(), element.get(f"{W}date", "")
    return WordComment(element.get(f"{W}id", ""), author, at, text, answers, done)


def _paragraph_id(comment: etree._Element) -> str:
    """The id of a comment's last paragraph, by which its thread names it."""
    ids = [paragraph.get(f"{W14}paraId", "") for paragraph in comment.iter(f"{W}p")]
    return ids[-1] if ids else ""


def _threads(root: etree._Element | None) -> dict[str, tuple[str, bool]]:
    """For a paragraph's id: that of the comment it answers, and whether the thread is settled."""
    found: dict[str, tuple[str, bool]] = {}
    for each in () if root is None else root.iter(f"{W15}commentEx"):
        done = each.get(f"{W15}done") in ("1", "true")
        found[each.get(f"{W15}paraId", "")] = (each.get(f"{W15}paraIdParent", ""), done)
    return found


def _threaded(comments: Iterable[WordComment]) -> list[WordComment]:
    """Comments in their order, each followed by its replies, oldest first."""
    all_comments = list(comments)
    known = {comment.id for comment in all_comments}
    ordered: list[WordComment] = []
    for comment in all_comments:
        if comment.answers not in known:
            replies = [each for each in all_comments if each.answers == comment.id]
            ordered += [comment, *sorted(replies, key=lambda each: each.at)]
    return ordered
