"""Texts of any kind made fit: for file formats without what XML forbids, for messages short and on one line."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe_text(text: str) -> str:
    """Replace every character that XML cannot hold by one that shows that something stood there."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def short_name(text: str, longest: int = 80) -> str:
    """A name out of a file that nobody vouches for, for a message: one short line of characters that can be seen."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * longest])
    words = " ".join(seen.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
