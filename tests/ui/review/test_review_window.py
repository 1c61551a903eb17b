"""The window that somebody sees who was sent a packet: Score alone, in her name, and the way back."""

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from rubric_studio import wiring
from rubric_studio.domain.packet import PacketPlace
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.answer_format import read_answer_file
from rubric_studio.store.keeper import Keeper
from rubric_studio.store.lock import holder_of
from rubric_studio.ui.first_start import FirstStart
from rubric_studio.ui.notice_bar import NoticeBar
from rubric_studio.ui.review.packet_start import PacketStart
from tests.ui.rounds.window_room import LEAD, Hands, small_project, window, workplace_in


@pytest.fixture
def packet(look, tmp_path: Path, qtbot) -> Path:
    """What Anna was sent."""
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg")
        return hands.send(page, round, tmp_path / "sent")[0]


def test_whoever_has_no_name_yet_is_asked_one_thing_and_keeps_the_rounds_id(look, tmp_path, qtbot, packet):
    with window(look, workplace_in(tmp_path, "anna")) as shell:
        hands = Hands(shell, qtbot)
        shell.start(packet)
        start = shell.window.body.currentWidget()
        assert isinstance(start, PacketStart)
        assert "You are Anna Berg – is that right?" in [label.text() for label in start.findChildren(QLabel)]
        hands.press(start.yes_button)
        hands.wait(lambda: shell.review is not None)
        assert shell.person == wiring.Person(id=shell.review.packet.expert.person, name="Anna Berg")
        hands.review()
        assert shell.window.windowTitle() == "Round 1 for Anna Berg"
        assert not shell.window.rail.isVisible()
        assert shell.window.action_strip.isVisible()
        assert not shell.actions["page.questions"].isEnabled()
        assert not shell.actions["import"].isEnabled()
        assert not [bar for bar in shell.window.findChildren(NoticeBar) if bar.isVisible()]
        hands.rest()


def test_somebody_else_gives_her_own_name_and_is_told_whose_marks_these_are(look, tmp_path, qtbot, packet):
    with window(look, workplace_in(tmp_path, "carl")) as shell:
        hands = Hands(shell, qtbot)
        shell.start(packet)
        hands.press(shell.window.body.currentWidget().no_button)
        start = shell.window.body.currentWidget()
        assert isinstance(start, FirstStart)
        QTest.keyClicks(start.name_field, "Carl Other")
        hands.press(start.go_on_button)
        hands.wait(lambda: shell.review is not None)
        hands.review()
        told = [bar.label.text() for bar in shell.window.findChildren(NoticeBar) if bar.isVisible()]
        assert told == [
            "This was sent to Anna Berg. On this computer you are Carl Other; what you mark here counts as Anna Berg's."
        ]
        hands.mark_all(marks=1)
        (mark,) = shell.review.store.heads(RecordKind.VERDICT)
        assert mark.person == shell.review.packet.expert.person
        hands.rest()


def test_undo_takes_back_her_mark_and_closing_resumes_where_she_was(look, tmp_path, qtbot, packet):
    with window(look, workplace_in(tmp_path, "anna")) as shell:
        hands = Hands(shell, qtbot)
        shell.start(packet)
        hands.press(shell.window.body.currentWidget().yes_button)
        hands.wait(lambda: shell.review is not None)
        hands.mark_all(marks=4)
        left = hands.review().work.review.marks_left()
        hands.press(shell.window.action_strip.undo_button)
        hands.wait(lambda: hands.review().work.review.marks_left() == left + 1)
        shell.actions["redo"].trigger()
        hands.wait(lambda: hands.review().work.review.marks_left() == left)
        at = hands.review().work.sitting.task.number
        hands.rest()
        shell.actions["close"].trigger()
        hands.wait(lambda: shell.review is None)
        shell.open(packet)
        hands.wait(lambda: shell.review is not None)
        hands.wait(lambda: shell.review.page.work is not None)
        assert shell.review.page.work.review.marks_left() == left
        assert shell.review.page.work.sitting.task.number == at
        hands.rest()


def test_what_is_there_can_be_sent_before_everything_is_scored(look, tmp_path, qtbot, packet):
    with window(look, workplace_in(tmp_path, "anna")) as shell:
        hands = Hands(shell, qtbot)
        shell.start(packet)
        hands.press(shell.window.body.currentWidget().yes_button)
        hands.wait(lambda: shell.review is not None)
        hands.mark_all(marks=4)
        path = hands.hand_in(finished=False)
        assert path == packet.with_suffix(".answers")
        answers = read_answer_file(path.read_bytes()).handed_in
        assert (answers.done, answers.total, answers.finished) == (2, 6, False)  # two points an answer
        hands.rest()


