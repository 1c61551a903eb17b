"""Find what no text may hold or what shows that it was cut; every reader asks here, value by value."""

import re
from collections.abc import Iterator

from rubric_studio.domain.table import TableLine
from rubric_studio.domain.values import Json

EXCEL_CELL_LIMIT = 32_767
_BROKEN = re.compile("[\x00\ud800-\udfff]")


def texts_in(value: Json) -> Iterator[str]:
    """Yield every text inside a value, keys too, however deep it is nested."""
    waiting: list[Json] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def character_complaints(line: TableLine):
    """Yield a complaint for each column whose text holds a NUL or half a character."""
    for column, value in line.values.items():
        if value is None or isinstance(value, bool | int | float):
            continue
        for text in (value,) if isinstance(value, str) else texts_in(value):
            fault = broken_character(text)
            if fault:
                yield line.complaint(
                    column, fault, "Repair the text where it comes from, or leave the line out."
                )
                break


def broken_character(text: str) -> str:
    """Say which broken character a text holds and where, or ""."""
    if "\0" not in text and _is_encodable(text):
        return ""
    found = _BROKEN.search(text)
    if found is None:
        return ""
    code = ord(found.group())
    place = f"at character {found.start() + 1:,}"
    if code == 0:
        return f"The text holds a NUL {place}."
    if 0xDC80 <= code <= 0xDCFF:
        return f"The text holds a broken character {place} (byte {code - 0xDC00:02X} fits no letter here)."
    return f"The text holds half a character {place} (a lone surrogate, U+{code:04X})."


def _is_encodable(text: str) -> bool:
    """Whether no half characters are in it; encoding tells three times sooner than searching."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_cut_by_excel(text: str) -> bool:
    """Whether a text is exactly as long as a cell of Excel can be, counted as Excel counts (UTF-16 units)."""
    if not EXCEL_CELL_LIMIT // 2 <= len(text) <= EXCEL_CELL_LIMIT:
        return False
    return len(text) + sum(character > "\uffff" for character in text) == EXCEL_CELL_LIMIT
