"""Markdown from outside as a document that shows tags as text, loads nothing and cannot stall the window."""

import re

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QTextCharFormat, QTextDocument, QTextFormat, QTextTable

LONGEST = 30_000
MOST_LINES = 1_500
MOST_CELLS = 600
DEEPEST = 40

_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_OBJECT = "\ufffc"
_LONE_SIGNS = re.compile(r"\*\*+|~~|`|(?<!\w)__+|__+(?!\w)")


class SafeDocument(QTextDocument):
    """A document to which nothing is ever loaded."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


def is_safe_to_render(text: str) -> bool:
    """Whether Qt renders a text quickly: large tables, long lists and deep nesting take it seconds."""
    if len(text) > LONGEST or text.count("|") > MOST_CELLS:
        return False
    lines = text.splitlines()
    return len(lines) <= MOST_LINES and all(_depth(line) <= DEEPEST for line in lines)


def _depth(line: str) -> int:
    """Count the quotation marks and bullets with which a line begins."""
    marks = line[: len(line) - len(line.lstrip(" \t>-*+0123456789.)"))]
    return sum(mark in ">-*+.)" for mark in marks)


def markdown_document(text: str, parent: QObject) -> SafeDocument:
    """Return a text rendered as Markdown; pictures become their descriptions."""
    document = SafeDocument(parent)
    document.setMarkdown(text, _DIALECT)
    _replace_pictures(document)
    _drop_stray_lines(document)
    return document


def plain_words(text: str) -> str:
    """Return a passage of a Markdown text as it reads, without the signs that lay it out; too long a one as it is.

    A passage may begin or end within a bold word, and so hold a sign that stands alone.
    """
    if not is_safe_to_render(text):
        return text
    document = SafeDocument()
    document.setMarkdown(text, _DIALECT)
    return _LONE_SIGNS.sub("", document.toPlainText().replace(_OBJECT, "")).strip()


def _replace_pictures(document: QTextDocument) -> None:
    """Put each picture's description in its place: Qt falls back to reading a picture's file by its name."""
    found = document.find(_OBJECT)
    while not found.isNull():
        described = found.charFormat().property(QTextFormat.Property.ImageAltText)
        found.insertText(f"[{described}]", QTextCharFormat())
        found = document.find(_OBJECT, found.position())


def _drop_stray_lines(document: QTextDocument) -> None:
    """Take away the empty line that Qt puts into the first cell of a table after a quotation."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            cell = frame.cellAt(0, 0)
            first = cell.firstCursorPosition()
            if first.block().length() == 1 and cell.lastPosition() > cell.firstPosition():
                first.deleteChar()
