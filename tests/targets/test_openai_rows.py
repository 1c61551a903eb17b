"""Flat rows: reserved names, names for templates, texts for judges."""

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Criterion
from rubric_studio.targets.openai_rows import flat_row, row_form


def row(**reference: object) -> Row:
    return Row(id=RowId("r1"), prompt=user_prompt("Why?"), reference=dict(reference))


def judged(*reads: str) -> Criterion:
    return Criterion.model_validate({"key": "why", "kind": {"type": "judged", "reads": list(reads)}})


def test_reference_fields_stand_beside_messages():
    rows = [row(labels=["a"], year=2024)]
    assert flat_row(rows[0], row_form(rows, [])) == {
        "messages": [{"role": "user", "content": "Why?"}],
        "labels": ["a"],
        "year": 2024,
        "row_id": "r1",
    }


def test_a_field_with_a_reserved_name_is_renamed_and_the_form_says_how_to_undo_it():
    rows = [row(messages="mine", tools=1, messages_field="taken", row_id="theirs")]
    form = row_form(rows, [])
    assert form.renamed == {"messages_field_2": "messages", "tools_field": "tools"}
    flat = flat_row(rows[0], form)
    assert flat["messages_field_2"] == "mine"
    assert flat["messages"] == [{"role": "user", "content": "Why?"}]
    assert (flat["row_id"], flat["row_id_2"]) == ("theirs", "r1")


def test_what_a_judge_reads_is_there_as_text_under_a_name_that_a_template_can_hold():
    rows = [row(**{"the facts": ["a", 1], "law": "Art. 5", "law_text": "taken"})]
    form = row_form(rows, [judged("prompt", "the facts", "law", "absent")])
    assert form.texts == {"prompt": "prompt_text", "the facts": "the_facts_text", "law": "law_text_2"}
    flat = flat_row(rows[0], form)
    assert (flat["prompt_text"], flat["the_facts_text"], flat["law_text_2"]) == ("Why?", '["a", 1]', "Art. 5")


def test_by_default_a_judge_reads_the_prompt_and_the_field_reference_where_there_is_one():
    default = Criterion.model_validate({"key": "why"})
    assert row_form([row(labels=[])], [default]).texts == {"prompt": "prompt_text"}
    assert row_form([row(reference="B")], [default]).texts == {
        "prompt": "prompt_text",
        "reference": "reference_text",
    }
