"""An answer file as bytes: written so that equal answers are equal bytes, read strictly. What it says is not judged."""

import hmac
import json
import math
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.handed_in import FORMAT, HandedIn
from rubric_studio.domain.packet import ANSWERS_ENDING

LARGEST = 64 * 1024 * 1024
"""Bytes; a hundred thousand marks come to half of it."""
DEEPEST = 24
"""Levels of nesting; an answer file has about eight."""
LONGEST_NUMBER = 17
"""Figures of a whole number; more fit no column, and none is so large."""
FIELDS = {"answers", "sha256", "signature"}
_BEGINNING = b'{"answers":'


class CutOff(StudioError):
    """The end of an answer file is missing: perhaps it is still being copied."""


class AnswerFile(NamedTuple):
    """What was read: the answers, whole as they were written, their hash, and the signature they came with."""

    handed_in: HandedIn
    sha256: str
    signature: str

    def is_signed_with(self, key: str) -> bool:
        """Whether the signature was made with that expert's key."""
        return hmac.compare_digest(self.handed_in.signature(key), self.signature)


def answer_file(handed_in: HandedIn, key: str) -> bytes:
    """Write an expert's answers, signed with her key (64 hex digits, `Packet.key`)."""
    return answer_bytes(AnswerFile(handed_in, handed_in.hash, handed_in.signature(key)))


def answer_bytes(file: AnswerFile) -> bytes:
    """The file as it is written: sorted names, no spaces, UTF-8."""
    told = {
        "answers": file.handed_in.model_dump(mode="json"),
        "sha256": file.sha256,
        "signature": file.signature,
    }
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:  # a passage of an answer may end in half a character
        return json.dumps(told, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def read_answer_file(content: bytes, name: str = "") -> AnswerFile:
    """Read what `answer_file` wrote; `name` is the file's, for messages.

    Raises:
        StudioError: it is something else, cut off, damaged, or of a newer program.
    """
    told = _object(content, name)
    answers, sha256, signature = told["answers"], told["sha256"], told["signature"]
    if not isinstance(answers, dict) or not isinstance(sha256, str) or not isinstance(signature, str):
        raise not_answers(name, "It is built in another way")
    _refuse_newer(cast("dict[str, Any]", answers), name)
    try:
        handed_in = HandedIn.model_validate(answers)
    except ValidationError as error:
        raise damaged(name) from error
    if not hmac.compare_digest(handed_in.hash.encode(), sha256.encode("utf-8", "replace")):
        raise damaged(name)
    if not signature.isascii():
        raise damaged(name)
    return AnswerFile(handed_in, sha256, signature)


def _object(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise not_answers(name, f"It is larger than {LARGEST // 2**20} MB")
    if not content.strip(b"\0 \t\r\n"):  # what a folder that is being synced shows of a file yet to come
        raise _cut_or_damaged(b"", name)
    try:
        told = _parsed(content)
    except ValueError as error:
        begins = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_BEGINNING)
        raise (
            _cut_or_damaged(content, name) if begins else not_answers(name, "It is something else")
        ) from error
    if not isinstance(told, dict) or set(cast("dict[str, Any]", told)) != FIELDS:
        raise not_answers(name, "It is something else")
    return cast("dict[str, Any]", told)


def _parsed(content: bytes) -> Any:
    try:
        value = _DECODER.decode(content.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if _depth_exceeds(value, DEEPEST):
        raise ValueError("nested too deeply")
    return value


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a name stands twice")
    return values


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number is too large")
    return int(text)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON value")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_distinct, parse_float=_finite, parse_int=_whole, parse_constant=_no_constant
)


def _depth_exceeds(value: Any, most: int) -> bool:
    level: list[Any] = [value]
    for _ in range(most):
        level = [inner for item in level for inner in _inside(item)]
        if not level:
            return False
    return True


def _inside(item: Any) -> Iterable[Any]:
    if isinstance(item, dict):
        return cast("dict[str, Any]", item).values()
    return cast("list[Any]", item) if isinstance(item, list) else ()


def _refuse_newer(answers: dict[str, Any], name: str) -> None:
    found = answers.get("format")
    if found == FORMAT:
        return
    if isinstance(found, str) and found.startswith(FORMAT[:-1]):
        raise StudioError(
            "These answers need a newer Rubric Studio",
            f'They are written as "{found[:60]}", and this program reads "{FORMAT}". Nothing was changed.',
            "Install the newest version and take them in again.",
            file=name or None,
        )
    raise not_answers(name, "It is built in another way")


def not_answers(name: str, what: str) -> StudioError:
    """The file is something else."""
    return StudioError(
        "This is no answer file",
        f"{what}. Nothing was changed.",
        f"Choose the file that came back from the expert; its name ends in {ANSWERS_ENDING}.",
        file=name or None,
    )


def damaged(name: str) -> StudioError:
    """The file was an answer file."""
    return StudioError(
        "This answer file is damaged",
        "What is in it is not what was written into it. Nothing was changed.",
        "Ask for the file again: its sender saves it once more and sends that.",
        file=name or None,
    )


def _cut_or_damaged(content: bytes, name: str) -> StudioError:
    if content.rstrip().endswith(b'"}'):
        return damaged(name)
    return CutOff(
        "This answer file is cut off",
        "Its end is missing: it was not yet copied whole, or its sending was broken off. Nothing was changed.",
        "Wait until it has arrived whole, or ask for it again.",
        file=name or None,
    )
