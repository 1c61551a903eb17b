import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.verdict import CheckColumn
from rubric_studio.store.project_file import ProjectFile
from tests.store.material import (
    QUESTION,
    bring_in,
    change_row,
    decide,
    entry,
    judged,
    record,
    row,
    sample,
    source,
)


def test_imports_are_listed_oldest_first(store: ProjectFile):
    late, early = source("S1", "2026-02-01T00:00:00.000Z"), source("S2")
    for each in (late, early):
        with store.writing() as writer:
            writer.source(each)
    assert store.sources() == [early, late]


def test_an_import_is_named_first_and_once(store: ProjectFile):
    with pytest.raises(ValueError, match="name the import"), store.writing() as writer:
        writer.rows([row("r1")])
    bring_in(store, "S1")
    with pytest.raises(StudioError, match="brought in before"):
        bring_in(store, "S1")


def test_an_import_is_deleted_with_everything_it_brought(store: ProjectFile):
    one = sample("r1")
    bring_in(store, "S1", [row("r1")], [one], [judged(one)])
    store.put_check_verdicts([CheckColumn(RowId("r1"), QUESTION, [1], [1.0], [""], [()])])
    assert store.delete_source("S1")
    counts = store.counts()
    assert (counts.rows, counts.samples, counts.judge_verdicts) == (0, 0, 0)
    assert list(store.check_verdicts()) == []
    assert store.sources() == []
    assert store.problem() is None
    bring_in(store, "S1", [row("r1")], [one], [judged(one)])
    assert store.counts().rows == 1


def test_what_another_import_brought_too_stays(store: ProjectFile):
    bring_in(store, "S1", [row("r1"), row("r2")], [sample("r1"), sample("r2")])
    bring_in(store, "S2", [row("r1")], [sample("r1")])
    assert store.delete_source("S1")
    assert store.row_ids(RowQuery()) == ["r1"]
    assert [info.row for info in store.sample_infos()] == ["r1"]


def test_deleting_an_import_gives_the_rows_it_changed_their_former_words_back(store: ProjectFile):
    bring_in(store, "S1", [row("r1", "First")])
    bring_in(store, "S2", [row("r1", "Second")])
    bring_in(store, "S3", [row("r1", "First")])
    assert store.imported_row(RowId("r1")) == row("r1", "First")
    assert store.delete_source("S3")
    assert store.imported_row(RowId("r1")) == row("r1", "Second")
    assert store.row_ids(RowQuery(search="second")) == ["r1"]
    assert store.delete_source("S2")
    assert store.imported_row(RowId("r1")) == row("r1", "First")
    assert store.row_conflicts() == []


def _decides(store: ProjectFile) -> None:
    decide(store, "d1", "r1", "keep")


def _edits(store: ProjectFile) -> None:
    change_row(store, "e1", row("r1", "Better"))


def _flags(store: ProjectFile) -> None:
    store.append(entry("f"), [record("f1", RecordKind.FLAG, "flag", {"row": "r1"}, "f", scope="r1")])


def _marks(store: ProjectFile) -> None:
    key = sample("r1").key
    subject = f"{key}/{QUESTION}/01ANNA/0"
    store.append(entry("v"), [record("v1", RecordKind.VERDICT, subject, {"value": 1}, "v", scope=key)])


def _settles(store: ProjectFile) -> None:
    subject = f"{sample('r1').key}/{QUESTION}"
    store.append(entry("s"), [record("s1", RecordKind.SETTLEMENT, subject, {"value": 1}, "s")])


@pytest.mark.parametrize("work", [_decides, _edits, _flags, _marks, _settles])
def test_an_import_on_which_somebody_worked_is_retired_and_its_things_are_hidden(store: ProjectFile, work):
    bring_in(store, "S1", [row("r1"), row("r2")])
    bring_in(store, "S2", [], [sample("r1")])
    work(store)
    before = len(store.edits())
    assert not store.delete_source("S1")
    assert [each.retired for each in store.sources()] == [True, False]
    assert store.row_ids(RowQuery()) == []
    assert list(store.rows()) == []
    assert list(store.rows([RowId("r1")])) == []
    assert store.counts().rows == 0
    assert len(store.edits()) == before


def test_retired_samples_are_hidden_until_another_import_brings_them(store: ProjectFile):
    bring_in(store, "S1", [], [sample("r1")], [judged(sample("r1"))])
    _marks(store)
    assert not store.delete_source("S1")
    assert store.sample_infos() == []
    assert list(store.samples()) == []
    assert store.judges() == []
    with store.writing() as writer:
        writer.source(source("S2"))
        assert writer.samples([sample("r1")]) == 1
    assert [info.row for info in store.sample_infos()] == ["r1"]


def test_records_that_come_with_an_import_are_written_with_it(store: ProjectFile):
    first = record("v1", RecordKind.VERDICT, "a", {"value": 1}, "e")
    second = record("v2", RecordKind.VERDICT, "b", {"value": 1}, "e")
    with store.writing() as writer:
        writer.source(source("S"))
        writer.records(entry("e"), [first])
        writer.records(entry("e"), [second])
    assert store.records_of_edit("e") == [first, second]


def test_an_import_that_is_gone_cannot_be_deleted(store: ProjectFile):
    with pytest.raises(StudioError, match="not in the project"):
        store.delete_source("none")
