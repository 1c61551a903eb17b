"""Read texts out of Word's XML as they were before and as they are after its tracked changes.

Insertions, deletions and moves are followed wherever they stand: around runs, nested in one another, in content
controls and links, on the mark at a paragraph's end. What a change does to looks alone is passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it has no stubs

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PUT_IN, TAKEN_OUT = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
COMMENT_SIGNS = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{W}softHyphen": "\N{SOFT HYPHEN}",
}
_ESCAPED_ESCAPE = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_PASSED_OVER = {f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tbl", "fldData")} | {
    f"{MC}Choice"
}


@dataclass(frozen=True)
class Trace:
    """Which changes a piece of text is part of."""

    put_in: bool = False
    taken_out: bool = False
    by: tuple[tuple[str, str], ...] = ()
    """(author, date) of each."""

    def within(self, element: etree._Element) -> "Trace":
        """The same inside one more change."""
        who = (element.get(f"{W}author", "").strip(), element.get(f"{W}date", ""))
        put_in = self.put_in or element.tag in PUT_IN
        taken_out = self.taken_out or element.tag in TAKEN_OUT
        return Trace(put_in, taken_out, (*self.by, who))


UNTOUCHED = Trace()


@dataclass(frozen=True)
class Piece:
    """Some text, the changes it is part of, and the comments whose range it lies in."""

    text: str
    trace: Trace
    comments: frozenset[str] = frozenset()


@dataclass
class TextReader:
    """Collects the pieces of a text; `open_comments` are those that began and have not ended."""

    open_comments: set[str] = field(default_factory=set)
    met: list[str] = field(default_factory=list)
    """Ids of the comments whose range or sign stands in what was read, in that order."""

    def paragraphs(self, blocks: Sequence[etree._Element], trace: Trace = UNTOUCHED) -> list[Piece]:
        """The pieces of several paragraphs, and signs of comments between them.

        The mark at the end of the last paragraph does not count.
        """
        pieces: list[Piece] = []
        end: Trace | None = None
        for block in blocks:
            if block.tag in COMMENT_SIGNS:
                self.take_sign(block)
                continue
            if end is not None:
                pieces.append(self._piece("\n", end))
            pieces += self._inside(block, trace)
            end = mark_trace(block, trace)
        return pieces

    def _inside(self, element: etree._Element, trace: Trace) -> Iterator[Piece]:
        for child in element:
            yield from self._one(child, trace)

    def _one(self, child: etree._Element, trace: Trace) -> Iterator[Piece]:
        tag = child.tag
        if tag in (f"{W}t", f"{W}delText"):
            yield self._piece(child.text or "", trace)
        elif tag in _SIGNS:
            yield self._piece(_SIGNS[tag], trace)
        elif tag == f"{W}sym":
            yield self._piece(_symbol(child), trace)
        elif tag in PUT_IN or tag in TAKEN_OUT:
            yield from self._inside(child, trace.within(child))
        elif tag in COMMENT_SIGNS:
            self.take_sign(child)
        elif tag == f"{W}sdt":
            yield from () if is_placeholder(child) else self._inside(child, trace)
        elif isinstance(tag, str) and tag not in _PASSED_OVER:
            yield from self._inside(child, trace)

    def take_sign(self, sign: etree._Element) -> None:
        """Note where a comment begins, ends or has its sign."""
        id = sign.get(f"{W}id", "")
        if sign.tag == f"{W}commentRangeStart":
            self.open_comments.add(id)
        elif sign.tag == f"{W}commentRangeEnd":
            self.open_comments.discard(id)
        if id not in self.met and sign.tag != f"{W}commentRangeEnd":
            self.met.append(id)

    def _piece(self, text: str, trace: Trace) -> Piece:
        return Piece(text, trace, frozenset(self.open_comments))


def mark_trace(paragraph: etree._Element, trace: Trace) -> Trace:
    """The changes that the mark at the end of a paragraph is part of."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    for change in () if marks is None else marks:
        if change.tag in PUT_IN or change.tag in TAKEN_OUT:
            trace = trace.within(change)
    return trace


def row_trace(row: etree._Element) -> Trace:
    """The changes that a whole table row is part of."""
    trace, properties = UNTOUCHED, row.find(f"{W}trPr")
    for change in () if properties is None else properties:
        if change.tag in PUT_IN or change.tag in TAKEN_OUT:
            trace = trace.within(change)
    return trace


def before(pieces: Sequence[Piece]) -> str:
    """The text as if every change were refused."""
    return _plain("".join(piece.text for piece in pieces if not piece.trace.put_in))


def after(pieces: Sequence[Piece]) -> str:
    """The text as if every change were accepted."""
    return _plain("".join(piece.text for piece in pieces if not piece.trace.taken_out))


def authors(pieces: Sequence[Piece]) -> tuple[tuple[str, ...], str]:
    """Who changed it, each once, and when the last of them did; moves back and forth count too."""
    made = [each for piece in pieces if piece.text for each in piece.trace.by]
    return tuple(dict.fromkeys(who for who, _ in made)), max((at for _, at in made), default="")


def is_placeholder(control: etree._Element) -> bool:
    """Whether a content control is empty and only says where to click."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _plain(text: str) -> str:
    """Undo the escapes that LibreOffice writes into Word files, where they mean nothing ("_x005F_x0041_")."""
    return _ESCAPED_ESCAPE.sub("_", text)


def _symbol(sign: etree._Element) -> str:
    """A sign of a symbol font; those in the private area cannot be known."""
    try:
        code = int(sign.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"
