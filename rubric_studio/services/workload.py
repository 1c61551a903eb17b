"""How much a round asks of each expert: words to read, marks to give, minutes. An estimate, never a measurement.

Reading takes 238 words a minute: the mean of silent reading of English non-fiction in 190 studies (M. Brysbaert,
"How many words do we read per minute?", Journal of Memory and Language 109, 2019). A mark takes 20 seconds of
thought and its reason: our assumption. Where an expert's earlier rounds tell her own time for such work, she is
reckoned by that instead.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from rubric_studio.domain.ids import PersonId, RowId, SampleKey
from rubric_studio.domain.question import PROMPT_FIELD, fields_of_reference
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.round import RoundPlan
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.round_plans import plans
from rubric_studio.services.round_start import Workload
from rubric_studio.services.versions import versions

WORDS_A_MINUTE = 238
SECONDS_A_MARK = 20
SLICE = 400
LEAST_SAMPLES = 5
"""From fewer samples nobody's pace is told."""


class _RowWork(NamedTuple):
    """What a row costs who meets it: words read once, judged points, words of the points asked by key."""

    words: int
    points: Mapping[str, int]


def workloads(
    store: Store, rubric: Rubric, plan: RoundPlan, progress: Progress = no_progress
) -> tuple[Workload, ...]:
    """What each expert of the plan would have to do, in the plan's order."""
    paces = earlier_paces(store, {expert.person for expert in plan.experts}, progress)
    return tuple(
        each.model_copy(update={"pace": pace, "minutes": each.minutes * pace})
        if (pace := paces.get(each.person)) is not None
        else each
        for each in usual_workloads(store, rubric, plan, progress)
    )


def usual_workloads(
    store: Store, rubric: Rubric, plan: RoundPlan, progress: Progress = no_progress
) -> list[Workload]:
    """What each expert would have to do, at everybody's usual pace.

    Prompt, reference and the row's own points are read once for a row, and once more where it comes again; each
    answer whenever it comes; the wording of a point once in the round.
    """
    wanted = set(plan.samples())
    infos = [info for info in store.sample_infos() if info.key in wanted]
    rows = {info.key: info.row for info in infos}
    keys = {info.id: info.key for info in infos}
    texts = {keys[id]: words_in(text) for id, _, text in store.sample_texts(list(keys))}
    known = _row_work(store, rubric, dict.fromkeys(rows.values()), progress)
    return [_workload(plan, person, rows, texts, known) for person in (e.person for e in plan.experts)]


def earlier_paces(
    store: Store, people: Iterable[PersonId], progress: Progress = no_progress
) -> dict[PersonId, float]:
    """How long those people took in rounds they finished, against the usual: 2 is twice as long."""
    took: dict[PersonId, float] = defaultdict(float)
    usual: dict[PersonId, float] = defaultdict(float)
    spent = _seconds_spent(store, set(people))
    rubrics = {version.id: version.rubric for version in versions(store)} if spent else {}
    for round, plan in plans(store).items() if spent else ():
        if plan.version not in rubrics or not any(key[0] == round for key in spent):
            continue
        for each in usual_workloads(store, rubrics[plan.version], plan, progress):
            seconds = spent.get((round, each.person))
            if seconds is not None and each.samples >= LEAST_SAMPLES and each.minutes:
                took[each.person] += seconds
                usual[each.person] += each.minutes * 60
    return {person: took[person] / usual[person] for person in took}


def minutes_for(words: int, marks: int) -> float:
    """How long reading and marking usually take."""
    return words / WORDS_A_MINUTE + marks * SECONDS_A_MARK / 60


def words_in(text: str) -> int:
    """Words as they are counted: what stands between blanks."""
    return len(text.split())


def _workload(
    plan: RoundPlan,
    person: PersonId,
    rows: Mapping[SampleKey, RowId],
    texts: Mapping[SampleKey, int],
    known: Mapping[RowId, _RowWork],
) -> Workload:
    first = [key for key in plan.assigned.get(person, ()) if rows.get(key) in known]
    again = [key for key in plan.repeats.get(person, ()) if rows.get(key) in known]
    met = {rows[key] for key in first}
    points = {key: words for row in met for key, words in known[row].points.items()}
    marks = sum(len(known[rows[key]].points) for key in (*first, *again))
    words = sum(texts[key] for key in (*first, *again)) + sum(points.values())
    words += sum(known[row].words for row in met) + sum(known[row].words for row in {rows[k] for k in again})
    expert = plan.expert(person)
    return Workload(
        person=person,
        name=expert.name if expert else "",
        samples=len(first),
        repeats=len(again),
        rows=len(met),
        marks=marks,
        words=words,
        minutes=minutes_for(words, marks),
    )


def _row_work(
    store: Store, rubric: Rubric, rows: Iterable[RowId], progress: Progress
) -> dict[RowId, _RowWork]:
    asking, ids = questionnaire(store, rubric), list(rows)
    found: dict[RowId, _RowWork] = {}
    for start in range(0, len(ids), SLICE):
        for row in store.rows(ids[start : start + SLICE]):
            found[row.id] = _work_of(row, [each for each in asking.on(row) if each.is_judged])
        progress(min(start + SLICE, len(ids)), len(ids), "counting words")
    return found


def _work_of(row: Row, judged: Sequence[Asked]) -> _RowWork:
    reads = {field for each in judged for field in each.question.reads} - {PROMPT_FIELD}
    own = sum(words_in(each.wording) for each in judged if each.criterion is None)
    reference = fields_of_reference(row.reference, reads)
    points = {each.key: _words_of_point(each) for each in judged}
    return _RowWork(words_in(row.prompt_text) + _words_within(reference) + own, points)


def _words_of_point(asked: Asked) -> int:
    """The wording and the words of its grades; a row's own point is read with its row."""
    if asked.criterion is None:
        return 0
    return words_in(asked.criterion.words) + sum(words_in(level.text) for level in asked.criterion.levels)


def _words_within(value: Any) -> int:
    if isinstance(value, str):
        return words_in(value)
    if isinstance(value, dict):
        return sum(_words_within(each) for each in cast("dict[str, Any]", value).values())
    if isinstance(value, list):
        return sum(_words_within(each) for each in cast("list[Any]", value))
    return 0


def _seconds_spent(store: Store, people: set[PersonId]) -> dict[tuple[str, PersonId], float]:
    """The seconds that those people took for rounds they finished, by round and person; known once it is closed."""
    found: dict[tuple[str, PersonId], float] = {}
    for head in store.heads(RecordKind.HANDING_IN):
        body, round = head.body or {}, head.subject.partition("/")[0]
        if head.person in people and body.get("finished") and body.get("seconds"):
            found[round, head.person] = max(float(body["seconds"]), found.get((round, head.person), 0.0))
    return found
