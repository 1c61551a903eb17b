"""Texts as cells of Excel can hold them: nothing is taken for an escape, nothing dropped."""

import re

from rubric_studio.domain.safe_text import safe_text

TAB = "    "
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """The same for a cell.

    What looks like an escape of Excel's ("_x0041_") is kept as it is written; a tab becomes four spaces, since
    LibreOffice drops tabs from cells and would join two words.
    """
    return _ESCAPE.sub("_x005F_", safe_text(text).replace("\t", TAB))


def text_of_cell(text: str) -> str:
    """Undo the escapes of escapes; LibreOffice writes none, so a bare "_x0041_" is taken as it stands."""
    text = text.replace("_x000D_", "\r") if "_x000D_" in text else text
    return _ESCAPED.sub("_", text).replace("\r\n", "\n").replace("\r", "\n")
