"""Where experts differ: samples and criteria on which their verdicts are not the same, the worst first."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rubric_studio.domain.given_mark import GivenMark
from rubric_studio.domain.ids import PersonId, QuestionHash, RecordId, RowId, SampleKey
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import Value
from rubric_studio.domain.verdict import State, Verdict
from rubric_studio.services.asked import Asked, Questionnaire, accepted_questions, questionnaire
from rubric_studio.services.compared_verdicts import Compared, CountedVerdict, compared_verdicts
from rubric_studio.services.expert_ratings import Basis, grade_worth, level_worths
from rubric_studio.services.influence import influence
from rubric_studio.services.marks import MarkBook, expert_verdict, worth
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.settling_disputes import Cause, Decision, decision_of, dispute_subject

SLICE = 400
NEARLY = 1e-9
ONE_SIDED = 1.0
"""How far "does not apply" is from any grade."""

Standing = Literal["any", "undecided", "decided", "open"]


class Said(NamedTuple):
    """What one rater said; `worth` is None where it is no grade. `record` is "" for a judge's."""

    rater: str
    name: str
    verdict: Verdict
    worth: float | None
    unsure: bool = False
    record: RecordId = RecordId("")

    @property
    def says_na(self) -> bool:
        """Whether it said that the criterion does not apply."""
        return self.verdict.state is State.NOT_APPLICABLE


@dataclass(frozen=True)
class Dispute:
    """One sample and criterion on which experts differ.

    `size` is the largest distance of two verdicts' values, "does not apply" being 1 away from any grade; `moves` how
    far that distance moves the sample's total, gates aside. `round` is the latest round in which it was met.
    """

    sample: SampleInfo
    row: Row
    asked: Asked
    question: QuestionHash
    said: tuple[Said, ...]
    judges: tuple[Said, ...]
    size: float
    moves: float
    round: str = ""
    decision: Decision | None = None
    dropped: bool = False

    @property
    def key(self) -> str:
        """The criterion's key."""
        return self.asked.key

    @property
    def subject(self) -> str:
        """The name by which settlements and cures know the dispute."""
        return dispute_subject(self.sample.key, self.question)

    @property
    def is_decided(self) -> bool:
        """Whether nothing is left to do: a grade was decided on, or the row will train nothing."""
        return self.dropped or (self.decision is not None and not self.decision.is_open)

    @property
    def people(self) -> frozenset[str]:
        """Who said something."""
        return frozenset(each.rater for each in self.said)


@dataclass(frozen=True)
class Disputes:
    """The disputes, the worst first, and what is not among them.

    `compared` counts samples and criteria with at least two experts' verdicts; `held_out` the differences that lie
    in the part on which no wording is tuned.
    """

    found: tuple[Dispute, ...]
    compared: int
    held_out: int
    basis: Basis
    names: Mapping[PersonId, str] = field(default_factory=dict[PersonId, str])
    rounds: Mapping[str, str] = field(default_factory=dict[str, str])
    """Each round's title."""

    def __iter__(self) -> Iterator[Dispute]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def undisputed(self) -> int:
        """How often experts said the same."""
        return self.compared - self.held_out - len(self.found)


class DisputeFilter(Value):
    """Which disputes to list: of a criterion, between two experts, by how they stand or why they arose, by words.

    Words are looked for in the question, the criterion and the reasons that were given.
    """

    criterion: str | None = None
    pair: tuple[str, str] | None = None
    standing: Standing = "any"
    cause: Cause | None = None
    search: str = ""

    def passes(self, dispute: Dispute) -> bool:
        """Whether a dispute is among them."""
        return (
            self.criterion in (None, dispute.key)
            and (self.pair is None or are_apart(dispute, *self.pair))
            and self._stands(dispute)
            and (
                self.cause is None or (dispute.decision is not None and dispute.decision.cause == self.cause)
            )
            and self._says(dispute)
        )

    def _says(self, dispute: Dispute) -> bool:
        """Whether each of the words stands somewhere in it."""
        if not self.search:
            return True
        reasons = (each.verdict.reason for each in (*dispute.said, *dispute.judges))
        decided = dispute.decision.reason if dispute.decision else ""
        texts = (str(dispute.row.id), dispute.row.prompt_text, dispute.asked.title, *reasons, decided)
        everything = "\n".join(texts).casefold()
        return all(word in everything for word in self.search.casefold().split())

    def _stands(self, dispute: Dispute) -> bool:
        left_open = dispute.decision is not None and dispute.decision.is_open and not dispute.dropped
        return {
            "any": True,
            "undecided": not dispute.is_decided and not left_open,
            "decided": dispute.is_decided,
            "open": left_open,
        }[self.standing]


