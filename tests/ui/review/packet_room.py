"""A packet made for a test, the review page on it, and the hands of an expert in front of it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rubric_studio import wiring
from rubric_studio.domain.ids import EditId, PersonId, RecordId, RowId, SampleKey
from rubric_studio.domain.packet import PACKET_SUBJECT, Packet
from rubric_studio.domain.record import EditEntry, Person, Record, RecordKind
from rubric_studio.domain.round import Block, RoundExpert, Task
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import Author, Proposal, SaveVersion, perform, write
from rubric_studio.services.ports import Store
from rubric_studio.services.versions import saved_version
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.review.review_page import ReviewPage
from rubric_studio.ui.review.review_work import ReviewWork
from rubric_studio.ui.session import Session

Key, Modifier = Qt.Key, Qt.KeyboardModifier
ROUND = RecordId("01KBROUND00000000000000000")
EXPERT = Person(id=PersonId("01KBEXPERT0000000000000000"), name="Petra Person")
OTHER = Person(id=PersonId("01KBOTHER00000000000000000"), name="Somebody Else")

GUIDE: dict[str, Any] = {
    "name": "Two parts",
    "strata": [
        {
            "key": "issue",
            "title": "Issue",
            "criteria": [
                {"key": "names", "title": "Names the question", "levels": [
                    {"key": "fully", "value": 1, "text": "Named and explained",
                     "anchors": [{"row": "q1", "sample": "x", "text": "The question is whether it is due."}]},
                    {"key": "partly", "value": 0.5, "text": "Only touched"},
                    {"key": "no", "value": 0, "text": "Missed"},
                ], "kind": {"type": "judged"}},
            ],
        },
        {
            "key": "end",
            "title": "Conclusion",
            "criteria": [
                {"key": "right", "title": "Right result", "kind": {"type": "judged"}, "allow_na": True},
                {"key": "invents", "title": "Invents an authority", "kind": {"type": "judged"}, "weight": -0.5},
                {"key": "cites", "title": "Cites the Act",
                 "kind": {"type": "mentions", "terms": ["Sec. 5"]}},
            ],
        },
    ],
}  # fmt: skip
"""Three points that people judge, the last of them a fault, and one for a program."""


def question(id: str, text: str = "", **reference: Any) -> Row:
    """A row."""
    return Row(id=RowId(id), prompt=user_prompt(text or f"Is the tax of {id} due?"), reference=reference)


def answer(row: str, run: int, text: str = "") -> Sample:
    """An answer as a packet names it: without a model."""
    return Sample(
        row=RowId(row), model="", run=run, text=text or f"Answer {run} to {row}. It is due under Sec. 5."
    )


def small_rows() -> list[Row]:
    """Two questions."""
    return [question("q1", book="The Act, Sec. 5"), question("q2")]


def small_answers() -> list[Sample]:
    """Two answers to the first question, one to the second."""
    return [answer("q1", 0), answer("q1", 1), answer("q2", 0)]


def make_packet(
    path: Path,
    rows: Sequence[Row],
    samples: Sequence[Sample],
    *,
    guide: dict[str, Any] | Rubric | None = None,
    repeats: Sequence[Sample] = (),
    told: tuple[Any, ...] = (),
    precedents: Sequence[Sample] = (),
) -> Path:
    """Write a packet with these answers in this order, and some of them again, hidden, at the end.

    `precedents` are answers that are not to be marked.
    """
    store = create_project(path, who="test", clock=wiring.SystemClock())
    try:
        _fill(store, rows, samples, Rubric.model_validate(guide or GUIDE), repeats, told, precedents)
    finally:
        store.close()
    return path


def _fill(
    store: ProjectFile,
    rows: Sequence[Row],
    samples: Sequence[Sample],
    rubric: Rubric,
    repeats: Sequence[Sample],
    told: tuple[Any, ...],
    precedents: Sequence[Sample],
) -> None:
    lead = Author(PersonId("01KBLEAD000000000000000000"), wiring.SystemClock())
    store.add_person(Person(id=lead.person, name="Anna Lead"))
    with store.writing() as writer:
        writer.source(Source(id="one", kind="rows", name="a round", person=lead.person, at=lead.now()))
        writer.rows(list(rows))
        writer.samples([*samples, *precedents])
    perform(store, SaveVersion(rubric=rubric, number=4), lead)
    packet = Packet(
        round=ROUND,
        project="01KBPROJECT000000000000000",
        project_name="Tax",
        title="First round",
        number=1,
        expert=RoundExpert(person=EXPERT.id, name=EXPERT.name),
        lead=lead.person,
        lead_name="Anna Lead",
        version=RecordId(saved_version(store).id),
        version_number=4,
        blocks=(*_blocks(samples, 0), *_blocks(repeats, 1)),
        told=told,
        key="ab" * 32,
        made_at=lead.now(),
    )
    write(
        store, "Packet", [Proposal(RecordKind.PACKET, PACKET_SUBJECT, packet.model_dump(mode="json"))], lead
    )


def _blocks(samples: Sequence[Sample], repeat: int) -> list[Block]:
    by_row: dict[RowId, list[Task]] = {}
    for sample in samples:
        by_row.setdefault(sample.row, []).append(Task(sample=sample.key, repeat=repeat))
    return [Block(row=row, tasks=tuple(tasks)) for row, tasks in by_row.items()]


def expert() -> Author:
    """The expert at the keyboard."""
    return Author(EXPERT.id, wiring.SystemClock())


def earlier_mark(
    store: Store,
    sample: Sample,
    criterion: str,
    question: str,
    level: str,
    reason: str = "",
    *,
    at: str,
    round: str,
) -> None:
    """Put a mark of hers from another round into the packet, as whoever fills it does."""
    author = expert()
    entry = EditEntry(id=EditId(author.new_id()), label="earlier", person=EXPERT.id, at=at)
    body = {
        "sample": sample.key, "criterion": criterion, "question": question, "repeat": 0, "state": "scored",
        "value": 0.5, "level": level, "evidence": [], "round": round,
    }  # fmt: skip
    record = Record(
        id=RecordId(author.new_id()), kind=RecordKind.VERDICT, subject=f"{sample.key}/{question}/{EXPERT.id}/0",
        scope=sample.key, person=EXPERT.id, at=at, reason=reason, body=body, edit=entry.id,
    )  # fmt: skip
    store.append(entry, [record])


class Clock:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class PacketRoom:
    """The page, its session, and what an expert can do."""

    def __init__(self, session: Session, page: ReviewPage, clock: Clock, qtbot: Any) -> None:
        self.session, self.page, self.clock, self.qtbot = session, page, clock, qtbot

    def show(self, width: int = 1360, height: int = 840) -> None:
        """Open the page and wait until the packet is read."""
        self.page.resize(width, height)
        self.page.show()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)
        self.qtbot.waitUntil(lambda: not self.session.jobs.running, timeout=10_000)
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is due."""
        self.qtbot.waitUntil(self.page._look.turns.is_idle, timeout=5_000)

    @property
    def work(self) -> ReviewWork:
        """The marking under way."""
        assert self.page.work is not None
        return self.page.work

    def press(self, *keys: Any, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """Press keys wherever the keyboard is."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)
            self.rest()

    def type(self, words: str) -> None:
        """Type words wherever the keyboard is."""
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget() or self.page, letter)

    def select(self, words: str) -> None:
        """Select words in the answer, as the mouse does."""
        view = self.work.board.answers.text.view
        start = view.toPlainText().index(words)
        cursor = view.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)
        view.setFocus()

    def answer_text(self) -> str:
        """What stands in the answer's pane."""
        return self.work.board.answers.text.text()

    def point(self) -> str:
        """The key of the point at hand."""
        card = self.work.board.card.point()
        return card.key if card is not None else ""

    def words(self) -> list[str]:
        """The grades given to the answer's points, in words."""
        return [line.word for line in self.work.board.points.lines()]

    def place(self) -> str:
        """Where one is: "Answer 1 of 3"."""
        return self.work.board.progress.place.text()

    def told(self) -> str:
        """What the line at the top says of progress."""
        return self.work.board.progress.told.text()

    def marks(self, kind: RecordKind = RecordKind.VERDICT) -> list[Record]:
        """What stands in the packet by her."""
        heads = self.session.store.heads(kind)
        return [head for head in heads if head.body is not None and head.person == EXPERT.id]


@contextmanager
def packet_room(path: Path, look: Look, qtbot: Any) -> Iterator[PacketRoom]:
    """Open a packet as the window does."""
    store = open_project(path, who="test", clock=wiring.SystemClock(), backups=path.parent / "backups")
    store.add_person(EXPERT)
    jobs, clock = Jobs(), Clock()
    with ThreadPoolExecutor(1) as executor:
        session = Session(store, store.sibling, expert(), jobs, executor)
        page = ReviewPage(session, look, clock=clock)
        qtbot.addWidget(page)
        room = PacketRoom(session, page, clock, qtbot)
        try:
            room.show()
            yield room
        finally:
            page.leave()
            page.close()
            jobs.shutdown()
    store.close()


def key_of(row: str, run: int) -> SampleKey:
    """The key of one of the small answers."""
    return answer(row, run).key
