"""A judge without a network: servers that answer each request by a function, and what tests ask of them."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.model_call import Fault, Reply, Request, Usage
from rubric_studio.domain.model_traffic import Answered
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import RunPlan, RunSummary
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import Author
from rubric_studio.services.judge_plans import judge_plan
from rubric_studio.services.model_ports import ModelServers
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import start_run
from rubric_studio.store.project_file import ProjectFile

CONNECTION = Connection(id="here", name="Here", base_url="http://127.0.0.1:9/v1", key_place="none")
JUDGE = JudgeConfig(name="Careful", model="small")
RUBRIC = Rubric.model_validate(
    {
        "strata": [
            {"key": "form", "criteria": [{"key": "clear", "wording": "It is clear.", "allow_na": True}]},
            {
                "key": "law",
                "criteria": [
                    {"key": "json", "kind": {"type": "format", "schema": {"type": "object"}}},
                    {
                        "key": "steps",
                        "wording": "Every step is there.",
                        "levels": [
                            {"key": "fully", "value": 1, "text": "All."},
                            {"key": "partly", "value": 0.5, "text": "Some."},
                            {"key": "no", "value": 0, "text": "None."},
                        ],
                    },
                    {"key": "invents", "wording": "It makes up a law.", "weight": -0.5},
                ],
            },
        ]
    }
)

Answering = Callable[[Request], Reply | Fault]


class FakeServers:
    """Every request is answered at once by `answering`; `asked` holds what came."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self.asked: list[Request] = []
        self._ended: list[Answered] = []
        self.in_flight = 0
        self.waiting_for = ""

    @contextmanager
    def asking(self, connection: Connection) -> Iterator["FakeServers"]:
        yield self

    def ask(self, ticket: int, request: Request, choices: int = 1) -> None:
        self.asked.append(request)
        found = self._answering(request)
        is_fault = isinstance(found, Fault)
        replies = () if is_fault else (found,) * choices
        self._ended.append(Answered(ticket, replies, found if is_fault else None, 1, Usage(prompt=10)))

    def answered(self, wait: float) -> list[Answered]:
        ended, self._ended = self._ended, []
        return ended

    def hold(self, held: bool) -> None:
        pass


class Control:
    """Nobody pauses, nobody stops, nobody listens."""

    is_paused = is_stopped = False

    def tell(self, progress: object) -> None:
        pass


def judging_plan(judge: JudgeConfig = JUDGE, rubric: Rubric = RUBRIC, **changes: Any) -> RunPlan:
    return judge_plan("judging", judge, CONNECTION, rubric).model_copy(update=changes)


def every_sample(store: ProjectFile) -> tuple[int, ...]:
    return tuple(info.id for info in store.sample_infos())


def run_order(
    store: ProjectFile, author: Author, order: RunOrder, answering: Answering
) -> tuple[RunSummary, FakeServers]:
    servers = FakeServers(answering)
    run = start_run(store, order, author)
    return run_calls(store, run.id, cast(ModelServers, servers), CONNECTION, Control()), servers


def judged(
    store: ProjectFile, author: Author, answering: Answering, plan: RunPlan | None = None, **changes: Any
) -> tuple[RunSummary, FakeServers]:
    """Let the judge mark every sample."""
    order = RunOrder(plan or judging_plan(), samples=every_sample(store))
    return run_order(store, author, order._replace(**changes), answering)


def points_of(request: Request) -> dict[str, list[str]]:
    """The grades that may be given, by alias."""
    assert request.response is not None
    properties = request.response.json_schema["properties"]
    return {alias: form["properties"]["grade"]["enum"] for alias, form in properties.items()}


def marks_text(request: Request, grade: int = 0, quotes: Sequence[str] = (), reason: str = "Because.") -> str:
    """An answer that fits, with the grade of that place for every point."""
    return json.dumps(
        {
            alias: {"quotes": list(quotes), "reason": reason, "grade": grades[grade]}
            for alias, grades in points_of(request).items()
        }
    )


def first_grade(request: Request) -> Reply:
    """Answers every point with its first grade."""
    return Reply(text=marks_text(request), finish="stop", model="small-1", at="2026-01-01T00:00:00.000Z")
