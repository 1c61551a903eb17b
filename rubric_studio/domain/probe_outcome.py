"""What a rubric made of a probe on one row, as the project keeps it; and what rubric it was. It judges nothing."""

from typing import NamedTuple

from rubric_studio.domain.canonical import canonical_json, sha256_hex
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Rubric

PROBES_VERSION = "1"
"""Part of what outcomes are kept under: texts that `domain/probes` makes otherwise are other probes."""

OWN_PREFIX = "own:"
"""A probe of somebody's own is known by this and its record's subject; ":" is in no generator's name."""


class Earned(NamedTuple):
    """What one text earned: its score, or the ends between which it lies while marks are missing.

    All are None where it can have no score at all.
    """

    score: float | None
    low: float | None
    high: float | None


class ProbeOutcome(NamedTuple):
    """One probe on one row: what each of its texts earned, step by step, or why there is none (`skipped`).

    `typical` is the mean score of the row's own samples, None where none has one. `paid` names the criteria
    that pay for the last step's score with what the score would lose without each, the largest first.
    `missing` counts the marks that are missing; `text` is the SHA-256 of the texts.
    """

    probe: str
    row: RowId
    earned: tuple[Earned, ...] = ()
    typical: float | None = None
    paid: tuple[tuple[str, float], ...] = ()
    missing: int = 0
    skipped: str = ""
    text: str = ""
    at: str = ""


def rubric_hash(rubric: Rubric, measures_version: str) -> str:
    """What outcomes are kept under: 64 hex digits of all in a rubric that can move a score.

    A name, titles, examples of levels and wordings that no program reads do not count; the versions of the
    measures and of the probes do.
    """
    data = rubric.to_json()
    del data["name"]
    for stratum in data["strata"]:
        del stratum["title"]
        for criterion in stratum["criteria"]:
            del criterion["title"]
            for level in criterion["levels"]:
                level.pop("anchors", None)
    return sha256_hex(canonical_json([data, measures_version, PROBES_VERSION]))
