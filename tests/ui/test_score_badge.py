"""The score badge: a number, a range, or a dash; a change is marked for a while."""

import pytest

from rubric_studio.ui.look import Look
from rubric_studio.ui.score_badge import CHANGE_SHOWN_MS, BadgeScore, ScoreBadge


@pytest.fixture
def badge(look: Look, qtbot) -> ScoreBadge:
    badge = ScoreBadge(look, BadgeScore(0.5, model=0))
    qtbot.addWidget(badge)
    badge.show()
    return badge


def test_a_score_a_range_and_its_absence_are_said(badge: ScoreBadge):
    assert badge.accessibleName() == "Score 0.50"
    badge.set_score(BadgeScore(None, 0.35, 0.8, "2 of 6 points are unmarked"))
    assert badge.accessibleName() == "No score yet, between 0.35 and 0.80"
    assert badge.accessibleDescription() == "2 of 6 points are unmarked"
    badge.set_score(BadgeScore(reason="no criteria"))
    assert badge.score().text() == "–"
    assert badge.toolTip() == "<qt>no criteria</qt>"


def test_a_change_stands_beside_the_number_for_a_second(badge: ScoreBadge, qtbot):
    badge.set_score(BadgeScore(0.62, difference=0.3, model=0))
    assert badge.shown_difference() == "+0.12"
    qtbot.waitUntil(lambda: badge.shown_difference() == "+0.30", timeout=CHANGE_SHOWN_MS + 1000)


def test_another_answers_score_is_no_change(badge: ScoreBadge):
    badge.set_score(BadgeScore(0.9), mark_change=False)
    assert badge.shown_difference() == ""


def test_the_models_color_is_its_edge(badge: ScoreBadge, look: Look):
    image = badge.grab().toImage()
    assert image.pixelColor(1, badge.height() // 2) == look.theme.model_color(0)


def test_the_badge_is_as_wide_as_what_it_says(badge: ScoreBadge):
    narrow = badge.sizeHint().width()
    badge.set_score(BadgeScore(None, 0.35, 0.8))
    assert badge.sizeHint().width() > narrow
