"""The tables of a rubric's Word document, written as XML: python-docx takes ten times as long over 225 points."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

QUIET, SHADE, LINES = "5B6675", "EEF2F7", "C6CDD8"
WIDTHS = (1930, 1020, 6690)
"""Of label, value and text, in twentieths of a point."""

Element = Any  # lxml has no stubs


class Label(NamedTuple):
    """What stands at the left of a row, and the bookmark around it by which the row is found again."""

    text: str
    mark: str
    number: int


def point_table(document: Document) -> Element:
    """Add an empty table of three columns at the end of a document."""
    table = OxmlElement("w:tbl")
    properties = _in(table, "tblPr")
    _in(properties, "tblStyle", val="TableGrid")
    _in(properties, "tblW", w=str(sum(WIDTHS)), type="dxa")
    borders = _in(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _in(borders, side, val="single", sz="4", space="0", color=LINES)
    _in(properties, "tblLayout", type="fixed")
    grid = _in(table, "tblGrid")
    for width in WIDTHS:
        _in(grid, "gridCol", w=str(width))
    document.element.body.sectPr.addprevious(table)
    return table


def add_row(table: Element, label: Label, texts: Sequence[str], *, is_head: bool, is_quiet: bool) -> None:
    """Add a row that no page break cuts; a single text takes both columns beside the label."""
    row = _in(table, "tr")
    _in(_in(row, "trPr"), "cantSplit")
    cell = _cell(row, WIDTHS[0], 1, is_head)
    paragraph = _paragraph(cell, is_head)
    _in(paragraph, "bookmarkStart", id=str(label.number), name=label.mark)
    _run(paragraph, label.text, color=QUIET, size="18")
    _in(paragraph, "bookmarkEnd", id=str(label.number))
    widths = (WIDTHS[1] + WIDTHS[2],) if len(texts) == 1 else WIDTHS[1:]
    for text, width in zip(texts, widths, strict=True):
        cell = _cell(row, width, 3 - len(texts), is_head)
        for line in text.split("\n"):
            _run(_paragraph(cell, is_head), line, color=QUIET if is_quiet else "", bold=is_head)


def _cell(row: Element, width: int, span: int, is_head: bool) -> Element:
    cell = _in(row, "tc")
    properties = _in(cell, "tcPr")
    _in(properties, "tcW", w=str(width), type="dxa")
    if span > 1:
        _in(properties, "gridSpan", val=str(span))
    if is_head:
        _in(properties, "shd", val="clear", color="auto", fill=SHADE)
    return cell


def _paragraph(cell: Element, is_head: bool) -> Element:
    paragraph = _in(cell, "p")
    if is_head:
        _in(_in(paragraph, "pPr"), "keepNext")
    return paragraph


def _run(paragraph: Element, text: str, *, color: str = "", size: str = "", bold: bool = False) -> None:
    """Write a text of one line; its tabs are tabs."""
    if not text:
        return
    run = _in(paragraph, "r")
    looks = [("b", "1" if bold else ""), ("color", color), ("sz", size)]
    if any(value for _, value in looks):
        properties = _in(run, "rPr")
        for name, value in looks:
            if value:
                _in(properties, name, val=value)
    for number, part in enumerate(text.split("\t")):
        if number:
            _in(run, "tab")
        if part:
            words = _in(run, "t")
            words.text = part
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _in(parent: Element, tag: str, **attributes: str) -> Element:
    """Put a new element at the end of another."""
    element = parent.makeelement(qn(f"w:{tag}"))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
