"""A wording proposed by a model: what is sent, what is taken, and that nothing is changed by itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.model_call import Request
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.run import RunSummary
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.disputes import disputes
from rubric_studio.services.edits import Author
from rubric_studio.services.estimating import estimate
from rubric_studio.services.runs import start_run
from rubric_studio.services.versions import draft
from rubric_studio.services.wording_proposals import proposed_wording, wording_order
from rubric_studio.store.project_file import ProjectFile, create_project
from tests.services.conftest import ANNA, BRUNO
from tests.services.disputed_project import give, people
from tests.services.fake_asking import HOME, FakeAsking, Told, said
from tests.services.judged_project import GUIDE
from tests.services.run_room import work_off

JUDGE = JudgeConfig(name="Judge", model="alder-2")
FITTING = {
    "why": "Sees is vague.",
    "wording": "Names the debt",
    "grades": {"g1": "by its name", "g2": "in passing", "g3": ""},
}


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    project = create_project(tmp_path / "small.rubric")
    team = people(project, author)
    give(project, team[ANNA], {"good": [1, 1]})
    give(project, team[BRUNO], {"good": [0, 0.5]})
    yield project
    project.close()


def an_order(store: ProjectFile) -> RunOrder:
    return wording_order(JUDGE, HOME, GUIDE, list(disputes(store, GUIDE)))


def run(store: ProjectFile, author: Author, *answers: object) -> tuple[RunSummary, FakeAsking]:
    """Ask, and let the model answer so, one after the other."""
    left = list(answers)

    def behavior(request: Request, choices: int) -> Told:
        told = left.pop(0)
        return [said(told if isinstance(told, str) else json.dumps(told))] * choices

    asking = FakeAsking(behavior)
    started = start_run(store, an_order(store), author)
    return work_off(store, started, asking), asking


def test_wording_grades_and_reasons_are_sent_without_names(store: ProjectFile, author: Author) -> None:
    _, asking = run(store, author, FITTING)
    ((request, _),) = asking.asked
    sent = "\n".join(message.content for message in request.messages)
    assert "Sees it" in sent
    assert "Expert 1: fully. an expert thinks 1" in sent  # her own name stood in her reason
    assert "Expert 2: no. an expert thinks 0" in sent
    assert "Anna" not in sent
    assert "Bruno" not in sent
    assert "xxxx" not in sent  # no answer's text
    assert request.response is not None
    assert request.response.strict


def test_a_fitting_answer_is_a_proposal_and_changes_nothing(store: ProjectFile, author: Author) -> None:
    before = draft(store)
    done, _ = run(store, author, FITTING)
    found = proposed_wording(store, done.id)
    assert found.words is not None
    assert (found.criterion, found.words.wording, found.words.why) == (
        "good",
        "Names the debt",
        "Sees is vague.",
    )
    assert found.words.levels == (("fully", "by its name"), ("partly", "in passing"), ("no", ""))
    assert draft(store) == before
    assert store.heads(RecordKind.CURE) == []


def test_an_answer_that_does_not_fit_is_asked_for_once_more(store: ProjectFile, author: Author) -> None:
    done, asking = run(store, author, {"wording": "Names it"}, FITTING)
    assert "does not fit: why, grades is missing in the answer" in asking.asked[1][0].messages[-1].content
    found = proposed_wording(store, done.id)
    assert found.words is not None


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("I would rather not.", "could not be used, twice"),
        ({**FITTING, "wording": " "}, "the wording is empty"),
        ({**FITTING, "wording": 7}, "the wording is not a text"),
        ({**FITTING, "wording": "x" * 9000}, "longer than 8000 letters"),
        ({**FITTING, "grades": {"g1": "a", "g2": "b"}}, "g3 is missing in the grades"),
        ({**FITTING, "grades": {"g1": "a", "g2": "b", "g3": "c", "g4": "d"}}, "more in the grades"),
        ({**FITTING, "more": "here"}, "more in the answer"),
        ([1, 2], "is not a JSON object"),
    ],
)
def test_a_bad_answer_is_said_and_never_applied(
    store: ProjectFile, author: Author, answer: object, told: str
) -> None:
    done, _ = run(store, author, answer, answer)
    found = proposed_wording(store, done.id)
    assert found.words is None
    assert told in found.trouble


def test_marks_that_changed_since_are_said(store: ProjectFile, author: Author) -> None:
    done, _ = run(store, author, FITTING)
    give(store, author, {"good": [0.5]})
    assert "have changed since" in proposed_wording(store, done.id).trouble


def test_what_is_left_out_is_left_out_of_reasons(store: ProjectFile, author: Author) -> None:
    order = an_order(store)
    plan = order.plan.model_copy(update={"redaction": Redaction(names=("thinks",))})
    (example,) = estimate(store, order._replace(plan=plan), HOME).examples
    assert "thinks" in example.plain[1].content
    assert "thinks" not in example.sent[1].content


def test_the_sheet_is_told_what_leaves_and_how_many_calls(store: ProjectFile) -> None:
    found = estimate(store, an_order(store), HOME)
    assert found.calls == 1
    assert found.leaving.parts == ("wording", "reasons")
