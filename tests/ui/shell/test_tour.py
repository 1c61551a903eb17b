"""The first steps tick themselves from what happened, and go away for good."""

import pytest
from PySide6.QtCore import Qt

from rubric_studio.domain.ids import StratumKey
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.ui.questions.questions_page import QuestionsPage
from rubric_studio.ui.questions.reason_dialog import ReasonDialog
from rubric_studio.ui.tour import Facts, example_steps, own_steps
from rubric_studio.ui.tour_strip import TourStrip


def guide(points: int) -> Rubric:
    criteria = tuple(
        Criterion.model_validate({"key": f"p{n}", "kind": {"type": "judged"}}) for n in range(points)
    )
    return Rubric(name="Tax", strata=(Stratum(key=StratumKey("all"), criteria=criteria),))


def test_the_own_steps_follow_the_facts():
    samples, order, points, marks, moved = own_steps()
    start = Facts()
    assert samples.done(Facts(samples=1), start)
    assert not order.done(Facts(points=2), start)
    assert order.done(Facts(orders=1), start)
    assert order.done(Facts(points=3), start)  # who has written the points goes on from there
    assert not points.done(Facts(points=2), start)
    assert points.done(Facts(points=3), start)
    assert not marks.done(Facts(marks=4), start)
    assert marks.done(Facts(marks=5), start)
    assert moved.done(Facts(moved=True), start)


def test_the_steps_of_the_example_count_from_where_it_begins():
    flag, weight, mark, results, handover = example_steps()
    start = Facts(marks=224)
    assert not any(step.done(start, start) for step in (flag, weight, mark, results, handover))
    assert flag.done(Facts(wrong_row_met=True), start)
    assert mark.done(Facts(marks=225), start)
    assert results.done(Facts(pages=frozenset({"results"})), start)


def test_a_step_ticks_itself_and_put_away_is_for_good(known, project, qtbot):
    known.preferred.use(known.preferences.model_copy(update={"tours_seen": ()}))
    known.start(project)
    strip = known.window.findChild(TourStrip)
    assert strip.title.text() == "Bring in answers"
    assert known.desk.session.change_draft(guide(3), "Write three points")
    assert [tick.accessibleName() for tick in strip._ticks][2] == "Write three points: done"
    qtbot.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()
    assert known.preferences.tours_seen == ("own",)
    qtbot.waitUntil(lambda: not known.jobs.running)


@pytest.fixture
def led(known, qtbot) -> TourStrip:
    """The strip over the example."""
    known.preferred.use(known.preferences.model_copy(update={"tours_seen": ()}))
    known.start(demo=True)
    qtbot.waitUntil(lambda: known.window.findChild(TourStrip) is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not known.jobs.running, timeout=20_000)
    return known.window.findChild(TourStrip)


def first_tick(strip: TourStrip) -> str:
    return strip._ticks[0].accessibleName().rpartition(": ")[2]


def go_to(known, qtbot, row: str) -> QuestionsPage:
    """Look for a question and go to it in the table."""
    page = known.desk.pages.currentWidget()
    assert isinstance(page, QuestionsPage)
    table = page.list.table
    place = page.list.model.place_of(row)
    assert place is not None
    index = page.list.model.index(place, 0)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    return page


def test_another_question_flagged_does_not_tick_the_wrong_one(led, known, qtbot):
    page = go_to(known, qtbot, "tax-04")
    qtbot.keyClick(page.list.table, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: known.window.findChild(ReasonDialog) is not None)
    dialog = known.window.findChild(ReasonDialog)
    qtbot.keyClicks(dialog.focusWidget(), "asked twice")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: known.desk.store.counts().flags == 1)
    assert first_tick(led) == "to do"
    page = go_to(known, qtbot, "tax-05")
    qtbot.keyClick(page.list.table, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: first_tick(led) == "done")
    qtbot.waitUntil(lambda: not known.jobs.running, timeout=20_000)


def test_the_wrong_question_flagged_ticks_and_stays_ticked(led, known, qtbot):
    page = go_to(known, qtbot, "tax-05")
    qtbot.keyClick(page.list.table, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: known.window.findChild(ReasonDialog) is not None)
    dialog = known.window.findChild(ReasonDialog)
    qtbot.keyClicks(dialog.focusWidget(), "digits swapped")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: first_tick(led) == "done")
    known.desk.session.undo()
    assert first_tick(led) == "done"
    qtbot.waitUntil(lambda: not known.jobs.running, timeout=20_000)
