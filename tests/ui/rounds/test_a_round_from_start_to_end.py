"""A lead starts a round, experts score in windows of their own, the answers come back, the round is closed."""

from pathlib import Path

import pytest

from rubric_studio.domain.packet import ANSWERS_ENDING
from rubric_studio.domain.record import RecordKind
from rubric_studio.ui.rounds.brought_in_dialog import BroughtInDialog
from rubric_studio.ui.rounds.round_words import progress_text

from .window_room import LEAD, Hands, small_project, window, workplace_in


@pytest.fixture
def packets(look, tmp_path: Path, qtbot) -> tuple[Path, list[Path]]:
    """A project with a round for Anna and Ben, and their packets."""
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg", "Ben Olsen")
        return path, hands.send(page, round, tmp_path / "sent")


def scored(
    look, qtbot, folder: Path, packet: Path, grade: str, marks: int = 1000, *, finished: bool = True
) -> Path:
    """An expert opens her packet on a computer that knows nobody, marks and hands in."""
    with window(look, workplace_in(folder, packet.stem)) as shell:
        hands = Hands(shell, qtbot)
        shell.start(packet)
        hands.press(shell.window.body.currentWidget().yes_button)
        hands.wait(lambda: shell.review is not None)
        hands.mark_all(grade, marks)
        answers = hands.hand_in(finished=finished)
        hands.rest()
        return answers


def test_a_round_goes_out_comes_back_and_is_closed(look, tmp_path, qtbot, packets):
    path, sent = packets
    assert [each.name for each in sent] == ["Round 1 - Anna Berg.review", "Round 1 - Ben Olsen.review"]
    answers = [scored(look, qtbot, tmp_path, sent[0], "1"), scored(look, qtbot, tmp_path, sent[1], "2")]
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        wishes: list[str] = []
        page.compare_requested.connect(wishes.append)
        shell.take_files(answers)  # as dropping them on the window does
        hands.wait(lambda: page.rounds[0].is_done)
        hands.wait(lambda: shell.window.findChild(BroughtInDialog) is not None)
        shell.window.findChild(BroughtInDialog).reject()
        assert shell.desk.store.heads(RecordKind.VERDICT) == []  # sealed: nothing of it can be read
        round = page.rounds[0].id
        hands.press(page.board.cards[round].close_button)
        hands.press_words("Close the round")
        hands.wait(lambda: page.rounds[0].is_closed)
        # two people, six answers, two points
        assert len(shell.desk.store.heads(RecordKind.VERDICT)) == 2 * 6 * 2
        assert sum(len(ids) for ids in page.rounds[0].counted.values()) == 2 * 6 * 2
        hands.rest()
        hands.press(page.board.cards[round].agreement_button)
        assert wishes == ["agreement"]
        hands.rest()


def test_who_is_not_done_is_named_before_closing_and_can_be_let_go_on(look, tmp_path, qtbot, packets):
    path, sent = packets
    answers = [
        scored(look, qtbot, tmp_path, sent[0], "1"),
        scored(look, qtbot, tmp_path, sent[1], "2", 3, finished=False),
    ]
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        page.bring_in(answers)
        hands.wait(lambda: page.rounds[0].progress[1].at)
        shell.window.findChild(BroughtInDialog).reject()
        anna, ben = page.rounds[0].progress
        # three marks are one answer with both points, and half of another
        assert (anna.done, anna.total, anna.finished) == (6, 6, True)
        assert (ben.done, ben.total, ben.finished) == (1, 6, False)
        assert progress_text(ben, is_closed=False).startswith("1 of 6 · not finished, sent ")
        card = page.board.cards[page.rounds[0].id]
        hands.press(card.close_button)
        assert "Not finished yet: Ben Olsen." in hands.told()
        assert not page.rounds[0].is_closed
        hands.press(card.lines[0].reopen_button)
        hands.wait(lambda: not page.rounds[0].progress[0].finished)
        assert not page.board.cards[page.rounds[0].id].lines[0].reopen_button.isVisible()
        hands.rest()


def test_a_damaged_file_is_refused_with_what_to_do_and_the_others_come_in(look, tmp_path, qtbot, packets):
    path, sent = packets
    answers = scored(look, qtbot, tmp_path, sent[0], "1")
    damaged = tmp_path / f"damaged{ANSWERS_ENDING}"
    damaged.write_bytes(answers.read_bytes()[:-40])
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        page.bring_in([damaged, answers])
        hands.wait(lambda: page.rounds[0].progress[0].finished)
        dialog = shell.window.findChild(BroughtInDialog)
        assert dialog.heading.text() == "1 of 2 files were not taken in"
        told = [
            card.accessibleName()
            for card in dialog.lines.findChildren(type(dialog.lines.widget()))
            if card.accessibleName()
        ]
        assert any("cut off" in each for each in told)
        assert any("Anna Berg: 6 of 6, handed in" in each for each in told)
        dialog.reject()
        hands.rest()


def test_answers_that_arrive_in_a_watched_folder_appear_by_themselves(look, tmp_path, qtbot, packets):
    path, sent = packets
    answers = scored(look, qtbot, tmp_path, sent[0], "1")
    shared = tmp_path / "shared"
    shared.mkdir()
    workplace = workplace_in(tmp_path, "lead")
    with window(look, workplace, LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        page.desk.answers.watch(shared)
        hands.wait(lambda: page.board.watched.isVisible())
        assert page.board.watched.text().startswith("Watching shared: last looked ")
        (shared / answers.name).write_bytes(answers.read_bytes())
        for _ in range(3):  # a file is read once it looked the same twice
            page.desk.answers.watching.look_now()
            hands.rest()
        hands.wait(lambda: page.rounds[0].progress[0].finished)
        assert page.board.news.text() == "Anna Berg: 6 of 6, handed in"
        assert list(shell.preferences.watched.values()) == [str(shared)]
        hands.press(page.board.stop_button)
        assert shell.preferences.watched == {}
        assert not page.board.stop_button.isVisible()
        hands.rest()


def test_an_excel_sheet_is_written_for_those_who_cannot_install_anything(look, tmp_path, qtbot):
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg", lead_scores=True)
        files = hands.send(page, round, tmp_path / "sent", form=1)
        assert [each.name for each in files] == ["Round 1 - Anna Berg.xlsx"]
        assert page.board.cards[round].lines[1].sent.text().split(",")[0].endswith("kB")
        hands.rest()
