"""Words and minutes of each expert, counted by hand; and what fits into four hours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.workload import minutes_for, usual_workloads
from rubric_studio.store.project_file import ProjectFile, create_project

from .round_room import FOUR, expert, propose

GUIDE = Rubric.model_validate(
    {
        "row_criteria": "case",
        "strata": [
            {
                "key": "case",
                "criteria": [
                    {
                        "key": "good",
                        "wording": "Sees the issue at once.",  # 5 words
                        "kind": {"type": "judged"},
                        "levels": [
                            {"key": "yes", "value": 1, "text": "names it"},  # 2
                            {"key": "no", "value": 0, "text": "does not"},  # 2
                        ],
                    }
                ],
            }
        ],
    }
)
ROW = Row(
    id=RowId("q"),
    prompt=user_prompt("One two three four"),  # 4
    reference={"reference": "five six", "file": "not read by anybody"},  # 2
    criteria=(RowCriterion(key="own", text="Cites the article", description="of the code"),),  # 6
)


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "work.rubric") as project:
        perform(project, SaveVersion(rubric=GUIDE, number=1), author)
        yield project


def bring(store: ProjectFile, row: Row, texts: list[str]) -> None:
    with store.writing() as writer:
        writer.source(Source(id=row.id, kind="mixed", name=row.id))
        writer.rows([row])
        writer.samples([Sample(row=row.id, model="m", run=at, text=text) for at, text in enumerate(texts)])


def test_words_and_marks_by_hand(store: ProjectFile, author: Author) -> None:
    bring(store, ROW, ["a b c", "d e"])
    proposal = propose(store, author, RoundStart(experts=FOUR[:1], pick=Pick(count=2)))
    work = proposal.workloads[0]
    # Row once: 4 + 2 + 6; the guide's point once: 5 + 2 + 2; answers: 3 + 2. Two points on two samples.
    assert (work.samples, work.repeats, work.rows, work.marks, work.words) == (2, 0, 1, 4, 26)
    assert work.minutes == pytest.approx(26 / 238 + 4 * 20 / 60)
    assert work.pace is None


def test_what_comes_again_is_read_again(store: ProjectFile, author: Author) -> None:
    bring(store, ROW, ["a b c", "d e"])
    plan = propose(store, author, RoundStart(experts=FOUR[:1], pick=Pick(count=2), repeats=2)).plan
    work = usual_workloads(store, GUIDE, plan)[0]
    # Row twice (12 each), both answers twice, the wording once: 24 + 10 + 9.
    assert (work.repeats, work.marks, work.words) == (2, 8, 43)


def test_who_scores_nothing_has_nothing_to_read(store: ProjectFile, author: Author) -> None:
    bring(store, ROW.model_copy(update={"reference": {"language": "de"}}), ["a b c"])
    two = (expert("Anna", "de"), expert("Bruno", "el"))
    start = RoundStart(experts=two, pick=Pick(count=1), language_field="language")
    work = propose(store, author, start).workloads[1]
    assert (work.samples, work.words, work.minutes) == (0, 0, 0)


def test_eleven_hours_are_too_long_and_it_says_how_many_would_fit(store: ProjectFile, author: Author) -> None:
    # An answer of 7,140 words takes 30 minutes, its two marks 40 seconds: 22 of them take 674 minutes and a bit
    # (the question and the wording: 21 words). In 240 minutes there is time for 240 / 674.8 * 22 = 7.8.
    bring(store, ROW, [f"{'word ' * 7139}{at}" for at in range(22)])
    proposal = propose(store, author, RoundStart(experts=FOUR[:2], pick=Pick(count=22)))
    facts = next(note.facts for note in proposal.notes if note.code == "too_long")
    assert facts == {
        "person": FOUR[0].person,
        "name": "Anna",
        "minutes": 675,
        "limit": 240,
        "samples": 22,
        "fits": 7,
        "round_fits": 7,
    }


def test_where_each_answer_goes_to_some_it_says_how_many_fit_for_one_and_in_the_round(
    store: ProjectFile, author: Author
) -> None:
    # As above, but 44 answers for two of four: 22 for each. The one who sits longest could do 7 in four hours,
    # and the round then has twice as many.
    bring(store, ROW, [f"{'word ' * 7139}{at}" for at in range(44)])
    proposal = propose(store, author, RoundStart(experts=FOUR, pick=Pick(count=44), overlap=2))
    facts = next(note.facts for note in proposal.notes if note.code == "too_long")
    assert (facts["samples"], facts["fits"], facts["round_fits"]) == (44, 7, 15)


def test_four_hours_are_not_too_long() -> None:
    assert minutes_for(238 * 60, 0) == 60
    assert minutes_for(0, 180) == 60
