"""The plan of a run in which a judge is asked, whatever for. Which answers and points it is asked on, others say."""

from typing import Any

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import Purpose, RunPlan


def judge_plan(
    purpose: Purpose, judge: JudgeConfig, connection: Connection, rubric: Rubric, **changes: Any
) -> RunPlan:
    """What a judge is asked with under a rubric, over a connection; `changes` are further fields of the plan."""
    return RunPlan(
        purpose=purpose,
        title=judge.rater,
        connection=connection.id,
        connection_name=connection.name,
        endpoint=connection.endpoint,
        model=judge.model,
        api=judge.api,
        parameters=judge.parameters,
        judge=judge,
        rubric=rubric.to_json(),
        **changes,
    )
