"""What is refused before a round starts, and what the lead is told."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RecordId, RowId, SampleKey
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.round_start import HoldOut, Pick, RoundProposal, RoundStart
from rubric_studio.store.project_file import ProjectFile, create_project

from .judged_project import answers, fill
from .round_room import FOUR, expert, propose

START = RoundStart(experts=FOUR[:2], pick=Pick(count=6))


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "proposal.rubric") as project:
        fill(project, author)
        yield project


def changed(**fields: object) -> RoundStart:
    return START.model_copy(update=fields)


def codes(proposal: RoundProposal) -> dict[str, dict[str, object]]:
    return {note.code: note.facts for note in proposal.notes}


def with_languages(store: ProjectFile) -> None:
    """Six rows in German, four in French, one without a word of it; an answer each."""
    tongues = ["de"] * 6 + ["FR"] * 4 + [""]
    rows = [
        Row(id=RowId(f"q{at}"), prompt=user_prompt("?"), reference={"language": tongue} if tongue else {})
        for at, tongue in enumerate(tongues)
    ]
    with store.writing() as writer:
        writer.source(Source(id="tongues", kind="mixed", name="tongues"))
        writer.rows(rows)
        writer.samples([Sample(row=row.id, model="alder", text=row.id) for row in rows])


def test_without_a_saved_version_there_is_no_round(tmp_path: Path, author: Author) -> None:
    with (
        create_project(tmp_path / "empty.rubric") as empty,
        pytest.raises(StudioError, match="saved version"),
    ):
        propose(empty, author, START)


def test_a_version_that_is_not_here_is_refused(store: ProjectFile, author: Author) -> None:
    with pytest.raises(StudioError, match="version is gone"):
        propose(store, author, changed(version=RecordId("01GONE")))


def test_a_guide_that_the_program_marks_alone_is_refused(store: ProjectFile, author: Author) -> None:
    kind = {"type": "format", "schema": {"type": "object"}}
    told = {"row_criteria": None, "strata": [{"key": "form", "criteria": [{"key": "json", "kind": kind}]}]}
    perform(store, SaveVersion(rubric=Rubric.model_validate(told), number=2), author)
    with pytest.raises(StudioError, match="Nothing for experts"):
        propose(store, author, START)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"experts": ()}, "Nobody scores"),
        ({"experts": (FOUR[0], FOUR[1], FOUR[0])}, "Anna stands twice"),
        ({"overlap": 3}, "scored by 3 experts, and there are 2"),
        ({"pick": Pick(how="chosen", samples=(SampleKey("f" * 32), answers()[0].key))}, "1 of the 2 answers"),
        ({"pick": Pick(how="differences")}, "Nothing differs"),
        ({"pick": Pick(how="chosen")}, "No answers"),
    ],
)
def test_refused(store: ProjectFile, author: Author, fields: dict[str, object], words: str) -> None:
    with pytest.raises(StudioError, match=words):
        propose(store, author, changed(**fields))


def test_two_of_one_name_are_two(store: ProjectFile, author: Author) -> None:
    two = (expert("Anna"), expert("Other").model_copy(update={"name": "Anna"}))
    assert len(propose(store, author, changed(experts=two)).plan.assigned) == 2


def test_one_expert_may_score_and_is_told_that_nobody_can_agree(store: ProjectFile, author: Author) -> None:
    assert "one_expert" in codes(propose(store, author, changed(experts=FOUR[:1])))
    assert "one_expert" in codes(propose(store, author, changed(overlap=1)))
    assert "one_expert" not in codes(propose(store, author, START))


def test_the_lead_scores_where_she_is_among_the_experts(store: ProjectFile, author: Author) -> None:
    assert propose(store, author, START).lead_scores
    assert not propose(store, author, changed(experts=FOUR[1:])).lead_scores


def test_proposing_writes_nothing_and_says_the_same_twice(store: ProjectFile, author: Author) -> None:
    before = len(store.edits())
    one, two = propose(store, author, START), propose(store, author, START)
    assert len(store.edits()) == before
    assert one.plan.model_copy(update={"secret": two.plan.secret}) == two.plan
    assert (one.workloads, one.notes) == (two.workloads, two.notes)


def test_fewer_than_asked_for_is_told(store: ProjectFile, author: Author) -> None:
    proposal = propose(store, author, changed(pick=Pick(count=40)))
    assert codes(proposal)["fewer_samples"] == {"wanted": 40, "found": 12}


def test_each_scores_what_she_reads_and_what_nobody_reads_is_left_out(
    store: ProjectFile, author: Author
) -> None:
    with_languages(store)
    keys = {info.key: info.row for info in store.sample_infos() if info.row.startswith("q")}
    start = changed(
        experts=(expert("Anna", "de"), expert("Bruno", "DE", "el")),
        language_field="language",
        pick=Pick(how="chosen", samples=tuple(keys)),
        hold_out=HoldOut(share=0.5),
    )
    proposal = propose(store, author, start)
    # Six German ones and the one that tells no language.
    assert [len(own) for own in proposal.plan.assigned.values()] == [7, 7]
    told = codes(proposal)["unreadable"]
    rows = told["rows"]
    assert isinstance(rows, list)
    assert (told["samples"], told["languages"], len(set(rows))) == (4, ["fr"], 4)
    # Only rows that somebody scores are held out or tuned on.
    assert {*proposal.plan.held_out, *proposal.plan.tuned} == {keys[key] for key in proposal.plan.samples()}


def test_fewer_readers_than_wanted_and_uneven_loads_are_told(store: ProjectFile, author: Author) -> None:
    with_languages(store)
    keys = [info.key for info in store.sample_infos() if info.row.startswith("q")]
    start = changed(
        experts=(expert("Anna", "de"), expert("Bruno", "de"), expert("Clara", "fr")),
        language_field="language",
        pick=Pick(how="chosen", samples=tuple(keys)),
        overlap=2,
    )
    proposal = propose(store, author, start)
    told = codes(proposal)
    assert told["fewer_readers"] == {"samples": 4, "wanted": 2}
    # Six German ones for Anna and Bruno both, four French for Clara, and of the one without a language Clara's
    # share evens things out: 7, 6, 5.
    loads = [len(own) for own in proposal.plan.assigned.values()]
    assert sorted(loads) == [5, 6, 7]
    assert told["uneven"] == {"least": 5, "most": 7}


def test_nobody_reading_anything_is_refused(store: ProjectFile, author: Author) -> None:
    with_languages(store)
    keys = [info.key for info in store.sample_infos() if info.row == "q0"]
    start = changed(
        experts=(expert("Nikos", "el"),),
        language_field="language",
        pick=Pick(how="chosen", samples=tuple(keys)),
    )
    with pytest.raises(StudioError, match="Nobody reads"):
        propose(store, author, start)


def test_repeats_are_each_experts_own(store: ProjectFile, author: Author) -> None:
    proposal = propose(store, author, changed(overlap=1, repeats=2))
    plan = proposal.plan
    for person, again in plan.repeats.items():
        assert len(again) == 2
        assert set(again) <= set(plan.assigned[person])
    assert "fewer_repeats" not in codes(proposal)
    told = codes(propose(store, author, changed(overlap=1, repeats=9)))
    assert told["fewer_repeats"] == {"wanted": 9, "experts": {"Anna": 3, "Bruno": 3}}


def test_whether_anything_is_held_out_is_told(store: ProjectFile, author: Author) -> None:
    assert "nothing_held_out" in codes(propose(store, author, START))
    assert "all_held_out" in codes(propose(store, author, changed(hold_out=HoldOut(share=1))))
    some = codes(propose(store, author, changed(hold_out=HoldOut(share=0.34), pick=Pick(count=12))))
    assert "nothing_held_out" not in some
    assert "all_held_out" not in some


def test_a_rerating_round_takes_just_what_it_is_given(store: ProjectFile, author: Author) -> None:
    keys = tuple(sample.key for sample in answers()[3:6])
    start = changed(pick=Pick(how="chosen", samples=keys), cures=(RecordId("01CURE"),))
    plan = propose(store, author, start).plan
    assert (plan.samples(), plan.cures, plan.picked) == (keys, ("01CURE",), "chosen")


def test_each_answer_goes_to_as_many_as_the_overlap_says(store: ProjectFile, author: Author) -> None:
    plan = propose(store, author, changed(experts=FOUR, overlap=2, pick=Pick(count=12))).plan
    times = Counter(key for own in plan.assigned.values() for key in own)
    assert set(times.values()) == {2}
    assert [len(own) for own in plan.assigned.values()] == [6, 6, 6, 6]
