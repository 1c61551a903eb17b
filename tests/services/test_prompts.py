"""Ways of asking: numbered by name, saved once, chosen, taken away, and what is said about them."""

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import AS_IT_STANDS, PromptTemplate, TemplateMessage
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.history import undo
from rubric_studio.services.prompts import (
    ChoosePrompt,
    RemovePrompt,
    SavePrompt,
    as_version,
    chosen_prompt,
    fields_lacking,
    kept_prompt,
    newest_prompts,
    prompt_warnings,
    prompts,
)
from rubric_studio.store.project_file import ProjectFile


def template(name: str, *contents: str, role: str = "user") -> PromptTemplate:
    messages = [{"role": role, "content": content} for content in contents]
    return PromptTemplate.model_validate({"name": name, "messages": messages})


def save(store: ProjectFile, author: Author, wanted: PromptTemplate) -> PromptTemplate:
    numbered = as_version(store, wanted)
    if kept_prompt(store, numbered) is None:
        perform(store, SavePrompt(template=numbered), author)
    return numbered


def test_versions_are_numbered_by_name_and_the_same_words_are_one_version(store: ProjectFile, author: Author):
    first = save(store, author, template("Short", "Briefly: {{ prompt }}"))
    second = save(store, author, template("Short", "In one word: {{ prompt }}"))
    other = save(store, author, template("Long", "Briefly: {{ prompt }}"))
    again = save(store, author, template("Short", "Briefly: {{ prompt }}"))
    assert (first.number, second.number, other.number, again.number) == (1, 2, 1, 1)
    assert first.hash == other.hash
    assert [kept.template.title for kept in prompts(store)] == ["Long 1", "Short 2", "Short 1"]
    assert [kept.template.title for kept in newest_prompts(store)] == ["Long 1", "Short 2"]
    assert prompts(store)[0].person == author.person


def test_the_chosen_one_is_gone_when_it_is_taken_away_and_back_when_that_is_undone(
    store: ProjectFile, author: Author
):
    assert chosen_prompt(store) is None
    saved = save(store, author, template("Short", "Briefly: {{ prompt }}"))
    kept = kept_prompt(store, saved)
    assert kept is not None
    perform(store, ChoosePrompt(subject=kept.subject, title=saved.title), author)
    assert chosen_prompt(store) == saved
    perform(store, RemovePrompt(subject=kept.subject, name=saved.name), author)
    assert chosen_prompt(store) is None
    assert prompts(store) == []
    undo(store, author)
    assert chosen_prompt(store) == saved
    perform(store, ChoosePrompt(subject=""), author)
    assert chosen_prompt(store) is None


def test_a_number_given_away_once_is_not_given_to_other_words(store: ProjectFile, author: Author):
    save(store, author, template("Short", "One {{ prompt }}"))
    save(store, author, template("Short", "Two {{ prompt }}"))
    first = prompts(store)[1]
    perform(store, RemovePrompt(subject=first.subject, name="Short"), author)
    assert as_version(store, template("Short", "Three {{ prompt }}")).number == 3


def rubric() -> Rubric:
    kind = {"type": "labels", "predicted": "output_json.labels", "reference": "labels"}
    points = [
        {"key": "a", "title": "Topics found", "wording": "", "kind": kind},
        {"key": "b", "title": "Clear", "wording": "Is it clear?", "kind": {"type": "judged"}},
    ]
    strata = [{"key": "s", "title": "S", "criteria": points}]
    return Rubric.model_validate({"name": "R", "aggregation": "stratified", "strata": strata})


def test_what_is_to_mind_is_said_in_plain_sentences():
    assert prompt_warnings(AS_IT_STANDS, rubric()) == []
    assert prompt_warnings(template("A", "Tell me about law")) == [
        "The question itself is not in it: put {{ prompt }} where it belongs."
    ]
    said = (
        "It shows the model the field “labels”, with which “Topics found” compares the answer: "
        "that gives the answer away."
    )
    assert prompt_warnings(template("A", "{{ prompt }} {{ item.labels }}"), rubric()) == [said]
    assert prompt_warnings(template("A", "{{ prompt }} {{ item.facts }}"), rubric()) == []
    told = prompt_warnings(template("A", "{{ prompt }} {{question}}"))
    assert told == [
        "{{question}} is sent as it stands: only {{ prompt }} and {{ item.FIELD }} are filled in."
    ]


def test_a_judge_that_reads_the_reference_gives_it_away_too():
    told = prompt_warnings(template("A", "{{ prompt }} {{ item.reference }}"), rubric())
    assert len(told) == 1
    assert "“Clear”" in told[0]


def test_system_messages_and_a_last_word_that_is_not_the_users_are_told():
    messages = (TemplateMessage(role="system", content="You are a lawyer."), TemplateMessage())
    told = prompt_warnings(PromptTemplate(name="A", messages=messages))
    assert len(told) == 1
    assert "Azure takes none" in told[0]
    told = prompt_warnings(template("A", "{{ prompt }}", role="developer"))
    assert told == ["The last message is not the user's: training wants it to be."]


def test_fields_that_questions_lack_are_counted(store: ProjectFile):
    # Both questions of the small project have labels, neither has facts.
    asking = template("A", "{{ prompt }} {{ item.facts }} {{ item.labels }}")
    lacking = fields_lacking(store, asking, [RowId("q1"), RowId("q2")])
    assert lacking == {"facts": 2}
    assert prompt_warnings(asking, None, lacking) == [
        "2 questions have nothing in the field “facts”: there the model sees a gap."
    ]
    assert fields_lacking(store, AS_IT_STANDS, [RowId("q1")]) == {}
