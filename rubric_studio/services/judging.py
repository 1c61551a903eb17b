"""Judging as a run: which calls it takes, what each asks, and what its answer says. It makes no call itself."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Annotated, NamedTuple

from pydantic import Field, TypeAdapter

from rubric_studio.domain.fence import shown_text
from rubric_studio.domain.ids import CriterionKey, QuestionHash, RowId, SampleKey
from rubric_studio.domain.judge import JudgeConfig, JudgeMode
from rubric_studio.domain.judge_answer import PointMark, Unfit, complaint_of, read_marking
from rubric_studio.domain.judge_prompt import PointToMark, request_again
from rubric_studio.domain.model_call import Fault, FaultKind, Reply
from rubric_studio.domain.redacting import Redacted
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import Call, PlannedCall, RunPlan
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import Rater, Span, State, Verdict
from rubric_studio.grader.measures import Answer
from rubric_studio.services.asked import Asked, Questionnaire, questionnaire
from rubric_studio.services.call_work import Again, Prepared, RunOrder, Settled, key_of, with_seed_of
from rubric_studio.services.identifiers import redactor
from rubric_studio.services.points_to_mark import Shown, shown_to_judge
from rubric_studio.services.ports import Store

PAGE = 500

Known = Collection[tuple[int, QuestionHash, int]]
"""(sample, question, repeat) that the judge has marked."""


class Subject(NamedTuple):
    """What one call of a judge is about."""

    sample: SampleKey
    repeat: int
    questions: tuple[tuple[str, QuestionHash], ...]
    """(criterion's key, the question it asked when the run was planned)."""

    def written(self) -> str:
        """The subject as the call keeps it."""
        told = [self.sample, self.repeat, [[key, question] for key, question in self.questions]]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


_SUBJECT = TypeAdapter(
    tuple[SampleKey, Annotated[int, Field(ge=0, lt=2**31)], tuple[tuple[str, QuestionHash], ...]]
)


class AskedHere(NamedTuple):
    """A criterion on one row, with the questions whose verdicts count there, the present one first."""

    asked: Asked
    accepted: tuple[QuestionHash, ...]

    @property
    def question(self) -> QuestionHash:
        """The present question."""
        return self.accepted[0]


class About(NamedTuple):
    """What settling a call needs to know of it."""

    sample: Sample
    repeat: int
    asked: Mapping[str, AskedHere]
    """By alias."""
    points: tuple[PointToMark, ...]
    answer: Redacted


class JudgingWork:
    """A judge asked about samples (see `CallWork`). A plan with `again` asks what was marked before anew."""

    def __init__(self, order: RunOrder) -> None:
        judge, rubric = order.plan.judge, order.plan.rubric
        if judge is None or rubric is None:
            raise ValueError("a run of a judge needs a judge and a rubric")
        self._order = order
        self.plan: RunPlan = order.plan
        self.judge: JudgeConfig = judge
        self.rubric = Rubric.model_validate(rubric)
        self._asking: Questionnaire | None = None
        self._ids: dict[SampleKey, int] = {}
        self._last: tuple[tuple[SampleKey, tuple[tuple[str, QuestionHash], ...]], Shown] | None = None

    def planned(self, store: Store) -> Iterator[PlannedCall]:
        """The calls for all samples ordered: every judged criterion that applies and has no mark of this judge."""
        samples = iter(self._order.samples)
        while page := list(islice(samples, PAGE)):
            yield from self._planned_of(store, page)

    def prepared(self, store: Store, calls: Sequence[Call]) -> list[Prepared | tuple[Call, Fault]]:
        """The calls ready to be asked, made anew from the project as it is now."""
        subjects = [read_subject(call.subject) for call in calls]
        samples = self._samples(store, {subject.sample for subject in subjects if subject})
        rows = {row.id: row for row in store.rows({sample.row for sample in samples.values()})}
        here = {id: self._on(store, row) for id, row in rows.items()}
        made: list[Prepared | tuple[Call, Fault]] = []
        for call, subject in zip(calls, subjects, strict=True):
            sample = samples.get(subject.sample) if subject else None
            row = rows.get(sample.row) if sample else None
            if subject is None:
                made.append((call, _changed("What the call is about cannot be read: plan the run anew.")))
            elif sample is None or row is None:
                made.append((call, _changed("The answer or its question is no longer in the project.")))
            else:
                made.append(self._ready(call, subject, sample, row, here[row.id]))
        return made

    def settle(self, prepared: Prepared, reply: Reply, asked_before: bool) -> Settled | Again:
        """The marks that a reply gives; one that does not fit is asked once more, then they are unscored."""
        about: About = prepared.about
        try:
            return self._marked(about, reply)
        except Unfit as unfit:
            if not asked_before:
                said = reply.text or reply.refusal
                return Again(request_again(prepared.request, said, str(unfit), about.points))
            message = f"The model's answer could not be used, twice: {unfit}."
            fault = Fault(kind=FaultKind.UNFIT, message=message, request_id=reply.request_id)
            return self.unscored(prepared, fault, reply.at)

    def failed(self, prepared: Prepared, fault: Fault) -> Settled:
        """Marks that say why there is none."""
        return self.unscored(prepared, fault)

    def unscored(self, prepared: Prepared, fault: Fault, at: str = "") -> Settled:
        """What is kept of a call that brought no mark."""
        about: About = prepared.about
        verdicts = tuple(
            self._verdict(about, here, State.UNSCORED, fault.message, at) for here in about.asked.values()
        )
        return Settled(verdicts=verdicts, fault=fault)

    def wants(self, sample: int, here: AskedHere, repeat: int, known: Known) -> bool:
        """Whether that question is to be asked of that sample, given what this judge has marked."""
        return not any((sample, question, repeat) in known for question in here.accepted)

    def known(self, store: Store, samples: Sequence[int]) -> Known:
        """What this judge has marked on those samples; a mark that failed is none."""
        if self.plan.again:
            return ()
        return judge_marks(store, self.judge.rater, samples)

    def _planned_of(self, store: Store, ids: Sequence[int]) -> Iterator[PlannedCall]:
        samples = list(store.samples(ids))
        rows = {row.id: row for row in store.rows({sample.row for _, sample in samples})}
        here: dict[RowId, list[AskedHere]] = {
            id: list(self._on(store, row).values()) for id, row in rows.items()
        }
        known = self.known(store, ids)
        for id, sample in samples:
            for group in _groups(self.judge.mode, here[sample.row]):
                for repeat in range(self.judge.repeats):  # one after the other: they can be asked in one call
                    wanted = [each for each in group if self.wants(id, each, repeat, known)]
                    if wanted:
                        yield self._call(rows[sample.row], sample, repeat, wanted)

    def _call(self, row: Row, sample: Sample, repeat: int, group: Sequence[AskedHere]) -> PlannedCall:
        shown = self._shown(row, sample, group)
        subject = Subject(sample.key, repeat, tuple((each.asked.key, each.question) for each in group))
        return PlannedCall(key_of(self.plan, shown.request, repeat), sample.key, subject.written())

    def _shown(self, row: Row, sample: Sample, group: Sequence[AskedHere]) -> Shown:
        """What is shown follows from the answer and the questions: repeats share one request, the very same value."""
        place = sample.key, tuple((each.asked.key, each.question) for each in group)
        if self._last is None or self._last[0] != place:
            asked = [each.asked for each in group]
            shown = shown_to_judge(self.judge, asked, row, sample, redactor(self.plan.redaction))
            self._last = place, shown
        return self._last[1]

    def _ready(
        self, call: Call, subject: Subject, sample: Sample, row: Row, here: Mapping[str, AskedHere]
    ) -> Prepared | tuple[Call, Fault]:
        group = [here[key] for key, question in subject.questions if _still(here.get(key), question)]
        if len(group) < len(subject.questions):
            return call, _changed("The point or what it reads has changed since this run was planned.")
        shown = self._shown(row, sample, group)
        if key_of(self.plan, shown.request, subject.repeat) != call.key:
            return call, _changed("What would be asked has changed since this run was planned.")
        asked = {point.alias: each for point, each in zip(shown.points, group, strict=True)}
        about = About(sample, subject.repeat, asked, shown.points, shown.answer)
        request = with_seed_of(shown.request, subject.repeat)
        return Prepared(call, request, subject.repeat, about, row.id)

    def _on(self, store: Store, row: Row) -> dict[str, AskedHere]:
        """The judged criteria of the order that apply to a row, by key."""
        if self._asking is None:
            self._asking = questionnaire(store, self.rubric)
        chosen = self._order.criteria
        return {
            each.key: AskedHere(each, each.accepted_on(row))
            for each in self._asking.on(row)
            if each.is_judged and (not chosen or each.key in chosen)
        }

    def _samples(self, store: Store, keys: Collection[SampleKey]) -> dict[SampleKey, Sample]:
        if any(key not in self._ids for key in keys):
            self._ids = {info.key: info.id for info in store.sample_infos()}
        ids = [self._ids[key] for key in keys if key in self._ids]
        return {sample.key: sample for _, sample in store.samples(ids)}

    def _marked(self, about: About, reply: Reply) -> Settled:
        complaint = complaint_of(reply)
        found, value, problem = (False, None, complaint) if complaint else Answer(reply.text).reading()
        if not found:
            raise Unfit(problem)
        marking = read_marking(value, about.points, shown_text(about.answer.text))
        verdicts = tuple(
            self._given(about, about.asked[alias], mark, reply.at) for alias, mark in marking.marks.items()
        )
        return Settled(verdicts=verdicts, dropped_quotes=marking.dropped)

    def _given(self, about: About, here: AskedHere, mark: PointMark, at: str) -> Verdict:
        places = dict.fromkeys(about.answer.original_span(*span) for span in mark.spans)
        text = about.sample.text
        evidence = tuple(Span(start=start, end=end, quote=text[start:end]) for start, end in places)
        state = State.NOT_APPLICABLE if mark.level is None else State.SCORED
        verdict = self._verdict(about, here, state, mark.reason, at, mark.level)
        return verdict.model_copy(update={"evidence": evidence})

    def _verdict(
        self, about: About, here: AskedHere, state: State, reason: str, at: str, level: str | None = None
    ) -> Verdict:
        return Verdict(
            sample=about.sample.key,
            criterion=CriterionKey(here.asked.key),
            question=here.question,
            rater=Rater(kind="judge", name=self.judge.rater),
            repeat=about.repeat,
            state=state,
            value=None if level is None else here.asked.level_value(level),
            level=level,
            reason=reason,
            at=at,
        )


def read_subject(text: str) -> Subject | None:
    """The subject of a call as it was written; None where it cannot be read."""
    try:
        return Subject(*_SUBJECT.validate_json(text))
    except ValueError:
        return None


def judge_marks(store: Store, rater: str, samples: Sequence[int]) -> Known:
    """(sample, question, repeat) of everything that a judge has marked on those samples."""
    return {
        (id, verdict.question, verdict.repeat)
        for id, verdict in store.judge_verdicts(samples)
        if verdict.rater.name == rater and verdict.state is not State.UNSCORED
    }


def _groups(mode: JudgeMode, wanted: Sequence[AskedHere]) -> Iterable[Sequence[AskedHere]]:
    """What one call marks: a criterion, the criteria of a stratum, or all."""
    groups: dict[str, list[AskedHere]] = {}
    for each in wanted:
        name = {"criterion": each.asked.key, "stratum": each.asked.stratum, "sample": ""}[mode]
        groups.setdefault(name, []).append(each)
    return groups.values()


def _still(here: AskedHere | None, question: QuestionHash) -> bool:
    return here is not None and here.question == question


def _changed(message: str) -> Fault:
    return Fault(kind=FaultKind.CHANGED, message=message)
