"""Write the minutes of a meeting as one Word page: what was decided and why, what stays open, which words changed."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from rubric_studio.domain.minutes import Discussed, Minutes, Reworded
from rubric_studio.domain.safe_text import safe_text
from rubric_studio.files.atomic_write import written_atomically
from rubric_studio.files.minutes_room import WHAT_WIDTH, WHY_WIDTH, Room, cut, room_on_page, views_text
from rubric_studio.files.rubric_docx_page import dress_page
from rubric_studio.files.rubric_docx_table import QUIET

CAUSES: Mapping[str, str] = {
    "wording": "the wording was ambiguous",
    "fact": "a fact is missing in the question",
    "law": "an open question of law",
    "slip": "a slip",
}
COLUMNS = (("Point and question", 5.9), ("Views", 3.4), ("Decided", 2.5), ("Why", 5.2))
SMALL = Pt(8.5)
ADDED, REMOVED = "17693F", "AB2A22"


def write_minutes(path: Path, minutes: Minutes) -> None:
    """Write the document, whole or not at all.

    Raises:
        StudioError: the file cannot be written.
    """
    page = BytesIO()
    _document(minutes).save(page)
    with written_atomically(path) as beside:
        beside.write_bytes(page.getvalue())


def _document(minutes: Minutes) -> DocumentType:
    document = Document()
    dress_page(document, safe_text(minutes.project), safe_text(minutes.guide))
    document.core_properties.title = safe_text(f"Minutes, {minutes.at}")[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    title = document.add_paragraph("Where we differed, and what we decided", style="Title")
    for run in title.runs:
        run.font.size = Pt(18)
    _quiet(document.add_paragraph(), _beginning(minutes))
    room = room_on_page(minutes)
    if room.discussed:
        _table(document, room)
    if room.reworded:
        heading = document.add_heading("New words", level=1)
        heading.paragraph_format.space_before = Pt(8)
        for each in room.reworded:
            _rewording(document.add_paragraph(), each)
    _quiet(document.add_paragraph(), _end(minutes, room.more)).font.size = SMALL
    return document


def _beginning(minutes: Minutes) -> str:
    people = ", ".join(minutes.people)
    told = f"{minutes.at}. {len(minutes.people)} people ({people}), {minutes.minutes} minutes, "
    return f"{told}{_count(len(minutes.discussed), 'difference', 'differences')} discussed."


def _end(minutes: Minutes, more_discussed: int) -> str:
    decided = sum(bool(each.decided) and not each.is_open for each in minutes.discussed)
    left_open = sum(each.is_open for each in minutes.discussed)
    told = f"{decided} decided, {left_open} left open as a question of law."
    more = (
        f" {_count(minutes.left, 'difference was', 'differences were')} not reached." if minutes.left else ""
    )
    if more_discussed:
        more += f" {_count(more_discussed, 'difference', 'differences')} found no room on this page."
    return f"{told}{more} Letters were given for this meeting alone and name nobody."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _table(document: DocumentType, room: Room) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for cell, (name, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for each in room.discussed:
        _row(table.add_row().cells, each, room.lines)
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, COLUMNS, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                _small(paragraph)


def _row(cells: tuple[_Cell, ...], each: Discussed, lines: int) -> None:
    what, half = cells[0].paragraphs[0], max(1, lines // 2)
    what.add_run(safe_text(cut(each.point, WHAT_WIDTH, half))).bold = True
    what.add_run(safe_text("\n" + cut(each.question, WHAT_WIDTH, lines - half)))
    cells[1].paragraphs[0].add_run(safe_text(views_text(each.views, lines)))
    cells[2].paragraphs[0].add_run(safe_text(each.decided or "not decided")).bold = bool(each.decided)
    why = ": ".join(part for part in (CAUSES.get(each.cause, each.cause), each.reason) if part)
    cells[3].paragraphs[0].add_run(safe_text(cut(why, WHY_WIDTH, lines)))


def _rewording(paragraph: Paragraph, each: Reworded) -> None:
    """The words as they are now, with what was taken out struck through and what was put in underlined."""
    paragraph.add_run(safe_text(f"{each.point}: ")).bold = True
    for piece in each.runs:
        run = paragraph.add_run(safe_text(piece.text))
        if piece.place == "removed":
            run.font.strike = True
            run.font.color.rgb = RGBColor.from_string(REMOVED)
        elif piece.place == "added":
            run.font.underline = True
            run.font.color.rgb = RGBColor.from_string(ADDED)
    if each.cures:
        told = f"  ({_count(each.cures, 'difference', 'differences')} to be scored again)"
        _quiet(paragraph, told)
    for run in paragraph.runs:
        run.font.size = SMALL


def _small(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.space_after = Pt(0)
    for run in paragraph.runs:
        run.font.size = SMALL


def _quiet(paragraph: Paragraph, text: str) -> Any:
    run = paragraph.add_run(safe_text(text))
    run.font.color.rgb = RGBColor.from_string(QUIET)
    return run
