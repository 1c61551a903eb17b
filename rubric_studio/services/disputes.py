"""Where experts differ: samples and criteria on which their verdicts are not the same, the worst first."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rubric_studio.domain.ids import PersonId, QuestionHash, RecordId, RowId, SampleKey
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import Value
from rubric_studio.domain.verdict import State, Verdict
from rubric_studio.services.asked import Asked, Questionnaire, accepted_questions, questionnaire
from rubric_studio.services.compared_verdicts import Compared, CountedVerdict, compared_verdicts
from rubric_studio.services.expert_ratings import Basis
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
    for pair in reading.pairs(progress):
        count += 1
        if pair.size <= NEARLY:
            continue
        if pair.row.id in compared.held_out:
            held_out += 1
        else:
            found.append(pair)
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


def spread(said: Sequence[Said]) -> float:
    """The largest distance between any two of the verdicts."""
    grades = [each.worth for each in said if each.worth is not None]
    apart = max(grades) - min(grades) if grades else 0.0
    is_one_sided = bool(grades) and any(each.says_na for each in said)
    return max(apart, ONE_SIDED) if is_one_sided else apart


class _Reading:
    """Goes through the samples that experts marked, row by row."""

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
        self._by_sample: dict[str, list[CountedVerdict]] = defaultdict(list)
        for each in compared.verdicts:
            if samples is None or each.record.scope in samples:
                self._by_sample[each.record.scope].append(each)

    def pairs(self, progress: Progress) -> Iterator[Dispute]:
        """Every sample and criterion that at least two experts marked, whether they differ or not."""
        by_row: dict[RowId, list[SampleInfo]] = defaultdict(list)
        for info in self._store.sample_infos() if self._by_sample else ():
            if info.key in self._by_sample:
                by_row[info.row].append(info)
        rows = list(by_row)
        for start in range(0, len(rows), SLICE):
            part = rows[start : start + SLICE]
            infos = [info for row in part for info in by_row[row]]
            book = self._judges([info.id for info in infos])
            decisions = self._decisions([info.key for info in infos])
            for row in self._store.rows(part):
                yield from self._of_row(row, by_row[row.id], book, decisions)
            progress(min(start + SLICE, len(rows)), len(rows), "comparing marks")

    def _of_row(
        self, row: Row, infos: Sequence[SampleInfo], book: MarkBook, decisions: Mapping[str, Decision]
    ) -> Iterator[Dispute]:
        asked = self._asking.on(row)
        reach = influence(self._rubric, asked)
        questions = accepted_questions([each for each in asked if each.is_judged], row)
        for info in infos:
            by_question = self._by_question(info.key)
            for each in asked:
                if not each.is_judged:
                    continue
                said, round = self._said(each, questions[each.key], by_question)
                if len(said) < 2:
                    continue
                size = spread(said)
                names = [dispute_subject(info.key, question) for question in questions[each.key]]
                yield Dispute(
                    sample=info,
                    row=row,
                    asked=each,
                    question=questions[each.key][0],
                    said=said,
                    judges=_judged(each, questions[each.key], info.id, book) if size > NEARLY else (),
                    size=size,
                    moves=size * reach.get(each.key, 0.0),
                    round=round,
                    decision=next((decisions[name] for name in names if name in decisions), None),
                    dropped=row.id in self._dropped,
                )

    def _judges(self, samples: Sequence[int]) -> MarkBook:
        """What judges said of those samples; what experts said is at hand."""
        book = MarkBook()
        for id, verdict in self._store.judge_verdicts(samples):
            book.judged[(id, verdict.question)].append(verdict)
        return book

    def _by_question(self, sample: SampleKey) -> dict[str, list[CountedVerdict]]:
        found: dict[str, list[CountedVerdict]] = defaultdict(list)
        for each in self._by_sample[sample]:
            found[(each.record.body or {})["question"]].append(each)
        return found

    def _said(
        self,
        asked: Asked,
        questions: Sequence[QuestionHash],
        by_question: Mapping[str, Sequence[CountedVerdict]],
    ) -> tuple[tuple[Said, ...], str]:
        """Each expert's verdict under the newest wording she met, and the latest round among them."""
        latest: dict[str, CountedVerdict] = {}
        for question in reversed(questions):
            for each in by_question.get(question, ()):
                latest[each.record.person] = each
        said: list[Said] = []
        for person, blind in sorted(latest.items(), key=lambda pair: pair[0]):
            verdict = expert_verdict(blind.record)
            value = worth(asked, verdict) if verdict.state is State.SCORED else None
            if value is None and verdict.state is not State.NOT_APPLICABLE:
                continue  # a grade that the guide no longer has
            name = self._compared.names.get(PersonId(person), person)
            unsure = blind.record.subject in self._unsure
            said.append(Said(person, name, verdict, value, unsure, blind.record.id))
        return tuple(said), max((latest[each.rater].round for each in said), default="")

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
