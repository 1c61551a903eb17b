"""Whether a model behind a name still marks as it did: the same questions asked anew, the answers laid side by side.

A check writes no marks. Differences of a judge that draws by chance are no drift yet: see how stable it is first.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.estimate import Estimate, wilson_interval
from rubric_studio.domain.ids import QuestionHash, SampleKey, is_row_criterion
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.model_call import Fault, Reply
from rubric_studio.domain.pair_agreement import clustered_share
from rubric_studio.domain.price import Price
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import RunPlan
from rubric_studio.domain.verdict import State, Verdict
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.call_work import Again, Prepared, RunOrder, Settled, key_of
from rubric_studio.services.judge_plans import judge_plan
from rubric_studio.services.judging import AskedHere, JudgingWork, Known, judge_marks, read_subject
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.replaying import Replayed, replayed_run

MOST_SAMPLES = 20
PAGE = 200
OWN_POINTS = ""
"""The key under which all rows' own criteria stand together."""


class ServedBy(NamedTuple):
    """Who answered, as the server named itself, and how often."""

    model: str
    fingerprint: str
    answers: int


class Changed(NamedTuple):
    """A mark that is another one now. Grades are levels' keys; None is "does not apply"."""

    sample: SampleKey
    criterion: str
    then: str | None
    now: str | None
    reason: str


class DriftPoint(NamedTuple):
    """A criterion and the share of marks that are the same; rows' own criteria stand together as `OWN_POINTS`."""

    criterion: str
    title: str
    same: Estimate


class DriftReport(NamedTuple):
    """What a check found. `missing` counts marks that were asked for and not given, or not yet."""

    judge: JudgeConfig
    at: str
    same: Estimate
    points: tuple[DriftPoint, ...]
    changed: tuple[Changed, ...]
    missing: int
    then: tuple[ServedBy, ...]
    now: tuple[ServedBy, ...]


class DriftWork(JudgingWork):
    """The same questions as before; their answers are kept, and no mark is made of them."""

    def known(self, store: Store, samples: Sequence[int]) -> Known:
        """What the judge marked then."""
        return judge_marks(store, self.judge.rater, samples)

    def wants(self, sample: int, here: AskedHere, repeat: int, known: Known) -> bool:
        """Only what was marked before can have changed; once is enough."""
        return repeat == 0 and (sample, here.question, 0) in known

    def settle(self, prepared: Prepared, reply: Reply, asked_before: bool) -> Settled | Again:
        """Whether the answer can be read."""
        settled = super().settle(prepared, reply, asked_before)
        return settled if isinstance(settled, Again) else settled._replace(verdicts=())

    def failed(self, prepared: Prepared, fault: Fault) -> Settled:
        """Nothing but the fault."""
        return super().failed(prepared, fault)._replace(verdicts=())


def drift_samples(
    store: Store, judge: JudgeConfig, rubric: Rubric, seed: str = "", most: int = MOST_SAMPLES
) -> tuple[int, ...]:
    """Samples to check a judge with: those that hold the rubric's examples, then a draw of what it has marked."""
    anchors = {
        anchor.sample
        for criterion in rubric.criteria()
        for level in criterion.levels
        for anchor in level.anchors
    }
    infos = sorted(store.sample_infos(), key=lambda info: (info.key not in anchors, _drawn(seed, info.key)))
    asking = questionnaire(store, rubric)
    return tuple(islice(_marked(store, judge, asking, infos), most))


def drift_order(
    store: Store,
    judge: JudgeConfig,
    rubric: Rubric,
    connection: Connection,
    at: str,
    *,
    samples: Sequence[int] | None = None,
    price: Price | None = None,
) -> RunOrder:
    """A check of a judge at a time (ISO 8601), which also draws the samples where none are named.

    What was redacted when the judge marked last is redacted again: else the questions would not be the same.
    """
    redaction = _redaction_then(store, judge)
    plan = judge_plan("drift", judge, connection, rubric, redaction=redaction, price=price, again=at)
    chosen = drift_samples(store, judge, rubric, seed=at) if samples is None else samples
    return RunOrder(plan, samples=tuple(chosen))


def compared_drift(store: Store, run: str, progress: Progress = no_progress) -> DriftReport:
    """Lay the answers of a check beside the marks of then."""
    plan = store.run(run).plan
    work = JudgingWork(RunOrder(plan))
    found = list(replayed_run(store, run, work, plan, progress))
    then = _marks_then(store, work.judge.rater, {each.prepared.about.sample.key for each in found})
    pairs = [
        (then[place], verdict)
        for each in found
        for verdict in each.settled.verdicts
        if (place := (verdict.sample, verdict.question)) in then
    ]
    read = [(old, new) for old, new in pairs if new.state is not State.UNSCORED]
    return DriftReport(
        judge=work.judge,
        at=plan.again,
        same=_overall(read),
        points=_points(read, _titles(work, store)),
        changed=tuple(_change(old, new) for old, new in read if not _is_same(old, new)),
        missing=_asked(store, run) - len(read),
        then=_served(_replies_then(store, plan, found)),
        now=_served([each.reply for each in found]),
    )