def disputes(
    store: Store,
    rubric: Rubric,
    progress: Progress = no_progress,
    *,
    compared: Compared | None = None,
    samples: Collection[SampleKey] | None = None,
) -> Disputes:
    """Find where experts differ under the rubric's wording, over the project or only on those samples."""
    compared = compared or compared_verdicts(store)
    reading = _Reading(store, rubric, compared, samples)
    count = held_out = 0
    found: list[Dispute] = []
    for part in reading.parts(progress):
        apart = [pair for pair in part if pair.size > NEARLY]
        shown = [pair for pair in apart if pair.row.id not in compared.held_out]
        count, held_out = count + len(part), held_out + len(apart) - len(shown)
        found += reading.told(shown)
    found.sort(key=lambda each: (-each.size, -each.moves, each.row.id, each.sample.id, each.key))
    titles = {id: plan.title for id, plan in compared.rounds.items()}
    return Disputes(tuple(found), count, held_out, compared.basis, compared.names, titles)


def distance(one: Said, other: Said) -> float:
    """How far two verdicts lie apart; what is no grade any more lies nowhere."""
    if one.says_na != other.says_na:
        return ONE_SIDED
    return abs(one.worth - other.worth) if one.worth is not None and other.worth is not None else 0.0


def are_apart(dispute: Dispute, person: str, other: str) -> bool:
    """Whether these two said different things."""
    by = {each.rater: each for each in dispute.said}
    return person in by and other in by and distance(by[person], by[other]) > NEARLY


def _widest(said: Sequence[tuple[bool, float | None]]) -> float:
    """The largest distance between any two verdicts, told by whether each says "does not apply", and its worth."""
    grades = [worth for _, worth in said if worth is not None]
    apart = max(grades) - min(grades) if grades else 0.0
    is_one_sided = bool(grades) and any(says_na for says_na, _ in said)
    return max(apart, ONE_SIDED) if is_one_sided else apart


class _Given(NamedTuple):
    """One expert's verdict without its words, and what it is worth now."""

    mark: GivenMark
    round: str
    worth: float | None


class _Pair(NamedTuple):
    """A sample and a criterion that at least two experts marked."""

    sample: SampleInfo
    row: Row
    asked: Asked
    questions: Sequence[QuestionHash]
    given: tuple[_Given, ...]
    size: float


