import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import Parameters
from rubric_studio.domain.prompt import PromptTemplate, TemplateMessage
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.run import RunState
from rubric_studio.domain.sample import Sample
from rubric_studio.services.edits import Author
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.runs import cancel_run
from rubric_studio.store.project_file import ProjectFile
from tests.services.fake_asking import FakeAsking, echo, said
from tests.services.run_room import PLAN, ask_rows, start, texts, work_off


def test_only_the_draws_that_are_missing_are_planned(store: ProjectFile, author: Author):
    rows = ask_rows(store, author, 2)
    work_off(store, start(store, author, rows, per_row=3), FakeAsking(echo))
    more = start(store, author, rows, per_row=8)
    assert more.calls == 2 * 5
    work_off(store, more, FakeAsking(echo))
    assert [run for row, run, _ in texts(store) if row == "n0"] == list(range(8))
    with pytest.raises(StudioError, match="in the project already"):
        start(store, author, rows, per_row=8)


def test_draws_that_a_run_will_make_when_it_goes_on_are_not_planned_again(store: ProjectFile, author: Author):
    rows = ask_rows(store, author, 1)
    first = start(store, author, rows, per_row=2)
    assert start(store, author, rows, per_row=3).calls == 1
    cancel_run(store, first.id)
    third = start(store, author, rows, per_row=3)
    assert third.calls == 2
    assert [call.subject for call in store.calls(third.id)] == ["[0,3]", "[1,4]"]  # 0 to 2 are given away


@pytest.mark.parametrize(
    "other",
    [
        {"parameters": Parameters(temperature=0.5)},
        {"endpoint": "https://elsewhere.example/v1"},
        {"prompt": PromptTemplate(name="Kind", messages=(TemplateMessage(content="Please: {{ prompt }}"),))},
        {"again": "2026-11-22"},
    ],
)
def test_another_way_of_asking_makes_draws_of_its_own(store: ProjectFile, author: Author, other):
    rows = ask_rows(store, author, 1)
    work_off(store, start(store, author, rows, per_row=2), FakeAsking(echo))
    run = start(store, author, rows, per_row=2, **other)
    assert [call.subject for call in store.calls(run.id)] == ["[0,2]", "[1,3]"]


def test_run_numbers_begin_after_those_that_were_brought_in(store: ProjectFile, author: Author):
    rows = ask_rows(store, author, 1)
    brought = Sample(row=rows[0], model=PLAN.model, run=4, text="from elsewhere")
    carry_out(store, ImportPlan(ImportedFile(name="more", kind="samples"), (), (brought,)), author)
    work_off(store, start(store, author, rows), FakeAsking(echo))
    assert [run for _, run, _ in texts(store)] == [4, 5]


def test_a_question_without_text_is_named_before_anything_is_asked(store: ProjectFile, author: Author):
    rows = ask_rows(store, author, 1)
    mute = Row(id=RowId("mute"), prompt=())
    carry_out(store, ImportPlan(ImportedFile(name="more", kind="rows"), (mute,)), author)
    with pytest.raises(StudioError, match=r"1 of the questions: mute"):
        start(store, author, (*rows, mute.id))
    assert store.runs() == []


def test_a_sample_tells_where_it_came_from(store: ProjectFile, author: Author):
    reply = said(
        "42", reasoning="six times seven", request_id="req-1", latency=1.23456, model="alder-2026",
        usage={"prompt": 7, "answer": 9, "reasoning": 4},
    )  # fmt: skip
    run = work_off(store, start(store, author, ask_rows(store, author, 1)), FakeAsking(lambda *_: [reply]))
    (facts,) = [sample.facts for _, sample in store.samples() if sample.model == PLAN.model]
    assert PLAN.prompt is not None
    assert facts == {
        "prompt": "The question as it stands 1",
        "prompt_hash": PLAN.prompt.hash,
        "run": run.id,
        "finish": "stop",
        "answered_as": "alder-2026",
        "request_id": "req-1",
        "latency": 1.235,
        "prompt_tokens": 7,
        "answer_tokens": 9,
        "reasoning_tokens": 4,
        "reasoning": "six times seven",
    }


def test_what_is_redacted_does_not_leave(store: ProjectFile, author: Author):
    row = Row(
        id=RowId("r"), prompt=user_prompt("Ask anna@example.org, says Meier."), reference={"secret": "4711"}
    )
    carry_out(store, ImportPlan(ImportedFile(name="one", kind="rows"), (row,)), author)
    prompt = PromptTemplate(
        name="Both", messages=(TemplateMessage(content="{{ prompt }} Known: {{ item.secret }}"),)
    )
    redaction = Redaction(fields=("secret",), identifiers=("email",), names=("Meier",))
    asking = FakeAsking(echo)
    run = work_off(store, start(store, author, (row.id,), prompt=prompt, redaction=redaction), asking)
    ((request, _),) = asking.asked
    assert request.messages[0].content == "Ask [e-mail 1], says [name 1]. Known: "
    assert run.state is RunState.DONE
