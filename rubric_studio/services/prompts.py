"""Ways of asking, kept in the project: their versions, the chosen one, and what to mind about one. Asks nobody."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import PLACEHOLDER, PromptTemplate
from rubric_studio.domain.question import EVERY_FIELD, PROMPT_FIELD, fields_read
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import Value
from rubric_studio.services.edits import Proposal
from rubric_studio.services.marks import setting
from rubric_studio.services.ports import Store

CHOSEN_PROMPT = "chosen_prompt"
LOOKED_AT = 500
"""Questions that are looked at for missing fields; more would make a person wait."""


class KeptPrompt(NamedTuple):
    """A saved version: the subject of its record, who saved it and when (UTC, ISO 8601)."""

    subject: str
    template: PromptTemplate
    person: str
    at: str


def prompts(store: Store) -> list[KeptPrompt]:
    """Every version, newest first; one that a newer program wrote and we cannot read is passed over."""
    heads = reversed(store.heads(RecordKind.PROMPT))
    return [kept for kept in map(_kept, heads) if kept is not None]


def newest_prompts(store: Store) -> list[KeptPrompt]:
    """The version with the highest number of each name, the name last worked on first."""
    newest: dict[str, KeptPrompt] = {}
    for kept in prompts(store):
        known = newest.setdefault(kept.template.name, kept)
        if kept.template.number > known.template.number:
            newest[kept.template.name] = kept
    return list(newest.values())


def as_version(store: Store, template: PromptTemplate) -> PromptTemplate:
    """The template as it would be saved: the version of its name that says the same, or the next number."""
    same_name = [kept.template for kept in prompts(store) if kept.template.name == template.name]
    same = next((each for each in same_name if each.hash == template.hash), None)
    if same is not None:
        return same
    number = max((each.number for each in same_name), default=0) + 1
    return template.model_copy(update={"number": number})


def kept_prompt(store: Store, template: PromptTemplate) -> KeptPrompt | None:
    """The saved version of that name and content, None where it is not saved."""
    fitting = (kept for kept in prompts(store) if kept.template.name == template.name)
    return next((kept for kept in fitting if kept.template.hash == template.hash), None)


class SavePrompt(Value):
    """Save a version; `as_version` numbers it first, and finds the one that is there already."""

    template: PromptTemplate

    @property
    def label(self) -> str:
        return f'Save the way of asking "{self.template.title}"'

    def proposals(self) -> Sequence[Proposal]:
        body = self.template.model_dump(mode="json")
        return (Proposal(RecordKind.PROMPT, "", body, self.template.name),)


class RemovePrompt(Value):
    """Take a version away; answers that were made with it keep saying so."""

    subject: str
    name: str
    title: str = ""

    @property
    def label(self) -> str:
        return f'Take away the way of asking "{self.title or self.name}"'

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.PROMPT, self.subject, None, self.name),)


class ChoosePrompt(Value):
    """Choose the way in which training and use will ask; "" is the question as it stands."""

    subject: str
    title: str = ""

    @property
    def label(self) -> str:
        return f'Choose the way of asking "{self.title}"' if self.subject else "Choose no way of asking"

    def proposals(self) -> Sequence[Proposal]:
        body = {"value": self.subject} if self.subject else None
        return (Proposal(RecordKind.SETTING, CHOSEN_PROMPT, body),)


def chosen_prompt(store: Store) -> PromptTemplate | None:
    """The way in which training and use will ask; None where nobody chose one, or it was taken away."""
    subject = setting(store, CHOSEN_PROMPT)
    heads = store.heads(RecordKind.PROMPT, subjects=[subject]) if subject else []
    kept = _kept(heads[-1]) if heads else None
    return None if kept is None else kept.template


def fields_lacking(store: Store, template: PromptTemplate, rows: Sequence[RowId]) -> dict[str, int]:
    """How many of the first `LOOKED_AT` of those rows have no value in a field that the template shows."""
    fields = template.fields
    if not fields:
        return {}
    lacking: Counter[str] = Counter()
    for _, reference in store.references(rows[:LOOKED_AT]):
        lacking.update(name for name in fields if reference.get(name) in (None, ""))
    return dict(lacking)


def prompt_warnings(
    template: PromptTemplate, rubric: Rubric | None = None, lacking: Mapping[str, int] | None = None
) -> list[str]:
    """What to mind about a template, in plain sentences. `lacking` is what `fields_lacking` found."""
    return [
        *_about_the_question(template),
        *(_about_the_answers(template, rubric) if rubric is not None else ()),
        *_about_lacking_fields(lacking or {}),
        *_about_roles(template),
    ]


def _kept(head: Record) -> KeptPrompt | None:
    if head.body is None:
        return None
    try:
        return KeptPrompt(head.subject, PromptTemplate.model_validate(head.body), head.person, head.at)
    except ValidationError:
        return None


def _about_the_question(template: PromptTemplate) -> Iterable[str]:
    named = {name for message in template.messages for name in PLACEHOLDER.findall(message.content)}
    if "prompt" not in named:
        yield "The question itself is not in it: put {{ prompt }} where it belongs."
    for text in (message.content for message in template.messages):
        for left in re.findall(r"\{\{[^{}]*\}\}", PLACEHOLDER.sub("", text)):
            yield f"{left} is sent as it stands: only {{{{ prompt }}}} and {{{{ item.FIELD }}}} are filled in."


def _about_the_answers(template: PromptTemplate, rubric: Rubric) -> Iterable[str]:
    shown = set(template.fields)
    told: dict[str, list[str]] = {}
    for criterion in rubric.criteria():
        read = {_head(path) for path in fields_read(criterion)} - {PROMPT_FIELD, EVERY_FIELD}
        for name in sorted(read & shown):
            told.setdefault(name, []).append(criterion.title or criterion.key)
    for name, titles in told.items():
        also = "" if len(titles) == 1 else f" and {len(titles) - 1} more"
        yield (
            f"It shows the model the field “{name}”, with which “{titles[0]}”{also} compares the answer: "
            "that gives the answer away."
        )


def _about_lacking_fields(lacking: Mapping[str, int]) -> Iterable[str]:
    for name, count in lacking.items():
        if count:
            have = "1 question has" if count == 1 else f"{count} questions have"
            yield f"{have} nothing in the field “{name}”: there the model sees a gap."


def _about_roles(template: PromptTemplate) -> Iterable[str]:
    if any(message.role == "system" for message in template.messages):
        yield (
            "It has a system message: reinforcement fine-tuning on Azure takes none. "
            "A developer message says the same to newer models."
        )
    if template.messages and template.messages[-1].role != "user":
        yield "The last message is not the user's: training wants it to be."


def _head(path: str) -> str:
    """The field with which a path begins."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]
