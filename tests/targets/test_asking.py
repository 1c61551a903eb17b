"""The way of asking in a bundle: in every row's messages, as the form of the answers, and told by its hash."""

import json
from pathlib import Path
from typing import Any

from rubric_studio.domain.bundle import BundleContent
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.model_call import Parameters, ResponseSchema
from rubric_studio.domain.prompt import AS_IT_STANDS, PromptTemplate, TemplateMessage
from rubric_studio.domain.rubric import Criterion
from rubric_studio.grader.plan import without
from rubric_studio.targets.asking import answer_form, ending_objections, form_to_show
from rubric_studio.targets.bundle import bundle_files, write_bundle
from rubric_studio.targets.openai import OpenaiTarget
from rubric_studio.targets.openai_judge import score_model
from rubric_studio.targets.pages import rubric_page
from rubric_studio.targets.verify import verify_bundle
from tests.targets.contents import REASONING, checks_rubric, content, judged_rubric
from tests.targets.test_bundle import FILES, verified

SCHEMA = {
    "type": "object",
    "properties": {"why": {"type": "string"}, "labels": {"type": "array", "items": {"type": "string"}}},
    "required": ["why", "labels"],
    "additionalProperties": False,
}
BRIEF = PromptTemplate(
    name="Brief",
    number=2,
    messages=(
        TemplateMessage(role="system", content="Task: {{ item.task }}."),
        TemplateMessage(role="user", content="{{ prompt }}"),
    ),
    response=ResponseSchema(name="topics", json_schema=SCHEMA),
)
ENDING = PromptTemplate(
    name="Begun", messages=(TemplateMessage(), TemplateMessage(role="assistant", content="{"))
)


def asked(prompt: PromptTemplate | None = BRIEF, **changes: Any) -> BundleContent:
    return content().model_copy(update={"prompt": prompt} | changes)


def lines(files: dict[str, bytes], path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files[path].decode().split("\n") if line]


def test_without_a_way_of_asking_nothing_is_told_of_one() -> None:
    files = bundle_files(content())
    assert set(files) == FILES
    assert "messages" not in lines(files, "rows/train.jsonl")[0]
    assert "prompt" not in json.loads(files["manifest.json"])
    assert b"way of asking" not in files["README.md"] + files["openai/NOTICE.md"] + files["rubric.html"]


def test_every_row_file_has_the_messages_that_sampled_models_got() -> None:
    files = bundle_files(asked())
    expected = [
        {"role": "system", "content": "Task: topics."},
        {"role": "user", "content": "Question of t1: which topics?"},
    ]
    for path, name in (("trl", "prompt"), ("openai", "messages"), ("rows", "messages")):
        assert lines(files, f"{path}/train.jsonl")[0][name] == expected, path
    assert lines(files, "rows/train.jsonl")[0]["prompt"] == expected[1:]


def test_a_model_that_marks_is_shown_the_question_and_not_what_was_wrapped_around_it() -> None:
    made = content(judged_rubric(), "openai", judge_model="j").model_copy(update={"prompt": BRIEF})
    assert (
        lines(bundle_files(made), "openai/train.jsonl")[0]["prompt_text"] == "Question of t1: which topics?"
    )


def test_it_is_told_with_its_hash_in_a_file_of_its_own_and_in_the_manifest() -> None:
    files = bundle_files(asked())
    told = json.loads(files["prompt.json"])
    assert (told["title"], told["hash"]) == ("Brief 2", BRIEF.hash)
    assert PromptTemplate.model_validate(told["template"]).hash == BRIEF.hash
    assert json.loads(files["manifest.json"])["prompt"] == BRIEF.hash
    assert b'"Brief 2"' in files["README.md"]
    assert b"Brief 2" in files["rubric.html"]


def test_the_order_of_a_forms_fields_survives_for_models_write_in_that_order() -> None:
    files = bundle_files(asked())
    for path in ("prompt.json", "schema.json", "openai/response_format.json", "openai/job.json"):
        held = files[path].decode()
        assert held.index('"why"') < held.index('"labels"'), path


