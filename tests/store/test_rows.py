import time
from collections.abc import Iterator

import pytest

from rubric_studio.domain.errors import Cancelled, StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Message, Row
from rubric_studio.store.project_file import ProjectFile
from tests.store.material import (
    HALF_A_CHARACTER,
    bring_in,
    change_row,
    decide,
    entry,
    record,
    row,
    row_with_criterion,
    sample,
    source,
)


def ids(store: ProjectFile, **query: object) -> list[str]:
    return list(store.row_ids(RowQuery.model_validate(query)))


def test_a_row_comes_back_as_it_was(store: ProjectFile):
    talk = (Message(role="system", content="Be brief."), Message(role="user", content="Größe?\n"))
    made = [
        row("r1", nested={"b": [1, 2.5, None, True], "a": "x"}, big=10**30),
        row("r2").model_copy(update={"prompt": talk}),
        row_with_criterion("r3"),
        row("r4", f"say {HALF_A_CHARACTER}", field=HALF_A_CHARACTER, path="C:\\udata"),
    ]
    bring_in(store, "S", made)
    assert list(store.rows()) == made
    assert list(made[0].reference) == list(next(store.rows()).reference)  # fields keep their order


def test_rows_come_in_the_order_of_the_ids_asked_for(store: ProjectFile):
    bring_in(store, "S", [row("r1"), row("r2"), row("r3")])
    assert [each.id for each in store.rows([RowId("r3"), RowId("none"), RowId("r1")])] == ["r3", "r1"]


def test_a_number_that_is_none_is_refused_and_nothing_of_the_import_stays(store: ProjectFile):
    with pytest.raises(StudioError, match='field of "r2" is a number that is none'):
        bring_in(store, "S", [row("r1"), row("r2", x=float("inf"))])
    assert ids(store) == []
    assert store.sources() == []


def test_an_import_that_is_stopped_leaves_nothing(store: ProjectFile):
    def stopped() -> Iterator[Row]:
        yield from (row(f"r{n}") for n in range(5000))
        raise Cancelled

    with pytest.raises(Cancelled):
        bring_in(store, "S", stopped())
    assert store.counts().rows == 0
    assert store.sources() == []


def test_importing_the_same_rows_again_adds_nothing_and_a_changed_one_changes(store: ProjectFile):
    bring_in(store, "S1", [row("r1"), row("r2")])
    with store.writing() as writer:
        writer.source(source("S2"))
        assert writer.rows([row("r1"), row("r2", "Changed?"), row("r3")]) == 2
    assert ids(store) == ["r1", "r2", "r3"]
    assert store.imported_row(RowId("r2")) == row("r2", "Changed?")
    assert store.row_conflicts() == []
    assert ids(store, search="changed") == ["r2"]


def test_an_edit_stands_over_the_import_everywhere(store: ProjectFile):
    bring_in(store, "S1", [row("r1", "Old words", task="a"), row("r2", "Other words", task="a")])
    edited = row("r1", "New words", task="b")
    change_row(store, "e1", edited)
    assert next(store.rows()) == edited
    assert store.imported_row(RowId("r1")) == row("r1", "Old words", task="a")
    assert ids(store, search="old") == []
    assert ids(store, search="NEW") == ["r1"]
    assert ids(store, reference=(("task", "b"),)) == ["r1"]
    assert ids(store, sort="prompt") == ["r1", "r2"]
    assert [summary.edited for summary in store.summaries([RowId("r1"), RowId("r2")])] == [True, False]
    bring_in(store, "S2", [row("r1", "Imported anew")])
    assert next(store.rows()) == edited


def test_a_withdrawn_edit_gives_the_imported_row_back(store: ProjectFile):
    bring_in(store, "S1", [row("r1", "Old words")])
    change_row(store, "e1", row("r1", "New words"))
    store.append(entry("undo"), [record("u", RecordKind.ROW_EDIT, "r1", None, "undo", replaces=("e1",))])
    assert next(store.rows()) == row("r1", "Old words")
    assert ids(store, search="old words") == ["r1"]


@pytest.mark.parametrize("search", ["ΕΙΣΌΔΗΜΑ", "εισόδημα", "ΦΌΡΟΣ", "strasse", "R1", "gäste", "12.5"])
def test_search_finds_ids_prompts_and_references_whatever_the_case(store: ProjectFile, search: str):
    bring_in(
        store, "S", [row("r1", "Το εισόδημα και ο φόρος", place="Straße", list=["GÄSTE"], n=12.5), row("x")]
    )
    assert ids(store, search=search) == ["r1"]


def test_search_takes_every_character_as_it_is(store: ProjectFile):
    bring_in(store, "S", [row("r1", "100% of a_b"), row("r2", "100 of axb")])
    assert ids(store, search="100%") == ["r1"]
    assert ids(store, search="a_b") == ["r1"]


