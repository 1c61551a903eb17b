"""An expert's packet ready to be worked through: tasks, points, her marks on them. It writes nothing.

A `Review` keeps no store: it is read on any connection and asked on any thread.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.packet import Packet
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.verdict import CheckVerdict, Verdict
from rubric_studio.services.asked import Asked, Questionnaire, accepted_questions, questionnaire
from rubric_studio.services.identical_answers import identical_samples
from rubric_studio.services.marks import expert_verdict
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.ports import Store
from rubric_studio.services.review_tasks import (
    ReviewPoint,
    ReviewTask,
    Standing,
    Turn,
    points_on,
    tasks_of,
)
from rubric_studio.services.versions import versions


@dataclass(frozen=True, slots=True)
class TaskText:
    """What is read for a task when one comes to it: the answer, and what the program found of each check."""

    text: str
    checks: tuple[tuple[Asked, CheckVerdict | None], ...] = ()


@dataclass
class Review:
    """The whole packet but for the answers' texts.

    `marks` and `unsure` hold what she says in this round, `earlier` her marks of rounds before, oldest first.
    `twins` names samples of one question with the same text.
    """

    packet: Packet
    asking: Questionnaire
    tasks: tuple[ReviewTask, ...]
    rows: dict[RowId, Row]
    ids: dict[SampleKey, int]
    twins: dict[SampleKey, tuple[SampleKey, ...]] = field(
        default_factory=dict[SampleKey, tuple[SampleKey, ...]]
    )
    marks: dict[Turn, dict[str, Verdict]] = field(default_factory=lambda: defaultdict(dict))
    unsure: dict[Turn, set[str]] = field(default_factory=lambda: defaultdict(set))
    earlier: tuple[Verdict, ...] = ()
    _points: dict[RowId, tuple[ReviewPoint, ...]] = field(
        default_factory=dict[RowId, tuple[ReviewPoint, ...]]
    )
    _finished: set[int] = field(default_factory=set[int])
    _left: dict[int, int] = field(default_factory=dict[int, int])
    _by_turn: dict[Turn, ReviewTask] = field(default_factory=dict[Turn, ReviewTask])

    def __post_init__(self) -> None:
        self._by_turn = {task.turn: task for task in self.tasks}

    def task(self, turn: Turn) -> ReviewTask | None:
        """The task of a sample and its time, None where it is none of this packet's."""
        return self._by_turn.get(turn)

    def points(self, task: ReviewTask) -> tuple[ReviewPoint, ...]:
        """The judged criteria that apply to a task's row."""
        return self.points_of_row(task.row)

    def points_of_row(self, row: RowId) -> tuple[ReviewPoint, ...]:
        """The judged criteria that apply to a row, the guide's order; none where the row is not here."""
        if row not in self._points:
            found = self.rows.get(row)
            asked = self.asking.on(found) if found is not None else []
            questions = accepted_questions(asked, found) if found is not None else {}
            self._points[row] = tuple(points_on(asked, questions))
        return self._points[row]

    def point(self, task: ReviewTask, key: str) -> ReviewPoint | None:
        """One of a task's points."""
        return next((point for point in self.points(task) if point.key == key), None)

    def mark(self, task: ReviewTask, key: str) -> Verdict | None:
        """What she said to a point of a task in this round."""
        return self.marks[task.turn].get(key)

    def unmarked(self, task: ReviewTask) -> list[ReviewPoint]:
        """The points of a task that have no mark yet."""
        marked = self.marks[task.turn]
        return [point for point in self.points(task) if point.key not in marked]

    def is_done(self, task: ReviewTask) -> bool:
        """Whether every point that applies is marked."""
        return task.number in self._finished

    def standing(self, task: ReviewTask, skipped: Iterable[Turn] = ()) -> Standing:
        """How far a task is; unsure comes before done, done before skipped."""
        if self.unsure[task.turn]:
            return Standing.UNSURE
        if self.is_done(task):
            return Standing.DONE
        return Standing.SKIPPED if task.turn in set(skipped) else Standing.OPEN

    def done(self) -> int:
        """How many tasks have all their points marked."""
        return len(self._finished)

    def marks_left(self) -> int:
        """How many points of all tasks have no mark yet."""
        return sum(self._left.values())

    def count_done(self, turns: Iterable[Turn] | None = None) -> None:
        """Find out which tasks are done, all of them or those concerned."""
        wanted = None if turns is None else set(turns)
        for task in self.tasks:
            if wanted is None or task.turn in wanted:
                self._left[task.number] = left = len(self.unmarked(task))
                (self._finished.discard if left else self._finished.add)(task.number)

    def hear(self, store: Store) -> set[Turn]:
        """Take over what the newest edit says; the tasks it concerns."""
        newest = store.edits(newest=1)
        records = store.records_of_edit(newest[0].id) if newest else []
        concerned: set[Turn] = set()
        for kind in (RecordKind.VERDICT, RecordKind.DOUBT):
            subjects = {record.subject for record in records if record.kind is kind}
            if subjects:
                concerned |= self._hear(kind, subjects, store.heads(kind, subjects=subjects))
        self.count_done(concerned)
        return concerned

    def _hear(self, kind: RecordKind, subjects: set[str], heads: Sequence[Record]) -> set[Turn]:
        """Replace what is known of some subjects; a subject is sample/question/person/repeat."""
        keys = self._keys_by_question(subjects)
        for subject in subjects:
            sample, question, _, repeat = subject.split("/")
            turn, key = (SampleKey(sample), int(repeat)), keys.get((sample, question))
            if key is None:
                continue
            if kind is RecordKind.VERDICT:
                self.marks[turn].pop(key, None)
            else:
                self.unsure[turn].discard(key)
        self._take(kind, heads)
        return {(SampleKey(s.split("/")[0]), int(s.split("/")[3])) for s in subjects}

    def _keys_by_question(self, subjects: set[str]) -> dict[tuple[str, str], str]:
        samples = {subject.split("/")[0] for subject in subjects}
        return {
            (str(task.sample), str(question)): point.key
            for task in self.tasks
            if task.sample in samples
            for point in self.points(task)
            for question in point.questions
        }

    def _take(self, kind: RecordKind, heads: Sequence[Record]) -> list[Record]:
        """Take over what is hers and of this round; give back the other verdicts of hers."""
        others: list[Record] = []
        for head in heads:
            if head.body is None or head.person != self.packet.expert.person:
                continue
            if head.body.get("round") != self.packet.round:
                others.append(head)
                continue
            turn = (SampleKey(head.body["sample"]), int(head.body.get("repeat", 0)))
            if kind is RecordKind.DOUBT:
                self.unsure[turn].add(head.body["criterion"])
            else:
                self._put(turn, expert_verdict(head))
        return others

    def _put(self, turn: Turn, verdict: Verdict) -> None:
        """Keep a mark under the words that are asked now, or that mean the same."""
        task = self.task(turn)
        point = self.point(task, verdict.criterion) if task is not None else None
        if point is not None and verdict.question in point.questions:
            self.marks[turn][point.key] = verdict

    def take_all(self, verdicts: Sequence[Record], doubts: Sequence[Record]) -> None:
        """Take over everything that stands in the packet."""
        self.earlier = tuple(expert_verdict(record) for record in self._take(RecordKind.VERDICT, verdicts))
        self._take(RecordKind.DOUBT, doubts)
        self.count_done()


