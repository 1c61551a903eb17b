"""The table of actions: complete, without two meanings for one key, and shown in menus and in the overlay."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from rubric_studio.ui.actions import MENUS, SEPARATOR, TABLE, key_text
from rubric_studio.ui.guide.editor_menu import KEYS as EDITOR_KEYS
from rubric_studio.ui.guide.guide_header import DRAWER_KEY, SAVE_KEY, VERSIONS_KEY
from rubric_studio.ui.menu_answers import MenuAnswers
from rubric_studio.ui.questions.decision_bar import KEYS as DECISION_KEYS
from rubric_studio.ui.shortcuts_overlay import ShortcutsOverlay, sections


def test_no_key_has_two_meanings_in_one_place():
    for where in {spec.where for spec in TABLE if spec.where.startswith("on:")} | {""}:
        keys = Counter(
            key
            for spec in TABLE
            if not spec.where.startswith("on:") or spec.where == where
            for key in spec.keys
        )
        assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_has_an_answer(shell):
    answers = shell.findChild(MenuAnswers)._answers
    made = {spec.id for spec in TABLE if spec.id != SEPARATOR and not spec.where.startswith("on:")}
    assert made == set(answers)


def test_the_keys_of_the_pages_are_those_that_the_pages_obey():
    told = {key for spec in TABLE if spec.where.startswith("on:") for key in spec.keys}
    assert (
        set(DECISION_KEYS.values()) | set(EDITOR_KEYS.values()) | {SAVE_KEY, DRAWER_KEY, VERSIONS_KEY} <= told
    )


def test_every_line_of_the_table_is_in_a_menu_or_on_a_page():
    menus = {name for name, _ in MENUS}
    assert all(spec.where in menus or spec.where.startswith("on:") for spec in TABLE)


def test_without_a_project_only_what_needs_none_can_be_done(shell):
    assert shell.actions["open"].isEnabled()
    shell.start()
    assert not shell.actions["undo"].isEnabled()
    assert not shell.actions["page.guide"].isEnabled()


def test_a_question_mark_lists_every_key_and_esc_takes_the_list_away(known, qtbot):
    known.start()
    qtbot.keyClick(known.window.centralWidget(), "?")
    overlay = known.window.findChild(ShortcutsOverlay)
    qtbot.waitUntil(overlay.isVisible)
    shown = {label.text() for label in overlay.findChildren(QLabel)}
    assert {key_text(key) for spec in TABLE for key in spec.keys} <= shown
    qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: known.window.findChild(ShortcutsOverlay) is None)


def test_the_same_key_takes_the_list_away_again(known, qtbot):
    known.start()
    qtbot.keyClick(known.window, Qt.Key.Key_F1)
    qtbot.keyClick(known.window.findChild(ShortcutsOverlay), "?")
    qtbot.waitUntil(lambda: known.window.findChild(ShortcutsOverlay) is None)


def test_the_list_of_keys_is_never_cut_at_the_side(known, look, qtbot):
    known.start()
    known.window.resize(1100, 700)
    look.use("contrast", 150)
    qtbot.keyClick(known.window, Qt.Key.Key_F1)
    overlay = known.window.findChild(ShortcutsOverlay)
    area = overlay.findChild(QScrollArea)
    for width in (1100, 1440, 960):
        known.window.resize(width, 700)
        qtbot.waitUntil(lambda width=width: overlay.width() == width)
        qtbot.waitUntil(lambda: area.widget().width() == area.viewport().width())
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    look.use("light", 100)


def test_the_list_says_how_a_grade_beyond_the_ninth_is_given(known, qtbot):
    known.start()
    qtbot.keyClick(known.window, Qt.Key.Key_F1)
    overlay = known.window.findChild(ShortcutsOverlay)
    shown = {label.text() for label in overlay.findChildren(QLabel)}
    assert {"0", "Give a grade, best first; 0 is the tenth", "Give a grade beyond the tenth"} <= shown
    overlay.close()


def test_the_list_of_keys_begins_with_those_of_the_page_that_is_shown():
    assert next(name for name, _ in sections("models")) == "Models"
    assert next(name for name, _ in sections("handover")) == "Hand over"
    assert sorted(map(str, sections("models"))) == sorted(map(str, sections()))
