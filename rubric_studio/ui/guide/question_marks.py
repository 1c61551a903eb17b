"""All marks on one question's answers: those that count, one's own, and those given under old words. No Qt.

A long guide has hundreds of marks on each answer: an answer's marks are read when it is first looked at.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rubric_studio.domain.ids import PersonId, QuestionHash
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import Verdict
from rubric_studio.services.asked import Asked, Questionnaire, accepted_questions
from rubric_studio.services.marks import Counting, Mark, MarkBook, RaterChoice, mark_book
from rubric_studio.services.ports import Store
from rubric_studio.services.scores import MarkedRow

NOT_CHECKED = "not checked yet"

Place = tuple[int, str]
"""An answer's id and a point's key."""


@dataclass
class AnswerMarks:
    """What is known of one answer, by point: `own` holds the marks of the person at the keyboard.

    `outdated` holds, where nobody marked under the present words, the newest mark under older ones.
    """

    counting: dict[str, Mark] = field(default_factory=dict[str, Mark])
    own: dict[str, Verdict] = field(default_factory=dict[str, Verdict])
    outdated: dict[str, Verdict] = field(default_factory=dict[str, Verdict])


class QuestionMarks:
    """One question's answers and the marks on them, each verdict read once.

    Args:
        books: the verdicts that are read already, by answer; shared with the same question under other points.
    """

    def __init__(
        self,
        store: Store,
        asking: Questionnaire,
        row: Row,
        choice: RaterChoice,
        person: PersonId,
        samples: Sequence[tuple[int, Sample]] | None = None,
        books: dict[int, MarkBook] | None = None,
    ) -> None:
        self.row, self.rubric = row, asking.rubric
        self.asked = tuple(asking.on(row))
        self.samples = dict(store.samples_of(row.id) if samples is None else samples)
        self.questions = accepted_questions(self.asked, row)
        self._store, self._choice, self._person = store, choice, person
        self._by_key = {each.key: each for each in self.asked}
        self._books: dict[int, MarkBook] = {} if books is None else books
        self._read: dict[int, AnswerMarks] = {}

    def asked_otherwise(self, asking: Questionnaire) -> "QuestionMarks":
        """Ask the same answers by another guide; verdicts that are read stay read."""
        samples = tuple(self.samples.items())
        return QuestionMarks(self._store, asking, self.row, self._choice, self._person, samples, self._books)

    def has_counted(self, id: int) -> bool:
        """Whether it is known which marks count on an answer."""
        return id in self._read

    def get_ready(self, id: int) -> None:
        """Read an answer's verdicts or, once that is done, find out which of them count."""
        if id in self._books:
            self.of(id)
        else:
            self._book(id)

    def of(self, id: int) -> AnswerMarks:
        """One answer's marks, read now if they never were."""
        if id not in self._read:
            self._read[id] = marks = AnswerMarks()
            self._count(id, self.asked, marks)
        return self._read[id]

    def own(self, id: int, key: str) -> Verdict | None:
        """What the person at the keyboard said to a point of an answer."""
        return self.of(id).own.get(key)

    def marked(self, id: int) -> MarkedRow:
        """One answer with its marks, as it is scored."""
        return MarkedRow(self.row, self.asked, ((id, self.samples[id]),), (self.of(id).counting,))

    def unchecked(self) -> list[int]:
        """The answers on which a program has not looked yet."""
        checks = [self.questions[each.key][0] for each in self.asked if not each.is_judged]
        if not checks:
            return []
        known = {(check.sample, check.question) for check in self._store.check_verdicts(list(self.samples))}
        return [id for id in self.samples if any((id, question) not in known for question in checks)]

    def hear(self, subjects: Collection[str]) -> set[Place]:
        """Read what people say now on these subjects of verdicts; return whom and what it concerns."""
        by_sample = {str(sample.key): id for id, sample in self.samples.items()}
        found: dict[int, set[str]] = {}
        for subject in subjects:
            id = by_sample.get(subject.partition("/")[0])
            if id is not None:
                found.setdefault(id, set()).add(subject)
        concerned = {(id, key) for id, wanted in found.items() for key in self._hear(id, wanted)}
        self.count_again(concerned)
        return concerned

    def count_again(self, places: Collection[Place]) -> None:
        """Find out anew what counts there: the verdicts that are read have changed."""
        for id, key in places:
            if id in self._read and key in self._by_key:
                self._count(id, [self._by_key[key]], self._read[id])

    def _hear(self, id: int, subjects: set[str]) -> set[str]:
        if id not in self._books:
            return set()  # nobody has looked at it: it is read with everything that is said by then
        return self._books[id].hear(self._store.heads(RecordKind.VERDICT, subjects=subjects), subjects)

    def _book(self, id: int) -> MarkBook:
        if id not in self._books:
            self._books[id] = mark_book(self._store, [(id, self.samples[id].key)])
        return self._books[id]

    def _count(self, id: int, asked: Sequence[Asked], marks: AnswerMarks) -> None:
        """Find out anew what counts for these points."""
        book, pair = self._book(id), (id, self.samples[id].key)
        counting = Counting(book, self._choice)
        outdated = _outdated(book, self.questions, {each.key for each in asked})
        for each in asked:
            questions = self.questions[each.key]
            marks.counting[each.key] = counting.mark(each, questions, pair)
            own = book.expert_verdicts(pair[1], questions, self._person)
            _put(marks.own, each.key, own[-1] if own else None)
            _put(marks.outdated, each.key, outdated.get(each.key))


def _put(marks: dict[str, Verdict], key: str, verdict: Verdict | None) -> None:
    if verdict is None:
        marks.pop(key, None)
    else:
        marks[key] = verdict


def _outdated(
    book: MarkBook, questions: Mapping[str, tuple[QuestionHash, ...]], keys: Collection[str]
) -> dict[str, Verdict]:
    """The newest mark under other words, where there is none under the present ones."""
    found: dict[str, Verdict] = {}
    current: set[str] = set()
    for verdicts in (*book.judged.values(), *book.experts.values()):
        for verdict in verdicts:
            key = str(verdict.criterion)
            if key not in keys:
                continue
            if verdict.question in questions[key]:
                current.add(key)
            elif key not in found or found[key].at <= verdict.at:
                found[key] = verdict
    return {key: verdict for key, verdict in found.items() if key not in current}
