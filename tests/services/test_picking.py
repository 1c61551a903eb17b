"""Which samples a round takes: seeded, balanced, where judges and experts differ; and which are left out."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.candidates import candidates
from rubric_studio.services.edits import Author, DecideRows, perform
from rubric_studio.services.picking import Cell, balanced, pick_samples, score_bands
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.store.project_file import ProjectFile, create_project

from .conftest import ANNA, BRUNO
from .judged_project import EXPERT_GOOD, GUIDE, JUDGE_GOOD, answers, expert_says, fill, judge_says
from .round_room import FOUR, begin, marks_blind

PEOPLE = (ANNA, BRUNO)


@pytest.fixture
def store(tmp_path: Path, author: Author):
    with create_project(tmp_path / "picking.rubric") as project:
        fill(project, author)
        yield project


def picked(store: ProjectFile, pick: Pick, seed: int = 0, people=PEOPLE) -> tuple[SampleKey, ...]:
    found = candidates(store, GUIDE, people, again=pick.again)
    return pick_samples(store, GUIDE, pick, found.samples, seed).samples


def test_chance_is_the_seeds_alone_and_more_begins_like_less(store: ProjectFile) -> None:
    five = picked(store, Pick(count=5))
    assert five == picked(store, Pick(count=5))
    assert picked(store, Pick(count=8))[:5] == five
    assert picked(store, Pick(count=5), seed=1) != five
    assert len(picked(store, Pick(count=99))) == 12


def test_chance_does_not_ask_in_which_order_answers_came(store: ProjectFile, tmp_path: Path) -> None:
    with create_project(tmp_path / "other.rubric") as other:
        with other.writing() as writer:
            writer.source(Source(id="answers", kind="mixed", name="answers"))
            writer.rows([Row(id=RowId(f"r{at}"), prompt=user_prompt(f"Case {at}?")) for at in (2, 0, 1)])
            writer.samples(reversed(answers()))
        for how in ("random", "balanced"):
            pick = Pick(how=how, count=5, over=("model",))
            assert picked(other, pick) == picked(store, pick)


def test_models_come_equally_often(store: ProjectFile) -> None:
    keys = picked(store, Pick(how="balanced", count=6, over=("model",)))
    models = {info.key: info.model for info in store.sample_infos()}
    assert Counter(models[key] for key in keys) == {"alder": 3, "birch": 3}


def test_scores_of_all_bands_are_met(store: ProjectFile, author: Author) -> None:
    # Grades .. four answers each worth 1, 0.5 and 0: the edges of the quarters are 0, 0.5 and 1 (at 2.75, 5.5
    # and 8.25 of twelve), so the bands are {0}, {0.5}, {1}, and six samples balanced over them are two of each.
    expert_says(store, author, {"good": EXPERT_GOOD, "bad": (0,) * 12})
    keys = picked(store, Pick(how="balanced", count=6, over=("score",), rater="experts"))
    worth = dict(zip((sample.key for sample in answers()), EXPERT_GOOD, strict=True))
    assert Counter(worth[key] for key in keys) == {1: 2, 0.5: 2, 0: 2}


def test_without_any_score_it_says_so_and_balances_the_rest(store: ProjectFile) -> None:
    found = candidates(store, GUIDE, PEOPLE)
    result = pick_samples(store, GUIDE, Pick(how="balanced", count=4), found.samples, 0)
    assert result.lacks_scores
    assert len(result.samples) == 4


def test_labels_come_equally_often(tmp_path: Path, author: Author) -> None:
    # 30 rows on tax, 6 on trade, one answer each: ten at random would hardly meet trade; balanced it is 5 and 5.
    rows = [
        Row(
            id=RowId(f"q{at}"),
            prompt=user_prompt("?"),
            reference={"topic": "trade" if at % 6 == 0 else "tax"},
        )
        for at in range(36)
    ]
    with create_project(tmp_path / "labels.rubric") as store:
        fill(store, author)
        with store.writing() as writer:
            writer.source(Source(id="more", kind="mixed", name="more"))
            writer.rows(rows)
            writer.samples([Sample(row=row.id, model="alder", text=f"answer {row.id}") for row in rows])
        pick = Pick(how="balanced", count=10, over=("label",), label_field="topic")
        infos = [info for info in store.sample_infos() if info.row.startswith("q")]
        keys = pick_samples(store, GUIDE, pick, infos, 0).samples
        topics = {row.id: row.reference["topic"] for row in rows}
        where = {info.key: info.row for info in infos}
        assert Counter(topics[where[key]] for key in keys) == {"tax": 5, "trade": 5}


def test_the_worst_differences_come_first_and_nothing_else(store: ProjectFile, author: Author) -> None:
    # Judge and expert differ on answers 3 (1 and .5), 7 (.5 and 1) and 11 (0 and .5) by .5, and with "bad" on
    # answer 11 too: that one moves the total most.
    expert_says(store, author, {"good": EXPERT_GOOD, "bad": (0,) * 12})
    judge_says(store, {"good": JUDGE_GOOD, "bad": (*(0,) * 11, 1)})
    keys = [sample.key for sample in answers()]
    found = picked(store, Pick(how="differences", count=10))
    assert found[0] == keys[11]
    assert set(found) == {keys[3], keys[7], keys[11]}
    assert picked(store, Pick(how="differences", count=2)) == found[:2]


def test_where_nothing_is_marked_nothing_differs(store: ProjectFile) -> None:
    assert picked(store, Pick(how="differences")) == ()


def test_dropped_questions_are_left_out_and_counted(store: ProjectFile, author: Author) -> None:
    perform(store, DecideRows(rows=(RowId("r1"),), decision="drop"), author)
    found = candidates(store, GUIDE, PEOPLE)
    assert {info.row for info in found.samples} == {"r0", "r2"}
    assert (found.dropped, found.no_point, found.scored) == (4, 0, 0)


def test_questions_without_a_point_for_experts_are_left_out(store: ProjectFile) -> None:
    told = GUIDE.to_json()
    told["strata"][0]["when"] = {"field": "task", "in": ["topics"]}
    found = candidates(store, Rubric.model_validate(told), PEOPLE)
    assert (found.samples, found.no_point) == ((), 12)


def test_what_one_of_them_scored_whole_and_blind_is_left_out_unless_asked_for(
    store: ProjectFile, author: Author, bruno: Author
) -> None:
    round, plan = begin(store, author, RoundStart(experts=FOUR[:2], pick=Pick(count=4)))
    keys = plan.samples()
    marks_blind(store, author, round, keys[:2], ("good", "bad"))
    marks_blind(store, bruno, round, keys[2:3], ("good",))  # half of it
    found = candidates(store, GUIDE, PEOPLE)
    assert {sample.key for sample in answers()} - {info.key for info in found.samples} == set(keys[:2])
    assert found.scored == 2
    assert len(candidates(store, GUIDE, PEOPLE, again=True).samples) == 12
    assert len(candidates(store, GUIDE, (BRUNO,)).samples) == 12


def test_what_was_marked_with_open_eyes_comes_blind(store: ProjectFile, author: Author) -> None:
    expert_says(store, author, {"good": EXPERT_GOOD, "bad": (0,) * 12})
    assert len(candidates(store, GUIDE, PEOPLE).samples) == 12


def test_quarters_of_scores() -> None:
    # Quartiles of 1..8 with both ends counted: 2.75, 4.5, 6.25.
    scores = {SampleKey(str(at)): float(at) for at in range(1, 9)}
    assert list(score_bands(scores).values()) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert score_bands({SampleKey("a"): 0.5}) == {"a": 0}
    assert score_bands({}) == {}


cells = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=30)


@given(cells, st.integers(0, 30))
def test_no_value_is_taken_twice_more_than_another_of_which_there_is_still_some(
    given_cells: list[tuple[str, str]], count: int
) -> None:
    ordered: list[tuple[SampleKey, Cell]] = [
        (SampleKey(str(at)), ((one,),)) for at, (one, _) in enumerate(given_cells)
    ]
    chosen = set(balanced(ordered, count))
    assert len(chosen) == min(count, len(ordered))
    taken = Counter(cell[0][0] for key, cell in ordered if key in chosen)
    left = Counter(cell[0][0] for key, cell in ordered if key not in chosen)
    for value in left:
        assert all(taken[other] - taken[value] <= 1 for other in taken)
