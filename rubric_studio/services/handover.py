"""What a team sees before it hands over: what would train, what stays out, who marks what, how labels fall."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from typing import cast

from rubric_studio.domain.bundle import BundleContent, BundleOptions, BundleRow, Part
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.prompt import AS_IT_STANDS, PromptTemplate
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.splitting import Shares, Split, split
from rubric_studio.domain.values import Json, JsonObject
from rubric_studio.domain.verdict import State
from rubric_studio.grader.plan import without
from rubric_studio.services.asking_evidence import SampledWith, sampled_with
from rubric_studio.services.evidence import judge_against_experts
from rubric_studio.services.exporting import LeftOut, bundle_content, sift
from rubric_studio.services.judges import judge_of
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.prompts import chosen_prompt
from rubric_studio.services.scores import project_scores
from rubric_studio.services.versions import Version, draft, saved_version

MOST_TO_OPEN = 200
"""Answers that are opened together to be marked: days of work, and few enough to be read at once."""

MOST_LABELS = 40
"""A field with more different values than this is no label: an id, a text, an amount."""


@dataclass(frozen=True)
class MarkedBy:
    """One point of the guide: whether a program or a model marks it in training, and how that model agrees.

    `percent` of the `n` grades that both gave are the same; `interval` is the 95 % interval of that share.
    """

    key: str
    title: str
    by_model: bool
    n: int = 0
    percent: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class HandoverFacts:
    """The state of the project for a hand-over of its newest saved version.

    `to_mark` are the first of the answers that have no score.
    """

    version: Version
    unsaved: bool
    rows: Mapping[RowId, Row]
    left_out: tuple[LeftOut, ...]
    answers: int
    unscored: int
    to_mark: tuple[int, ...]
    points: tuple[MarkedBy, ...]
    own_points: int
    label_fields: tuple[str, ...]
    own_code: Mapping[str, str] = default(default_factory=dict[str, str])
    """What stands in the way of own code, by key: see `own_code_agreement.obstacles`."""
    prompt: PromptTemplate | None = None
    """The way of asking that goes out; None sends each question as it stands."""
    sampled: SampledWith = default(default_factory=SampledWith)
    """How many of the answers were sampled in exactly that way."""
    judge: JudgeConfig | None = None

    @property
    def by_model(self) -> tuple[MarkedBy, ...]:
        """The points that a model marks in training."""
        return tuple(point for point in self.points if point.by_model)


def handover_facts(
    store: Store, progress: Progress = no_progress, own_code: Mapping[str, str] | None = None
) -> HandoverFacts:
    """Look at everything that a hand-over depends on; the checks should have been run.

    Raises:
        StudioError: nothing was saved yet.
    """
    version = saved_version(store)
    choice = rater_choice(store, AS_TRAINED)
    prompt = chosen_prompt(store)
    rows, left_out = sift(store, version.rubric, prompt)
    told: list[JsonObject] = []
    without_score: list[int] = []
    for score in project_scores(store, version.rubric, choice, progress):
        if score.sample.row in rows:
            told.append(score.sample.facts)
            if score.score is None:
                without_score.append(score.id)
    agreement = judge_against_experts(store, version.rubric, choice)
    return HandoverFacts(
        version=version,
        unsaved=draft(store) != version.rubric,
        rows=rows,
        left_out=tuple(left_out),
        answers=len(told),
        unscored=len(without_score),
        to_mark=tuple(without_score[:MOST_TO_OPEN]),
        points=tuple(_marked_by(version.rubric, agreement)),
        own_points=sum(len(row.criteria) for row in rows.values()) if version.rubric.row_criteria else 0,
        label_fields=tuple(label_fields(rows.values())),
        own_code=dict(own_code or {}),
        prompt=prompt,
        sampled=sampled_with(told, prompt or AS_IT_STANDS),
        judge=judge_of(store, choice.judge) if choice.judge else None,
    )


def answers_to_compare(
    store: Store, rubric: Rubric, point: str, progress: Progress = no_progress
) -> tuple[int, ...]:
    """Answers on which an expert's mark would say how far the model agrees on a point that nobody compared.

    Those that the model has marked; where it has marked none, those to which the point applies.
    """
    marked: list[int] = []
    others: list[int] = []
    for score in project_scores(store, rubric, rater_choice(store, AS_TRAINED), progress):
        mark = score.marks.get(point)
        if mark is not None and mark.state is not State.NOT_APPLICABLE:
            by_model = any(rater.kind == "judge" for rater in mark.raters)
            (marked if by_model else others).append(score.id)
        if len(marked) == MOST_TO_OPEN:
            break
    return tuple((marked or others)[:MOST_TO_OPEN])


def draft_content(facts: HandoverFacts, options: BundleOptions, shares: Shares) -> BundleContent:
    """A bundle's content without samples: enough to ask the targets what they cannot carry."""
    parts = parts_of(facts, options.seed, shares)
    wanted: dict[Part, tuple[RowId, ...]] = {"train": parts.train, "validation": parts.validation}
    return BundleContent(
        project="",
        rubric=without(facts.version.rubric, options.leave_out),
        rubric_id=facts.version.id,
        version=facts.version.number,
        rows=tuple(BundleRow(row=facts.rows[id], part=part) for part, ids in wanted.items() for id in ids),
        options=options,
        own_code=dict(facts.own_code),
        prompt=facts.prompt,
        judge=facts.judge,
    )


