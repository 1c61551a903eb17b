"""How many marks were given under the old words of reworded criteria. Whether they stay is the lead's word.

Old words are those of the newest version and those the draft had since: marks may be given while it is written.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.ids import QuestionHash
from rubric_studio.domain.question import question_of
from rubric_studio.domain.record import DRAFT_SUBJECT, RecordKind
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.versions import Reworded, newest_version

BATCH = 500
ASKING = ("kind", "wording", "title", "levels")
"""The fields of a criterion's JSON on which its question can depend."""


def reworded_marks(
    store: Store, rubric: Rubric, progress: Progress = no_progress
) -> list[tuple[Reworded, int]]:
    """Find the old words of judged criteria under which marks stand that do not count under the present ones.

    One entry for each criterion and each of its old wordings that has marks, those of the version first; words of
    which somebody has said that they mean the same are not asked about again. Reads the draft's history, every row
    and every mark: work for the background.
    """
    marks = Counter(_marks(store))
    marked = {criterion for criterion, _ in marks}
    now = {
        asked.key: asked
        for asked in questionnaire(store, rubric).criteria()
        if asked.is_judged and asked.key in marked
    }
    before = [
        (asked, criterion)
        for asked, criterion in _asked_before(store, now)
        if not _means_the_same(now[asked.key], asked)
    ]
    if not before:
        return []
    counted = _answered(now.values(), _questions(store, now.values(), no_progress))
    found: list[tuple[Reworded, int]] = []
    questions = _questions(store, [asked for asked, _ in before], progress)
    for (asked, criterion), own in zip(before, questions, strict=True):
        answered = {(asked.key, question) for question in own} - counted
        counted |= answered
        count = sum(marks[each] for each in answered)
        if count:
            found.append((_reworded(criterion, asked, now[asked.key]), count))
    return found


def _answered(
    asked: Iterable[Asked], questions: Iterable[set[QuestionHash]]
) -> set[tuple[str, QuestionHash]]:
    return {(each.key, question) for each, own in zip(asked, questions, strict=True) for question in own}


def old_marks(
    store: Store, old: Rubric, criteria: Collection[str], progress: Progress = no_progress
) -> dict[str, int]:
    """Count the experts' and judges' marks that answer the criteria as `old` words them, by criterion.

    Reads every row and verdict of the project: work for the background.
    """
    asked = [each for each in questionnaire(store, old).criteria() if each.key in criteria]
    questions = dict(zip((each.key for each in asked), _questions(store, asked, progress), strict=True))
    counted = Counter(
        criterion for criterion, question in _marks(store) if question in questions.get(criterion, ())
    )
    return {key: counted[key] for key in criteria}


def _asked_before(store: Store, now: Collection[str]) -> Iterator[tuple[Asked, Criterion]]:
    """The judged criteria as the newest version and the drafts since then word them, each wording once."""
    if not now:
        return
    version = newest_version(store)
    known: set[tuple[str, str]] = set()
    for data in _criteria_since(store, version.at if version else "", version.rubric if version else None):
        key = str(data.get("key", ""))
        asking = canonical_json({name: data.get(name) for name in ASKING})
        if key not in now or (key, asking) in known:
            continue
        known.add((key, asking))
        criterion = Criterion.model_validate({**data, "when": None})
        if criterion.is_judged:
            yield _alone(store, criterion), criterion


def _criteria_since(store: Store, at: str, version: Rubric | None) -> Iterator[dict[str, Any]]:
    if version is not None:
        yield from _criteria(version.to_json())
    for record in reversed(store.history(RecordKind.DRAFT, DRAFT_SUBJECT)):
        if record.at > at and record.body is not None:
            yield from _criteria(record.body["rubric"])


def _criteria(rubric: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for stratum in rubric["strata"]:
        yield from stratum["criteria"]


def _alone(store: Store, criterion: Criterion) -> Asked:
    """The criterion as it is asked, whatever rubric it stands in."""
    rubric = Rubric.model_validate(
        {"aggregation": "points_clipped", "strata": [{"key": "before", "criteria": [criterion]}]}
    )
    return questionnaire(store, rubric).criteria()[0]


def _means_the_same(now: Asked, before: Asked) -> bool:
    accepted = {now.question.definition, *(each.definition for each in now.older)}
    return before.question.definition in accepted


def _reworded(before: Criterion, asked: Asked, now: Asked) -> Reworded:
    assert now.criterion is not None
    return Reworded(
        criterion=now.key,
        title=now.title,
        old_wording=before.words,
        new_wording=now.criterion.words,
        old=asked.question.definition,
        new=question_of(now.criterion, MEASURES_VERSION).definition,
    )


def _questions(store: Store, asked: Collection[Asked], progress: Progress) -> list[set[QuestionHash]]:
    """Every question that those criteria ask of any row, one set for each of them."""
    questions: list[set[QuestionHash]] = [set() for _ in asked]
    if not asked:
        return questions
    for number, row in enumerate(store.rows(), start=1):
        for each, own in zip(asked, questions, strict=True):
            own.update(each.accepted_on(row))
        if number % BATCH == 0:
            progress(number, 0, "reading questions")
    return questions


def _marks(store: Store) -> Iterable[tuple[str, QuestionHash]]:
    for record in store.heads(RecordKind.VERDICT):
        if record.body is not None:
            yield record.body["criterion"], QuestionHash(record.body["question"])
    for _, verdict in store.judge_verdicts():
        yield verdict.criterion, verdict.question
