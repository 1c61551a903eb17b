"""Judging as a run: which calls it takes, what each asks, what its answers become, and what failures leave."""

import json

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import Fault, FaultKind, Parameters, Reply, Request
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import CallState, RunPlan
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import State, Verdict
from rubric_studio.services.asked import Questionnaire
from rubric_studio.services.call_work import Prepared, RunOrder
from rubric_studio.services.edits import Author, ChangeRow, KeepMarks, perform
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.judging import JudgingWork, read_subject
from rubric_studio.services.runs import start_run
from rubric_studio.store.project_file import ProjectFile
from tests.services.judge_fake import (
    JUDGE,
    RUBRIC,
    every_sample,
    first_grade,
    judged,
    judging_plan,
    marks_text,
    points_of,
)


def asked_keys(
    store: ProjectFile, plan: RunPlan, criteria: tuple[str, ...] = ()
) -> list[tuple[str, int, list[str]]]:
    """(row, repeat, criteria's keys) of each planned call."""
    rows = {sample.key: sample.row for _, sample in store.samples()}
    order = RunOrder(plan, samples=every_sample(store), criteria=criteria)
    found = [read_subject(call.subject) for call in JudgingWork(order).planned(store)]
    subjects = [subject for subject in found if subject is not None]
    assert len(subjects) == len(found)
    return [(rows[each.sample], each.repeat, [key for key, _ in each.questions]) for each in subjects]


def verdicts(store: ProjectFile) -> dict[tuple[int, str, int], Verdict]:
    return {(id, each.criterion, each.repeat): each for id, each in store.judge_verdicts()}


@pytest.mark.parametrize(
    ("mode", "groups"),
    [
        ("criterion", [["clear"], ["steps"], ["invents"]]),
        ("stratum", [["clear"], ["steps", "invents"]]),
        ("sample", [["clear", "steps", "invents"]]),
    ],
)
def test_one_call_marks_a_criterion_a_stratum_or_a_whole_sample(
    store: ProjectFile, mode: str, groups: list[list[str]]
):
    plan = judging_plan(JUDGE.model_copy(update={"mode": mode}))
    asked = asked_keys(store, plan)
    assert [keys for _, _, keys in asked[: len(groups)]] == groups
    assert len(asked) == 3 * len(groups)  # three samples; the check "json" is no judge's


def test_every_repeat_is_a_call_of_its_own(store: ProjectFile):
    plan = judging_plan(JUDGE.model_copy(update={"repeats": 3, "mode": "sample"}))
    assert [repeat for _, repeat, _ in asked_keys(store, plan)] == [0, 1, 2] * 3
    criterion = judging_plan(JUDGE.model_copy(update={"repeats": 2}))
    assert asked_keys(store, criterion)[:3] == [
        ("q1", 0, ["clear"]),
        ("q1", 1, ["clear"]),
        ("q1", 0, ["steps"]),
    ]
    planned = list(JudgingWork(RunOrder(plan, samples=every_sample(store))).planned(store))
    assert len({call.key for call in planned}) == 9


def test_only_the_criteria_ordered_are_asked(store: ProjectFile):
    assert [keys for _, _, keys in asked_keys(store, judging_plan(), ("steps", "json"))] == [["steps"]] * 3


def test_rows_own_criteria_are_asked_with_yes_and_no(store: ProjectFile, author: Author):
    own = (RowCriterion(key="a1", text="Names the act."), RowCriterion(key="a2", text="Lies.", weight=-1))
    row = Row(id=RowId("q3"), prompt=user_prompt("What?"), criteria=own)
    sample = Sample(row=RowId("q3"), model="alder", text="An act.")
    carry_out(store, ImportPlan(ImportedFile(name="more", kind="mixed"), (row,), (sample,)), author)
    plan = judging_plan(JUDGE.model_copy(update={"mode": "stratum"}))
    assert asked_keys(store, plan, ("row:a1", "row:a2")) == [("q3", 0, ["row:a1", "row:a2"])]
    _, servers = judged(store, author, first_grade, plan, criteria=("row:a1", "row:a2"))
    assert points_of(servers.asked[0]) == {"p1": ["yes", "no"], "p2": ["yes", "no"]}
    given = {each.criterion: (each.level, each.value) for _, each in store.judge_verdicts()}
    assert given == {"row:a1": ("yes", 1.0), "row:a2": ("yes", 1.0)}


