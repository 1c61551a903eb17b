"""Take an import away again, and look beforehand at what would go."""

from rubric_studio.domain.changes import EVERYTHING, Changes
from rubric_studio.domain.values import Value
from rubric_studio.services.ports import Store


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
        StudioError: there is no such import.
    """
    before, goes = store.counts(), WhatGoes()
    try:
        with store.writing():
            gone = store.delete_source(source)
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
        StudioError: there is no such import.
    """
    store.delete_source(source)
    return EVERYTHING
