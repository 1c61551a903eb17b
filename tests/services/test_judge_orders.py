"""Which answers and points a judge is asked about."""

import pytest

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.judge import JudgeConfig, JudgeMode
from rubric_studio.services.edits import Author
from rubric_studio.services.judge_orders import (
    AnswersWanted,
    calls_for_one_answer,
    judge_order,
    preview,
    wanted_samples,
)
from rubric_studio.store.project_file import ProjectFile
from tests.services.judged_project import EXPERT_GOOD, GUIDE, JUDGE, JUDGE_GOOD, expert_says, fill, judge_says

CONNECTION = Connection(id="one", name="Our server", base_url="http://LOCALHOST:1/v1", api="responses")


@pytest.fixture
def answered(store: ProjectFile, author: Author) -> ProjectFile:
    fill(store, author)
    return store


def config(mode: JudgeMode = "criterion") -> JudgeConfig:
    return JudgeConfig(name=JUDGE, connection="one", model="m", mode=mode)


def test_all_answers_are_meant_in_the_stores_order(answered: ProjectFile) -> None:
    every = tuple(info.id for info in answered.sample_infos())
    assert wanted_samples(answered, AnswersWanted(), JUDGE) == every


def test_those_that_experts_marked(answered: ProjectFile, author: Author) -> None:
    expert_says(answered, author, {"good": (EXPERT_GOOD[0], *[None] * 10, EXPERT_GOOD[11])})
    found = wanted_samples(answered, AnswersWanted(of="experts"), JUDGE)
    rows = {info.id: info.row for info in answered.sample_infos()}
    assert [rows[id] for id in found] == ["r0", "r2"]


def test_answers_to_questions_in_which_words_are_found(answered: ProjectFile) -> None:
    found = wanted_samples(answered, AnswersWanted(of="found", search="Case 1"), JUDGE)
    rows = {info.id: info.row for info in answered.sample_infos()}
    assert {rows[id] for id in found} == {"r1"}
    assert len(found) == 4


def test_a_draw_is_of_answers_without_its_marks_and_the_same_for_one_seed(answered: ProjectFile) -> None:
    judge_says(answered, {"good": (*JUDGE_GOOD[:6], *[None] * 6)})
    marked = {id for id, _ in answered.judge_verdicts()}
    drawn = wanted_samples(answered, AnswersWanted(of="drawn", number=4, draw=7), JUDGE)
    assert len(drawn) == 4
    assert marked.isdisjoint(drawn)
    assert drawn == wanted_samples(answered, AnswersWanted(of="drawn", number=4, draw=7), JUDGE)
    # Of twelve and the three that every small project has, nine are left: more cannot be drawn.
    assert len(wanted_samples(answered, AnswersWanted(of="drawn", number=400), JUDGE)) == 9


def test_the_order_says_who_asks_what_where() -> None:
    order = judge_order(config(), CONNECTION, GUIDE, [1, 2], ["good"])
    plan = order.plan
    assert (plan.purpose, plan.title, plan.connection, plan.endpoint) == (
        "judging", JUDGE, "one", CONNECTION.endpoint
    )  # fmt: skip
    assert plan.rubric == GUIDE.to_json()
    assert (order.samples, order.criteria) == ((1, 2), ("good",))


def test_calls_for_one_answer_by_mode() -> None:
    # Two judged points in one part.
    assert calls_for_one_answer(GUIDE) == {"criterion": 2, "stratum": 1, "sample": 1}


@pytest.mark.parametrize(("mode", "points"), [("criterion", 1), ("stratum", 2), ("sample", 2)])
def test_a_preview_is_the_first_request_of_a_real_answer(
    answered: ProjectFile, mode: JudgeMode, points: int
) -> None:
    found = preview(answered, GUIDE, config(mode))
    assert found is not None
    assert found.points == points
    assert found.sample.text in found.request.messages[-1].content


def test_without_answers_there_is_no_preview(store: ProjectFile) -> None:
    assert preview(store, GUIDE.model_copy(update={"strata": ()}), config()) is None
