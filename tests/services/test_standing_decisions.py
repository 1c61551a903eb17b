"""What is decided on disputes, read again without the marks: the same as a whole reading finds."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.services.disputes import Dispute, disputes
from rubric_studio.services.edits import Author, DecideRows, KeepMarks, perform
from rubric_studio.services.settling_disputes import Reopen, Settle
from rubric_studio.services.standing_decisions import as_decided_now
from rubric_studio.services.versions import reworded
from rubric_studio.store.project_file import ProjectFile, create_project
from tests.services.conftest import ANNA, BRUNO
from tests.services.disputed_project import give, people
from tests.services.judged_project import GUIDE


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectFile]:
    project = create_project(tmp_path / "small.rubric")
    yield project
    project.close()


@pytest.fixture
def team(store: ProjectFile, author: Author) -> dict[PersonId, Author]:
    team = people(store, author)
    give(store, team[ANNA], {"good": [1, 1, 1, 1, 1, 1, 1, 1]})
    give(store, team[BRUNO], {"good": [0, 0.5, 1, 1, 0, 1, 1, 1]})
    return team


def settle(dispute: Dispute) -> Settle:
    return Settle(
        sample=dispute.sample.key, criterion="good", question=dispute.question, level="no", value=0.0
    )


def standing(found: Iterable[Dispute]) -> list[tuple[str, str | None, bool]]:
    """How each stands."""
    return [(each.subject, each.decision and each.decision.level, each.dropped) for each in found]


def test_what_was_decided_taken_back_and_dropped_is_found(store: ProjectFile, team: dict[PersonId, Author]):
    before = list(disputes(store, GUIDE))
    perform(store, settle(before[0]), team[ANNA])
    perform(store, DecideRows(rows=(before[1].row.id,), decision="drop", reason="old law"), team[ANNA])
    decided = as_decided_now(store, before)
    assert standing(decided) == standing(disputes(store, GUIDE))
    assert standing(decided) != standing(before)
    back = Reopen(sample=before[0].sample.key, question=before[0].question)
    perform(store, back, team[ANNA])
    perform(store, DecideRows(rows=(before[1].row.id,), decision=None), team[ANNA])
    assert standing(as_decided_now(store, decided)) == standing(before)


def test_a_decision_under_words_that_meant_the_same_stays(store: ProjectFile, team: dict[PersonId, Author]):
    (first, *_) = disputes(store, GUIDE)
    perform(store, settle(first), team[ANNA])
    typo = with_criterion(GUIDE, "good", wording="Sees it.")
    (change,) = reworded(GUIDE, typo)
    perform(store, KeepMarks(criterion="good", old=change.old, new=change.new), team[ANNA])
    found = list(disputes(store, typo))
    assert found[0].decision is not None
    assert found[0].decision.subject != found[0].subject
    assert as_decided_now(store, found) == found