class _Reading:
    """Goes through the samples that experts marked, row by row; the words are read only where they differ."""

    def __init__(
        self, store: Store, rubric: Rubric, compared: Compared, samples: Collection[SampleKey] | None
    ) -> None:
        self._store, self._rubric, self._compared = store, rubric, compared
        self._asking: Questionnaire = questionnaire(store, rubric)
        self._unsure = {head.subject for head in store.heads(RecordKind.DOUBT) if head.body is not None}
        self._dropped = {
            head.subject
            for head in store.heads(RecordKind.DECISION)
            if head.body is not None and head.body.get("decision") == "drop"
        }
        self._by_sample: dict[str, dict[str, list[CountedVerdict]]] = {}
        for each in compared.verdicts:
            if samples is None or each.mark.sample in samples:
                of_sample = self._by_sample.setdefault(each.mark.sample, {})
                of_sample.setdefault(each.mark.question, []).append(each)

    # ---- whether they differ

    def parts(self, progress: Progress) -> Iterator[list[_Pair]]:
        """Every sample and criterion that at least two experts marked, some rows at a time."""
        by_row: dict[RowId, list[SampleInfo]] = defaultdict(list)
        for info in self._store.sample_infos() if self._by_sample else ():
            if info.key in self._by_sample:
                by_row[info.row].append(info)
        rows = list(by_row)
        for start in range(0, len(rows), SLICE):
            part = rows[start : start + SLICE]
            yield [pair for row in self._store.rows(part) for pair in self._of_row(row, by_row[row.id])]
            progress(min(start + SLICE, len(rows)), len(rows), "comparing marks")

    def _of_row(self, row: Row, infos: Sequence[SampleInfo]) -> Iterator[_Pair]:
        asked = [each for each in self._asking.on(row) if each.is_judged]
        questions = accepted_questions(asked, row)
        for each in asked:
            worths = level_worths(each)
            for info in infos:
                given = self._given(worths, questions[each.key], self._by_sample[info.key])
                if len(given) > 1:
                    size = _widest([(said.mark.state is State.NOT_APPLICABLE, said.worth) for said in given])
                    yield _Pair(info, row, each, questions[each.key], given, size)

    @staticmethod
    def _given(
        worths: Mapping[str, float],
        questions: Sequence[QuestionHash],
        by_question: Mapping[str, Sequence[CountedVerdict]],
    ) -> tuple[_Given, ...]:
        """Each expert's verdict under the newest wording she met; a grade that the guide no longer has is none."""
        latest: dict[str, CountedVerdict] = {}
        for question in reversed(questions):
            for each in by_question.get(question, ()):
                latest[each.mark.rater.name] = each
        found: list[_Given] = []
        for _, (mark, round) in sorted(latest.items()) if len(latest) > 1 else ():
            value = grade_worth(worths, mark) if mark.state is State.SCORED else None
            if value is not None or mark.state is State.NOT_APPLICABLE:
                found.append(_Given(mark, round, value))
        return tuple(found)

    # ---- where they do

    def told(self, pairs: Sequence[_Pair]) -> list[Dispute]:
        """Those pairs with everything that was said of them."""
        if not pairs:
            return []
        samples = {pair.sample.key: pair.sample.id for pair in pairs}
        book, decisions = self._judges(list(samples.values())), self._decisions(list(samples))
        ids = [given.mark.record for pair in pairs for given in pair.given]
        records = {record.id: record for record in self._store.records(ids)}
        reach: dict[RowId, Mapping[str, float]] = {}
        for pair in pairs:
            if pair.row.id not in reach:
                reach[pair.row.id] = influence(self._rubric, self._asking.on(pair.row))
        return [self._dispute(pair, reach[pair.row.id], book, decisions, records) for pair in pairs]

    def _dispute(
        self,
        pair: _Pair,
        reach: Mapping[str, float],
        book: MarkBook,
        decisions: Mapping[str, Decision],
        records: Mapping[RecordId, Record],
    ) -> Dispute:
        names = [dispute_subject(pair.sample.key, question) for question in pair.questions]
        return Dispute(
            sample=pair.sample,
            row=pair.row,
            asked=pair.asked,
            question=pair.questions[0],
            said=tuple(self._said(each, records[each.mark.record]) for each in pair.given),
            judges=_judged(pair.asked, pair.questions, pair.sample.id, book),
            size=pair.size,
            moves=pair.size * reach.get(pair.asked.key, 0.0),
            round=max(each.round for each in pair.given),
            decision=next((decisions[name] for name in names if name in decisions), None),
            dropped=pair.row.id in self._dropped,
        )

    def _said(self, given: _Given, record: Record) -> Said:
        name = self._compared.names.get(record.person, record.person)
        verdict = expert_verdict(record)
        return Said(record.person, name, verdict, given.worth, record.subject in self._unsure, record.id)

    def _judges(self, samples: Sequence[int]) -> MarkBook:
        """What judges said of those samples; what experts said is at hand."""
        book = MarkBook()
        for id, verdict in self._store.judge_verdicts(samples):
            book.judged[(id, verdict.question)].append(verdict)
        return book

    def _decisions(self, samples: Sequence[SampleKey]) -> dict[str, Decision]:
        heads = self._store.heads(RecordKind.SETTLEMENT, scopes=samples)
        return {head.subject: decision_of(head) for head in heads if head.body is not None}


def _judged(asked: Asked, questions: Sequence[QuestionHash], sample: int, book: MarkBook) -> tuple[Said, ...]:
    """What each judge said first, by name."""
    names = sorted({v.rater.name for question in questions for v in book.judged.get((sample, question), ())})
    found: list[Said] = []
    for name in names:
        verdict = min(book.judge_verdicts(sample, questions, name), key=lambda each: each.repeat)
        if verdict.state is not State.UNSCORED:
            value = worth(asked, verdict) if verdict.state is State.SCORED else None
            found.append(Said(name, name, verdict, value))
    return tuple(found)
