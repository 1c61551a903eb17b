"""Which verdict counts for a criterion on a sample, and who gave it. Not how verdicts become a score."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import QuestionHash, SampleKey
from rubric_studio.domain.judge import Panel
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.verdict import CheckVerdict, Rater, Span, State, Verdict
from rubric_studio.services.asked import Asked
from rubric_studio.services.mark import Mark, unscored
from rubric_studio.services.panels import panel_mark, panels
from rubric_studio.services.ports import Store

AS_TRAINED = "trained"
EXPERTS = "experts"
CHOSEN_JUDGE = "chosen_judge"
SEVERAL_JUDGES = "several judges marked this and none is chosen"


class RaterChoice:
    """Whose verdicts count for judged criteria: as trained, the experts', or one rater's.

    `judge` is a judge's name, or a panel's: then `panel` tells of whom it is made.
    """

    def __init__(
        self,
        name: str,
        judge: str | None,
        several_judges: bool,
        person: str | None,
        panel: Panel | None = None,
    ) -> None:
        self.name = name
        self.judge = judge
        self.several_judges = several_judges
        self.person = person
        self.panel = panel


def rater_choice(store: Store, name: str = AS_TRAINED) -> RaterChoice:
    """Find out who is meant by "trained", "experts" or a rater's name.

    Raises:
        StudioError: nobody of that name has marked here.
    """
    judges = store.judges()
    if name == AS_TRAINED:
        chosen = setting(store, CHOSEN_JUDGE) or (judges[0] if len(judges) == 1 else None)
        panel = None if chosen is None or chosen in judges else _panel(store, chosen)
        return RaterChoice(name, chosen, chosen is None and len(judges) > 1, None, panel)
    if name == EXPERTS:
        return RaterChoice(name, None, False, None)
    if name in judges:
        return RaterChoice(name, name, False, None)
    panel = _panel(store, name)
    if panel is not None:
        return RaterChoice(name, name, False, None, panel)
    for person in store.people():
        if name in (person.name, person.id):
            return RaterChoice(name, None, False, person.id)
    everybody = [*judges, *(panel.name for panel in panels(store)), *(each.name for each in store.people())]
    known = ", ".join(everybody) or "nobody yet"
    raise StudioError("No such rater", f'"{name}" has marked nothing here.', f"Raters: {known}.")


def _panel(store: Store, name: str) -> Panel | None:
    return next((panel for panel in panels(store) if panel.name == name), None)


def setting(store: Store, name: str) -> str | None:
    """A setting of the project, None where it has its default."""
    heads = [head for head in store.heads(RecordKind.SETTING, subjects=[name]) if head.body is not None]
    return heads[-1].body["value"] if heads and heads[-1].body else None


@dataclass
class MarkBook:
    """The verdicts on some samples, looked up by sample and question."""

    checks: dict[tuple[int, QuestionHash], CheckVerdict] = field(
        default_factory=dict[tuple[int, QuestionHash], CheckVerdict]
    )
    judged: dict[tuple[int, QuestionHash], list[Verdict]] = field(default_factory=lambda: defaultdict(list))
    experts: dict[tuple[SampleKey, QuestionHash], list[Verdict]] = field(
        default_factory=lambda: defaultdict(list)
    )
    settled: dict[tuple[str, str], Record] = field(default_factory=dict[tuple[str, str], Record])

    def judge_verdicts(self, sample: int, questions: Sequence[QuestionHash], judge: str) -> list[Verdict]:
        """One judge's verdicts (several where it was asked repeatedly) under the newest wording it met."""
        for question in questions:
            found = [v for v in self.judged.get((sample, question), ()) if v.rater.name == judge]
            if found:
                return found
        return []

    def expert_verdicts(
        self, sample: SampleKey, questions: Sequence[QuestionHash], person: str | None = None
    ) -> list[Verdict]:
        """Each expert's latest verdict; one person's only, if named. Hidden repeats count nowhere."""
        latest: dict[str, Verdict] = {}
        for question in reversed(questions):
            for verdict in sorted(self.experts.get((sample, question), ()), key=lambda v: v.at):
                if not verdict.repeat and person in (None, verdict.rater.name):
                    latest[verdict.rater.name] = verdict
        return list(latest.values())

    def hear(self, heads: Iterable[Record], subjects: Collection[str]) -> set[str]:
        """Put what people say now on some subjects in the place of what they said; return the criteria met."""
        said = [expert_verdict(head) for head in heads if head.body is not None]
        met = {str(verdict.criterion) for verdict in said}
        for verdicts in self.experts.values():
            met.update(str(verdict.criterion) for verdict in verdicts if _subject(verdict) in subjects)
            verdicts[:] = [verdict for verdict in verdicts if _subject(verdict) not in subjects]
        for verdict in said:
            self.experts[(verdict.sample, verdict.question)].append(verdict)
        return met


def mark_book(store: Store, samples: Sequence[tuple[int, SampleKey]]) -> MarkBook:
    """Load every verdict on those samples."""
    ids = [id for id, _ in samples]
    keys = [key for _, key in samples]
    book = MarkBook()
    for check in store.check_verdicts(ids):
        book.checks[(check.sample, check.question)] = check
    for id, verdict in store.judge_verdicts(ids):
        book.judged[(id, verdict.question)].append(verdict)
    for record in store.heads(RecordKind.VERDICT, scopes=keys):
        if record.body is not None:
            verdict = expert_verdict(record)
            book.experts[(verdict.sample, verdict.question)].append(verdict)
    for record in store.heads(RecordKind.SETTLEMENT, scopes=keys):
        if record.body is not None and not record.body.get("open"):  # left open: the experts' mean stands
            book.settled[(record.scope, record.body["question"])] = record
    return book


