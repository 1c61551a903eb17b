"""One way to write a JSON value, so that equal values have equal bytes and equal hashes."""

import hashlib
import json
import math
import unicodedata
from typing import Any, cast


def canonical_json(value: Any) -> str:
    """Write JSON with sorted keys, NFC text, no spaces and the shortest form of each number.

    A float that is a whole number is written as one (5.0 and 5 are the same value to a person).

    Raises:
        ValueError: for NaN and infinities, which JSON has not.
    """
    # Nearly every value is plain already: ASCII, and no float that is a whole number.
    text = _dumped(value)
    return text if text.isascii() and ".0" not in text else _dumped(_plain(value))


def sha256_hex(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes as 64 hex digits; lone surrogates are kept apart, not refused."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _dumped(value: Any) -> str:
    try:
        return _ENCODER.encode(value)
    except TypeError as error:
        raise ValueError(f"not a JSON value: {error}") from error


def _plain(value: Any) -> Any:
    match value:
        case str():
            return value if value.isascii() else unicodedata.normalize("NFC", value)
        case bool() | int() | None:
            return value
        case float():
            whole = math.isfinite(value) and value.is_integer() and abs(value) < 1e15
            return int(value) if whole else value
        case dict():
            items = cast(dict[Any, Any], value).items()
            return {unicodedata.normalize("NFC", str(key)): _plain(item) for key, item in items}
        case list() | tuple():
            return [_plain(item) for item in cast(list[Any], value)]
        case _:
            raise ValueError(f"not a JSON value: {type(value).__name__}")
