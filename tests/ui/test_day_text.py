"""Days as people read them, in their language and where they sit."""

import time
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from rubric_studio.ui.day_text import day_text, time_text


@pytest.fixture
def german(qapp):
    """A computer that speaks German."""
    usual = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(usual)


def test_a_day_is_written_out_and_never_as_a_row_of_figures():
    assert day_text("2026-11-22T14:02:31.123Z") == "22 Nov 2026"


def test_months_are_named_in_the_language_of_the_reader(german):
    assert day_text("2026-05-03T14:02:31.123Z") == "3 Mai 2026"


def test_a_moment_carries_its_day_written_the_same_way(german):
    moment = datetime(2026, 5, 3, 14, 2).astimezone(UTC)
    assert time_text(f"{moment:%Y-%m-%dT%H:%M:%S}.123Z") == "3 Mai 2026, 14:02"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the system cannot move to another place")
def test_the_day_is_that_of_the_place_where_one_sits(qapp, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")  # thirteen hours ahead in November
    time.tzset()
    shown = day_text("2026-11-22T23:30:00.000Z")
    monkeypatch.undo()
    time.tzset()
    assert shown == "23 Nov 2026"
