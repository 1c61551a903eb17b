"""Everything a project tells, in a form that two copies of it share: no local numbers, no order of arrival."""

from typing import Any

from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.run import RunSummary
from rubric_studio.store.project_file import ProjectFile


def told(store: ProjectFile) -> dict[str, Any]:
    """What people can see of a project."""
    ids = sorted(store.row_ids(RowQuery()))
    rows = {row.id: row for row in store.rows(ids)}
    return {
        "people": store.people(),
        "edits": sorted(store.edits(newest=10_000), key=lambda edit: edit.id),
        "records": {
            edit.id: sorted(store.records_of_edit(edit.id), key=lambda record: record.id)
            for edit in store.edits(newest=10_000)
        },
        "heads": {kind: sorted(head.id for head in store.heads(kind)) for kind in RecordKind},
        "conflicts": [(each.subject, sorted(head.id for head in each.heads)) for each in store.conflicts()],
        "sources": sorted(store.sources(), key=lambda source: source.id),
        "rows": rows,
        "imported": {id: store.imported_row(id) for id in ids},
        "variants": {id: store.row_variants(id) for id in ids},
        "rows differ": sorted(store.row_conflicts()),
        "found": {
            row.prompt_text: sorted(store.row_ids(RowQuery(search=row.prompt_text))) for row in rows.values()
        },
        "samples": sorted((sample for _, sample in store.samples()), key=lambda sample: sample.key),
        "samples differ": store.sample_conflicts(),
        "runs": {run.id: _run(store, run) for run in store.runs()},
        "judged": sorted((verdict for _, verdict in store.judge_verdicts()), key=repr),
        "counts": store.counts(),
    }


def _run(store: ProjectFile, run: RunSummary) -> dict[str, Any]:
    calls = store.calls(run.id)
    first = calls[0].number if calls else 0
    return {
        "run": run,
        "calls": [call._replace(number=call.number - first) for call in calls],
        "answers": store.answers(call.key for call in calls),
        "batches": [
            batch.model_copy(update={"first": batch.first - first, "last": batch.last - first})
            if batch.last
            else batch
            for batch in store.batches(run.id)
        ],
    }
