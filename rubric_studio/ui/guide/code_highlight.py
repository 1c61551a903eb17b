"""Python in the colors of the theme, line by line. It understands no program, only words and strings."""

import builtins
import keyword
import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from rubric_studio.ui.theme import Theme

_STRING = r"""[rbfuRBFU]{0,2}(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)"""
_TOKEN = re.compile(
    r"(?P<long>[rbfuRBFU]{0,2}(?:\"\"\"|'''))"
    rf"|(?P<string>{_STRING})"
    r"|(?P<comment>\#.*)"
    r"|(?P<number>\b\d[\w.]*)"
    r"|(?P<defined>(?<=\bdef )\s*\w+|(?<=\bclass )\s*\w+)"
    r"|(?P<word>[^\W\d]\w*)"
)
_KEYWORDS = frozenset(keyword.kwlist)
_BUILT_IN = frozenset(name for name in dir(builtins) if not name.startswith("_"))
_ENDS = ("", '"""', "'''")
"""What a line begins in: nothing, or a long string that ends with this; its place is the block's state."""


class PythonColors(QSyntaxHighlighter):
    """Colors a document; `use` takes another theme."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats = _formats(theme)

    def use(self, theme: Theme) -> None:
        """Color everything anew."""
        self._formats = _formats(theme)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        at = 0
        inside = max(0, self.previousBlockState())
        self.setCurrentBlockState(0)
        if inside:
            at = self._long(text, 0, 0, inside)
        while at >= 0 and (found := _TOKEN.search(text, at)) is not None:
            at = self._token(text, found)

    def _token(self, text: str, found: re.Match[str]) -> int:
        kind = str(found.lastgroup)
        if kind == "long":
            return self._long(text, found.start(), found.end(), _ENDS.index(found.group()[-3:]))
        if kind == "word":
            word = found.group()
            kind = "keyword" if word in _KEYWORDS else "built_in" if word in _BUILT_IN else ""
        if kind:
            self.setFormat(found.start(), found.end() - found.start(), self._formats[kind])
        return found.end()

    def _long(self, text: str, start: int, search: int, inside: int) -> int:
        """Color a long string to its end in this line, or to the line's and go on in the next: -1."""
        end = text.find(_ENDS[inside], search)
        if end < 0:
            self.setFormat(start, len(text) - start, self._formats["string"])
            self.setCurrentBlockState(inside)
            return -1
        self.setFormat(start, end + 3 - start, self._formats["string"])
        return end + 3


def _formats(theme: Theme) -> dict[str, QTextCharFormat]:
    roles = {
        "keyword": "accent", "built_in": "person", "string": "met", "number": "partly", "comment": "text_muted",
        "defined": "text",
    }  # fmt: skip
    formats: dict[str, QTextCharFormat] = {}
    for kind, role in roles.items():
        form = QTextCharFormat()
        form.setForeground(theme.color(role))
        if kind in ("keyword", "defined"):
            form.setFontWeight(QFont.Weight.DemiBold)
        form.setFontItalic(kind == "comment")
        formats[kind] = form
    return formats
