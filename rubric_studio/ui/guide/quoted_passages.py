"""Where in an answer the evidence of a mark lies: as marked, else as quoted in the reason. No Qt."""

import re
from collections.abc import Iterable, Sequence

from rubric_studio.domain.verdict import Span

SHORTEST_QUOTE = 8
"""Letters; a shorter quotation in a reason is found in too many places to be evidence."""
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]")


def passages(text: str, spans: Sequence[Span], reasons: Iterable[str] = ()) -> tuple[Span, ...]:
    """Return the passages with their words, in the text's order.

    A span whose words stand elsewhere in the text is moved there, one whose words are gone is left out.
    Without spans, the words that a reason quotes are taken where the text has them.
    """
    found = [located for span in spans if (located := _located(text, span)) is not None]
    if not spans:
        quotes = (quote for reason in reasons for quote in _quotes(reason))
        found = [span for quote in quotes if (span := _quoted(text, quote)) is not None]
    return tuple(sorted(dict.fromkeys(found), key=lambda span: (span.start, span.end)))


def _located(text: str, span: Span) -> Span | None:
    there = text[span.start : span.end]
    if there and (not span.quote or there == span.quote):
        return Span(start=span.start, end=span.end, quote=there)
    return _quoted(text, span.quote) if span.quote else None


def _quoted(text: str, quote: str) -> Span | None:
    start = text.find(quote)
    return None if start < 0 else Span(start=start, end=start + len(quote), quote=quote)


def _quotes(reason: str) -> list[str]:
    groups = (next(filter(None, match.groups())) for match in _QUOTED.finditer(reason))
    return [quote for quote in groups if len(quote) >= SHORTEST_QUOTE]