def test_marks_are_kept_with_level_value_reason_evidence_and_the_answers_time(
    store: ProjectFile, author: Author
):
    def answering(request: Request) -> Reply:
        text = marks_text(request, grade=1, quotes=["no JSON", "not there"], reason="It is so.")
        return Reply(text=f"```json\n{text}\n```", finish="stop", at="2026-01-02T03:04:05.000Z")

    run, _ = judged(store, author, answering, criteria=("steps",))
    assert (run.done, run.failed, run.dropped_quotes) == (3, 0, 5)  # "no JSON" stands in one of three texts
    mark = verdicts(store)[3, "steps", 0]
    assert (mark.rater.kind, mark.rater.name) == ("judge", "Careful")
    assert (mark.state, mark.level, mark.value, mark.reason) == (State.SCORED, "partly", 0.5, "It is so.")
    assert [(span.start, span.end, span.quote) for span in mark.evidence] == [(0, 7, "no JSON")]
    assert mark.at == "2026-01-02T03:04:05.000Z"


def test_not_applicable_is_a_mark(store: ProjectFile, author: Author):
    def answering(request: Request) -> Reply:
        return Reply(text=marks_text(request, grade=-1))

    judged(store, author, answering, criteria=("clear",))
    assert {each.state for _, each in store.judge_verdicts()} == {State.NOT_APPLICABLE}


def test_an_answer_that_does_not_fit_is_asked_once_more(store: ProjectFile, author: Author):
    def answering(request: Request) -> Reply:
        return first_grade(request) if len(request.messages) > 2 else Reply(text="I like it.")

    run, servers = judged(store, author, answering, criteria=("steps",))
    assert (run.done, run.failed, len(servers.asked)) == (3, 0, 6)
    first, again = servers.asked[0], next(each for each in servers.asked if len(each.messages) == 4)
    assert [message.role for message in again.messages] == ["system", "user", "assistant", "user"]
    assert again.messages[2].content == "I like it."
    assert "it is not JSON" in again.messages[3].content
    assert first.messages[0] == again.messages[0]


def test_twice_unfit_is_unscored_with_the_reason_and_can_be_tried_again(store: ProjectFile, author: Author):
    run, servers = judged(store, author, lambda request: Reply(text="{}"), criteria=("steps",))
    assert (run.done, run.failed, len(servers.asked)) == (0, 3, 6)
    mark = verdicts(store)[1, "steps", 0]
    assert (mark.state, mark.value) == (State.UNSCORED, None)
    assert mark.reason == "The model's answer could not be used, twice: p1 is missing in the answer."
    fault = store.calls(run.id, (CallState.FAILED,))[0].fault
    assert fault is not None
    assert fault.kind is FaultKind.UNFIT
    judged(store, author, first_grade, criteria=("steps",))
    assert verdicts(store)[1, "steps", 0].level == "fully"


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(text="", refusal="I will not.", finish="stop"), 'it is a refusal ("I will not.")'),
        (Reply(text='{"p1": {"quo', finish="length"), "it was cut off at the most tokens allowed"),
        (Reply(text='{"p1": 1} {"p1": 2}'), "it is not JSON"),
        (Reply(text='```\n{"p1": 1}\n```\n```\n{}\n```'), "it holds 2 fenced blocks"),
    ],
)
def test_replies_that_are_no_answer_say_why(store: ProjectFile, author: Author, reply: Reply, words: str):
    judged(store, author, lambda request: reply, criteria=("steps",))
    assert verdicts(store)[1, "steps", 0].reason == f"The model's answer could not be used, twice: {words}."


def test_a_call_that_fails_leaves_unscored_marks_with_the_servers_words(store: ProjectFile, author: Author):
    fault = Fault(kind=FaultKind.BAD_REQUEST, message="The server does not know that parameter.")
    run, _ = judged(store, author, lambda request: fault, criteria=("steps",))
    assert run.failed == 3
    assert verdicts(store)[2, "steps", 0].reason == "The server does not know that parameter."


def test_what_is_marked_is_not_asked_again_but_by_another_version(store: ProjectFile, author: Author):
    judged(store, author, first_grade, criteria=("steps",))
    assert [keys for _, _, keys in asked_keys(store, judging_plan())] == [["clear"], ["invents"]] * 3
    assert not asked_keys(store, judging_plan(), ("steps",))
    other = judging_plan(JUDGE.model_copy(update={"number": 2, "instructions": "Be strict."}))
    assert len(asked_keys(store, other, ("steps",))) == 3
    assert len(asked_keys(store, judging_plan(again="2026-05-05"), ("steps",))) == 3


def test_a_new_wording_is_asked_again_unless_it_was_only_a_typo(store: ProjectFile, author: Author):
    judged(store, author, first_grade, criteria=("steps",))
    body = RUBRIC.to_json()
    body["strata"][1]["criteria"][1]["wording"] = "Each step is there."
    reworded = Rubric.model_validate(body)
    assert len(asked_keys(store, judging_plan(rubric=reworded), ("steps",))) == 3
    old, new = (
        next(asked for asked in Questionnaire(each).criteria() if asked.key == "steps").question.definition
        for each in (RUBRIC, reworded)
    )
    perform(store, KeepMarks(criterion="steps", old=old, new=new), author)
    assert not asked_keys(store, judging_plan(rubric=reworded), ("steps",))


