"""Labels of text from outside: letter by letter, and never wider than their room because of one word."""

from pytestqt.qtbot import QtBot

from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsrechtsschutzversicherungspolice"


def test_a_very_long_word_wraps_and_stays_the_same_word(qtbot: QtBot, look: Look):
    label, short = PlainLabel(f"Ohne {LONG}.", wrap=True), PlainLabel("Ohne Police.", wrap=True)
    for each in (label, short):
        qtbot.addWidget(each)
    assert label.text() == f"Ohne {LONG}."
    assert label.minimumSizeHint().width() < look.metrics("control").horizontalAdvance(LONG) / 2
    label.setText("Kurz")
    assert label.text() == "Kurz"


def test_a_label_of_one_line_breaks_nothing(qtbot: QtBot, look: Look):
    label = PlainLabel(LONG)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() >= look.metrics("control").horizontalAdvance(LONG)
