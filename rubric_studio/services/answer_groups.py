"""How a project's answers came about: by which way of asking, model and run. What they are worth is not in here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.sample import Sample
from rubric_studio.grader.measures import Answer
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.prompts import prompts

BROUGHT_IN = ""
"""The way of asking of answers made elsewhere: nobody here knows how they were asked for."""

CUT_OFF = "length"
TOLD_EVERY = 2000


class AnswerFacts(NamedTuple):
    """What one answer's source told of it, without its text; None where it told nothing.

    `way` is the hash of the prompt template, `run` the id of the sampling run, "" for what was brought in.
    """

    way: str
    title: str
    model: str
    run: str
    letters: int
    tokens: int | None
    cut_off: bool
    refused: bool
    has_json: bool


@dataclass(frozen=True)
class GroupKey:
    """Which answers belong to a group: a way of asking, a model, perhaps one run. None takes any."""

    way: str | None = None
    model: str | None = None
    run: str | None = None

    def holds(self, facts: AnswerFacts) -> bool:
        """Whether an answer belongs to it."""
        wanted = ((self.way, facts.way), (self.model, facts.model), (self.run, facts.run))
        return all(asked is None or asked == found for asked, found in wanted)

    def is_apart_from(self, other: "GroupKey") -> bool:
        """Whether no answer can belong to both."""
        pairs = ((self.way, other.way), (self.model, other.model), (self.run, other.run))
        return any(a is not None and b is not None and a != b for a, b in pairs)


@dataclass(frozen=True)
class AnswerGroup:
    """A group with its counts. `title` names the way of asking, "" for answers that were brought in.

    `template` is None where the way of asking is not kept in this project. `place` counts the runs of one way
    and model from 1 where there are several, else it is 0.
    """

    key: GroupKey
    title: str
    answers: int
    rows: int
    template: PromptTemplate | None = None
    place: int = 0

    @property
    def asks_for_form(self) -> bool:
        """Whether the answers had to have a form."""
        return self.template is not None and self.template.response is not None


@dataclass(frozen=True)
class AnswerTable:
    """Every answer of a project by the id of its sample: the row, and what is known of it."""

    rows: Mapping[int, str]
    facts: Mapping[int, AnswerFacts]
    templates: Mapping[str, PromptTemplate]


def read_answers(store: Store, progress: Progress = no_progress) -> AnswerTable:
    """Go through all answers once. Reads every text: long work, for a job."""
    rows: dict[int, str] = {}
    facts: dict[int, AnswerFacts] = {}
    total = store.counts().samples
    for done, (id, sample) in enumerate(store.samples()):
        rows[id], facts[id] = str(sample.row), facts_of(sample)
        if done % TOLD_EVERY == 0:
            progress(done, total, "looking how answers were asked for")
    return AnswerTable(rows, facts, templates(store))


def templates(store: Store) -> dict[str, PromptTemplate]:
    """Every way of asking that the project knows, by hash: those that people saved and those that runs used."""
    known = {run.plan.prompt.hash: run.plan.prompt for run in store.runs() if run.plan.prompt is not None}
    return known | {kept.template.hash: kept.template for kept in prompts(store)}


def facts_of(sample: Sample) -> AnswerFacts:
    """What a sample's facts say, whoever wrote them: a wrong kind of value says nothing."""
    told = sample.facts
    tokens = told.get("answer_tokens")
    return AnswerFacts(
        way=_text(told.get("prompt_hash")),
        title=_text(told.get("prompt")),
        model=sample.model,
        run=_text(told.get("run")),
        letters=len(sample.text),
        tokens=tokens if isinstance(tokens, int) and not isinstance(tokens, bool) else None,
        cut_off=told.get("finish") == CUT_OFF,
        refused=told.get("refusal") is True,
        has_json=Answer(sample.text).json()[0],
    )


def groups(table: AnswerTable) -> tuple[AnswerGroup, ...]:
    """The groups worth comparing: each way of asking with each model, its runs where there are several.

    A model over all ways, and a way over all models, follow where there are several of them.
    """
    cells = dict.fromkeys((each.way, each.model) for each in table.facts.values())
    found: list[AnswerGroup] = []
    for way, model in sorted(
        cells, key=lambda cell: cell[1]
    ):  # of one model, the way asked first comes first
        found.append(_group(table, GroupKey(way, model)))
        runs = _runs(table, way, model)
        if len(runs) > 1:
            found += [_group(table, GroupKey(way, model, run), at) for at, run in enumerate(runs, 1)]
    models, ways = _several(model for _, model in cells), _several(way for way, _ in cells)
    found += [_group(table, GroupKey(way=way)) for way in ways]
    found += [_group(table, GroupKey(model=model)) for model in models]
    return tuple(found)


def usual_pair(found: Sequence[AnswerGroup]) -> tuple[AnswerGroup, AnswerGroup] | None:
    """The two groups that most likely shall be compared: two ways of asking one model; None where there are no two.

    Of several such pairs the one with most answers on its smaller side. What was brought in stands first, then the
    way that was asked first.
    """
    pairs = [
        (one, other)
        for at, one in enumerate(found)
        for other in found[at + 1 :]
        if one.key.is_apart_from(other.key)
    ]
    if not pairs:
        return None
    best = max(pairs, key=lambda pair: (_likeness(*pair), min(pair[0].answers, pair[1].answers)))
    return best if bool(best[0].key.way) <= bool(best[1].key.way) else (best[1], best[0])


def _likeness(one: AnswerGroup, other: AnswerGroup) -> int:
    """How much it is a comparison of two ways of asking."""
    if one.key.run is not None or other.key.run is not None:
        return 0
    known = bool(one.key.way) + bool(other.key.way)
    return known + 3 * (one.key.model is not None and one.key.model == other.key.model)


def members(table: AnswerTable, key: GroupKey) -> list[int]:
    """The ids of a group's answers, in their order."""
    return [id for id, facts in table.facts.items() if key.holds(facts)]


def _group(table: AnswerTable, key: GroupKey, place: int = 0) -> AnswerGroup:
    ids = members(table, key)
    template = None if key.way is None else table.templates.get(key.way)
    told = next((table.facts[id].title for id in ids if key.way), "")
    title = told if template is None else template.title
    return AnswerGroup(key, title, len(ids), len({table.rows[id] for id in ids}), template, place)


def _runs(table: AnswerTable, way: str, model: str) -> list[str]:
    """The sampling runs of one way and model, the first one first."""
    key = GroupKey(way, model)
    return list(dict.fromkeys(facts.run for facts in table.facts.values() if key.holds(facts) and facts.run))


def _several(values: Iterable[str]) -> list[str]:
    """The values that stand in more than one place."""
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return sorted(value for value, times in counts.items() if times > 1)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
