"""A fence around text that nobody trusts, so that a model can tell material from instruction. Not what it is told.

The nonce is made of everything that is shown: the same request has the same one each time, so that an answer is
found again, and a text that held its own nonce would be a preimage of 128 bits of SHA-256.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import NamedTuple

NONCE_DIGITS = 32

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
# What servers of open models read as the ends of a message wherever it stands, also within one. Only the first
# character is replaced: positions in what is shown stay those of the text.
_ROLE_MARKER = re.compile(
    r"<(?=[|\N{FULLWIDTH VERTICAL LINE}][^\s<>]{1,40}[|\N{FULLWIDTH VERTICAL LINE}]>)"
    r"|<(?=(?:/?s|bos|eos|start_of_turn|end_of_turn)>|</?SYS>>)"
    r"|\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CALLS)\])"
)
_HARMLESS = {"<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "[": "\N{LEFT SQUARE BRACKET WITH QUILL}"}


class Fence(NamedTuple):
    """Lines that no text between them can hold."""

    nonce: str

    def opening(self, label: str) -> str:
        """The line before a piece."""
        return f"=== begin {label} {self.nonce} ==="

    def closing(self, label: str) -> str:
        """The line after a piece."""
        return f"=== end {label} {self.nonce} ==="

    def around(self, label: str, text: str) -> str:
        """A piece between its lines."""
        return f"{self.opening(label)}\n{text}\n{self.closing(label)}"


def nonce_of(everything: Iterable[str], salt: int = 0) -> str:
    """The first 32 hex digits of the SHA-256 of all texts, each with its length: no two requests read alike."""
    made = hashlib.sha256(f"salt {salt}\n".encode("ascii") if salt else b"")
    for text in everything:
        kept = text.encode("utf-8", "surrogatepass")
        made.update(f"{len(kept)}\n".encode("ascii"))
        made.update(kept)
    return made.hexdigest()[:NONCE_DIGITS]


def fence_for(everything: Sequence[str], nonce_of: Callable[[Sequence[str], int], str] = nonce_of) -> Fence:
    """The fence of a request that shows these texts. Where one holds the nonce all the same, salt is added."""
    salts = count()
    return next(
        Fence(nonce)
        for nonce in (nonce_of(everything, salt) for salt in salts)
        if not any(nonce in text for text in everything)
    )


def shown_text(text: str) -> str:
    """A text as a model may see it, of the same length: no half characters, no marker of a role.

    Half a character is in no UTF-8, so no server takes it. A marker like <|im_start|> ends a message on some
    servers, whatever stands around it.
    """
    whole = text if text.isascii() else _HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)
    return _ROLE_MARKER.sub(lambda found: _HARMLESS[found[0]], whole)
