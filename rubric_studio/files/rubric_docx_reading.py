"""Read a Word document that was given out: every field's text before and after its changes, and the comments.

It knows bookmarks, not rubrics: whether a field still exists and what it should say is for `proposed_edits`.
"""

from collections.abc import Sequence
from pathlib import Path

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it has no stubs

from rubric_studio.domain.returned_guide import ReturnedComment, ReturnedField, ReturnedGuide
from rubric_studio.files.rubric_docx_blocks import blocks, children, our_marks
from rubric_studio.files.rubric_docx_changes import (
    COMMENT_SIGNS,
    UNTOUCHED,
    Piece,
    TextReader,
    Trace,
    W,
    after,
    authors,
    before,
    mark_trace,
    row_trace,
)
from rubric_studio.files.rubric_docx_comments import WordComment, read_comments
from rubric_studio.files.rubric_docx_marks import BASE, FIELD, GRADE
from rubric_studio.files.rubric_package import last_saved, not_given_out, open_package

LONGEST_NOTE = 120


def read_docx(path: Path) -> ReturnedGuide:
    """Read a document that comes back.

    Raises:
        StudioError: it cannot be read, is damaged, locked by a password, or carries macros, or was not given
            out by this program.
    """
    with open_package(path, ".docx") as package:
        name = package.related("", "officeDocument") or "word/document.xml"
        root = package.xml(name)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise ValueError("no text in it")
        reading = _Reading(read_comments(package, name))
        reading.read(body)
        returned = reading.result(path.name, *last_saved(package))
    if not returned.fields:
        raise not_given_out(path)
    return returned