def test_its_response_schema_is_the_form_of_the_answers() -> None:
    files = bundle_files(asked())
    chat_shape = {
        "type": "json_schema",
        "json_schema": {"name": "topics", "strict": True, "schema": SCHEMA},
    }
    assert json.loads(files["openai/response_format.json"]) == chat_shape
    job = json.loads(files["openai/job.json"])
    assert job["method"]["reinforcement"]["response_format"] == chat_shape
    assert json.loads(files["schema.json"]) == SCHEMA
    assert "response format" in files["trl/README.md"].decode()


def test_where_it_holds_answers_to_no_form_training_does_not_either() -> None:
    free = asked(AS_IT_STANDS)
    assert answer_form(content()) is not None
    assert answer_form(free) is None
    assert form_to_show(free) == form_to_show(content())  # the rubric still says what earns the points
    assert (
        "response_format" not in json.loads(bundle_files(free)["openai/job.json"])["method"]["reinforcement"]
    )


def test_messages_that_do_not_end_with_the_users_are_an_objection() -> None:
    said = OpenaiTarget().objections(asked(ENDING))
    assert [(each.criterion, each.can_leave_out) for each in said] == [("", False)]
    assert "for 3 questions" in said[0].message
    assert ending_objections(asked()) == ()


def test_a_system_message_is_said_to_be_nothing_for_azure() -> None:
    assert "Not for Azure as it is" in bundle_files(asked())["openai/NOTICE.md"].decode()
    assert "Not for Azure as it is" not in bundle_files(asked(AS_IT_STANDS))["openai/NOTICE.md"].decode()


def test_a_bundle_with_a_way_of_asking_proves_itself(tmp_path: Path) -> None:
    folder = tmp_path / "asked"
    write_bundle(asked(), folder)
    code, report = verified(folder)
    assert (code, report["rescored"]) == (0, 18)
    found = verify_bundle(folder)
    assert (found.whole, found.rescored, found.note) == (True, 18, "")


def judge(**changes: Any) -> JudgeConfig:
    return JudgeConfig.model_validate({"name": "Ada", "model": "judge-1", **changes})


def test_a_judge_in_training_is_told_what_the_chosen_judge_was_told() -> None:
    criterion = Criterion.model_validate(REASONING)
    plain = score_model(criterion, "m", {}, 7)
    assert score_model(criterion, "m", {}, 7, judge()) == plain
    told = judge(
        instructions="Be strict about {{ item.secret }}.",
        parameters=Parameters(temperature=0.0, max_tokens=900),
    )
    made = score_model(criterion, "m", {}, 7, told)
    system = made["input"][0]["content"]
    assert system.startswith(plain["input"][0]["content"])
    assert system.endswith("ask of you besides:\nBe strict about { { item.secret } }.")
    assert made["sampling_params"] == {"max_completions_tokens": 900, "temperature": 0.0}
    assert "sampling_params" not in plain


def test_the_chosen_judges_words_go_out_with_every_grader_that_asks_a_model() -> None:
    made = content(judged_rubric(), "openai", judge_model="j")
    told = made.model_copy(update={"judge": judge(instructions="Read the law first.", mode="sample")})
    files = bundle_files(told)
    assert "Read the law first." in files["openai/grader.json"].decode()
    page = rubric_page(told).decode()
    for words in ("Ada", "judge-1", "Read the law first.", "all points of an answer at once"):
        assert words in page
    assert "How the model was asked that marks" not in rubric_page(made).decode()


def test_what_a_judge_was_told_is_no_html() -> None:
    told = content(judged_rubric()).model_copy(
        update={"judge": judge(instructions="<script>alert(1)</script>")}
    )
    assert b"<script>" not in rubric_page(told)


def test_rows_without_a_prompt_of_their_own_go_out_where_the_template_says_everything() -> None:
    whole = PromptTemplate(name="Own", messages=(TemplateMessage(content="Label {{ item.task }}"),))
    rubric = without(checks_rubric(), ["amount"])
    entry = content().rows[0]
    bare = entry.model_copy(update={"row": entry.row.model_copy(update={"prompt": ()})})
    made = content(rubric, rows=(bare,)).model_copy(update={"prompt": whole})
    assert lines(bundle_files(made), "trl/train.jsonl")[0]["prompt"] == [
        {"role": "user", "content": "Label topics"}
    ]
