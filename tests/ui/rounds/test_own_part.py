"""The lead scores too: blind like the rest, in a packet of her own inside the project."""

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rubric_studio.domain.record import RecordKind
from rubric_studio.ui.plain_text import PlainLabel

from .window_room import LEAD, Hands, small_project, window, workplace_in


def test_her_part_is_scored_in_the_project_and_sealed_when_she_leaves_it(look, tmp_path, qtbot):
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg", lead_scores=True)
        hands.press(page.board.cards[round].score_button)
        hands.mark_all(marks=2)
        assert page.session_at_hand is not shell.desk.session
        hands.press(page.desk.view.back_button)
        hands.wait(lambda: page.rounds[0].progress[0].at)
        assert (page.rounds[0].progress[0].done, page.rounds[0].progress[0].finished) == (1, False)
        assert shell.desk.store.heads(RecordKind.VERDICT) == []
        assert page.session_at_hand is shell.desk.session
        assert page.board.cards[round].score_button.text() == "Go on with my part"
        hands.rest()


def test_undo_in_her_part_takes_back_her_mark_and_nothing_of_the_project(look, tmp_path, qtbot):
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        versions = len(shell.desk.store.heads(RecordKind.VERSION))
        round = hands.start_round(page, "Anna Berg", lead_scores=True)
        hands.press(page.board.cards[round].score_button)
        hands.mark_all(marks=1)
        review = hands.review().work.review
        left = review.marks_left()
        QTest.keyClick(hands.review(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        hands.wait(lambda: review.marks_left() == left + 1)
        shell.actions["redo"].trigger()
        hands.wait(lambda: review.marks_left() == left)
        shell.window.action_strip.undo_button.click()
        hands.wait(lambda: review.marks_left() == left + 1)
        assert len(shell.desk.store.heads(RecordKind.VERSION)) == versions
        hands.rest()
        shell.actions["page.guide"].trigger()
        hands.rest()
        assert shell.desk.at_hand is shell.desk.session


def test_handing_in_seals_her_part_and_closing_the_project_loses_nothing(look, tmp_path, qtbot):
    path = small_project(tmp_path)
    workplace = workplace_in(tmp_path, "lead")
    with window(look, workplace, LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg", lead_scores=True)
        hands.press(page.board.cards[round].score_button)
        hands.mark_all(marks=2)
        hands.rest()
        shell.actions["close"].trigger()
        hands.wait(lambda: shell.desk is None)
        page = hands.open_project(path)
        assert page.rounds[0].progress[0].done == 1
        workplace.rounds.own_packet(round, LEAD.id).unlink()  # lost: it is made again from what is sealed
        hands.press(page.board.cards[round].score_button)
        assert hands.review().work.review.done() == 1
        hands.mark_all()
        hands.press(page.desk.view.hand_in_button)
        hands.wait(lambda: page.desk._handing_in.dialog is not None)
        hands.press(page.desk._handing_in.dialog.done_button)
        hands.wait(lambda: not shell.jobs.running)
        hands.press(page.desk.view.back_button)
        hands.wait(lambda: page.rounds[0].progress[0].finished)
        assert page.rounds[0].progress[0].done == 6
        hands.rest()


def test_her_part_can_be_left_while_it_is_still_being_read(look, tmp_path, qtbot):
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg", lead_scores=True)
        hands.press(page.board.cards[round].score_button)
        hands.review()
        hands.press(page.desk.view.back_button)
        hands.wait(lambda: page.desk.view is None)
        hands.rest()
        go_on = Event()
        for _ in range(3):  # every thread is taken: reading waits
            shell.jobs.start("Other work", lambda _: go_on.wait())
        page.desk.open_review(page.rounds[0])
        view = page.desk.view
        assert view.page.work is None
        view.back_button.click()
        assert page.desk.view is None
        go_on.set()
        hands.rest()


def test_what_was_said_before_a_crash_is_sealed_when_her_part_is_left_again(look, tmp_path, qtbot):
    path, workplace = small_project(tmp_path), workplace_in(tmp_path, "lead")
    with window(look, workplace, LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg", lead_scores=True)
        hands.press(page.board.cards[round].score_button)
        hands.mark_all(marks=2)
        hands.rest()
        page.desk.view.leave()
        page.desk.own._close()  # nothing was sealed, as after a crash
        assert page.rounds[0].progress[0].done == 0
        hands.press(page.board.cards[round].score_button)
        hands.review()
        hands.press(page.desk.view.back_button)
        hands.wait(lambda: page.rounds[0].progress[0].done == 1)
        hands.rest()


def test_a_project_without_answers_or_guide_says_what_is_missing_first(look, tmp_path, qtbot):
    path = small_project(tmp_path, guide=False)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        assert "A round needs a scoring guide that is saved" in page.empty.accessibleName()
        hands.press(page.empty.main_button)
        hands.rest()
        assert shell.desk.pages.shown == "guide"


def test_a_packet_of_hers_that_is_damaged_is_made_again_from_what_was_sealed(look, tmp_path, qtbot):
    path, workplace = small_project(tmp_path), workplace_in(tmp_path, "lead")
    with window(look, workplace, LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg", lead_scores=True)
        hands.press(page.board.cards[round].score_button)
        hands.mark_all(marks=2)
        hands.press(page.desk.view.back_button)
        hands.wait(lambda: page.rounds[0].progress[0].done == 1)
        hands.rest()
        packet = workplace.rounds.own_packet(round, LEAD.id)
        packet.write_bytes(packet.read_bytes()[:5000])
        hands.press(page.board.cards[round].score_button)
        assert hands.review().work.review.done() == 1
        assert packet.with_name(packet.name + ".damaged").stat().st_size == 5000  # kept, should somebody ask
        hands.rest()


def test_a_round_in_which_only_the_lead_scores_says_that_nothing_can_be_compared(look, tmp_path, qtbot):
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, lead_scores=True)
        told = [label.text() for label in page.board.cards[round].findChildren(PlainLabel)]
        assert "Nobody but you scores in it: there will be nothing to compare." in told
        hands.rest()
