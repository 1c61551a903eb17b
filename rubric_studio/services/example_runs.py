"""The example's recorded runs: a model's answers and a judge's marks, as if they had been asked for. All made up.

Nothing is asked of anybody: the runs are planned like any other, and the answers that they would have brought are
written down, so that everything that looks at runs has something to look at without a network.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.model_call import Fault, FaultKind, Parameters, Reply, Usage
from rubric_studio.domain.price import Price
from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.domain.run import Call, CallOutcome, CallState, RunPlan, RunState
from rubric_studio.domain.sample import Sample
from rubric_studio.services.call_work import CallWork, Prepared, RunOrder, Settled
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.judges import saving_judge
from rubric_studio.services.judging import About, JudgingWork
from rubric_studio.services.ports import Store
from rubric_studio.services.prompts import SavePrompt
from rubric_studio.services.runs import start_run
from rubric_studio.services.sampling import SamplingWork

Line = Mapping[str, Any]

CONNECTION, CONNECTION_NAME = "example", "Made-up server (example)"
ENDPOINT = "https://models.example/v1"
ASKED_AT = "2026-11-02T09:15:00.000Z"
MARKED_AT = "2026-11-02T10:40:00.000Z"
LETTERS_A_TOKEN = 4
QUOTED = re.compile("“([^”]+)”")

JUDGE_MODEL = "Model Elm"
INSTRUCTIONS = "The Act is the law of Ardenia as printed in the question. Take no other law into account."
FAULTS = {"seconds": FaultKind.TIMEOUT}
"""What a word in the reason of a failed mark tells of its kind; any other is an answer that does not fit."""


def record_answers(store: Store, author: Author, lines: Sequence[Line]) -> None:
    """Write the example's answers down as one finished sampling run for each model."""
    perform(store, SavePrompt(template=AS_IT_STANDS), author)
    rows = tuple(store.row_ids(RowQuery()))
    for model in dict.fromkeys(line["model"] for line in lines):
        texts = {(line["row"], line["run"]): line["text"] for line in lines if line["model"] == model}
        plan = RunPlan(
            purpose="sampling",
            title=f"Answers of {model} (made up)",
            connection=CONNECTION,
            connection_name=CONNECTION_NAME,
            endpoint=ENDPOINT,
            model=model,
            prompt=AS_IT_STANDS,
            per_row=3,
            parameters=Parameters(temperature=1.0),
            price=_price(model),
        )
        _record_sampling(store, author, plan, rows, texts)


def record_marks(store: Store, author: Author, rubric: Rubric, name: str, lines: Sequence[Line]) -> None:
    """Write the judge's marks down as a finished run of a judge of that name; a few of its calls failed."""
    judge = JudgeConfig(
        name=name,
        connection=CONNECTION,
        model=JUDGE_MODEL,
        instructions=INSTRUCTIONS,
        parameters=Parameters(temperature=0.0),
    )
    perform(store, saving_judge(store, judge), author)
    marks = {(line["row"], line["model"], line["run"], line["criterion"]): line for line in lines}
    plan = RunPlan(
        purpose="judging",
        title=f"Marks of {name}",
        connection=CONNECTION,
        connection_name=CONNECTION_NAME,
        endpoint=ENDPOINT,
        model=judge.model,
        judge=judge,
        rubric=rubric.to_json(),
        parameters=judge.parameters,
        price=_price(judge.model),
    )
    marked = {key[:3] for key in marks}
    samples = tuple(info.id for info in store.sample_infos() if (info.row, info.model, info.run) in marked)
    run = start_run(store, RunOrder(plan, samples=samples), author)
    work = JudgingWork(RunOrder(plan))
    ended = [_marked(work, prepared, rubric, marks) for prepared in _prepared(store, run.id, work)]
    store.keep_outcomes(run.id, ended)
    store.set_run_state(run.id, RunState.DONE)


def _record_sampling(
    store: Store, author: Author, plan: RunPlan, rows: tuple[RowId, ...], texts: Mapping[tuple[str, int], str]
) -> None:
    run = start_run(store, RunOrder(plan, rows), author)
    work = SamplingWork(RunOrder(plan), run.id)
    ended: list[CallOutcome] = []
    for prepared in _prepared(store, run.id, work):
        reply = _reply(prepared, texts[(prepared.call.source, prepared.about)], ASKED_AT)
        settled = work.settle(prepared, reply, asked_before=False)
        assert isinstance(settled, Settled)
        ended.append(_done(prepared.call, reply, settled))
    store.keep_outcomes(run.id, ended)
    store.set_run_state(run.id, RunState.DONE)


def _price(model: str) -> Price:
    return Price(model=model, prompt=0.5, answer=2.0, as_of="2026-11-02", source="made up for the example")


def _prepared(store: Store, run: str, work: CallWork) -> Iterator[Prepared]:
    for prepared in work.prepared(store, store.calls(run)):
        assert isinstance(prepared, Prepared), prepared
        yield prepared


def _marked(
    work: JudgingWork,
    prepared: Prepared,
    rubric: Rubric,
    marks: Mapping[tuple[str, str, int, str], Line],
) -> CallOutcome:
    about: About = prepared.about
    ((alias, here),) = about.asked.items()
    criterion = rubric.criterion(here.asked.key)
    assert criterion is not None
    line = marks[(*about.sample.place, here.asked.key)]
    if line["value"] is None:
        kind = next((kind for word, kind in FAULTS.items() if word in line["reason"]), FaultKind.UNFIT)
        fault = Fault(kind=kind, message=line["reason"])
        verdicts = work.failed(prepared, fault).verdicts
        return CallOutcome(prepared.call, CallState.FAILED, fault, attempts=2, verdicts=verdicts)
    reply = _reply(prepared, _said(alias, criterion, line, about.sample), MARKED_AT)
    settled = work.settle(prepared, reply, asked_before=False)
    assert isinstance(settled, Settled), settled
    return _done(prepared.call, reply, settled)


def _said(alias: str, criterion: Criterion, line: Line, sample: Sample) -> str:
    """What the judge answers: the passages that its reason quotes, where they stand in the text, and its grade."""
    grades = {level.value: level.key for level in criterion.levels}
    grade = line["value"] if isinstance(line["value"], str) else grades[float(line["value"])]
    quotes = [quote for quote in QUOTED.findall(line["reason"]) if quote in sample.text]
    told = {alias: {"quotes": quotes, "reason": line["reason"], "grade": grade}}
    return json.dumps(told, ensure_ascii=False)


def _reply(prepared: Prepared, text: str, at: str) -> Reply:
    """An answer with made-up facts that follow from its text: the example is the same each time it is made."""
    chance = hashlib.sha256((prepared.call.key + text).encode()).digest()
    asked = sum(len(message.content) for message in prepared.request.messages)
    usage = Usage(prompt=asked // LETTERS_A_TOKEN, answer=1 + len(text) // LETTERS_A_TOKEN)
    return Reply(
        text=text,
        finish="stop",
        model=f"{prepared.request.model}, made up",
        request_id=f"made-up-{chance.hex()[:12]}",
        usage=usage,
        latency=round(0.4 + usage.answer / 60 + chance[0] / 256, 3),
        at=at,
    )


def _done(call: Call, reply: Reply, settled: Settled) -> CallOutcome:
    return CallOutcome(
        call,
        CallState.DONE,
        attempts=1,
        answers=((call.key, reply),),
        samples=settled.samples,
        verdicts=settled.verdicts,
        usage=reply.usage or Usage(),
        dropped_quotes=settled.dropped_quotes,
    )
