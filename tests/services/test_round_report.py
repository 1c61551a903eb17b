"""The report on rounds: two people in one closed round, one difference decided, nothing held out or something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.round import StopRule
from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.disputes import disputes
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.round_report import round_report
from rubric_studio.services.round_start import HoldOut, Pick, RoundStart
from rubric_studio.services.settling_disputes import Settle
from rubric_studio.store.project_file import ProjectFile, create_project
from rubric_studio.targets.agreement_page import agreement_page

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import GUIDE, fill
from .round_room import begin, expert, scores_all

ANNAS = {"r0": 0, "r1": 1, "r2": 2}
BRUNOS = {"r0": 0, "r1": 2, "r2": 2}
"""Which grade they give to each question's answers: they differ on r1."""
NOW = "2026-11-23T08:00:00.000Z"


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "report.rubric") as project:
        fill(project, author)
        yield project


@pytest.fixture
def begun(store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path) -> ProjectFile:
    """A round over all twelve answers that Anna and Bruno scored; one question of three is held out."""
    start = RoundStart(
        title="Round 1",
        pick=Pick(count=12),
        experts=(expert("Anna"), expert("Bruno")),
        hold_out=HoldOut(share=0.34),
        stop=StopRule(least=10),
    )
    round, _ = begin(store, author, start)
    for person, grades in ((ANNA, ANNAS), (BRUNO, BRUNOS)):
        take_in(
            store,
            scores_all(store, tmp_path, round, person, clock, grade=lambda task, of=grades: of[task.row]),
        )
    close_round(store, round, author)
    return store


def test_a_report_names_round_people_rule_and_what_may_be_quoted(begun: ProjectFile):
    report = round_report(begun, "Anna", NOW)
    assert report.basis == "rounds"
    assert report.final_reason == ""
    assert (report.final_answers, report.final_experts) == (4, 2)
    (round,) = report.rounds
    assert (round.title, round.answers, round.held_out) == ("Round 1", 12, 1)
    assert [(signer.name, signer.marks) for signer in round.signers] == [("Anna", 24), ("Bruno", 24)]
    assert (round.rule, round.least) == ("alpha_ordinal", 10)
    assert round.standing in ("not yet", "cannot be said")
    assert [point.title for point in report.points] == ["Sees it", "Invents"]
    assert all(point.n == 12 for point in report.points)


def test_a_decided_difference_stands_in_it_with_all_views(begun: ProjectFile, author: Author):
    found = disputes(begun, GUIDE)
    if not len(found):
        pytest.fail("the two must differ somewhere, or this test shows nothing")
    first = found.found[0]
    level = first.asked.levels[0]
    perform(
        begun,
        Settle(
            sample=first.sample.key,
            criterion=first.key,
            question=first.question,
            level=level.key,
            value=level.value,
            reason="The letter says so.",
            cause="fact",
        ),
        author,
    )
    (decision,) = round_report(begun, "Anna", NOW).decisions
    assert (decision.decided, decision.cause, decision.reason) == (level.key, "fact", "The letter says so.")
    assert [name for name, _, _ in decision.views] == ["Anna", "Bruno"]
    assert (
        "a fact is missing in the question: The letter says so."
        in agreement_page(round_report(begun, "Anna", NOW)).decode()
    )


def test_the_same_project_gives_the_same_page(begun: ProjectFile):
    assert agreement_page(round_report(begun, "A", NOW)) == agreement_page(round_report(begun, "A", NOW))