def expert_verdict(record: Record) -> Verdict:
    """An expert's verdict as its record tells it."""
    assert record.body is not None
    body = record.body
    return Verdict(
        sample=SampleKey(body["sample"]),
        criterion=body["criterion"],
        question=QuestionHash(body["question"]),
        rater=Rater(kind="expert", name=record.person),
        repeat=body.get("repeat", 0),
        state=State(body["state"]),
        value=body.get("value"),
        level=body.get("level"),
        reason=record.reason,
        evidence=tuple(Span(**span) for span in body.get("evidence", ())),
        at=record.at,
    )


def _subject(verdict: Verdict) -> str:
    """The subject under which an expert's verdict is recorded."""
    return f"{verdict.sample}/{verdict.question}/{verdict.rater.name}/{verdict.repeat}"


class Counting:
    """Decides which verdict counts for a criterion on a sample.

    As trained, the judge's counts; where it gave none (never asked, or it failed), the experts' does, so that
    a person can close what a model left open. Every mark names its raters.
    """

    def __init__(self, book: MarkBook, choice: RaterChoice) -> None:
        self._book = book
        self._choice = choice

    def mark(self, asked: Asked, questions: Sequence[QuestionHash], sample: tuple[int, SampleKey]) -> Mark:
        """What counts for that criterion on that sample; `questions` as `Asked.accepted_on` gives them."""
        if asked.is_own_code:
            return _in_range(self._check(sample[0], questions[0]), asked)
        if asked.is_check:
            return self._check(sample[0], questions[0])
        if self._choice.judge is None:
            return self._without_judge(asked, questions, sample)
        judged = self._judged(asked, questions, sample[0], self._choice.judge)
        if judged.state is not State.UNSCORED or self._choice.name != AS_TRAINED:
            return judged
        by_experts = self._experts(asked, questions, sample[1])
        return judged if by_experts.state is State.UNSCORED else by_experts

    def _judged(self, asked: Asked, questions: Sequence[QuestionHash], sample: int, judge: str) -> Mark:
        if self._choice.panel is None:
            return combined(asked, self._book.judge_verdicts(sample, questions, judge))
        members = self._choice.panel.members
        said = {name: combined(asked, self._book.judge_verdicts(sample, questions, name)) for name in members}
        return panel_mark(self._choice.panel, said)

    def _without_judge(
        self, asked: Asked, questions: Sequence[QuestionHash], sample: tuple[int, SampleKey]
    ) -> Mark:
        judged = any(self._book.judged.get((sample[0], question)) for question in questions)
        if self._choice.several_judges and judged:
            return unscored(SEVERAL_JUDGES)
        return self._experts(asked, questions, sample[1])

    def _check(self, sample: int, question: QuestionHash) -> Mark:
        found = self._book.checks.get((sample, question))
        if found is None:
            return unscored("not checked yet")
        spans = tuple(Span(start=start, end=end) for start, end in found.spans)
        return Mark(found.state, found.value, None, found.reason, (Rater(kind="check"),), spans)

    def _experts(self, asked: Asked, questions: Sequence[QuestionHash], sample: SampleKey) -> Mark:
        if self._choice.person is None:
            for question in questions:
                settled = self._book.settled.get((sample, question))
                if settled is not None:
                    return combined(asked, [expert_verdict(settled)])
        return combined(asked, self._book.expert_verdicts(sample, questions, self._choice.person))


def _in_range(mark: Mark, asked: Asked) -> Mark:
    """A mark of own code; only an imported formula takes numbers outside [0, 1]."""
    if mark.value is None or asked.raw or 0 <= mark.value <= 1:
        return mark
    reason = f"grade gave {mark.value:.6g}, which is not between 0 and 1"
    return Mark(State.UNSCORED, None, None, reason, mark.raters)


def combined(asked: Asked, verdicts: Sequence[Verdict]) -> Mark:
    """One mark from several verdicts: the mean of the scored ones, unless most say not applicable."""
    if not verdicts:
        return unscored()
    valued = [(verdict, worth(asked, verdict)) for verdict in verdicts if verdict.state is State.SCORED]
    scored = [(verdict, value) for verdict, value in valued if value is not None]
    absent = [verdict for verdict in verdicts if verdict.state is State.NOT_APPLICABLE]
    if len(absent) > len(scored):
        return _mark(State.NOT_APPLICABLE, None, absent)
    if not scored:
        reasons = [v.reason for v in verdicts if v.reason]
        reason = reasons[0] if reasons else "the grade given is no longer in the scoring guide"
        return Mark(State.UNSCORED, reason=reason, raters=tuple(verdict.rater for verdict in verdicts))
    mean = sum(value for _, value in scored) / len(scored)
    return _mark(State.SCORED, mean, [verdict for verdict, _ in scored])


def worth(asked: Asked, verdict: Verdict) -> float | None:
    """What a verdict is worth now: its level's present value, or its own where it names no level."""
    return verdict.value if verdict.level is None else asked.level_value(verdict.level)


def _mark(state: State, value: float | None, verdicts: Sequence[Verdict]) -> Mark:
    newest = max(verdicts, key=lambda v: v.at)
    levels = {verdict.level for verdict in verdicts}
    return Mark(
        state=state,
        value=value,
        level=levels.pop() if len(levels) == 1 else None,
        reason="\n".join(_unique(v.reason for v in verdicts)),
        raters=tuple(verdict.rater for verdict in verdicts),
        spans=tuple(span for verdict in verdicts for span in verdict.evidence),
        at=newest.at,
    )


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
