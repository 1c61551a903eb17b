"""Rewordings that should end disputes, with the disputes attached, and what became of these afterwards."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rubric_studio.domain.ids import PersonId, RecordId, RowId, SampleKey, is_row_criterion, row_criterion_key
from rubric_studio.domain.question import question_of, question_of_row_criterion
from rubric_studio.domain.record import DRAFT_SUBJECT, Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import ANSWER_LEVELS, Criterion, Rubric
from rubric_studio.domain.rubric_edits import changed, with_criterion
from rubric_studio.domain.values import Value
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.compared_verdicts import Compared, compared_verdicts
from rubric_studio.services.disputes import NEARLY, Dispute, disputes
from rubric_studio.services.edits import Proposal
from rubric_studio.services.ports import Progress, Store, no_progress


class NewWords(Value):
    """How a criterion shall read: its wording, and the words of its levels by their keys."""

    wording: str
    levels: tuple[tuple[str, str], ...] = ()


class Cure(NamedTuple):
    """A rewording and the disputes it should end. Definitions are those of `domain/question.py`."""

    id: RecordId
    criterion: str
    old: str
    new: str
    disputes: tuple[str, ...]
    reason: str
    person: PersonId
    at: str

    @property
    def samples(self) -> tuple[SampleKey, ...]:
        """The samples that were disputed, each once."""
        return tuple(dict.fromkeys(SampleKey(subject.partition("/")[0]) for subject in self.disputes))

    @property
    def old_words(self) -> NewWords:
        """How the criterion read before."""
        return words_of_definition(self.old)

    @property
    def new_words(self) -> NewWords:
        """How it was to read."""
        return words_of_definition(self.new)


class CureOutcome(NamedTuple):
    """What became of a cure: of `before` disputes, how many were scored again and how many of these stayed."""

    cure: Cure
    title: str
    before: int
    scored_again: int
    after: int
    is_saved: bool
    """Whether a saved version has the new words, so that they can be scored."""


class Reword(Value):
    """Change a criterion's words in the draft, to end some disputes. One step, and one undo."""

    rubric: Rubric
    criterion: str
    words: NewWords
    disputes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def label(self) -> str:
        found = self.rubric.criterion(self.criterion)
        return f'Change the words of "{(found.title if found else "") or self.criterion}"'

    def proposals(self) -> Sequence[Proposal]:
        before = self.rubric.criterion(self.criterion)
        rubric = reworded(self.rubric, self.criterion, self.words)
        after = rubric.criterion(self.criterion)
        if before is None or after is None or rubric == self.rubric:
            return ()
        draft = Proposal(RecordKind.DRAFT, DRAFT_SUBJECT, {"rubric": rubric.to_json()})
        old, new = (question_of(each, MEASURES_VERSION).definition for each in (before, after))
        return (draft, _cure(self.criterion, old, new, self.disputes, self.reason))


class RewordOwn(Value):
    """Change the words of a row's own criterion, to end some disputes."""

    row: Row
    criterion: str
    wording: str
    disputes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def label(self) -> str:
        return f"Change a point of question {self.row.id}"

    def proposals(self) -> Sequence[Proposal]:
        before = next((c for c in self.row.criteria if row_criterion_key(c.key) == self.criterion), None)
        if before is None or before.wording == self.wording.strip():
            return ()
        text, _, description = self.wording.strip().partition("\n")
        after = changed(before, text=text, description=description)
        row = changed(self.row, criteria=tuple(after if c is before else c for c in self.row.criteria))
        old, new = (question_of_row_criterion(each).definition for each in (before, after))
        edited = Proposal(RecordKind.ROW_EDIT, row.id, row.model_dump(mode="json"), row.id, self.reason)
        return (edited, _cure(self.criterion, old, new, self.disputes, self.reason))


def reworded(rubric: Rubric, criterion: str, words: NewWords) -> Rubric:
    """The rubric with a criterion's wording and levels' words changed; levels of other keys stay as they are."""
    found = rubric.criterion(criterion)
    if found is None:
        return rubric
    texts = dict(words.levels)
    levels = tuple(
        changed(each, text=texts.get(each.key, each.text)) for each in found.levels or ANSWER_LEVELS
    )
    says_more = any(each.text for each in levels)
    kept = levels if found.levels or says_more else found.levels
    return with_criterion(rubric, criterion, wording=words.wording, levels=kept)


def words_of(criterion: Criterion) -> NewWords:
    """How a criterion reads now."""
    levels = criterion.levels or ANSWER_LEVELS
    return NewWords(wording=criterion.words, levels=tuple((each.key, each.text) for each in levels))