def read_review(store: Store) -> Review | None:
    """Read a packet whole but for the answers' texts; None where the file is none, or its guide is missing."""
    packet = packet_of(store)
    version = packet and next((each for each in versions(store) if each.id == packet.version), None)
    if packet is None or version is None:
        return None
    review = Review(
        packet=packet,
        asking=questionnaire(store, version.rubric),
        tasks=tasks_of(packet),
        rows={row.id: row for row in store.rows()},
        ids={info.key: info.id for info in store.sample_infos()},
        twins=identical_samples(store),
    )
    review.take_all(store.heads(RecordKind.VERDICT), store.heads(RecordKind.DOUBT))
    return review


def read_task(store: Store, review: Review, task: ReviewTask) -> TaskText:
    """Read a task's answer and what the program found on it; "" where the sample is not here."""
    id = review.ids.get(task.sample)
    if id is None:
        return TaskText("")
    text = next((text for _, _, text in store.sample_texts([id])), "")
    row = review.rows.get(task.row)
    checks = [asked for asked in review.asking.on(row) if not asked.is_judged] if row is not None else []
    if row is None or not checks:
        return TaskText(text)
    questions = accepted_questions(checks, row)
    found = {verdict.question: verdict for verdict in store.check_verdicts([id])}
    return TaskText(text, tuple((each, found.get(questions[each.key][0])) for each in checks))


def finished_subjects(store: Store) -> tuple[str, ...]:
    """The subjects under which she said that she is done with the round; none while she works."""
    heads = [head for head in store.heads(RecordKind.HANDING_IN) if head.body is not None]
    return tuple(head.subject for head in heads if head.body and head.body.get("finished", True))
