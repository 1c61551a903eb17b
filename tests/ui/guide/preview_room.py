"""A preview on a real project file, and the hands of a person in front of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import Person, RecordKind
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from rubric_studio.ui.guide.answer_column import AnswerColumn
from rubric_studio.ui.guide.noted_point_row import NotedPointRow
from rubric_studio.ui.guide.preview import AnswersPreview
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.point_row import Marker, PointRow
from rubric_studio.ui.session import Session

Key = Qt.Key

GUIDE: dict[str, Any] = {
    "name": "Two parts",
    "strata": [
        {
            "key": "issue",
            "title": "Issue",
            "weight": 1,
            "criteria": [
                {"key": "names", "title": "Names the question", "levels": [
                    {"key": "fully", "value": 1, "text": "Named and explained"},
                    {"key": "partly", "value": 0.5, "text": "Only touched"},
                    {"key": "no", "value": 0, "text": "Missed"},
                ], "kind": {"type": "judged"}},
            ],
        },
        {
            "key": "end",
            "title": "Conclusion",
            "weight": 1,
            "criteria": [
                {"key": "right", "title": "Right result", "kind": {"type": "judged"}, "allow_na": True},
                {"key": "cites", "title": "Cites the Act",
                 "kind": {"type": "mentions", "terms": ["Sec. 5"]}},
            ],
        },
    ],
}  # fmt: skip
"""Three points in two parts: one with three grades, one yes or no that may not apply, one for a program."""


class Room:
    """The preview, its session, and what a person can do."""

    def __init__(self, session: Session, preview: AnswersPreview, person: Person, qtbot: Any) -> None:
        self.session, self.preview, self.person, self.qtbot = session, preview, person, qtbot

    def show(self, width: int = 1000, height: int = 800) -> None:
        """Open the page and wait until everything is checked."""
        self.preview.resize(width, height)
        self.preview.show()
        self.preview.activateWindow()
        self.qtbot.waitUntil(self.preview.isActiveWindow)
        self.rest()

    def rest(self) -> None:
        """Wait until nothing runs."""
        self.qtbot.waitUntil(
            lambda: not self.session.jobs.running and self.preview.is_settled(), timeout=10_000
        )

    def column(self, place: int = 0) -> AnswerColumn:
        """A column, from left to right."""
        return self.preview.columns.columns[place]

    def noted(self, key: str, place: int = 0) -> NotedPointRow:
        """A point's row with its note, brought into sight."""
        panel = self.column(place).panel
        panel.list.ensure_in_sight(key)
        row = panel.noted_row(key)
        assert row is not None
        return row

    def row(self, key: str, place: int = 0) -> PointRow:
        """A point's row."""
        return self.noted(key, place).row

    def click_grade(self, key: str, number: int, place: int = 0) -> None:
        """Press a grade's button with the mouse."""
        button = self.row(key, place).grade_buttons()[number - 1]
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, key: Any, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the keyboard is."""
        target = QApplication.focusWidget() or self.preview
        QTest.keyClick(target, key, modifier)

    def type(self, words: str) -> None:
        """Type words wherever the keyboard is."""
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget() or self.preview, letter)

    def ids(self) -> list[int]:
        """The answers of the question, by model and run."""
        assert self.preview.current.question is not None
        return self.preview.current.question.ids

    def marker(self, key: str, place: int = 0) -> Marker:
        """Who marked a point."""
        marker = self.row(key, place).point().marker
        assert marker is not None
        return marker

    def total(self, place: int = 0) -> str:
        """What the badge of a column says."""
        return self.column(place).badge.score().text()

    def marks(self) -> list[Any]:
        """The marks that stand in the project, by whoever sits here."""
        heads = self.session.store.heads(RecordKind.VERDICT)
        return [head for head in heads if head.body is not None and head.person == self.person.id]


@contextmanager
def room_on(path: Path, look: Look, qtbot: Any, *, read_only: bool = False) -> Iterator[Room]:
    """Open a project as the window does."""
    backups = path.parent / "backups"
    store = open_project(path, who="test", clock=wiring.SystemClock(), backups=backups, read_only=read_only)
    person = wiring.new_person("Petra Person")
    if not read_only:
        store.add_person(person)
    jobs = Jobs()
    with ThreadPoolExecutor(1) as executor:
        session = Session(store, store.sibling, wiring.author(person), jobs, executor)
        preview = AnswersPreview(session, look)
        qtbot.addWidget(preview)
        try:
            yield Room(session, preview, person, qtbot)
        finally:
            preview.close()
            jobs.shutdown()
    store.close()


def make_project(path: Path, rubric: dict[str, Any] | None, rows: list[Row], samples: list[Sample]) -> Path:
    """Write a small project with these rows and answers and perhaps a saved guide."""
    store = create_project(path, who="test", clock=wiring.SystemClock())
    fill(store, rubric, rows, samples)
    store.close()
    return path


def fill(store: ProjectFile, rubric: dict[str, Any] | None, rows: list[Row], samples: list[Sample]) -> None:
    from rubric_studio.services.edits import SaveVersion, perform

    author = wiring.author(wiring.new_person("Somebody"))
    with store.writing() as writer:
        writer.source(
            Source(id="one", kind="rows", name="made for a test", person=author.person, at=author.now())
        )
        writer.rows(rows)
        writer.samples(samples)
    if rubric is not None:
        perform(store, SaveVersion(rubric=Rubric.model_validate(rubric), number=1), author)


def question(id: str = "q1", text: str = "Is the tax due?", **reference: Any) -> Row:
    """A row."""
    return Row(id=RowId(id), prompt=user_prompt(text), reference=reference)


def answer(model: str, run: int = 0, text: str = "It is due under Sec. 5.", row: str = "q1") -> Sample:
    """An answer."""
    return Sample(row=RowId(row), model=model, run=run, text=text)