def test_reference_filters_compare_values_as_they_are_written(store: ProjectFile):
    fields = {
        "n": 5,
        "yes": True,
        "no": None,
        "labels": ["tax", "law", 7],
        'odd "key".x[0]': "v",
        "o": {"a": "tax"},
    }
    bring_in(store, "S", [row("r1").model_copy(update={"reference": fields}), row("r2", n=50)])
    matching = [
        ("n", "5"),
        ("yes", "true"),
        ("no", ""),
        ("labels", "law"),
        ("labels", "7"),
        ('odd "key".x[0]', "v"),
    ]
    for pair in matching:
        assert ids(store, reference=(pair,)) == ["r1"], pair
    for pair in [("n", "5.0"), ("yes", "1"), ("labels", "la"), ("none", ""), ("o", "tax")]:
        assert ids(store, reference=(pair,)) == [], pair
    assert ids(store, reference=(("n", "5"), ("labels", "tax"))) == ["r1"]
    assert ids(store, reference=(("n", "50"), ("labels", "tax"))) == []


def test_rows_are_filtered_and_sorted_by_answers_flags_and_decisions(store: ProjectFile):
    bring_in(store, "S", [row(f"r{n}") for n in range(5)], [sample("r1"), sample("r2"), sample("r2", run=1)])
    for n, decision in enumerate(["keep", "fix", "drop"]):
        decide(store, f"d{n}", f"r{n}", decision)
    decide(store, "c1", "r3", "keep")
    decide(store, "c2", "r3", "drop")
    store.append(entry("f"), [record("f1", RecordKind.FLAG, "flag", {"row": "r4"}, "f", scope="r4")])
    assert ids(store, answered=True) == ["r1", "r2"]
    assert ids(store, answered=False) == ["r0", "r3", "r4"]
    assert ids(store, flagged=True) == ["r4"]
    assert ids(store, flagged=False) == ["r0", "r1", "r2", "r3"]
    assert ids(store, decision="keep") == ["r0"]
    assert ids(store, decision="open") == ["r3", "r4"]
    assert ids(store, sort="answers", descending=True) == ["r2", "r1", "r0", "r3", "r4"]
    assert ids(store, sort="flags", descending=True)[0] == "r4"
    assert ids(store, sort="decision") == ["r4", "r3", "r2", "r1", "r0"]
    assert ids(store, sort="id", descending=True)[0] == "r4"
    assert ids(store, answered=True, decision="drop", search="how") == ["r2"]
    summaries = {each.id: each for each in store.summaries([RowId(f"r{n}") for n in (3, 2, 4)])}
    assert list(summaries) == ["r3", "r2", "r4"]
    assert [(s.decision, s.answers, s.flags) for s in summaries.values()] == [
        ("conflict", 0, 0), ("drop", 2, 0), ("", 0, 1),
    ]  # fmt: skip
    assert store.counts().decisions == {"keep": 1, "fix": 1, "drop": 1, "conflict": 1}


def test_what_was_withdrawn_counts_as_never_said(store: ProjectFile):
    bring_in(store, "S", [row("r1")])
    decide(store, "d1", "r1", "keep")
    decide(store, "d2", "r1", None, "d1")
    store.append(entry("f"), [record("f1", RecordKind.FLAG, "flag", {"row": "r1"}, "f", scope="r1")])
    store.append(entry("g"), [record("f2", RecordKind.FLAG, "flag", None, "g", scope="r1", replaces=("f1",))])
    assert ids(store, decision="open") == ["r1"]
    assert ids(store, flagged=True) == []
    (summary,) = store.summaries([RowId("r1")])
    assert (summary.decision, summary.flags) == ("", 0)


def test_a_summary_is_no_longer_than_its_cells(store: ProjectFile):
    bring_in(store, "S", [row("r1", "word\n" * 100_000, long="x" * 5000, list=list(range(500)), short=["a"])])
    (summary,) = store.summaries([RowId("r1")])
    assert summary.first_words.startswith("word word word")
    assert len(summary.model_dump_json()) < 1000
    assert summary.reference["short"] == ["a"]


def test_reference_fields_come_most_frequent_first(store: ProjectFile):
    bring_in(store, "S", [row("r1", b=1, a=1), row("r2", a=1), row("r3", c=1)])
    assert store.reference_fields() == ["a", "b", "c"]


def test_the_default_listing_of_many_rows_is_quick(store: ProjectFile):
    bring_in(store, "S", [row(f"r{n:05}") for n in range(20_000)])
    began = time.perf_counter()
    assert len(ids(store)) == 20_000
    assert time.perf_counter() - began < 0.25  # 5 ms on an idle machine; this only catches a quadratic one


def test_references_are_those_of_the_rows_as_they_are_now(store: ProjectFile):
    torn = row("r3", torn=HALF_A_CHARACTER, amount=1.5, big=10**30, labels=["a", {"b": None}])
    bring_in(store, "S", [row("r1", answer="old"), row("r2"), torn])
    change_row(store, "E1", row("r1", answer="new"))
    wanted = [RowId("r3"), RowId("nobody"), RowId("r1"), RowId("r2")]
    assert list(store.references(wanted)) == [(each.id, each.reference) for each in store.rows(wanted)]
    assert dict(store.references(wanted))[RowId("r1")] == {"answer": "new"}


def test_every_state_in_which_a_row_was_brought_is_known(store: ProjectFile):
    states = [row("r1", "How much?"), row("r1", "How much exactly?"), row("r1", "How much?", year=2026)]
    for at, state in enumerate(states):
        bring_in(store, f"S{at}", [state, row(f"other {at}")])
    assert store.row_states(RowId("r1")) == states
    assert store.row_states(RowId("unknown")) == []
