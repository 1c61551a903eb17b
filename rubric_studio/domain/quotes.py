"""Finds a quote in a text, forgiving what models change in passing: spaces, quotation marks, dashes, composition.

Words and letters must be the same: a quote that is not there is not there. Time grows with the text's length only.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

_MARKS = "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00ab\u00bb\u2039\u203a"
_AROUND = _MARKS + " \t\r\n"
_MARK = re.compile(f"[{_MARKS}]")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_ELLIPSIS, _SOFT_HYPHEN = "\u2026", "\u00ad"
_COMPOSED_UP_TO = 0x3100
_HANGUL = "\uac00-\ud7a3"


class QuoteFinder:
    """One text in which quotes are looked for; it is made plain once, and only if a quote asks for it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain: _Plain | None = None

    def span(self, quote: str) -> tuple[int, int] | None:
        """Where the quote stands first, in code points of the text; None where it does not."""
        bare = quote.strip(_AROUND)
        if not bare:
            return None
        at = self._text.find(quote)
        if at >= 0:
            return at, at + len(quote)
        trimmed = quote.strip()
        return self._nearly(trimmed) or (self._nearly(bare) if bare != trimmed else None)

    def _nearly(self, quote: str) -> tuple[int, int] | None:
        if self._plain is None:
            self._plain = _plain(self._text)
        wanted = _plain(quote).text
        at = self._plain.text.find(wanted) if wanted else -1
        while at >= 0:
            start, end = self._plain.place(at), self._plain.place(at + len(wanted))
            if start is not None and end is not None and not self._is_inside_letter(end):
                return start, end
            at = self._plain.text.find(wanted, at + len(wanted))
        return None

    def _is_inside_letter(self, place: int) -> bool:
        """Whether an accent follows: "cafe" does not stand in "café", however that is written."""
        return place < len(self._text) and unicodedata.combining(self._text[place]) > 0


class _Plain(NamedTuple):
    """A text in its plainest form. Where its length changed: the place after it here, and its two ends there."""

    text: str
    after: list[int]
    starts: list[int]
    ends: list[int]

    def place(self, at: int) -> int | None:
        """Where that place is in the text itself; None inside of something that is one character there."""
        last = bisect_right(self.after, at) - 1
        place = at if last < 0 else self.ends[last] + at - self.after[last]
        is_inside = last + 1 < len(self.starts) and place > self.starts[last + 1]
        return None if is_inside else place


def _plain(text: str) -> _Plain:
    even = _DASH.sub("-", _MARK.sub("'", text))
    made = _Plain("", [], [], [])
    parts: list[str] = []
    done = length = 0
    for found in _changing().finditer(even):
        parts += (even[done : found.start()], form := _form(found[0]))
        length += found.start() - done + len(form)
        done = found.end()
        made.after.append(length)
        made.starts.append(found.start())
        made.ends.append(done)
    # The order of accents is all that is left to do, and changes no length.
    return made._replace(text=unicodedata.normalize("NFD", "".join([*parts, even[done:]])))


def _form(piece: str) -> str:
    if piece.isspace():
        return " "
    if piece == _SOFT_HYPHEN:
        return ""
    return "..." if piece == _ELLIPSIS else unicodedata.normalize("NFD", piece)


@cache
def _changing() -> re.Pattern[str]:
    """Finds what has another length in its plain form; a single space stays as it is."""
    composed = (chr(code) for code in range(0xC0, _COMPOSED_UP_TO))
    letters = "".join(each for each in composed if unicodedata.normalize("NFD", each) != each)
    return re.compile(rf"\s\s+|[^\S ]|[{_ELLIPSIS}{_SOFT_HYPHEN}{_HANGUL}{letters}]")
