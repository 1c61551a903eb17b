"""A meeting: letters instead of names, a clock, decisions by keys, and minutes at the end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rubric_studio import wiring
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.disputes import disputes
from rubric_studio.ui.compare.differences_view import DifferencesView
from rubric_studio.ui.compare.meeting_dialog import MeetingDialog
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session
from tests.services.judged_project import GUIDE
from tests.ui.compare.dispute_room import a_session


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    with a_session(tmp_path, rounds=wiring.round_files()) as found:
        yield found


@pytest.fixture
def meeting(qtbot: QtBot, session: Session, look: Look) -> MeetingDialog:
    meeting = MeetingDialog(session, look, disputes(session.store, GUIDE), GUIDE)
    qtbot.addWidget(meeting)
    meeting.resize(1400, 880)
    meeting.show()
    meeting.detail.answer.setFocus()
    return meeting


def test_people_are_letters_and_nobody_is_named(meeting: MeetingDialog):
    assert sorted(meeting.course.letters.values()) == ["A", "B", "C"]
    shown = [card.who.text() for card in meeting.detail.cards]
    assert shown == ["Expert A", "Expert B", "Expert C", "judge, a model"]
    words = " ".join(label.text() for label in meeting.detail.settle.findChildren(QLabel))
    assert not any(name in words for name in ("Anna", "Bruno", "Cara"))


def test_letters_stay_from_dispute_to_dispute(qtbot: QtBot, meeting: MeetingDialog):
    before = dict(meeting.course.letters)
    qtbot.keyClick(meeting.detail.answer, Qt.Key.Key_Down)
    assert meeting.place.text() == "2 of 4"
    assert meeting.course.letters == before


def test_type_is_large(meeting: MeetingDialog, look: Look):
    assert meeting.detail.title.font().pixelSize() == round(look.theme.sizes.control * 1.5)


def test_the_clock_runs_and_says_when_it_is_over(meeting: MeetingDialog):
    assert meeting.clock.text() == "3:00 left"
    for _ in range(181):
        meeting._on_tick()
    assert meeting.clock.text() == "0:01 over"


def test_fewer_minutes_make_room_for_fewer_disputes(meeting: MeetingDialog):
    assert len(meeting.course.disputes) == 4
    meeting.all.setValue(6)
    assert len(meeting.course.disputes) == 2  # two times three minutes
    meeting.each.setValue(1)
    assert len(meeting.course.disputes) == 4


def test_a_decision_is_written_at_once_and_the_next_is_shown(
    qtbot: QtBot, meeting: MeetingDialog, session: Session
):
    for key in ("1", "l"):
        qtbot.keyClicks(meeting.detail.answer, key)
    meeting.detail.settle.reason.setPlainText("the act says so")
    qtbot.keyClick(meeting.detail.answer, Qt.Key.Key_Return)
    (head,) = session.store.heads(RecordKind.SETTLEMENT)
    assert head.body is not None
    assert (head.body["level"], head.body["cause"], head.reason) == ("fully", "law", "the act says so")
    assert meeting.place.text() == "2 of 4"


def test_words_are_changed_live_and_stand_in_the_minutes(
    qtbot: QtBot, meeting: MeetingDialog, session: Session, tmp_path: Path
):
    qtbot.keyClicks(meeting.detail.answer, "1w")
    meeting.detail.settle.reason.setPlainText("the act says so")
    qtbot.keyClick(meeting.detail.answer, Qt.Key.Key_Return)
    qtbot.keyClicks(meeting.detail.answer, "e")
    meeting.editor.wording.setPlainText("Names the debt")
    qtbot.mouseClick(meeting.editor.save_button, Qt.MouseButton.LeftButton)
    criterion = session.draft.criterion("good")
    assert criterion is not None
    assert criterion.wording == "Names the debt"
    qtbot.keyClick(meeting, Qt.Key.Key_Escape)
    assert meeting.end.isVisible()
    assert meeting.end.lines[0].text() == "Sees it: fully. the act says so"
    path = tmp_path / "minutes.docx"
    meeting.save_minutes(path)
    qtbot.waitUntil(lambda: meeting.end.told.text() == "Saved: minutes.docx")
    document = Document(str(path))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    assert "Names the debt" in text
    assert "the act says so" in cells
    assert not any(name in text + cells for name in ("Bruno", "Cara"))
    qtbot.keyClick(meeting, Qt.Key.Key_Escape)
    assert not meeting.isVisible()


def test_a_decision_builds_no_card_anew(qtbot: QtBot, meeting: MeetingDialog):
    cards = list(meeting.detail.cards)
    dispute = meeting.dispute
    assert dispute is not None
    assert meeting.desk.settle(dispute, "fully", "slip", "it is there")
    assert meeting.detail.cards == cards
    assert "it is there" in meeting.detail.settle.heading.text()


def test_behind_a_meeting_nothing_is_read_until_it_is_over(qtbot: QtBot, session: Session, look: Look):
    view = DifferencesView(session, look)
    qtbot.addWidget(view)
    view.resize(1370, 830)
    view.show()
    qtbot.waitUntil(lambda: view.dispute is not None)
    view._open_meeting()
    meeting: Any = view.findChild(MeetingDialog)
    dispute = meeting.dispute
    assert dispute is not None
    assert meeting.desk.settle(dispute, "fully", "slip", "it is there")
    assert not view.reading.is_under_way
    assert view.model.rowCount() == 4
    meeting.reject()
    qtbot.waitUntil(lambda: view.model.rowCount() == 3)