def test_weights_titles_and_values_change_no_request(store: ProjectFile):
    body = RUBRIC.to_json()
    body["strata"][1]["weight"] = 9
    body["strata"][1]["criteria"][1] |= {"weight": 3, "title": "Steps"}
    body["strata"][1]["criteria"][1]["levels"][1]["value"] = 0.7
    order = RunOrder(judging_plan(), samples=every_sample(store))
    other = RunOrder(judging_plan(rubric=Rubric.model_validate(body)), samples=every_sample(store))
    keys = [[call.key for call in JudgingWork(each).planned(store)] for each in (order, other)]
    assert keys[0] == keys[1]


def test_only_what_the_criteria_read_is_shown(store: ProjectFile, author: Author):
    body = RUBRIC.to_json()
    body["strata"][1]["criteria"][1]["kind"] = {"type": "judged", "reads": ["labels"]}
    plan = judging_plan(rubric=Rubric.model_validate(body))
    _, servers = judged(store, author, first_grade, plan, criteria=("steps",))
    shown = servers.asked[0].messages[1].content
    assert 'labels:\n["tax", "trade"]' in shown
    assert "Which topics?" not in shown


def test_a_row_that_changed_since_planning_is_not_asked(store: ProjectFile, author: Author):
    run = start_run(store, RunOrder(judging_plan(), samples=every_sample(store)), author)
    row = next(store.rows([RowId("q1")]))
    perform(store, ChangeRow(row=row.model_copy(update={"prompt": user_prompt("Else?")})), author)
    made = JudgingWork(RunOrder(run.plan)).prepared(store, store.calls(run.id))
    faults = [each[1].kind for each in made if not isinstance(each, Prepared)]
    assert faults == [FaultKind.CHANGED] * 6  # two samples of q1, three criteria each
    assert sum(isinstance(each, Prepared) for each in made) == 3


def test_redacted_material_is_shown_and_quotes_are_found_in_the_original(store: ProjectFile, author: Author):
    text = "Ms Miller (miller@example.org) owes 12 %."
    sample = Sample(row=RowId("q1"), model="cedar", text=text)
    carry_out(store, ImportPlan(ImportedFile(name="more", kind="mixed"), (), (sample,)), author)
    plan = judging_plan(redaction=Redaction(identifiers=("email",), names=("Miller",)))

    def answering(request: Request) -> Reply:
        assert "iller" not in json.dumps([message.content for message in request.messages])
        return Reply(text=marks_text(request, quotes=["[name 1] ([e-mail 1]) owes"]))

    id = next(id for id, each in store.samples() if each.model == "cedar")
    judged(store, author, answering, plan, criteria=("steps",), samples=(id,))
    evidence = verdicts(store)[id, "steps", 0].evidence
    assert [span.quote for span in evidence] == ["Miller (miller@example.org) owes"]


def test_225_points_of_one_row_are_marked_in_one_call(store: ProjectFile, author: Author):
    own = tuple(RowCriterion(key=f"a{at}", text=f"Says {at}.") for at in range(225))
    row = Row(id=RowId("q9"), prompt=user_prompt("What?"), criteria=own)
    sample = Sample(row=RowId("q9"), model="alder", text="Everything.")
    carry_out(store, ImportPlan(ImportedFile(name="more", kind="mixed"), (row,), (sample,)), author)
    id = next(id for id, each in store.samples() if each.row == "q9")
    plan = judging_plan(JUDGE.model_copy(update={"mode": "sample"}))

    def answering(request: Request) -> Reply:
        assert request.response is not None
        mark = {"quotes": ["Everything"], "reason": "", "grade": "yes"}
        return Reply(text=json.dumps(dict.fromkeys(request.response.json_schema["required"], mark)))

    criteria = tuple(f"row:a{at}" for at in range(225))
    run, servers = judged(store, author, answering, plan, samples=(id,), criteria=criteria)
    assert (run.done, len(servers.asked), len(verdicts(store))) == (1, 1, 225)


def test_each_repeat_has_a_seed_of_its_own(store: ProjectFile, author: Author):
    judge = JUDGE.model_copy(update={"repeats": 2, "parameters": Parameters(seed=40)})
    _, servers = judged(store, author, first_grade, judging_plan(judge), criteria=("steps",))
    assert sorted(request.parameters.seed or 0 for request in servers.asked) == [40, 40, 40, 41, 41, 41]
