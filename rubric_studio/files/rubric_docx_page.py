"""How a rubric's Word document looks: paper, header, fonts. What stands in it is `rubric_docx`'s."""

from typing import cast

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from rubric_studio.files.rubric_docx_table import QUIET

INK = "1D2430"
FONT = "Calibri"


def dress_page(document: Document, title: str, which: str) -> None:
    """Set paper, fonts, and the header that names the version."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    _fonts(document)
    header = section.header.paragraphs[0]
    header.text = f"{title}  ·  {which}"
    _quiet(header)
    footer = section.footer.paragraphs[0]
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")
    _quiet(footer)


def _fonts(document: Document) -> None:
    normal = cast(ParagraphStyle, document.styles["Normal"])
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    sizes: dict[str, Length] = {"Title": Pt(24), "Heading 1": Pt(15)}
    for name, size in sizes.items():
        style = cast(ParagraphStyle, document.styles[name])
        style.font.name, style.font.size, style.font.bold = FONT, size, True
        style.font.color.rgb = RGBColor.from_string(INK)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def _quiet(paragraph: Paragraph) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(QUIET)


def _field(paragraph: Paragraph, code: str) -> None:
    """Let Word fill in a number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