def hand_over(
    store: Store,
    options: BundleOptions,
    shares: Shares,
    progress: Progress = no_progress,
    own_code: Mapping[str, str] | None = None,
) -> BundleContent:
    """Gather the whole bundle as it will be written; `own_code` is what `handover_facts` was given."""
    return bundle_content(store, options, rater_choice(store, AS_TRAINED), shares, progress, own_code)


def label_fields(rows: Iterable[Row]) -> list[str]:
    """The reference fields whose values are labels (few different ones), those with most on a row first."""
    values: dict[str, Counter[str]] = {}
    times: Counter[str] = Counter()
    count = 0
    for row in rows:
        count += 1
        for field, value in row.reference.items():
            names = labels_in(value)
            if names:
                times[field] += 1
                values.setdefault(field, Counter()).update(names)
    fits = [f for f in values if 1 < len(values[f]) <= MOST_LABELS and len(values[f]) < max(3, count)]
    return sorted(fits, key=lambda field: (-values[field].total() / times[field], -times[field], field))


def labels_in(value: Json) -> list[str]:
    """The labels of a reference field's value: a text, or a list of texts; nothing else is a label."""
    if isinstance(value, str):
        return [value] if 0 < len(value) <= 60 else []
    several = cast(list[Json], value) if isinstance(value, list) else []
    texts = [each for each in several if isinstance(each, str)]
    return list(dict.fromkeys(texts)) if len(texts) == len(several) else []


@dataclass(frozen=True)
class LabelCount:
    """How often a label stands on the rows of each part."""

    label: str
    everywhere: int
    train: int
    validation: int
    test: int


def parts_of(facts: HandoverFacts, seed: int, shares: Shares) -> Split:
    """The parts that the rows would be cut into."""
    return split(facts.rows, seed, shares)


def label_counts(facts: HandoverFacts, parts: Split, field: str) -> list[LabelCount]:
    """How the labels of a field fall into the parts, the most frequent first."""
    everywhere = _counted(facts.rows.values(), field)
    by_part = [
        _counted((facts.rows[id] for id in part), field)
        for part in (parts.train, parts.validation, parts.test)
    ]
    return [
        LabelCount(label, times, *(part[label] for part in by_part))
        for label, times in sorted(everywhere.items(), key=lambda item: (-item[1], item[0]))
    ]


def _counted(rows: Iterable[Row], field: str) -> Counter[str]:
    return Counter(label for row in rows for label in labels_in(row.reference.get(field)))


def _marked_by(rubric: Rubric, agreement: Mapping[str, Mapping[str, Json]]) -> Sequence[MarkedBy]:
    found: list[MarkedBy] = []
    for criterion in rubric.criteria():
        title = criterion.title or criterion.key
        facts = agreement.get(criterion.key)
        if facts is None:
            found.append(MarkedBy(criterion.key, title, by_model=False))
        else:
            interval = tuple(facts["interval"]) if facts["interval"] else None
            found.append(MarkedBy(criterion.key, title, True, facts["n"], facts["percent"], interval))
    return found
