"""Time spent marking: pauses do not count, and what is left is a sum over marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_studio.services.pace import NEWEST, PAUSE, Pace, Stopwatch, longest_pause


def test_time_between_signs_of_life_adds_up():
    watch = Stopwatch(100.0)
    for now in (110.0, 130.0):
        watch.touch(now)
    assert watch.taken() == 30.0
    assert watch.taken() == 0.0


def test_a_pause_counts_nothing_at_all():
    watch = Stopwatch(0.0)
    watch.touch(10.0)
    watch.touch(10.0 + PAUSE + 1)
    watch.touch(20.0 + PAUSE + 1)
    assert watch.taken() == 20.0


def test_a_long_text_may_be_read_for_long():
    # 1,200 words at two words a second are ten minutes.
    assert longest_pause(1_200) == 600.0
    assert longest_pause(10) == PAUSE


def test_time_out_of_sight_does_not_count():
    watch = Stopwatch(0.0)
    watch.touch(5.0)
    watch.rest(60.0)
    watch.touch(70.0)
    assert watch.taken() == 15.0


def test_what_is_left_is_the_mean_of_a_mark_times_the_marks():
    # 60 s for 4 marks and 120 s for 2: 180 / 6 = 30 s a mark; 10 marks are 300 s.
    pace = Pace().after(60.0, 4, "2026-11-23").after(120.0, 2, "2026-11-23")
    assert pace.seconds_a_mark == 30.0
    assert pace.left(10) == 300.0


def test_of_few_marks_nothing_is_foretold():
    pace = Pace().after(60.0, 5, "2026-11-23")
    assert (pace.seconds_a_mark, pace.left(10)) == (None, None)


def test_days_are_counted_apart():
    pace = Pace().after(60.0, 1, "2026-11-23").after(30.0, 1, "2026-11-24").after(5.0, 0, "2026-11-24")
    assert pace.days == {"2026-11-23": 60.0, "2026-11-24": 35.0}
    assert pace.seconds == 95.0


@given(st.lists(st.tuples(st.floats(0, 1e4), st.integers(0, 20)), max_size=100))
def test_all_time_is_kept_but_only_the_newest_stretches_one_by_one(stretches):
    pace = Pace()
    for seconds, marks in stretches:
        pace = pace.after(seconds, marks, "2026-11-23")
    assert pace.seconds == pytest.approx(sum(seconds for seconds, _ in stretches))
    assert len(pace.visits) == min(NEWEST, len(stretches))