def test_answers_and_files_of_ones_own_find_no_place_in_a_packet(look, tmp_path, qtbot, packet):
    with window(look, workplace_in(tmp_path, "anna"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        shell.start(tmp_path / "lost.answers")
        assert "Open your project first" in hands.told()
        shell.open(packet)
        hands.wait(lambda: shell.review is not None)
        hands.review()
        shell.take_files([tmp_path / "mine.xlsx"])
        assert "Nothing can be brought in here" in hands.told()
        hands.rest()


@pytest.mark.parametrize("key", ["", "ab" * 32 + "\n"])
def test_a_forged_packet_is_refused_kindly_and_what_is_open_stays_open(look, tmp_path, qtbot, packet, key):
    forged = tmp_path / "forged.review"
    _forge(packet, forged, key)
    with window(look, workplace_in(tmp_path, "new")) as shell:
        shell.start(forged)
        assert "This packet cannot be read" in Hands(shell, qtbot).told()
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        hands.open_project(tmp_path / "Tax.rubric")
        shell.open(forged)
        assert "This packet cannot be read" in hands.told()
        assert shell.desk is not None
        assert holder_of(forged) is None  # the file is let go
        hands.rest()


def _forge(packet: Path, forged: Path, key: str) -> None:
    shutil.copy(packet, forged)
    with sqlite3.connect(forged) as database:
        (body,) = database.execute("select body from record where kind = 'packet'").fetchone()
        told = json.loads(body) | {"key": key}
        database.execute("update record set body = ? where kind = 'packet'", [json.dumps(told)])
    database.close()


def test_a_second_window_says_that_these_answers_are_open(look, tmp_path, qtbot, packet):
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as first:
        first.open(packet)
        Hands(first, qtbot).review()
        with window(look, workplace_in(tmp_path, "lead"), LEAD) as second:
            second.start(packet)
            hands = Hands(second, qtbot)
            hands.wait(lambda: hands._boxes())
            assert hands._boxes()[0].text() == "These answers are open already"
            hands.press_words("Open to read")
            hands.review()
            assert second.review.store.read_only
            hands.rest()
        Hands(first, qtbot).rest()


def test_a_project_that_is_closed_at_once_is_not_measured_afterwards(look, tmp_path, qtbot):
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        hands.open_project(path)
        desk = shell.desk
        desk._measuring.start()
        desk.close()
        assert not desk._measuring.isActive()
        shell.desk = None
        hands.rest()


def test_enter_alone_says_who_she_is(look, tmp_path, qtbot, packet):
    with window(look, workplace_in(tmp_path, "anna")) as shell:
        hands = Hands(shell, qtbot)
        shell.start(packet)
        start = shell.window.body.currentWidget()
        QTest.keyClick(start.yes_button, Qt.Key.Key_Return)
        hands.wait(lambda: shell.review is not None)
        hands.review()
        hands.rest()


class ClosedFolder(Keeper):
    """A keeper that may not write where mail lies."""

    def packet_place(self, path: Path) -> PacketPlace:
        return "closed" if path.parent.name == "sent" else "fine"


def test_where_nothing_can_be_written_a_copy_is_offered_and_taken_up_again(look, tmp_path, qtbot, packet):
    own = tmp_path / "anna"
    keeper = ClosedFolder(wiring.SystemClock(), own / "backups", own / "copies")
    workplace = replace(workplace_in(tmp_path, "anna"), projects=keeper)
    with window(look, workplace) as shell:
        hands = Hands(shell, qtbot)
        shell.start(packet)
        hands.press(shell.window.body.currentWidget().yes_button)
        hands.press_words("Copy it there and go on")
        hands.wait(lambda: shell.review is not None)
        hands.review()
        assert shell.review.store.path == own / "Documents" / packet.name
        told = [bar.label.text() for bar in shell.window.findChildren(NoticeBar) if bar.isVisible()]
        assert told == [
            f"You are working in a copy in {own / 'Documents'}. Next time, open it there or from the start page."
        ]
        hands.mark_all(marks=3)
        answers = hands.hand_in(finished=False)
        assert answers.parent == own / "Documents"
        hands.rest()
        shell.close_project()
        hands.wait(lambda: shell.review is None)
        shell.open(packet)  # out of the e-mail again
        hands.press_words("Copy it there and go on")
        hands.wait(lambda: shell.review is not None)
        assert hands.review().work.review.marks_left() == 9  # six answers by two points, three are marked
        assert [path.name for path in (own / "Documents").glob("*.review")] == [packet.name]
        hands.rest()


def test_she_may_read_where_nothing_can_be_written(look, tmp_path, qtbot, packet):
    own = tmp_path / "anna"
    keeper = ClosedFolder(wiring.SystemClock(), own / "backups", own / "copies")
    workplace = replace(workplace_in(tmp_path, "anna"), projects=keeper)
    with window(look, workplace, LEAD) as shell:
        hands = Hands(shell, qtbot)
        shell.start(packet)
        hands.press_words("Open it where it is")
        hands.wait(lambda: shell.review is not None)
        assert shell.review.store.path == packet
        hands.review()
        hands.rest()


def test_a_packet_is_no_copy_of_a_project(look, tmp_path, qtbot, packet):
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        hands.open_project(tmp_path / "Tax.rubric")
        records = len(shell.desk.store.people())
        shell.desk.copies.bring_in(packet)
        assert "choose “Bring answers in”" in hands.told()
        assert len(shell.desk.store.people()) == records
        hands.rest()
