"""The answers that a run brought or marked, found in the project. What failed in it: see `runs.py`."""

from collections.abc import Iterator

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.run import Call, CallState, RunSummary
from rubric_studio.services.ports import Progress, Store, no_progress

PAGE = 1000
ROWS_A_REPORT = 50


def brought(store: Store, run: RunSummary, progress: Progress = no_progress) -> list[int]:
    """The ids of the samples that a run brought or, of a judge's run, marked; in the order of the project.

    A drift check brings neither: it compares answers.
    """
    sources = dict.fromkeys(call.source for call in _calls(store, run.id, CallState.DONE, progress))
    if run.plan.purpose == "sampling":
        return sorted(_sampled(store, run.id, list(sources), progress))
    if run.plan.purpose == "judging":
        marked = {SampleKey(source) for source in sources}
        return [info.id for info in store.sample_infos() if info.key in marked]
    return []


def _sampled(store: Store, run: str, rows: list[str], progress: Progress) -> Iterator[int]:
    for at, row in enumerate(rows):
        if at % ROWS_A_REPORT == 0:
            progress(at, len(rows), "")
        yield from (id for id, sample in store.samples_of(RowId(row)) if sample.facts.get("run") == run)


def _calls(store: Store, run: str, state: CallState, progress: Progress) -> Iterator[Call]:
    after = 0
    while page := store.calls(run, (state,), after, PAGE):
        progress(0, 0, "")
        yield from page
        after = page[-1].number