def _redaction_then(store: Store, judge: JudgeConfig) -> Redaction:
    plans = [run.plan for run in store.runs() if run.plan.purpose == "judging"]
    then = (plan.redaction for plan in reversed(plans) if plan.judge and plan.judge.hash == judge.hash)
    return next(then, Redaction())


def _asked(store: Store, run: str) -> int:
    """How many marks a check asks for."""
    count = after = 0
    while page := store.calls(run, after=after, limit=PAGE):
        subjects = (read_subject(call.subject) for call in page)
        count += sum(len(subject.questions) for subject in subjects if subject)
        after = page[-1].number
    return count


def _drawn(seed: str, sample: str) -> str:
    return hashlib.sha256(f"{seed}/{sample}".encode("utf-8", "surrogatepass")).hexdigest()


def _marked(
    store: Store, judge: JudgeConfig, asking: Questionnaire, infos: Sequence[SampleInfo]
) -> Iterator[int]:
    """The samples on which the judge has marked a present question, in the order given."""
    for start in range(0, len(infos), PAGE):
        page = infos[start : start + PAGE]
        known: dict[int, set[QuestionHash]] = {}
        for id, question, _ in judge_marks(store, judge.rater, [info.id for info in page]):
            known.setdefault(id, set()).add(question)
        rows = {row.id: row for row in store.rows({info.row for info in page if info.id in known})}
        for info in page:
            row = rows.get(info.row) if info.id in known else None
            asked = asking.on(row) if row else ()
            if row and any(each.is_judged and each.question.on_row(row) in known[info.id] for each in asked):
                yield info.id


def _marks_then(
    store: Store, rater: str, samples: set[SampleKey]
) -> dict[tuple[SampleKey, QuestionHash], Verdict]:
    ids = [info.id for info in store.sample_infos() if info.key in samples]
    return {
        (verdict.sample, verdict.question): verdict
        for _, verdict in store.judge_verdicts(ids)
        if verdict.rater.name == rater and verdict.repeat == 0 and verdict.state is not State.UNSCORED
    }


def _replies_then(store: Store, plan: RunPlan, found: Sequence[Replayed]) -> list[Reply]:
    """The answers of then, as far as they are at hand: imported marks have none."""
    before = plan.model_copy(update={"again": ""})
    keys = [key_of(before, each.prepared.request, each.prepared.draw) for each in found]
    return list(store.answers(keys).values())


def _served(replies: Sequence[Reply]) -> tuple[ServedBy, ...]:
    counted = Counter((reply.model, reply.fingerprint) for reply in replies)
    return tuple(ServedBy(*served, times) for served, times in sorted(counted.items()))


def _is_same(then: Verdict, now: Verdict) -> bool:
    return (then.state, then.level) == (now.state, now.level)


def _change(then: Verdict, now: Verdict) -> Changed:
    return Changed(now.sample, now.criterion, then.level, now.level, now.reason)


def _overall(pairs: Sequence[tuple[Verdict, Verdict]]) -> Estimate:
    samples = {key: at for at, key in enumerate(dict.fromkeys(new.sample for _, new in pairs))}
    return clustered_share([_is_same(*pair) for pair in pairs], [samples[new.sample] for _, new in pairs])


def _points(pairs: Sequence[tuple[Verdict, Verdict]], titles: dict[str, str]) -> tuple[DriftPoint, ...]:
    """The criteria in the rubric's order; of each the share of one mark per sample, with Wilson's interval."""
    alike: dict[str, list[bool]] = {}
    for old, new in pairs:
        key = OWN_POINTS if is_row_criterion(new.criterion) else str(new.criterion)
        alike.setdefault(key, []).append(_is_same(old, new))
    return tuple(DriftPoint(key, titles[key], _share(alike[key])) for key in titles if key in alike)


def _share(alike: Sequence[bool]) -> Estimate:
    same, n = sum(alike), len(alike)
    return Estimate(n, same / n, *wilson_interval(same, n))


def _titles(work: JudgingWork, store: Store) -> dict[str, str]:
    asking = questionnaire(store, work.rubric)
    return {asked.key: asked.title for asked in asking.criteria()} | {OWN_POINTS: ""}
