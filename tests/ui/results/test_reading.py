"""Reading the board: what is at hand is shown only where nothing newer was on its way."""

from pytestqt.qtbot import QtBot

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.ui.results.reading import Reading
from rubric_studio.ui.session import Session


def test_a_board_is_not_taken_for_true_while_newer_marks_are_being_read(qtbot: QtBot, session: Session):
    reading, rubric = Reading(session), session.draft
    with qtbot.waitSignal(reading.read, timeout=10_000):
        assert not reading.want(rubric)
    assert reading.want(rubric)
    assert reading.note(Changes(topics=frozenset({Topic.VERDICTS})))
    reading.begin()
    assert not reading.want(rubric)  # a weight is dragged: the reading that was under way is not lost
    with qtbot.waitSignal(reading.read, timeout=10_000):
        pass
    assert reading.want(rubric)
    qtbot.waitUntil(lambda: not session.jobs.running)