def words_of_asked(asked: Asked) -> NewWords:
    """How a criterion reads, a row's own one too."""
    if asked.criterion is not None:
        return words_of(asked.criterion)
    return NewWords(wording=asked.wording)


def words_of_definition(definition: str) -> NewWords:
    """How a criterion read under a definition."""
    told: Mapping[str, Any] = json.loads(definition)
    return NewWords(
        wording=told["wording"], levels=tuple((key, text) for key, text in told.get("levels", ()))
    )


def cures(store: Store) -> list[Cure]:
    """Every rewording that should end disputes, oldest first."""
    return [_read(head) for head in store.heads(RecordKind.CURE) if head.body is not None]


def affected_samples(chosen: Iterable[Cure]) -> tuple[SampleKey, ...]:
    """The samples that are to be scored again after those rewordings, and no others."""
    return tuple(dict.fromkeys(sample for cure in chosen for sample in cure.samples))


def cure_outcomes(
    store: Store, rubric: Rubric, progress: Progress = no_progress, *, compared: Compared | None = None
) -> list[CureOutcome]:
    """What became of each cure under the rubric's words, newest first.

    A dispute counts as scored again where two experts gave verdicts under other words than the old ones; of what is
    held out by now nothing is told.
    """
    every = cures(store)
    compared = compared or compared_verdicts(store)
    samples = {key for cure in every for key in cure.samples}
    found = disputes(store, rubric, progress, compared=compared, samples=samples) if every else ()
    still = {(each.sample.key, each.key): each for each in found}
    people = _people(compared, samples)
    titles = {asked.key: asked for asked in questionnaire(store, rubric).criteria()}
    rows = _rows(store, samples)
    told = {key: row for key, row in rows.items() if row.id not in compared.held_out}
    return [_outcome(cure, titles, told, still, people) for cure in reversed(every)]


def _outcome(
    cure: Cure,
    asked: Mapping[str, Asked],
    rows: Mapping[SampleKey, Row],
    still: Mapping[tuple[SampleKey, str], Dispute],
    people: Mapping[tuple[str, str], set[str]],
) -> CureOutcome:
    again = after = 0
    title, is_saved = cure.criterion, False
    for sample in cure.samples:
        row = rows.get(sample)
        point = asked.get(cure.criterion) or (_own(row, cure.criterion) if row else None)
        if point is None or row is None:
            continue
        title, is_saved = point.title, point.question.definition != cure.old
        if is_saved and len(people.get((sample, point.question.on_row(row)), ())) > 1:
            again += 1
            dispute = still.get((sample, cure.criterion))
            after += dispute is not None and dispute.size > NEARLY
    return CureOutcome(cure, title, len(cure.samples), again, after, is_saved)


def _own(row: Row, criterion: str) -> Asked | None:
    """A row's own criterion as it is asked now."""
    if not is_row_criterion(criterion):
        return None
    found = next((c for c in row.criteria if row_criterion_key(c.key) == criterion), None)
    if found is None:
        return None
    question = question_of_row_criterion(found)
    return Asked(criterion, found.text, found.wording, found.weight, "", None, question)


def _people(compared: Compared, samples: set[SampleKey]) -> dict[tuple[str, str], set[str]]:
    """Who marked each (sample, question)."""
    found: dict[tuple[str, str], set[str]] = {}
    for mark, _ in compared.verdicts:
        if mark.sample in samples:
            found.setdefault((mark.sample, mark.question), set()).add(mark.rater.name)
    return found


def _rows(store: Store, samples: set[SampleKey]) -> dict[SampleKey, Row]:
    places = {info.key: info.row for info in store.sample_infos() if info.key in samples}
    rows: dict[RowId, Row] = {row.id: row for row in store.rows(set(places.values()))}
    return {key: rows[row] for key, row in places.items() if row in rows}


def _cure(criterion: str, old: str, new: str, disputed: Sequence[str], reason: str) -> Proposal:
    body = {"criterion": criterion, "old": old, "new": new, "disputes": list(disputed)}
    return Proposal(RecordKind.CURE, "", body, criterion, reason)


def _read(record: Record) -> Cure:
    body = record.body or {}
    return Cure(
        id=record.id,
        criterion=body["criterion"],
        old=body["old"],
        new=body["new"],
        disputes=tuple(body.get("disputes", ())),
        reason=record.reason,
        person=record.person,
        at=record.at,
    )
