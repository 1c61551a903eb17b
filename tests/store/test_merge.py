import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.merging import MergeReport
from rubric_studio.domain.record import Person, RecordKind
from rubric_studio.domain.run import Batch, CallState, RunState
from rubric_studio.store.merge import merge
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from tests.store.material import ANNA, bring_in, change_row, decide, entry, judged, record, row, sample
from tests.store.run_material import TOKENS, add_run, done, failed, key, waiting
from tests.store.told import told


@contextmanager
def copies(store: ProjectFile, number: int) -> Iterator[list[ProjectFile]]:
    """Copies of a project, each to be worked on apart."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"copy {n}.rubric" for n in range(number)]
        for path in paths:
            store.copy_to(path)
        opened = [open_project(path) for path in paths]
        try:
            yield opened
        finally:
            for each in opened:
                each.close()


def test_what_the_other_copy_has_is_taken_over_once(store: ProjectFile):
    bring_in(store, "S0", [row("r0")])
    with copies(store, 1) as [other]:
        other.add_person(ANNA)
        one = sample("r1")
        bring_in(other, "S1", [row("r1")], [one], [judged(one)])
        decide(other, "d1", "r1", "keep")
        report = merge(store, other.path)
        assert report == MergeReport(
            people=1, edits=1, records=1, sources=1, rows=1, samples=1, judge_verdicts=1
        )
        assert told(store) == told(other)
        assert merge(store, other.path) == MergeReport()
        assert told(store) == told(other)
        assert store.problem() is None


def test_two_decisions_apart_are_a_conflict_until_one_is_chosen(store: ProjectFile):
    bring_in(store, "S0", [row("r0")])
    with copies(store, 1) as [other]:
        decide(store, "ours", "r0", "keep")
        decide(other, "theirs", "r0", "drop")
        (conflict,) = merge(store, other.path).conflicts
        assert sorted(head.id for head in conflict.heads) == ["ours", "theirs"]
        assert store.summaries([RowId("r0")])[0].decision == "conflict"
        decide(store, "settled", "r0", "fix", "ours", "theirs")
        assert merge(other, store.path).conflicts == ()
        assert other.summaries([RowId("r0")])[0].decision == "fix"


def test_a_row_imported_differently_apart_keeps_both_until_an_edit_settles_it(store: ProjectFile):
    with copies(store, 1) as [other]:
        bring_in(store, "S1", [row("r1", "Ours")])
        bring_in(other, "S2", [row("r1", "Theirs")])
        assert merge(store, other.path).rows_differ == ("r1",)
        assert merge(other, store.path).rows_differ == ("r1",)
        variants = store.row_variants(RowId("r1"))
        assert sorted(each.prompt_text for each in variants) == ["Ours", "Theirs"]
        assert other.row_variants(RowId("r1")) == variants
        assert store.imported_row(RowId("r1")) == variants[0]
        change_row(store, "e1", row("r1", "Ours"))
        assert store.row_conflicts() == []
        assert merge(other, store.path).rows_differ == ()
        assert next(other.rows()) == row("r1", "Ours")


def test_a_row_imported_anew_in_one_copy_only_is_no_conflict(store: ProjectFile):
    bring_in(store, "S0", [row("r1", "Wrong")])
    with copies(store, 1) as [other]:
        bring_in(other, "S1", [row("r1", "Right")])
        assert merge(store, other.path).rows_differ == ()
        assert next(store.rows()) == row("r1", "Right")


def test_two_texts_at_one_place_are_both_kept_and_told(store: ProjectFile):
    with copies(store, 1) as [other]:
        bring_in(store, "S1", [], [sample("r1", text="yes")])
        bring_in(other, "S2", [], [sample("r1", text="no")])
        assert merge(store, other.path).samples_differ == (("r1", "m", 0),)
        assert store.counts().samples == 2


def test_a_retired_import_is_retired_everywhere_and_a_deleted_one_comes_back(store: ProjectFile):
    bring_in(store, "S1", [row("r1")])
    bring_in(store, "S2", [row("r2")])
    with copies(store, 1) as [other]:
        decide(store, "d1", "r1", "keep")
        assert not store.delete_source("S1")
        assert store.delete_source("S2")
        merge(other, store.path)
        assert [each.id for each in other.rows()] == ["r2"]
        merge(store, other.path)
        assert [each.id for each in store.rows()] == ["r2"]


def test_the_cache_of_checks_stays_with_its_own_samples(store: ProjectFile):
    with copies(store, 1) as [other]:
        bring_in(store, "S1", [], [sample("r1")])
        bring_in(other, "S2", [], [sample("r2"), sample("r1")])
        merge(store, other.path)
        assert [(info.id, info.row) for info in store.sample_infos()] == [(1, "r1"), (2, "r2")]


def test_a_copy_that_tells_an_old_record_differently_is_refused_and_nothing_is_written(store: ProjectFile):
    decide(store, "d1", "r1", "keep")
    with copies(store, 1) as [other]:
        decide(other, "d2", "r2", "keep")
        other.connection.run("update record set body = '{\"decision\":\"drop\"}' where id = 'd1'")
        before = told(store)
        with pytest.raises(StudioError, match="the record d1, which never changes"):
            merge(store, other.path)
        assert told(store) == before
        assert merge(other, other.path) == MergeReport()


def test_a_foreign_file_is_not_merged(store: ProjectFile, tmp_path: Path):
    (tmp_path / "letter.rubric").write_text("Dear colleague")
    with pytest.raises(StudioError, match="not a project"):
        merge(store, tmp_path / "letter.rubric")


def test_a_run_that_went_on_apart_is_joined_call_by_call(store: ProjectFile):
    add_run(store, "R0", ["other"])
    add_run(store, "R1", ["r1", "r2", "r3"])
    with copies(store, 1) as [other]:
        assert other.delete_source("R0")  # numbers of calls are local: these differ from now on
        add_run(other, "R2", ["r9"])
        ours, theirs = waiting(store, "R1"), waiting(other, "R1")
        store.keep_outcomes("R1", [done(ours[0]), failed(ours[1])])
        other.keep_outcomes("R1", [failed(theirs[0]), done(theirs[1]), done(theirs[2])])
        other.set_run_state("R2", RunState.RUNNING)
        store.set_run_state("R1", RunState.PAUSED, "The key was refused.")
        merge(store, other.path)
        run = store.run("R1")
        assert (run.state, run.reason, run.done, run.open) == (RunState.DONE, "", 3, 0)
        assert run.usage == TOKENS + TOKENS  # the greater of one and two answers
        assert len(store.answers(call.key for call in ours)) == 3
        assert store.run("R2").state is RunState.PAUSED
        assert store.run("R2").reason == "It was under way in another copy."
        assert [call.source for call in waiting(store, "R2")] == ["r9"]
        assert (store.run("R0").open, store.counts().samples) == (1, 3)
        before = told(store)
        assert merge(store, other.path) == MergeReport()
        assert told(store) == before
        assert store.problem() is None


def test_a_run_that_is_under_way_here_goes_on(store: ProjectFile):
    add_run(store, "R1", ["r1", "r2"])
    with copies(store, 1) as [other]:
        store.set_run_state("R1", RunState.RUNNING)
        other.set_run_state("R1", RunState.CANCELLED)
        merge(store, other.path)
        assert store.run("R1").state is RunState.RUNNING


def test_of_two_answers_to_one_question_both_copies_keep_the_same(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    with copies(store, 1) as [other]:
        store.keep_outcomes("R1", [done(call, text="yes") for call in waiting(store, "R1")])
        other.keep_outcomes("R1", [done(call, text="no") for call in waiting(other, "R1")])
        assert merge(store, other.path).samples_differ == (("r1", "m", 0),)
        merge(other, store.path)
        assert [each.text for each in store.answers([key("r1")]).values()] == ["no"]
        assert told(store) == told(other)


# What may be done to a copy: (what, which row, which variant). Ids come from a counter, as ULIDs do.
ACTIONS = (
    "decide", "undo", "flag", "edit", "import", "sample", "judge", "rename", "delete", "order", "note",
    "run", "answer", "fail", "batch", "close", "pause", "cancel",
)  # fmt: skip
NOTES = (RecordKind.COMMENT, RecordKind.WAIVER, RecordKind.PROBE)
STEPS = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 2), st.integers(0, 2)), max_size=6)


def act(store: ProjectFile, step: tuple[str, int, int], new_id: Iterator[int]) -> None:
    """Do one thing to a copy, as a person there would: what stands is replaced."""
    what, row_number, variant = step
    id, name = f"{next(new_id):04}", f"r{row_number}"
    if what == "decide":
        heads = [head.id for head in store.heads(RecordKind.DECISION, subjects=[name])]
        decide(store, id, name, ("keep", "fix", "drop")[variant], *heads)
    elif what == "undo":
        heads = [head for kind in (RecordKind.DECISION, RecordKind.ROW_EDIT, RecordKind.ORDER, *NOTES)
                 for head in store.heads(kind)]  # fmt: skip
        for head in heads[: variant + 1]:
            taken_back = record(f"{id}-{head.id}", head.kind, head.subject, None, id, replaces=(head.id,))
            store.append(entry(id) if head is heads[0] else entry(f"{id}-{head.id}"), [
                taken_back if head is heads[0] else taken_back.model_copy(update={"edit": f"{id}-{head.id}"})
            ])  # fmt: skip
    elif what == "flag":
        store.append(entry(id), [record(id, RecordKind.FLAG, id, {"row": name}, id, scope=name)])
    elif what == "order":
        subject = f"{name}/{ANNA.id}"
        heads = [head.id for head in store.heads(RecordKind.ORDER, subjects=[subject])]
        body = {"samples": [[name, "m", variant]]}
        store.append(entry(id), [record(id, RecordKind.ORDER, subject, body, id, scope=name, replaces=heads)])
    elif what == "note":
        store.append(entry(id), [record(id, NOTES[variant], id, {"text": name}, id, scope=name)])
    elif what == "edit":
        heads = [head.id for head in store.heads(RecordKind.ROW_EDIT, subjects=[name])]
        change_row(store, id, row(name, f"edited {variant}"), *heads)
    elif what == "import":
        bring_in(store, id, [row(name, f"imported {variant}")])
    elif what == "sample":
        bring_in(store, id, [], [sample(name, text=f"answer {variant}", cost=row_number)])
    elif what == "judge":
        one = sample(name, text=f"answer {variant}", cost=variant)
        bring_in(store, id, [], [one], [judged(one, variant / 2)])
    elif what == "rename":
        store.add_person(Person(id=ANNA.id, name=f"Anna {variant}"))
    elif what == "run":
        add_run(store, id, [name, "r3", "r4"])
        store.set_run_state(id, RunState.PAUSED)
    elif what in ("answer", "fail", "batch", "close", "pause", "cancel") and (runs := store.runs()):
        work_on(store, what, id, runs[min(row_number, len(runs) - 1)].id, variant)
    elif what == "delete" and (sources := store.sources()):
        store.delete_source(sources[min(variant, len(sources) - 1)].id)


def work_on(store: ProjectFile, what: str, id: str, run: str, variant: int) -> None:
    """Do one thing to a run, as the program there would."""
    open_calls = store.calls(run, [CallState.WAITING, CallState.SENT, CallState.FAILED])
    if what == "pause":
        store.set_run_state(run, RunState.PAUSED, f"reason {variant}")
    elif what == "cancel":
        store.set_run_state(run, RunState.CANCELLED)
    elif what == "close":
        for batch in store.batches(run)[:1]:
            store.put_batch(batch.model_copy(update={"state": "merged", "first": 0, "last": 0}))
    elif not open_calls:
        return
    elif what == "batch":
        first, last = open_calls[0].number, open_calls[-1].number
        store.put_batch(Batch(token=id, run=run, id=f"b{variant}", first=first, last=last, at=id))
    else:
        call = open_calls[variant % len(open_calls)]
        store.keep_outcomes(run, [done(call, text=f"answer {variant}") if what == "answer" else failed(call)])
        if not store.run(run).open:
            store.set_run_state(run, RunState.DONE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shared=STEPS, apart=st.lists(STEPS, min_size=2, max_size=3))
def test_merging_loses_nothing_and_its_order_plays_no_part(tmp_path: Path, shared: Any, apart: Any):
    new_id = count(1)
    with (
        tempfile.TemporaryDirectory(dir=tmp_path) as folder,
        create_project(Path(folder) / "first.rubric") as first,
    ):
        for step in shared:
            act(first, step, new_id)
        with copies(first, len(apart)) as worked:
            for store, steps in zip(worked, apart, strict=True):
                for step in steps:
                    act(store, step, new_id)
            _check_every_order(worked, Path(folder))


def _check_every_order(worked: list[ProjectFile], folder: Path) -> None:
    results = []
    for at, order in enumerate(list(permutations(worked))[:6]):
        results.append(_merged(order, folder / f"result {at}.rubric", at))
    assert all(result == results[0] for result in results[1:])
    for store in worked:
        _check_nothing_lost(told(store), results[0])


def _merged(order: tuple[ProjectFile, ...], path: Path, at: int) -> dict[str, Any]:
    """One order of merging; odd ones merge from the right, (b + c) before a."""
    order[0].copy_to(path)
    with open_project(path) as result:
        if at % 2 and len(order) == 3:
            inner = path.with_suffix(".inner.rubric")
            order[1].copy_to(inner)
            with open_project(inner) as right:
                merge(right, order[2].path)
                merge(result, inner)
        else:
            for other in order[1:]:
                merge(result, other.path)
        found = told(result)
        assert result.problem() is None
        merge(result, order[-1].path)
        assert told(result) == found
    return found


def _check_nothing_lost(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert {edit.id for edit in before["edits"]} <= {edit.id for edit in after["edits"]}
    for edit, records in before["records"].items():
        assert after["records"][edit] == records
    assert {each.id for each in before["sources"]} <= {each.id for each in after["sources"]}
    retired = {each.id for each in after["sources"] if each.retired}
    if not retired:
        assert set(before["rows"]) <= set(after["rows"])
        assert {each.key for each in before["samples"]} <= {each.key for each in after["samples"]}
