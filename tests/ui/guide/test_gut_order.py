"""Starting from the gut: answers put in order by mouse and by keyboard, and what the guide makes of it, live."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion, with_stratum
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import GiveMark, write
from rubric_studio.services.orders import PutInOrder, orders
from rubric_studio.ui.guide.order_board import OrderBoard
from rubric_studio.ui.guide.order_card import beginning_of
from rubric_studio.ui.look import Look
from tests.ui.guide.page_room import Key, Modifier, PageRoom, page_on
from tests.ui.guide.preview_room import answer, make_project, question

ANSWERS = [
    answer("alpha", 0, "It is due. Sec. 5 says so, and the year is 2024."),
    answer("alpha", 1, "It is due."),
    answer("beta", 0, "Sec. 5."),
    answer("beta", 1, "Nothing is due."),
]
CHECKS = {
    "row_criteria": None,
    "strata": [
        {
            "key": "all",
            "criteria": [
                {"key": "cites", "title": "Cites the Act", "kind": {"type": "mentions", "terms": ["Sec. 5"]}},
                {
                    "key": "due",
                    "title": "Says it is due",
                    "kind": {"type": "mentions", "terms": ["It is due"]},
                },
            ],
        }
    ],
}
"""Totals: alpha 0 has both, 1; alpha 1 is due, 1/2; beta 0 cites, 1/2; beta 1 has none, 0."""


@pytest.fixture
def room(tmp_path: Path, look: Look, qtbot) -> Iterator[PageRoom]:
    """A project without any point: two questions, four answers to the first and three to the second."""
    rows = [question("q1"), question("q2", "Which year?")]
    others = [answer("alpha", at, f"202{at}", "q2") for at in range(3)]
    with page_on(make_project(tmp_path / "Tax.rubric", None, rows, [*ANSWERS, *others]), look, qtbot) as room:
        yield room


def board(room: PageRoom) -> OrderBoard:
    assert room.page.gut_order.board is not None
    return room.page.gut_order.board


def names(room: PageRoom) -> list[str]:
    """The answers on the sheet, from the top."""
    question = room.page.preview.current.question
    return [f"{question.sample(id).model} {question.sample(id).run}" for id in board(room).ids()]


def put(room: PageRoom, *wanted: str) -> None:
    """Bring the answers into this order by keyboard, and keep it."""
    for place, name in enumerate(wanted):
        while names(room).index(name) > place:
            board(room).cards[names(room).index(name)].setFocus()
            room.press(Key.Key_Up, Modifier.AltModifier)
    assert names(room) == list(wanted)
    room.press(Key.Key_Return, Modifier.ControlModifier)
    room.rest()


def open_sheet(room: PageRoom) -> None:
    room.page.preview.setFocus()
    room.press(Key.Key_O)
    assert room.page.gut_order.board is not None


def kept(room: PageRoom) -> list[list[str]]:
    """The orders that stand, as models and runs."""
    by_key = {s.key: f"{s.model} {s.run}" for _, s in room.session.store.samples()}
    return [[by_key[key] for key in order.samples] for order in orders(room.session.store)]


def test_before_any_point_the_page_offers_to_put_answers_in_order(room: PageRoom):
    line = room.page.gut_order.line
    assert line.isVisible()
    assert line.offer.text() == "Put 4 to 6 answers in order, best to worst"
    QTest.mouseClick(line.offer, Qt.MouseButton.LeftButton)
    assert len(board(room).cards) == 4
    shown = " ".join(label.text() for label in board(room).findChildren(QLabel))
    assert "alpha" not in shown
    assert "beta" not in shown
    assert QApplication.focusWidget() is board(room).cards[0]


def test_the_letters_of_the_answers_hold_before_anybody_went_anywhere(room: PageRoom):
    room.page.setFocus()
    room.press(Key.Key_O)
    assert room.page.gut_order.board is not None


def test_space_picks_up_arrows_move_space_drops_and_undo_takes_it_back(room: PageRoom):
    open_sheet(room)
    before = names(room)
    room.press(Key.Key_Space)
    assert board(room).cards[0].is_picked
    room.press(Key.Key_Down)
    room.press(Key.Key_Down)
    room.press(Key.Key_Space)
    moved = [before[1], before[2], before[0], before[3]]
    assert names(room) == moved
    room.press(Key.Key_Up)  # put down: the arrow walks, and moves nothing
    assert names(room) == moved
    room.press(Key.Key_Down, Modifier.AltModifier)
    moved = [before[1], before[0], before[2], before[3]]
    assert names(room) == moved
    room.press(Key.Key_Return, Modifier.ControlModifier)
    assert kept(room) == [moved]
    assert room.page.gut_order.board is None
    room.session.undo()
    assert kept(room) == []
    room.rest()
    assert room.page.gut_order.line.offer.isVisible()


def test_escape_puts_a_card_back_and_then_gives_up(room: PageRoom):
    open_sheet(room)
    before = names(room)
    room.press(Key.Key_Space)
    room.press(Key.Key_Down)
    room.press(Key.Key_Escape)
    assert names(room) == before
    room.press(Key.Key_Escape)
    assert room.page.gut_order.board is None
    assert not room.page.preview.tools.order.isChecked()
    assert kept(room) == []


def test_a_card_is_dragged_with_the_mouse(room: PageRoom):
    open_sheet(room)
    sheet, before = board(room), names(room)
    card, last = sheet.cards[0], sheet.cards[3]
    start = QPoint(60, card.height() // 2)
    QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(card, start + QPoint(0, 30))
    QTest.mouseMove(card, card.mapFromGlobal(last.mapToGlobal(QPoint(60, last.height() - 2))))
    assert card.is_picked
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=start)
    assert not card.is_picked
    assert names(room) == [*before[1:], before[0]]
    QTest.mouseClick(sheet.done_button, Qt.MouseButton.LeftButton)
    assert kept(room) == [[*before[1:], before[0]]]


def test_letters_on_the_sheet_reach_nothing_under_it(room: PageRoom):
    open_sheet(room)
    room.press(Key.Key_L)
    room.press(Key.Key_W)
    assert not room.page.preview.tools.as_written.isChecked()
    assert room.page.editor.isVisible()


def test_an_answer_is_left_out_and_added_again(room: PageRoom):
    open_sheet(room)
    room.press(Key.Key_Delete)
    room.press(Key.Key_Delete)
    assert len(board(room).cards) == 2
    room.press(Key.Key_Delete)  # an order has two answers at least
    assert len(board(room).cards) == 2
    QTest.mouseClick(board(room).add_button, Qt.MouseButton.LeftButton)
    assert len(board(room).cards) == 3


def test_enter_shows_all_of_an_answer(room: PageRoom):
    open_sheet(room)
    card = board(room).cards[0]
    room.press(Key.Key_Return)
    assert card.is_open()
    assert not card.beginning.isVisible()
    room.press(Key.Key_Return)
    assert card.beginning.isVisible()


def test_the_guide_is_compared_with_the_order_live_and_over_all(room: PageRoom):
    open_sheet(room)
    put(room, "beta 0", "alpha 0", "alpha 1", "beta 1")
    line, report = room.page.gut_order.line, room.page.gut_order.report
    # No point yet: no answer has a total.
    assert line.verdict.text() == "Your order against the guide's: cannot be told yet"
    room.session.change_draft(Rubric.model_validate(CHECKS), "two points")
    room.rest()
    # 1/2, 1, 1/2, 0: the first pair is turned round, beta 0 and alpha 1 are tied, the other four agree.
    assert line.verdict.text() == "Your order against the guide's: 1 pair differs, 1 pair is tied"
    assert line.overall.text() == "1 question ordered, 4 of 6 pairs agree"
    QTest.mouseClick(line.verdict, Qt.MouseButton.LeftButton)
    room.rest()
    assert [each.text() for each in report.lines] == [
        "You: beta, run 0 above alpha, run 0. The guide: 0.50 and 1.00.",
        "You: beta, run 0 above alpha, run 1. The guide gives both 0.50.",
    ]
    # "Says it is due" pulls 1/2 * (1 - 0) against both pairs; "Cites the Act" pulls for the second one.
    assert report.lines[0].accessibleDescription() == "Because of: Says it is due (0.50)"
    assert "Most often against: Says it is due (2 pairs)." in report.overall.text()
    # A weight that is being slid: cites 3 of 4. Totals 3/4, 1, 1/4, 0: one pair still differs, the tie is gone.
    room.page.preview.show_rubric(with_criterion(room.session.draft, "cites", weight=3.0))
    room.rest()
    assert line.verdict.text() == "Your order against the guide's: 1 pair differs"
    assert report.lines[0].text().endswith("The guide: 0.75 and 1.00.")
    assert report.lines[0].accessibleDescription() == "Because of: Says it is due (0.25)"


def test_all_orders_count_together_and_each_question_has_its_own(room: PageRoom):
    room.session.change_draft(Rubric.model_validate(CHECKS), "two points")
    room.rest()
    open_sheet(room)
    put(room, "alpha 0", "alpha 1", "beta 0", "beta 1")
    line = room.page.gut_order.line
    assert line.verdict.text() == "Your order against the guide's: 1 pair is tied"
    room.press(Key.Key_Right, Modifier.AltModifier)
    room.rest()
    assert line.verdict.isHidden()
    assert line.overall.text() == "1 question ordered, 5 of 6 pairs agree"
    open_sheet(room)
    room.press(Key.Key_Return, Modifier.ControlModifier)
    room.rest()
    # All three answers to the second question have 0: three pairs are tied.
    assert line.verdict.text() == "Your order against the guide's: 3 pairs are tied"
    assert line.overall.text() == "2 questions ordered, 5 of 9 pairs agree"


def test_an_order_that_the_guide_shares_agrees_and_a_pair_is_read_side_by_side(room: PageRoom):
    room.session.change_draft(Rubric.model_validate(CHECKS), "two points")
    room.rest()
    room.session.change_draft(with_stratum(room.session.draft, "all", weight=2), "no matter")
    room.rest()
    open_sheet(room)
    room.press(Key.Key_Delete)
    while {"alpha 1", "beta 0"} <= set(names(room)):  # only one of the two that are tied
        board(room).cards[names(room).index("alpha 1")].setFocus()
        room.press(Key.Key_Delete)
    left = [name for name in ("alpha 0", "alpha 1", "beta 0", "beta 1") if name in names(room)]
    put(room, *left)
    assert room.page.gut_order.line.verdict.text() == "Your order against the guide's: they agree"
    open_sheet(room)
    put(room, *reversed(left))
    room.page.gut_order.line.verdict.click()
    room.rest()
    room.page.gut_order.report.lines[-1].click()
    room.rest()
    shown = [room.page.preview.current.question.sample(id) for id in room.page.preview.columns.shown()[:2]]
    assert sorted(f"{s.model} {s.run}" for s in shown) == sorted(left[:2])


def test_with_225_points_nothing_takes_long_while_a_weight_is_slid(tmp_path: Path, look: Look, qtbot):
    levels = [{"key": "yes", "value": 1}, {"key": "no", "value": 0}]
    criteria = [{"key": f"p{at}", "title": f"Point {at}", "levels": levels} for at in range(225)]
    guide = {"row_criteria": None, "strata": [{"key": "all", "criteria": criteria}]}
    path = make_project(tmp_path / "Long.rubric", guide, [question("q1")], ANSWERS)
    with page_on(path, look, qtbot) as room:
        ids = room.page.preview.current.question.ids
        keys = tuple(room.page.preview.current.question.sample(id).key for id in ids)
        _mark_all(room, keys)
        room.session.perform(PutInOrder(row="q1", person=room.session.author.person, samples=keys))
        room.page.gut_order.line.verdict.setChecked(True)
        room.rest()
        assert room.page.gut_order.line.verdict.text() == "Your order against the guide's: 6 pairs differ"
        numbers, longest = room.page.gut_order.numbers, 0.0
        room.page.preview.current.show_rubric(with_criterion(room.session.draft, "p0", weight=5.0))
        for _ in numbers._steps():
            pass  # warm: what is read is read
        room.page.preview.current.show_rubric(with_criterion(room.session.draft, "p0", weight=4.0))
        steps = numbers._steps()
        while True:
            began = perf_counter()
            if next(steps, numbers) is numbers:
                break
            longest = max(longest, perf_counter() - began)
        assert longest < 0.05


def _mark_all(room: PageRoom, keys: tuple[str, ...]) -> None:
    """The first answer meets 10 of the points, every later one 10 more."""
    row = room.page.preview.current.row
    marks = []
    for place, key in enumerate(keys):
        for at, asked in enumerate(questionnaire(room.session.store, room.session.draft).criteria()):
            level = "yes" if at < 10 * (place + 1) else "no"
            marks += GiveMark(
                sample=key, criterion=asked.key, question=asked.question.on_row(row), level=level,
                value=asked.level_value(level), person=room.session.author.person,
            ).proposals()  # fmt: skip
    room.session.announce(write(room.session.store, "Mark all", marks, room.session.author))
    room.rest()


def test_a_megabyte_without_a_space_begins_shortly():
    assert len(beginning_of("x" * 1_000_000)) < 80
    assert beginning_of("word " * 1_000).endswith("word …")
    assert beginning_of("short  text") == "short text"
