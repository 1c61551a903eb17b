"""Changes a Word document as Word does when changes are tracked: runs split, w:ins and w:del, comments and answers."""

import re
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from rubric_studio.domain.rubric_field import FieldPlace
from rubric_studio.files.rubric_docx_marks import FIELD, GRADE

ANNA, BEN = "Anna Berg", "Ben Roth"
WHEN = "2026-11-20T09:30:00Z"


class WordDocument:
    """A document that a person opened in Word."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.document = Document(str(path))
        self._next = 9000

    def save(self, path: Path | None = None) -> Path:
        target = path or self._path
        self.document.save(str(target))
        return target

    def paragraphs(self, place: FieldPlace) -> list:
        """The paragraphs that hold a field, found by its bookmark."""
        start = self._bookmark(place)
        row = next(start.iterancestors(qn("w:tr")), None)
        if row is None:
            return [next(start.iterancestors(qn("w:p")))]
        cells = row.findall(qn("w:tc"))[1:]
        return cells[1 if place.field == "text" else 0].findall(qn("w:p"))

    def replace(self, place: FieldPlace, old: str, new: str, author: str = ANNA, at: str = WHEN) -> None:
        """Type `new` over `old` within one paragraph of a field, tracked; either may be ""."""
        paragraph, before, after = self._split(place, old)
        deleted = "".join(self._run(part, "delText") for part in _halves(old))
        inserted = "".join(self._run(part, "t") for part in _halves(new))
        xml = self._run(before, "t")
        xml += f"<w:del {self._who(author, at)}>{deleted}</w:del>" if old else ""
        xml += f"<w:ins {self._who(author, at)}>{inserted}</w:ins>" if new else ""
        self._set(paragraph, xml + self._run(after, "t"))

    def add_paragraph(self, place: FieldPlace, text: str, author: str = ANNA) -> None:
        """Press Enter at the end of a field and type: the mark of the paragraph before is put in."""
        last = self.paragraphs(place)[-1]
        self._mark(last, "ins", author)
        inserted = f"<w:ins {self._who(author, WHEN)}>{self._run(text, 't')}</w:ins>"
        last.addnext(parse_xml(f"<w:p {nsdecls('w')}>{inserted}</w:p>"))

    def join_paragraphs(self, place: FieldPlace, author: str = ANNA) -> None:
        """Press Delete at the end of a field's first paragraph."""
        self._mark(self.paragraphs(place)[0], "del", author)

    def move(self, place: FieldPlace, words: str, author: str = ANNA) -> None:
        """Drag words to the end of their paragraph."""
        paragraph, before, after = self._split(place, words)
        who = self._who(author, WHEN)
        run = self._run(words, "t")
        xml = (
            f'{self._run(before, "t")}<w:moveFromRangeStart {who} w:name="move1"/>'
            f'<w:moveFrom {self._who(author, WHEN)}>{run}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>'
            f'{self._run(after, "t")}<w:moveToRangeStart {who} w:name="move1"/>'
            f'<w:moveTo {self._who(author, WHEN)}>{run}</w:moveTo><w:moveToRangeEnd w:id="2"/>'
        )
        self._set(paragraph, xml)

    def type_over(self, place: FieldPlace, text: str) -> None:
        """Type a text over a field while tracking is off."""
        self._set(self.paragraphs(place)[0], self._run(text, "t"))

    def put_into_control(self, place: FieldPlace) -> None:
        """Let a content control stand around all that a paragraph holds."""
        paragraph = self.paragraphs(place)[0]
        inside = [child for child in paragraph if child.tag != qn("w:pPr")]
        control = parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent/></w:sdt>'
        )
        paragraph.append(control)
        for child in inside:
            control[1].append(child)

    def comment(self, place: FieldPlace, words: str, text: str, author: str = BEN) -> None:
        """Comment on words of a field."""
        paragraph, before, after = self._split(place, words)
        self._set(paragraph, self._run(before, "t") + self._run(words, "t") + self._run(after, "t"))
        runs = [run for run in self._paragraph_of(paragraph).runs if run.text == words]
        self.document.add_comment(runs, text=text, author=author, initials="x")

    def _bookmark(self, place: FieldPlace):
        names = (FIELD + place.id, FIELD + place.owner + GRADE)
        body = self.document.element.body
        return next(each for each in body.iter(qn("w:bookmarkStart")) if each.get(qn("w:name")) in names)

    def _paragraph_of(self, element):
        from docx.text.paragraph import Paragraph

        return Paragraph(element, self.document._body)

    def _split(self, place: FieldPlace, words: str):
        """The paragraph that holds the words, and what stands before and after them."""
        for paragraph in self.paragraphs(place):
            text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
            if words in text:
                before, _, after = text.partition(words) if words else (text, "", "")
                return paragraph, before, after
        raise AssertionError(f"{words!r} is not there")

    def _set(self, paragraph, xml: str) -> None:
        kept = (qn("w:pPr"), qn("w:bookmarkStart"))
        for child in [each for each in paragraph if each.tag not in kept]:
            paragraph.remove(child)
        for child in parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"):
            paragraph.append(child)
        for mark in paragraph.findall(qn("w:bookmarkStart")):
            end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{mark.get(qn("w:id"))}"/>')
            paragraph.append(end)

    def _mark(self, paragraph, change: str, author: str) -> None:
        properties = paragraph.get_or_add_pPr()
        properties.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:{change} {self._who(author, WHEN)}/></w:rPr>"))

    def _who(self, author: str, at: str) -> str:
        self._next += 1
        return f'w:id="{self._next}" w:author="{author}" w:date="{at}"'

    def _run(self, text: str, tag: str) -> str:
        """A run as Word writes it, with marks of spelling and editing sessions around it."""
        if not text:
            return ""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        return (
            '<w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB12CD"><w:rPr><w:lang w:val="en-GB"/></w:rPr>'
            f'<w:{tag} xml:space="preserve">{escaped}</w:{tag}></w:r><w:proofErr w:type="spellEnd"/>'
        )


def _halves(text: str) -> list[str]:
    """A text in two, as a change of looks in its middle cuts it."""
    middle = len(text) // 2
    return [part for part in (text[:middle], text[middle:]) if part]


def answer(path: Path, text: str, author: str, *, done: bool = False) -> None:
    """Answer the first comment of a document: a second comment that commentsExtended.xml ties to it."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    comments = parts["word/comments.xml"].decode()
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    comments = re.sub(r"<w:p(?=[ >])", f'<w:p {w14} w14:paraId="00000A01"', comments, count=1)
    reply = (
        f'<w:comment w:id="501" w:author="{author}" w:date="2026-11-21T08:00:00Z" w:initials="y">'
        f'<w:p {w14} w14:paraId="00000A02"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
    )
    parts["word/comments.xml"] = comments.replace("</w:comments>", f"{reply}</w:comments>").encode()
    flag = 'w15:done="1"' if done else 'w15:done="0"'
    parts["word/commentsExtended.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        f'<w15:commentEx w15:paraId="00000A01" {flag}/>'
        f'<w15:commentEx w15:paraId="00000A02" w15:paraIdParent="00000A01" {flag}/></w15:commentsEx>'
    ).encode()
    relation = (
        '<Relationship Id="rIdX1" Target="commentsExtended.xml" '
        'Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"/>'
    )
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
