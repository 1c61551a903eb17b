"""The hidden bookmarks by which a document's texts are found again. Their names are all this knows of Word."""

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

PREFIX = "_rs_"
FIELD = f"{PREFIX}f_"
BASE = f"{PREFIX}base_"
FIXED = f"{PREFIX}fixed_"
GRADE = "_grade"
"""The end of a bookmark whose row holds a grade's value and text, in two cells."""


class Marks:
    """Sets bookmarks, numbered through the document."""

    def __init__(self) -> None:
        self._count = 0

    def named(self, name: str) -> tuple[str, int]:
        """A bookmark's name and number; without a name, that of a text of ours that nobody is asked to change."""
        self._count += 1
        return name or f"{FIXED}{self._count}", self._count

    def write(self, paragraph: Paragraph, name: str, text: str) -> Run:
        """Write a text with a bookmark around it, at the end of a paragraph; see `named`."""
        name, number = self.named(name)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(number))
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        run = paragraph.add_run(text)
        paragraph._p.append(end)
        return run
