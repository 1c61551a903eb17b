"""All marks on one question's answers: those that count, one's own, and those given under old words. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from rubric_studio.domain.ids import PersonId, QuestionHash
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.verdict import Verdict
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.marks import Counting, MarkBook, RaterChoice, mark_book
from rubric_studio.services.ports import Store
from rubric_studio.services.scores import MarkedRow

NOT_CHECKED = "not checked yet"

Place = tuple[int, str]
"""An answer's id and a point's key."""


@dataclass(frozen=True)
class QuestionMarks:
    """What is known of one question: `own` holds the marks of the person at the keyboard.

    `outdated` holds, where nobody marked under the present words, the newest mark under older ones.
    """

    marked: MarkedRow
    questions: Mapping[str, tuple[QuestionHash, ...]]
    own: Mapping[Place, Verdict]
    outdated: Mapping[Place, Verdict]

    def unchecked(self) -> list[int]:
        """The answers on which a program has not looked yet."""
        return [
            id
            for (id, _), marks in zip(self.marked.samples, self.marked.marks, strict=True)
            if any(mark.reason == NOT_CHECKED for mark in marks.values())
        ]


def question_marks(
    store: Store, rubric: Rubric, row: Row, choice: RaterChoice, person: PersonId
) -> QuestionMarks:
    """Read everything about one question, each verdict once: short enough for the window's thread."""
    samples = store.samples_of(row.id)
    pairs = [(id, sample.key) for id, sample in samples]
    book = mark_book(store, pairs)
    counting = Counting(book, choice)
    asked = tuple(questionnaire(store, rubric).on(row))
    questions = {each.key: each.accepted_on(row) for each in asked}
    marks = tuple(
        {each.key: counting.mark(each, questions[each.key], pair) for each in asked} for pair in pairs
    )
    own: dict[Place, Verdict] = {}
    for each in asked:
        for id, key in pairs:
            for verdict in book.expert_verdicts(key, questions[each.key], person):
                own[(id, each.key)] = verdict
    marked = MarkedRow(row, asked, tuple(samples), marks)
    return QuestionMarks(marked, questions, own, _outdated(book, marked, questions))


def _outdated(
    book: MarkBook, marked: MarkedRow, questions: Mapping[str, tuple[QuestionHash, ...]]
) -> dict[Place, Verdict]:
    """The newest mark under other words, where there is none under the present ones."""
    ids = {sample.key: id for id, sample in marked.samples}
    placed = [(id, v) for (id, _), verdicts in book.judged.items() for v in verdicts]
    placed += [(ids[v.sample], v) for verdicts in book.experts.values() for v in verdicts]
    found: dict[Place, Verdict] = {}
    current: set[Place] = set()
    for id, verdict in placed:
        accepted = questions.get(verdict.criterion)
        place = (id, str(verdict.criterion))
        if accepted is None:
            continue
        if verdict.question in accepted:
            current.add(place)
        elif place not in found or found[place].at <= verdict.at:
            found[place] = verdict
    return {place: verdict for place, verdict in found.items() if place not in current}
