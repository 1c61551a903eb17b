"""Every line of the checklist leads to the very place where it is mended."""

# A None or another page fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportAttributeAccessIssue=false

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import DecideRows, GiveMark, SaveVersion
from rubric_studio.store.project_file import ProjectFile
from rubric_studio.ui.handover.handover_page import HandoverPage
from rubric_studio.ui.handover.plain_table import PlainTable
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.pages import Pages
from rubric_studio.ui.point_row import PointRow
from rubric_studio.ui.session import Session
from tests.ui.guide.editing import small_rubric

QUESTIONS = ("q1", "q2", "q3")


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """Three questions and a guide of three judged points, saved; no answer yet."""
    store = wiring.new_project(tmp_path / "Small.rubric")
    author = wiring.author(person := wiring.new_person("Anna Berg"))
    store.add_person(person)
    with store.writing() as writer:
        writer.source(Source(id="rows", kind="rows", name="rows.jsonl", at=author.now()))
        writer.rows([Row(id=RowId(id), prompt=user_prompt(f"Why {id}?")) for id in QUESTIONS])
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    session = Session(store, store.sibling, author, jobs, executor, wiring.bundles())
    session.perform(SaveVersion(rubric=small_rubric(), number=1))
    yield session
    jobs.shutdown()
    executor.shutdown()
    store.close()


@pytest.fixture
def answered(session: Session) -> Session:
    """Every question has one answer."""
    store = session.store
    assert isinstance(store, ProjectFile)
    with store.writing() as writer:
        writer.source(Source(id="answers", kind="samples", name="answers.jsonl", at=session.author.now()))
        writer.samples([Sample(row=id, model="gpt-a", text=f"Because of {id}.") for id in QUESTIONS])
    return session


Show = Callable[[], Pages]


@pytest.fixture
def show(qtbot: QtBot, session: Session, look: Look) -> Iterator[Show]:
    """Show all pages with the hand-over in front, looked through."""

    def shown() -> Pages:
        pages = Pages(session, look)
        qtbot.addWidget(pages)
        pages.resize(1300, 850)
        pages.show()
        pages.activateWindow()
        pages.show_page("handover")
        qtbot.waitUntil(lambda: bool(handover(pages).checklist.model.words))
        qtbot.waitUntil(lambda: not session.jobs.running)
        return pages

    yield shown
    qtbot.waitUntil(lambda: not session.jobs.running)


def handover(pages: Pages) -> HandoverPage:
    page = pages.currentWidget()
    assert isinstance(page, HandoverPage)
    return page


def judge(session: Session, row: str, criterion: str) -> None:
    """Let a model mark one point of a question's answer."""
    store = session.store
    assert isinstance(store, ProjectFile)
    found = next(store.rows([RowId(row)]))
    asked = next(each for each in questionnaire(store, session.draft).on(found) if each.key == criterion)
    (_, sample) = store.samples_of(RowId(row))[0]
    verdict = Verdict(
        sample=sample.key, criterion=criterion, question=asked.question.on_row(found),
        rater=Rater(kind="judge", name="gemini"), state=State.SCORED, value=0.5,
    )  # fmt: skip
    with store.writing() as writer:
        writer.source(Source(id=f"judge-{row}", kind="verdicts", name="judge.jsonl", at=session.author.now()))
        writer.judge_verdicts([verdict])


def mark(session: Session, row: str) -> None:
    """Mark every point of a question's answer."""
    found = next(session.store.rows([RowId(row)]))
    (_, sample) = session.store.samples_of(RowId(row))[0]
    for asked in questionnaire(session.store, session.draft).on(found):
        session.perform(
            GiveMark(
                sample=sample.key, criterion=asked.key, question=asked.question.on_row(found),
                person=session.author.person, value=1.0, level="fully",
            )
        )  # fmt: skip


def test_answers_that_are_missing_are_brought_in_right_there(show: Show, qtbot: QtBot) -> None:
    pages = show()
    line = handover(pages).checklist.answers
    assert line.mend_button.text() == "Bring in answers…"
    assert not handover(pages).checklist.model.mend_button.isVisible()  # there is nothing to compare yet
    with qtbot.waitSignal(pages.import_requested) as asked:
        qtbot.mouseClick(line.mend_button, Qt.MouseButton.LeftButton)
    assert asked.args == [None]


