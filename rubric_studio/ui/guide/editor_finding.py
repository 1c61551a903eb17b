"""Where words stand in a guide: in titles, wordings, grades and conditions. It finds; it shows nothing."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.ui.guide.marked_words import places_of

AROUND = 28  # letters shown before and behind what was found


class Hit(NamedTuple):
    """A part (no `key`) or a point with the words in it; `passage` shows them where the title does not."""

    part: str
    key: str
    needle: str
    passage: str = ""
    is_current: bool = False


def hits_in(rubric: Rubric, needle: str) -> list[Hit]:
    """Return what has the words in it, from the top of the guide."""
    needle = " ".join(needle.split())
    return list(_hits(rubric, needle)) if needle else []


def _hits(rubric: Rubric, needle: str) -> Iterator[Hit]:
    for stratum in rubric.strata:
        if _has(needle, stratum.title or stratum.key):
            yield Hit(stratum.key, "", needle)
        for criterion in stratum.criteria:
            if _has(needle, criterion.title):
                yield Hit(stratum.key, criterion.key, needle)
                continue
            passages = (passage_of(*each, needle) for each in _texts(criterion) if _has(needle, each[1]))
            if passage := next(passages, ""):
                yield Hit(stratum.key, criterion.key, needle, passage)


def _texts(criterion: Criterion) -> Iterator[tuple[str, str]]:
    yield _tr("Wording"), criterion.wording
    for level in criterion.levels:
        yield _tr("Grade"), level.text
    kind = criterion.kind
    if kind.type == "python":
        yield _tr("Code"), kind.source
    yield _tr("Words"), ", ".join(getattr(kind, "terms", ()))
    yield _tr("Field"), getattr(kind, "reference", None) or ""
    yield _tr("Key"), criterion.key


def _has(needle: str, text: str) -> bool:
    return next(places_of(needle, text), None) is not None


def passage_of(name: str, text: str, needle: str) -> str:
    """Return the words around what was found, and where it stands: "Wording: … the tax year is …"."""
    at = next(places_of(needle, text))
    start, end = max(0, at - AROUND), min(len(text), at + len(needle) + AROUND)
    words = " ".join(text[start:end].split())
    return f"{name}: {'… ' if start else ''}{words}{' …' if end < len(text) else ''}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor_finding", text)
