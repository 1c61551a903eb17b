"""Where the sentences of a paragraph begin and end, for choosing a passage by keys. It knows no language well."""

import re

LONGEST = 400
"""Letters after which a sentence without an end is cut, where a word ends if one does."""
_END = re.compile(r"[.!?;…]+[\"'”’»)\]]*\s+")
_SHORT = re.compile(r"(?:^|[\s(.])(?:[^\W\d_]{1,4}|[IVXLC]+)\.$")
"""A short word with a full stop, perhaps shortened: "Art.", "Abs.", "no.", the second half of "π.δ."."""
_NUMBER = re.compile(r"\s*\d{1,3}\.$")
"""What numbers a paragraph."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Return begin and end of each sentence, without the space around; none of a text without words."""
    found: list[tuple[int, int]] = []
    begin = 0
    for end in _ends(text):
        found += _cut(text, begin, end)
        begin = end
    return found


def _ends(text: str) -> list[int]:
    ends = [match.end() for match in _END.finditer(text) if not _is_short_form(text, match)]
    return [*ends, len(text)] if not ends or ends[-1] < len(text) else ends


def _is_short_form(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop belongs to the word before it, and the sentence goes on."""
    if text[match.start()] != ".":
        return False
    before, after = text[max(0, match.start() - 12) : match.start() + 1], text[match.end() : match.end() + 1]
    is_number = match.start() < 5 and bool(_NUMBER.match(text[: match.start() + 1]))
    return (
        after.islower() or is_number or (bool(_SHORT.search(before)) and (after.isdigit() or after in "§("))
    )


def _cut(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence without the space around it, in parts where it is very long."""
    parts: list[tuple[int, int]] = []
    while begin < end:
        stop = end
        if end - begin > LONGEST:
            space = text.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
            stop = space + 1 if space >= 0 else begin + LONGEST
        words = text[begin:stop]
        inner = words.strip()
        if inner:
            left = begin + len(words) - len(words.lstrip())
            parts.append((left, left + len(inner)))
        begin = stop
    return parts
