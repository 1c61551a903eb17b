"""Templates: filled in one pass, in any writing, and known by a hash that names do not change."""

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import CallKeys, Request, ResponseSchema
from rubric_studio.domain.prompt import AS_IT_STANDS, PromptTemplate, TemplateMessage
from rubric_studio.domain.row import Message, Row, user_prompt

ROW = Row(
    id=RowId("q1"),
    prompt=user_prompt("Ποιος φόρος;"),
    reference={"facts": "{{ prompt }} and {{ item.secret }}", "secret": "42", "labels": ["φόρος", "ß"]},
)


def filled(content: str, row: Row = ROW, role: str = "user") -> list[tuple[str, str]]:
    template = PromptTemplate.model_validate({"name": "A", "messages": [{"role": role, "content": content}]})
    return [(message.role, message.content) for message in template.messages_for(row)]


def test_what_a_field_holds_is_never_read_as_a_template() -> None:
    assert filled("Facts: {{ item.facts }}") == [("user", "Facts: {{ prompt }} and {{ item.secret }}")]
    row = ROW.model_copy(update={"prompt": user_prompt("{{ item.secret }}")})
    assert filled("Say: {{ prompt }}", row) == [("user", "Say: {{ item.secret }}")]


def test_greek_goes_in_as_it_is_and_lists_as_json() -> None:
    assert filled("{{prompt}} {{ item.labels }}") == [("user", 'Ποιος φόρος; ["φόρος", "ß"]')]


def test_half_characters_and_backslashes_survive() -> None:
    row = Row(id=RowId("q"), prompt=user_prompt("a\ud83d \\1 \\g<0>"), reference={"x": "\udc00"})
    assert filled("{{ prompt }}|{{ item.x }}", row) == [("user", "a\ud83d \\1 \\g<0>|\udc00")]
    assert len(PromptTemplate(name="A", messages=(TemplateMessage(content="\ud83d"),)).hash) == 64


def test_an_absent_field_is_empty_and_a_name_may_hold_dots_and_spaces() -> None:
    row = Row(id=RowId("q"), reference={"tax year.from": 2024})
    assert filled("[{{ item.none }}] [{{ item.tax year.from }}]", row) == [("user", "[] [2024]")]


def test_the_question_alone_stands_for_all_of_the_rows_messages() -> None:
    several = (Message(role="developer", content="Be brief."), Message(role="user", content="Why?"))
    row = Row(id=RowId("q"), prompt=several)
    assert AS_IT_STANDS.messages_for(row) == several
    # Inside a text the other roles are named, and a system message cannot hold messages.
    assert filled("Q: {{ prompt }}", row) == [("user", "Q: [developer] Be brief.\n\nWhy?")]
    assert filled("{{ prompt }}", row, "system") == [("system", "[developer] Be brief.\n\nWhy?")]


def test_fields_are_named_once_each() -> None:
    messages = (TemplateMessage(content="{{ item.b }} {{ item.a }}"), TemplateMessage(content="{{ item.b }}"))
    assert PromptTemplate(name="A", messages=messages).fields == ("b", "a")


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"name": "B"}, True),
        ({"number": 2}, True),
        ({"messages": (TemplateMessage(role="developer"),)}, False),
        ({"response": ResponseSchema(name="a", json_schema={"type": "object"})}, False),
    ],
)
def test_the_hash_tells_words_and_form_but_no_name(changed: dict[str, object], same: bool) -> None:
    template = PromptTemplate(name="A")
    assert (template.model_copy(update=changed).hash == template.hash) is same


def test_the_order_of_a_schema_s_properties_is_part_of_what_is_asked() -> None:
    """Models that are held to a schema answer in its order, reason before grade or grade before reason."""
    one = {"type": "object", "properties": {"reason": {"type": "string"}, "grade": {"type": "string"}}}
    other = {"type": "object", "properties": {"grade": {"type": "string"}, "reason": {"type": "string"}}}
    forms = [ResponseSchema(name="marks", json_schema=schema) for schema in (one, other)]
    hashes = {PromptTemplate(name="Form", response=form).hash for form in forms}
    requests = [
        Request(model="small", messages=(Message(role="user", content="?"),), response=form) for form in forms
    ]
    keys = {CallKeys("http://localhost/v1", request).key(0) for request in requests}
    assert len(hashes) == len(keys) == 2
