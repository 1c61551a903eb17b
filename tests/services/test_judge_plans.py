"""The plan with which a judge is asked: what it is asked with is the judge's own, and the connection's address."""

from rubric_studio.domain.model_call import Parameters
from rubric_studio.services.judge_plans import judge_plan
from tests.services.judge_fake import CONNECTION, JUDGE, RUBRIC


def test_a_plan_asks_as_the_judge_does_over_the_connection() -> None:
    judge = JUDGE.model_copy(
        update={"number": 2, "api": "responses", "parameters": Parameters(temperature=0.5)}
    )
    plan = judge_plan("judging", judge, CONNECTION, RUBRIC)
    assert (plan.purpose, plan.title, plan.judge) == ("judging", "Careful (2)", judge)
    assert (plan.model, plan.api, plan.parameters) == ("small", "responses", Parameters(temperature=0.5))
    assert (plan.connection, plan.connection_name, plan.endpoint) == ("here", "Here", CONNECTION.endpoint)
    assert plan.rubric == RUBRIC.to_json()


def test_what_else_a_plan_says_is_handed_on() -> None:
    plan = judge_plan("drift", JUDGE, CONNECTION, RUBRIC, again="2026-06-01")
    assert (plan.purpose, plan.again) == ("drift", "2026-06-01")
