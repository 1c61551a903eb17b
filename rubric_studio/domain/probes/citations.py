"""Finds the kinds of authorities that a text cites and makes up others of the same form. It looks nothing up."""

import re
from random import Random
from typing import NamedTuple


class CitationKind(NamedTuple):
    """How one kind is written, and how another of that form is: `new` is a number between low and high.

    The pattern's group `number`, where it has one, is what the new number must lie beyond.
    """

    pattern: re.Pattern[str]
    written: str
    low: int
    high: int


_UNION = r"(?P<head>\((?:EU|EC|EEC|UE|CE|CEE|EG|EWG|ΕΕ|ΕΚ)\)\s*(?:No\.?\s*|Nr\.?\s*|n[°º]\s*)?)"
_PROVISION = r"\b(?:Sections?|Secs?\.|[Aa]rticles?|Artikel|Articolo|Artículo|Arts?\.)|§|[Άά]ρθρο"

KINDS = (
    # The Union numbers some 3,000 acts a year: a number from 5,000 on is well-formed and given to none.
    CitationKind(
        re.compile(_UNION + r"(?P<year>(?:19|20)\d\d)/\d{1,4}(?!\d)"), "{head}{year}/{new}", 5000, 9899
    ),
    CitationKind(
        re.compile(_UNION + r"\d{1,4}/(?P<year>(?:19|20)\d\d)(?!\d)"), "{head}{new}/{year}", 5000, 9899
    ),
    CitationKind(re.compile(r"\b(?P<head>3(?:19|20)\d\d[LRD])\d{4}\b"), "{head}{new}", 5000, 9899),
    # France numbers fewer than 2,000 laws and decrees a year.
    CitationKind(
        re.compile(r"(?P<head>(?:\bNo\.?|\bn[°º])\s?(?:19|20)\d\d-)\d{1,4}\b"), "{head}{new}", 5000, 9899
    ),
    # The Court of Justice registers fewer than 1,000 cases a year, the German courts fewer in one senate.
    CitationKind(re.compile(r"\b(?P<head>[CT]-)\d{1,4}/(?P<year>\d\d)\b"), "{head}{new}/{year}", 1500, 2899),
    CitationKind(
        re.compile(r"\b(?P<head>[IVX]{1,4} (?:R|B|K|ZR|ZB) )\d{1,4}/(?P<year>\d\d)\b"),
        "{head}{new}/{year}",
        1200,
        2899,
    ),
    # The United States Reports end at about volume 600.
    CitationKind(re.compile(r"\b\d{1,3}(?P<rest> U\.\s?S\. \d{1,4})\b"), "{new}{rest}", 811, 989),
    CitationKind(
        re.compile(
            rf"(?P<head>(?:{_PROVISION})\s?)(?P<number>\d{{1,4}})(?!\d)(?P<rest>[a-z]?(?:\s?\(\d{{1,2}}\))*)"
        ),
        "{head}{new}{rest}",
        31,
        79,
    ),
)


def kind_cited(text: str) -> CitationKind | None:
    """The first of the kinds that the text cites; None where it cites none of them."""
    return next((kind for kind in KINDS if kind.pattern.search(text)), None)


def all_invented(text: str, among: str, luck: Random) -> str:
    """The text with every authority replaced by one that does not exist; the same one always by the same.

    No made-up authority occurs in `among`, where the row's true ones are.
    """
    for kind in KINDS:
        text = _invented(text, kind, among, luck)
    return text


def one_invented(among: str, luck: Random) -> str | None:
    """An authority that does not exist, of the first kind that the text cites; None where it cites none."""
    kind = kind_cited(among)
    if kind is None:
        return None
    match = kind.pattern.search(among)
    return None if match is None else _invented(match.group(), kind, among, luck)


def _invented(text: str, kind: CitationKind, among: str, luck: Random) -> str:
    highest = _highest(kind, f"{among}\n{text}")
    made: dict[str, str] = {}

    def replace(found: re.Match[str]) -> str:
        old = found.group()
        while old not in made or made[old] in among:
            made[old] = kind.written.format(
                **found.groupdict(), new=highest + luck.randint(kind.low, kind.high)
            )
        return made[old]

    return kind.pattern.sub(replace, text)


def _highest(kind: CitationKind, text: str) -> int:
    if "number" not in kind.pattern.groupindex:
        return 0
    return max((int(found["number"]) for found in kind.pattern.finditer(text)), default=0)
