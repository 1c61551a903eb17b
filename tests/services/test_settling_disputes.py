"""Ends of disputes: what counts afterwards, what stays open, and the way back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.verdict import State
from rubric_studio.services.disputes import Dispute, disputes
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.history import undo
from rubric_studio.services.mark import Mark
from rubric_studio.services.marks import EXPERTS, rater_choice
from rubric_studio.services.scores import marked_row
from rubric_studio.services.settling_disputes import LeaveOpen, Opinion, Reopen, Settle
from rubric_studio.services.told_afterwards import decided_on
from rubric_studio.services.versions import draft
from rubric_studio.store.project_file import ProjectFile, create_project
from tests.services.conftest import ANNA, BRUNO
from tests.services.disputed_project import CARA, give, people
from tests.services.judged_project import GUIDE


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    """Anna says fully and Bruno no, of the first answer."""
    project = create_project(tmp_path / "small.rubric")
    team = people(project, author)
    give(project, team[ANNA], {"good": [1]})
    give(project, team[BRUNO], {"good": [0]})
    yield project
    project.close()


def the_dispute(store: ProjectFile) -> Dispute:
    (found,) = disputes(store, GUIDE)
    return found


def place(dispute: Dispute) -> dict[str, Any]:
    return {"sample": dispute.sample.key, "criterion": dispute.key, "question": dispute.question}


def counts(store: ProjectFile) -> Mark:
    """What counts for the criterion on the first answer by the experts."""
    dispute = the_dispute(store)
    row: Row = next(iter(store.rows([dispute.row.id])))
    marked = marked_row(store, GUIDE, row, rater_choice(store, EXPERTS))
    at = next(at for at, (id, _) in enumerate(marked.samples) if id == dispute.sample.id)
    return marked.marks[at]["good"]


def test_what_was_settled_counts_instead_of_the_mean(store: ProjectFile, author: Author) -> None:
    assert counts(store).value == 0.5  # the mean of 1 and 0
    edit = Settle(**place(the_dispute(store)), level="fully", value=1.0, reason="it does", cause="slip")
    perform(store, edit, author)
    assert (counts(store).value, counts(store).reason) == (1.0, "it does")
    decision = the_dispute(store).decision
    assert decision is not None
    assert (decision.level, decision.cause, decision.person, decision.is_open) == (
        "fully",
        "slip",
        ANNA,
        False,
    )


def test_an_open_question_keeps_both_views_and_the_mean_stands(store: ProjectFile, author: Author) -> None:
    dispute = the_dispute(store)
    views = tuple(
        Opinion(
            person=PersonId(each.rater),
            state=each.verdict.state,
            level=each.verdict.level,
            reason=each.verdict.reason,
        )
        for each in dispute.said
    )
    perform(store, LeaveOpen(**place(dispute), opinions=views, reason="courts differ"), author)
    assert counts(store).value == 0.5
    decision = the_dispute(store).decision
    assert decision is not None
    assert (decision.is_open, decision.cause, decision.state) == (True, "law", State.UNSCORED)
    assert [(each.person, each.level) for each in decision.opinions] == [(ANNA, "fully"), (BRUNO, "no")]
    assert not the_dispute(store).is_decided


def test_not_applicable_is_allowed_in_the_same_step(store: ProjectFile, author: Author) -> None:
    """A guide that does not allow it would leave the answer without a score."""
    edit = Settle(**place(the_dispute(store)), cause="law", draft=draft(store))
    perform(store, edit, author)
    criterion = draft(store).criterion("good")
    assert criterion is not None
    assert criterion.allow_na
    assert counts(store).state is State.NOT_APPLICABLE
    undo(store, author)
    criterion = draft(store).criterion("good")
    assert criterion is not None
    assert not criterion.allow_na
    assert the_dispute(store).decision is None


def test_what_was_decided_can_be_reopened_and_undone(store: ProjectFile, author: Author) -> None:
    dispute = the_dispute(store)
    perform(store, Settle(**place(dispute), level="no", value=0.0), author)
    perform(store, Reopen(sample=dispute.sample.key, question=dispute.question), author)
    assert the_dispute(store).decision is None
    assert counts(store).value == 0.5
    undo(store, author)
    decision = the_dispute(store).decision
    assert decision is not None
    assert decision.level == "no"


def test_a_grade_without_its_value_is_refused(store: ProjectFile) -> None:
    with pytest.raises(ValueError, match="what it is worth"):
        Settle(**place(the_dispute(store)), level="no")


def test_whoever_marked_is_told_what_was_decided_and_why(store: ProjectFile, author: Author) -> None:
    perform(store, Settle(**place(the_dispute(store)), level="no", value=0.0, reason="too short"), author)
    (told,) = decided_on(store, BRUNO)
    assert (told.decided, told.cause, told.reason, told.by) == ("no", "wording", "too short", "Anna")
    assert decided_on(store, CARA) == []


def test_a_settlement_keeps_to_its_words(store: ProjectFile, author: Author) -> None:
    perform(store, Settle(**place(the_dispute(store)), level="no", value=0.0), author)
    (head,) = store.heads(RecordKind.SETTLEMENT)
    assert head.subject == the_dispute(store).subject
    assert head.scope == the_dispute(store).sample.key