class _Reading:
    """One document while it is read, from top to bottom."""

    def __init__(self, comments: dict[str, WordComment]) -> None:
        self._comments = comments
        self._base = ""
        self._fields: dict[str, tuple[list[Piece], list[str]]] = {}
        self._notes: list[str] = []
        self._open: set[str] = set()
        self._waiting: list[str] = []
        self._words: dict[str, str] = {}

    def read(self, body: etree._Element) -> None:
        """Take every paragraph and table."""
        items = list(children(body, "p", "tbl"))
        while items:
            item = items.pop(0)
            if item.tag in COMMENT_SIGNS:
                self._pieces([item])
            elif item.tag == f"{W}tbl":
                self._table(item)
            else:
                self._paragraph(item, items)

    def result(self, file: str, identifier: str, author: str, at: str) -> ReturnedGuide:
        """What was read."""
        placed = {id for _, ids in self._fields.values() for id in ids}
        left = [c for c in self._comments.values() if c.id not in placed and c.answers not in placed]
        return ReturnedGuide(
            file=file,
            format="docx",
            base=self._base or identifier,
            author=author,
            at=at,
            fields=tuple(self._field(id, *found) for id, found in self._fields.items()),
            comments=tuple(self._comment(comment) for comment in left),
            notes=tuple(dict.fromkeys(self._notes)),
        )

    # ---- paragraphs outside tables

    def _paragraph(self, paragraph: etree._Element, following: list[etree._Element]) -> None:
        marks = our_marks(paragraph)
        base = next((mark for mark in marks if mark.startswith(BASE)), "")
        self._base = self._base or base.removeprefix(BASE)
        name = next((mark for mark in marks if mark.startswith(FIELD)), "")
        if name:
            self._take(name.removeprefix(FIELD), [paragraph, *_torn_off(paragraph, following)])
            return
        pieces = self._pieces([paragraph])
        text, was = after(pieces).strip(), before(pieces).strip()
        if marks and text != was:
            self._note("Changed, but not part of the guide: {0}", text or was, pieces)
        elif not marks and (text or was):
            self._note("Written beside the guide: {0}", text or was, pieces)

    # ---- tables

    def _table(self, table: etree._Element) -> None:
        for row in children(table, "tr"):
            if row.tag in COMMENT_SIGNS:
                self._pieces([row])
            else:
                self._row(row)

    def _row(self, row: etree._Element) -> None:
        cells = [cell for cell in children(row, "tc") if cell.tag not in COMMENT_SIGNS or self._sign(cell)]
        marks, trace = our_marks(row), row_trace(row)
        name = next((mark for mark in marks if mark.startswith(FIELD)), "")
        if not cells or trace.taken_out or not name:
            self._other_row(cells, trace, is_ours=bool(marks))
            return
        label, *texts = cells
        self._waiting += self._met(blocks(label))
        if name.endswith(GRADE) and len(texts) > 1:
            owner = name.removeprefix(FIELD).removesuffix(GRADE)
            self._take(f"{owner}_value", blocks(texts[0]), trace)
            self._take(f"{owner}_text", [p for cell in texts[1:] for p in blocks(cell)], trace)
        elif not name.endswith(GRADE):
            self._take(name.removeprefix(FIELD), [p for cell in texts for p in blocks(cell)], trace)

    def _other_row(self, cells: Sequence[etree._Element], trace: Trace, *, is_ours: bool) -> None:
        """A row that was taken out or put in, or one of ours that is only there to be read."""
        pieces = self._pieces([block for cell in cells for block in blocks(cell)], trace)
        text, was = after(pieces).strip(), before(pieces).strip()
        if trace.taken_out:
            self._note("Taken out, to be done in the guide itself: {0}", was or text, pieces)
        elif not is_ours and (text or was):
            self._note("A line was added, to be done in the guide itself: {0}", text or was, pieces)
        elif text != was:
            self._note("Changed, but not brought back from here: {0}", text, pieces)

    def _sign(self, sign: etree._Element) -> bool:
        self._pieces([sign])
        return False

    # ---- texts and comments

    def _take(self, id: str, found: Sequence[etree._Element], trace: Trace = UNTOUCHED) -> None:
        waiting, self._waiting = self._waiting, []
        reader = TextReader(self._open)
        pieces = reader.paragraphs(found, trace)
        self._remember_words(pieces)
        if id not in self._fields:
            self._fields[id] = (pieces, list(dict.fromkeys([*waiting, *reader.met])))

    def _pieces(self, found: Sequence[etree._Element], trace: Trace = UNTOUCHED) -> list[Piece]:
        """Read what is no field; comments that begin between fields belong to the next."""
        reader = TextReader(self._open)
        pieces = reader.paragraphs(found, trace)
        self._remember_words(pieces)
        if found and found[0].tag in COMMENT_SIGNS:
            self._waiting += reader.met
        return pieces

    def _met(self, found: Sequence[etree._Element]) -> list[str]:
        reader = TextReader(self._open)
        reader.paragraphs(found)
        return reader.met

    def _remember_words(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            for id in piece.comments if not piece.trace.taken_out else ():
                self._words[id] = self._words.get(id, "") + piece.text

    def _field(self, id: str, pieces: list[Piece], comments: list[str]) -> ReturnedField:
        who, at = authors(pieces)
        known = [self._comments[each] for each in self._comments if self._belongs(each, comments)]
        return ReturnedField(
            id=id,
            before=before(pieces),
            after=after(pieces),
            authors=who,
            at=at,
            comments=tuple(self._comment(comment) for comment in known),
        )

    def _belongs(self, id: str, comments: list[str]) -> bool:
        return id in comments or self._comments[id].answers in comments

    def _comment(self, comment: WordComment) -> ReturnedComment:
        words = self._words.get(comment.id) or self._words.get(comment.answers, "")
        return ReturnedComment(
            text=comment.text,
            words=words.strip(),
            author=comment.author,
            at=comment.at,
            is_reply=bool(comment.answers),
            resolved=comment.resolved,
        )

    def _note(self, words: str, text: str, pieces: Sequence[Piece]) -> None:
        who, _ = authors(pieces)
        text = " · ".join(line for line in text.split("\n") if line.strip())
        short = text if len(text) <= LONGEST_NOTE else f"{text[:LONGEST_NOTE]}…"
        names = ", ".join(name for name in who if name)
        self._notes.append(words.format(f"“{short}”") + (f" ({names})" if names else ""))


def _torn_off(paragraph: etree._Element, following: list[etree._Element]) -> list[etree._Element]:
    """Take the paragraphs off the list that belong to this one by a mark put in or taken out."""
    found: list[etree._Element] = []
    while mark_trace(paragraph, UNTOUCHED) != UNTOUCHED and following:
        if following[0].tag != f"{W}p" or our_marks(following[0]):
            break
        paragraph = following.pop(0)
        found.append(paragraph)
    return found