def test_answers_without_a_score_are_shown_to_be_marked(answered: Session, show: Show, qtbot: QtBot) -> None:
    mark(answered, "q1")
    pages = show()
    line = handover(pages).checklist.answers
    assert "2 of 3 answers have no score yet" in line.words
    qtbot.mouseClick(line.mend_button, Qt.MouseButton.LeftButton)
    assert pages.shown == "guide"
    current = pages.currentWidget().preview.current
    assert current.row.id == "q2"
    assert current.rows == ["q2", "q3"]


def test_compare_now_leads_to_the_point_that_only_the_model_marked(
    answered: Session, show: Show, qtbot: QtBot
) -> None:
    judge(answered, "q2", "valid")
    pages = show()
    line = handover(pages).checklist.model
    assert "3 were never compared with you" in line.words
    qtbot.mouseClick(line.mend_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pages.shown == "guide")
    guide = pages.currentWidget()
    assert guide.preview.current.row.id == "q2"
    row = guide.focusWidget()
    assert isinstance(row, PointRow)
    assert row.point().key == "valid"
    qtbot.keyClick(row, Qt.Key.Key_1)  # and there it is mended, with one key
    pages.show_page("handover")
    qtbot.waitUntil(lambda: "2 were never compared with you" in handover(pages).checklist.model.words)


def test_where_no_model_marked_the_answers_are_shown_all_the_same(
    answered: Session, show: Show, qtbot: QtBot
) -> None:
    pages = show()
    qtbot.mouseClick(handover(pages).checklist.model.mend_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pages.shown == "guide")
    assert pages.currentWidget().focusWidget().point().key == "valid"


def test_a_question_that_stays_out_is_opened(answered: Session, show: Show, qtbot: QtBot) -> None:
    answered.perform(DecideRows(rows=(RowId("q3"),), decision="drop", reason="wrong"))
    pages = show()
    line = handover(pages).checklist.questions
    assert line.mend_button.text() == "Look at it"
    qtbot.mouseClick(line.mend_button, Qt.MouseButton.LeftButton)
    assert pages.shown == "questions"
    qtbot.waitUntil(lambda: pages.currentWidget().details.title.text() == "q3")


def test_the_day_of_the_version_is_written_as_people_write_it(show: Show) -> None:
    words = handover(show()).checklist.guide.words
    assert re.search(r"Version 1 of \d{1,2} [A-Z][a-z]+ \d{4} is handed over", words)


def leftmost_ink(image: QImage, box: QRect) -> int:
    """The first column of a box that differs from its ground."""
    ground = QColor(image.pixel(box.topLeft()))
    rows = range(box.top(), box.bottom() - 3)  # without the hairline below
    for x in range(box.left(), box.right()):
        if any(abs(QColor(image.pixel(x, y)).lightness() - ground.lightness()) > 90 for y in rows):
            return x
    raise AssertionError("nothing is written there")


def test_the_heads_of_a_table_stand_right_over_their_cells(qtbot: QtBot, look: Look) -> None:
    table = PlainTable("Labels", ["HHH", "HHH"])
    qtbot.addWidget(table)
    table.set_lines([("HHH", "HHH")])
    table.resize(400, 100)
    table.show()
    image = table.grab().toImage()
    header = table.horizontalHeader()
    for column in range(2):
        left, width = header.sectionViewportPosition(column), header.sectionSize(column)
        head = QRect(left + 1, 1, width - 2, header.height() - 2)
        cell = table.visualItemRect(table.item(0, column)).translated(table.viewport().pos())
        assert abs(leftmost_ink(image, head) - leftmost_ink(image, cell.adjusted(1, 1, -1, -1))) <= 1


def test_a_table_shows_all_its_lines_when_text_grows(qtbot: QtBot, look: Look) -> None:
    table = PlainTable("Points", ["Point", "Marked by"])
    qtbot.addWidget(table)
    table.set_lines([(f"Point {n}", "program") for n in range(11)])
    table.resize(500, table.height())
    table.show()
    for percent in (150, 100):
        look.use("light", percent)
        qtbot.waitUntil(lambda: table.visualItemRect(table.item(10, 0)).bottom() <= table.viewport().height())
        assert not table.verticalScrollBar().isVisible()
        assert table.rowHeight(0) >= look.metrics("control").height()
