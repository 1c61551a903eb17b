import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.store.project_file import ProjectFile
from tests.store.material import HALF_A_CHARACTER, bring_in, row, sample, source


def test_a_sample_comes_back_as_it_was(store: ProjectFile):
    made = [
        sample("r1", text="", tokens=7, latency=0.25),
        sample("r1", run=1, text="a\0b\r\n ‮ é é"),
        sample("r1", run=2, text=HALF_A_CHARACTER, note=HALF_A_CHARACTER),
    ]
    bring_in(store, "S", [], made)
    assert [each for _, each in store.samples()] == made
    assert [info.key for info in store.sample_infos()] == [each.key for each in made]


def test_samples_may_come_before_their_rows(store: ProjectFile):
    bring_in(store, "S1", [], [sample("r1")])
    bring_in(store, "S2", [row("r1")])
    assert store.summaries([RowId("r1")])[0].answers == 1


def test_the_same_sample_again_adds_nothing(store: ProjectFile):
    bring_in(store, "S1", [], [sample("r1")])
    with store.writing() as writer:
        writer.source(source("S2"))
        assert writer.samples([sample("r1"), sample("r1"), sample("r1", run=1)]) == 1
    assert store.counts().samples == 2


def test_samples_are_streamed_by_id_and_listed_by_model_and_run(store: ProjectFile):
    bring_in(
        store, "S", [], [sample("r1", "b"), sample("r2", "a"), sample("r1", "a", 1), sample("r1", "a", 0)]
    )
    assert [id for id, _ in store.samples([4, 2, 2, 99])] == [2, 4]
    assert [(each.model, each.run) for _, each in store.samples_of(RowId("r1"))] == [
        ("a", 0),
        ("a", 1),
        ("b", 0),
    ]
    assert [info.row for info in store.sample_infos()] == ["r1", "r2", "r1", "r1"]


def test_a_stream_goes_on_over_page_ends(store: ProjectFile):
    bring_in(store, "S", [], [sample("r1", run=n) for n in range(601)])
    assert [each.run for _, each in store.samples()] == list(range(601))


def test_two_texts_at_one_place_are_both_kept_and_told(store: ProjectFile):
    bring_in(store, "S", [], [sample("r1", text="yes"), sample("r1", text="no"), sample("r2")])
    assert store.counts().samples == 3
    assert store.sample_conflicts() == [("r1", "m", 0)]


def test_facts_that_are_no_json_are_refused(store: ProjectFile):
    with pytest.raises(StudioError, match="a number that is none"):
        bring_in(store, "S", [], [sample("r1", latency=float("nan"))])
