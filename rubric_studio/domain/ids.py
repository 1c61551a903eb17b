"""Names for the ids that travel through the program, and how a ULID is written."""

from typing import NewType

RowId = NewType("RowId", str)
SampleKey = NewType("SampleKey", str)
CriterionKey = NewType("CriterionKey", str)
StratumKey = NewType("StratumKey", str)
QuestionHash = NewType("QuestionHash", str)
PersonId = NewType("PersonId", str)
RecordId = NewType("RecordId", str)
EditId = NewType("EditId", str)

ROW_CRITERION_PREFIX = "row:"
"""Inside the program a row's own criterion is "row:" + its key; ":" is in no rubric criterion's key."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(milliseconds: int, randomness: bytes) -> str:
    """Write a ULID: 26 characters that sort by time.

    Args:
        milliseconds: UTC time since 1970, 0 <= milliseconds < 2**48.
        randomness: exactly 10 bytes.

    Source: github.com/ulid/spec.
    """
    if len(randomness) != 10 or not 0 <= milliseconds < 1 << 48:
        raise ValueError("a ULID takes 48 bits of time and 80 bits of randomness")
    number = (milliseconds << 80) | int.from_bytes(randomness, "big")
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def row_criterion_key(own_key: str) -> CriterionKey:
    """The key by which the program knows a row's own criterion."""
    return CriterionKey(ROW_CRITERION_PREFIX + own_key)


def is_row_criterion(key: str) -> bool:
    """Whether the key names a row's own criterion."""
    return key.startswith(ROW_CRITERION_PREFIX)


def own_key(key: str) -> str:
    """The key as its row wrote it ("row:a1" gives "a1"); a rubric criterion's key is given back as it is."""
    return key.removeprefix(ROW_CRITERION_PREFIX)
