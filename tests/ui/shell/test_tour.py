"""The first steps tick themselves from what happened, and go away for good."""

from PySide6.QtCore import Qt

from rubric_studio.domain.ids import StratumKey
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.ui.tour import Facts, example_steps, own_steps
from rubric_studio.ui.tour_strip import TourStrip


def guide(points: int) -> Rubric:
    criteria = tuple(
        Criterion.model_validate({"key": f"p{n}", "kind": {"type": "judged"}}) for n in range(points)
    )
    return Rubric(name="Tax", strata=(Stratum(key=StratumKey("all"), criteria=criteria),))


def test_the_own_steps_follow_the_facts():
    samples, points, marks, moved = own_steps()
    start = Facts()
    assert samples.done(Facts(samples=1), start)
    assert not points.done(Facts(points=2), start)
    assert points.done(Facts(points=3), start)
    assert not marks.done(Facts(marks=4), start)
    assert marks.done(Facts(marks=5), start)
    assert moved.done(Facts(moved=True), start)


def test_the_steps_of_the_example_count_from_where_it_begins():
    flag, weight, mark, results, handover = example_steps()
    start = Facts(flags=3, marks=224)
    assert not any(step.done(start, start) for step in (flag, weight, mark, results, handover))
    assert flag.done(Facts(flags=4), start)
    assert mark.done(Facts(marks=225), start)
    assert results.done(Facts(pages=frozenset({"results"})), start)


def test_a_step_ticks_itself_and_put_away_is_for_good(known, project, qtbot):
    known.preferred.use(known.preferences.model_copy(update={"tours_seen": ()}))
    known.start(project)
    strip = known.window.findChild(TourStrip)
    assert strip.title.text() == "Bring in answers"
    assert known.desk.session.change_draft(guide(3), "Write three points")
    assert [tick.accessibleName() for tick in strip._ticks][1] == "Write three points: done"
    qtbot.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()
    assert known.preferences.tours_seen == ("own",)
    qtbot.waitUntil(lambda: not known.jobs.running)
