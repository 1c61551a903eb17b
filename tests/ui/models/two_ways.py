"""The example with answers of a third model, asked for in two ways on its topic questions."""

import json

from rubric_studio.domain.model_call import ResponseSchema
from rubric_studio.domain.prompt import PromptTemplate, TemplateMessage
from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.services.edits import Author
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.ports import Store

PLAIN = PromptTemplate(
    name="Plain", messages=(TemplateMessage(role="developer", content="You sort acts."), TemplateMessage())
)
FORM = PromptTemplate(
    name="With a form",
    messages=(TemplateMessage(role="system", content="Answer in JSON."), TemplateMessage()),
    response=ResponseSchema(name="topics", json_schema={"type": "object"}),
)


def add_two_ways(store: Store, author: Author, rows: int = 16) -> None:
    """Two answers of each way on the topic questions: plain ones name one topic too few or are no JSON."""
    topics = [row for row in store.rows() if row.reference["task"] == "topics"][:rows]
    samples = [sample for at, row in enumerate(topics) for sample in _of_row(row, at)]
    plan = ImportPlan(ImportedFile(name="sampled", kind="samples"), (), tuple(samples))
    carry_out(store, plan, author)


def _of_row(row: Row, at: int) -> list[Sample]:
    right = list(row.reference["topics"])
    plain = ["I would say trade.", _answer(right[:1])] if at % 2 else [_answer(right[:1]), _answer(right)]
    formed = [_answer(right), _answer([*right, "industry"])]
    return [
        _sample(row, PLAIN, run, text, 40 + run, "length" if not run and at % 4 == 1 else "stop")
        for run, text in enumerate(plain)
    ] + [_sample(row, FORM, run, text, 90 + run) for run, text in enumerate(formed, 2)]


def _answer(topics: list[str]) -> str:
    return json.dumps({"topics": topics})


def _sample(row: Row, way: PromptTemplate, run: int, text: str, tokens: int, finish: str = "stop") -> Sample:
    facts = {
        "prompt": way.title,
        "prompt_hash": way.hash,
        "run": f"RUN-{way.name}",
        "finish": finish,
        "answered_as": "cedar-1-2026-10-01",
        "latency": 1.25,
        "prompt_tokens": 410,
        "answer_tokens": tokens,
        "reasoning_tokens": 12,
        "reasoning": "The act speaks of <b>duties</b>, so trade it is.",
    }
    return Sample(row=row.id, model="cedar-1", run=run, text=text, facts=facts)
