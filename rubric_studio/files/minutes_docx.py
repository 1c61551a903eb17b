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
from rubric_studio.files.rubric_docx_page import dress_page
from rubric_studio.files.rubric_docx_table import QUIET

CAUSES: Mapping[str, str] = {
    "wording": "the wording was ambiguous",
    "fact": "a fact is missing in the question",
    "law": "an open question of law",
    "slip": "a slip",
}
COLUMNS = (("Question and point", 6.2), ("Views", 3.3), ("Decided", 3.0), ("Why", 4.5))
LONGEST_REASON = 240
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
    document.add_paragraph("Where we differed, and what we decided", style="Title")
    _quiet(document.add_paragraph(), _beginning(minutes))
    if minutes.discussed:
        _table(document, minutes)
    if minutes.reworded:
        document.add_heading("New words", level=1)
        for each in minutes.reworded:
            _rewording(document.add_paragraph(), each)
    _quiet(document.add_paragraph(), _end(minutes))
    return document


def _beginning(minutes: Minutes) -> str:
    people = ", ".join(minutes.people)
    told = f"{minutes.at}. {len(minutes.people)} people ({people}), {minutes.minutes} minutes, "
    return f"{told}{_count(len(minutes.discussed), 'difference', 'differences')} discussed."


def _end(minutes: Minutes) -> str:
    decided = sum(bool(each.decided) and not each.is_open for each in minutes.discussed)
    left_open = sum(each.is_open for each in minutes.discussed)
    told = f"{decided} decided, {left_open} left open as a question of law."
    more = (
        f" {_count(minutes.left, 'difference was', 'differences were')} not reached." if minutes.left else ""
    )
    return f"{told}{more} Letters were given for this meeting alone and name nobody."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _table(document: DocumentType, minutes: Minutes) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for cell, (name, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for each in minutes.discussed:
        _row(table.add_row().cells, each)
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, COLUMNS, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                _small(paragraph)


def _row(cells: tuple[_Cell, ...], each: Discussed) -> None:
    what = cells[0].paragraphs[0]
    what.add_run(safe_text(each.point)).bold = True
    what.add_run(safe_text(f"\n{each.question}"))
    cells[1].paragraphs[0].add_run(safe_text("\n".join(f"{who}: {grade}" for who, grade in each.views)))
    cells[2].paragraphs[0].add_run(safe_text(each.decided or "not decided")).bold = bool(each.decided)
    why = [CAUSES.get(each.cause, each.cause), _cut(each.reason)]
    cells[3].paragraphs[0].add_run(safe_text(": ".join(part for part in why if part)))


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
        run.font.size = Pt(9.5)


def _small(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.space_after = Pt(0)
    for run in paragraph.runs:
        run.font.size = Pt(9)


def _quiet(paragraph: Paragraph, text: str) -> Any:
    run = paragraph.add_run(safe_text(text))
    run.font.color.rgb = RGBColor.from_string(QUIET)
    return run


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_REASON else flat[: LONGEST_REASON - 1].rstrip() + "…"
