"""Take an import away again, and look beforehand at what would go."""

from rubric_studio.domain.changes import EVERYTHING, Changes
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import SampleKey
from rubric_studio.domain.values import Value
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import open_rounds


class WhatGoes(Value):
    """What the project loses. `retired`: it is hidden instead, since people's records hang on it."""

    rows: int = 0
    samples: int = 0
    judge_verdicts: int = 0
    retired: bool = False


class _Looked(Exception):
    """Takes back what was only looked at."""


def look_at_taking_away(store: Store, source: str) -> WhatGoes:
    """Say what taking an import away would do: it is done and taken back, so nothing can differ later.

    Raises:
        StudioError: there is no such import, or an open round needs it.
    """
    before, goes = store.counts(), WhatGoes()
    try:
        with store.writing():
            gone = delete_source(store, source)
            after = store.counts()
            goes = WhatGoes(
                rows=before.rows - after.rows,
                samples=before.samples - after.samples,
                judge_verdicts=before.judge_verdicts - after.judge_verdicts,
                retired=not gone,
            )
            raise _Looked
    except _Looked:
        return goes


def take_away(store: Store, source: str) -> Changes:
    """Take an import away, or retire it once people's records hang on it.

    Raises:
        StudioError: there is no such import, or an open round needs it.
    """
    delete_source(store, source)
    return EVERYTHING


def delete_source(store: Store, source: str) -> bool:
    """Delete an import or a run, or retire it; False where it was retired.

    Raises:
        StudioError: experts score its answers in a round that is open: what they send could not be opened then.
    """
    asked = {key: each.plan.title for each in open_rounds(store) for key in each.plan.samples()}
    with store.writing():
        before = {info.key for info in store.sample_infos()} & asked.keys() if asked else set[SampleKey]()
        gone = store.delete_source(source)
        lost = before - {info.key for info in store.sample_infos()} if before else before
        if lost:
            raise StudioError(
                "A round needs this",
                f"{len(lost)} of its answers are scored in {asked[next(iter(lost))]}, which is open.",
                "Close the round first.",
            )
    return gone
