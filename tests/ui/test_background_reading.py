"""Reading in the background: gathered, only the newest, again once it is no longer true, stopped when left."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rubric_studio import wiring
from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import Cancelled, StudioError
from rubric_studio.services.ports import Store
from rubric_studio.ui.background_reading import BackgroundReading, Task
from rubric_studio.ui.jobs import Jobs, Progress
from rubric_studio.ui.session import Session

SAMPLES, NOTES = Changes(topics=frozenset({Topic.SAMPLES})), Changes(topics=frozenset({Topic.NOTES}))


class Spelling(BackgroundReading):
    """Reads a word letter by letter."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, [Topic.SAMPLES], 1)
        self.work: Callable[[str, Progress], str] = lambda word, _: word
        self.word = ""
        self.begun: list[str] = []
        self.kept: list[str] = []

    def want(self, word: str) -> None:
        self.word = word
        self._wait.start()

    def _task(self) -> Task:
        word = self.word
        self.begun.append(word)

        def work(_: Store, progress: Progress) -> str:
            return self.work(word, progress)

        return Task("Spelling", work, self.kept.append)


@pytest.fixture
def reading(qtbot: QtBot, tmp_path: Path) -> Iterator[Spelling]:
    store, executor, jobs = wiring.new_project(tmp_path / "p.rubric"), ThreadPoolExecutor(1), Jobs()
    yield Spelling(Session(store, store.sibling, wiring.passing_author(), jobs, executor))
    jobs.shutdown()
    executor.shutdown()
    store.close()


def is_over(reading: Spelling) -> Callable[[], bool]:
    return lambda: not reading.is_under_way and not reading._session.jobs.running


def test_what_is_wanted_in_one_breath_is_read_once(reading: Spelling, qtbot: QtBot):
    with qtbot.waitSignal(reading.read):
        reading.want("oak")
        reading.want("elm")
        assert reading.is_under_way
    assert (reading.begun, reading.kept, reading.is_under_way) == (["elm"], ["elm"], False)


def test_what_was_begun_before_the_newest_is_kept_by_nobody(reading: Spelling, qtbot: QtBot):
    go_on = threading.Event()
    reading.work = lambda word, _: word if go_on.wait(10) else ""
    for word in ("oak", "elm"):
        reading.word = word
        reading.begin()
    go_on.set()
    qtbot.waitUntil(is_over(reading))
    assert (reading.begun, reading.kept) == (["oak", "elm"], ["elm"])


def test_only_a_change_that_concerns_it_makes_what_was_read_untrue(reading: Spelling, qtbot: QtBot):
    assert reading.note(NOTES), "nothing was read yet"
    with qtbot.waitSignal(reading.read):
        reading.begin()
    assert not reading.note(NOTES)
    assert reading.note(SAMPLES)
    assert reading.note(NOTES), "still to be read again"


def test_a_reading_that_is_left_must_be_done_again_and_keeps_nothing(reading: Spelling, qtbot: QtBot):
    begun = threading.Event()

    def work(_: str, progress: Progress) -> str:
        begun.set()
        while True:
            progress(1, 2)

    reading.work = work
    reading.begin()
    qtbot.waitUntil(begun.is_set)
    reading.leave()
    assert not reading.is_under_way
    assert reading.note(NOTES)
    qtbot.waitUntil(is_over(reading))
    assert reading.kept == []


def test_leaving_what_is_at_hand_leaves_it_true(reading: Spelling, qtbot: QtBot):
    with qtbot.waitSignal(reading.read):
        reading.begin()
    reading.leave()
    assert not reading.note(NOTES)


@pytest.mark.parametrize("trouble", [StudioError("It broke", "A letter was missing"), Cancelled()])
def test_a_reading_that_ends_without_a_word_is_told_and_done_again(
    reading: Spelling, qtbot: QtBot, trouble: Exception
):
    def work(_: str, progress: Progress) -> str:
        raise trouble

    reading.work = work
    with qtbot.waitSignal(reading.ended), qtbot.assertNotEmitted(reading.read):
        reading.begin()
    assert reading.note(NOTES)


def test_progress_is_told(reading: Spelling, qtbot: QtBot):
    def work(word: str, progress: Progress) -> str:
        progress(3, 3)
        return word

    reading.work = work
    with qtbot.waitSignals([reading.progressed, reading.read]):
        reading.begin()
