"""Write a rubric as a Word document that people read, print and change. It is read again in `rubric_docx_reading`.

Each row that may be changed carries a hidden bookmark in the cell of its label, which nobody edits. Content
controls would be the other way: LibreOffice loses their tags and, worse, flattens tracked changes inside them.
"""

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Cm, RGBColor

from rubric_studio.domain.exported_guide import ExportedGuide
from rubric_studio.domain.rubric import Criterion, Level, Stratum, When
from rubric_studio.domain.rubric_field import FieldName, FieldPlace, number_words, own_strata, shown_text
from rubric_studio.domain.safe_text import safe_text
from rubric_studio.files.atomic_write import written_atomically
from rubric_studio.files.rubric_docx_marks import BASE, FIELD, GRADE, Marks
from rubric_studio.files.rubric_docx_page import dress_page
from rubric_studio.files.rubric_docx_table import QUIET, Element, Label, add_row, point_table

HOW_TO = (
    "Change the texts beside the gray labels, best with tracked changes on, and write comments where you like. "
    "Brought back into Rubric Studio, each change is accepted or refused one by one."
)
POINT_ROWS: tuple[tuple[FieldName, str], ...] = (
    ("title", "Point"),
    ("wording", "Wording"),
    ("weight", "Weight"),
)
AGGREGATIONS = {
    "stratified": "The score is the mean of the parts by their weights, less what faults cost.",
    "points_clipped": "Points reached less faults, divided by the points there are.",
    "points_shifted": "Points reached less faults, stretched so that the worst answer has 0 and the best has 1.",
    "formula": "The score is what a formula makes of the points.",
}


def write_docx(path: Path, guide: ExportedGuide) -> None:
    """Write the document, whole or not at all.

    Raises:
        StudioError: the file cannot be written.
    """
    page = BytesIO()
    GuideDocument(guide).document.save(page)
    with written_atomically(path) as beside:
        beside.write_bytes(page.getvalue())


class GuideDocument:
    """One document while it is written."""

    def __init__(self, guide: ExportedGuide) -> None:
        self._guide, self._rubric = guide, guide.rubric
        self._marks = Marks()
        self.document: DocumentType = Document()
        dress_page(self.document, safe_text(guide.title), safe_text(guide.which))
        self._properties()
        self._beginning()
        for stratum in own_strata(self._rubric):
            self._part(stratum)
        if self._rubric.graders:
            self._quiet(
                f"Graders that were brought in and run as they are: {', '.join(self._rubric.graders)}."
            )

    def _properties(self) -> None:
        properties = self.document.core_properties
        properties.title = safe_text(self._guide.title)[:255]
        properties.author = safe_text(self._guide.author)[:255]
        properties.comments = ""
        properties.identifier = self._guide.record

    def _beginning(self) -> None:
        title = self.document.add_paragraph(style="Title")
        place = FieldPlace(field="name")
        self._marks.write(title, FIELD + place.id, safe_text(shown_text(self._rubric, place)))
        which = self._guide.which
        self._quiet(which[:1].upper() + which[1:], BASE + self._guide.record)
        for text in (self._guide.note, AGGREGATIONS[self._rubric.aggregation], HOW_TO):
            if text:
                self._quiet(text)

    def _quiet(self, text: str, mark: str = "") -> None:
        paragraph = self.document.add_paragraph()
        run = self._marks.write(paragraph, mark, safe_text(text))
        run.font.color.rgb = RGBColor.from_string(QUIET)

    def _part(self, stratum: Stratum) -> None:
        place = FieldPlace(field="title", stratum=stratum.key)
        heading = self.document.add_heading(level=1)
        self._marks.write(heading, FIELD + place.id, safe_text(shown_text(self._rubric, place)))
        table = point_table(self.document)
        weight = FieldPlace(field="weight", stratum=stratum.key)
        self._row(table, "Weight of the part", number_words(stratum.weight), mark=FIELD + weight.id)
        if stratum.gate:
            words = "must be met first, from {0} on" if stratum.gate.mode == "hard" else "in full from {0} on"
            self._row(table, "Condition", f"Later parts: {words.format(number_words(stratum.gate.at))}")
        self._when(table, stratum.when)
        self._gap()
        for criterion in stratum.criteria:
            self._point(stratum, criterion)

    def _point(self, stratum: Stratum, criterion: Criterion) -> None:
        table = point_table(self.document)
        keys = {"stratum": str(stratum.key), "criterion": str(criterion.key)}
        for field, label in POINT_ROWS:
            place = FieldPlace(field=field, **keys)
            name = "Costs (a fault)" if field == "weight" and criterion.is_fault else label
            text = shown_text(self._rubric, place)
            self._row(table, name, text, mark=FIELD + place.id, is_head=field == "title")
        for level in criterion.levels:
            self._grade(table, FieldPlace(field="value", level=level.key, **keys), level)
        how = self._guide.how.get(criterion.key, "")
        if how:
            self._row(table, "Marked", how)
        self._when(table, criterion.when)
        if criterion.allow_na:
            self._row(table, "Note", "This point may be marked as not applicable.")
        self._gap()

    def _grade(self, table: Element, place: FieldPlace, level: Level) -> None:
        mark = FIELD + place.owner + GRADE
        cells = (number_words(level.value), level.text)
        self._row(table, f"Grade {level.key}", *cells, mark=mark)
        for anchor in level.anchors:
            note = f"\n({anchor.note})" if anchor.note else ""
            self._row(table, f"Example of {level.key}", f"“{anchor.text}”{note}")

    def _when(self, table: Element, when: When | None) -> None:
        if when is not None:
            values = " or ".join(str(value) for value in when.any_of)
            self._row(table, "Only where", f"{when.field} is {values}")

    def _row(self, table: Element, label: str, *cells: str, mark: str = "", is_head: bool = False) -> None:
        """Add a row; without a mark it is there to be read only."""
        name = Label(safe_text(label), *self._marks.named(mark))
        texts = [safe_text(cell) for cell in cells]
        add_row(table, name, texts, is_head=is_head, is_quiet=not mark)

    def _gap(self) -> None:
        """Keep tables apart: two that touch become one."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Cm(0.15)
