"""The field for code under a keyboard: indents, the error's line, and digits that never score."""

# A None fails these tests by itself.
# pyright: reportOptionalMemberAccess=false

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from rubric_studio.ui.guide.code_edit import CodeEdit
from rubric_studio.ui.guide.code_indent import indent_after, outdented, shifted
from rubric_studio.ui.guide.fields import with_problem


@pytest.fixture
def code(qtbot, look) -> Iterator[CodeEdit]:
    field = CodeEdit(look, "Own code", lambda _: "")
    box = with_problem(field)
    qtbot.addWidget(box)
    box.resize(500, 300)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    field.setFocus()
    yield field
    box.close()


def test_tab_enter_and_backspace_keep_the_indents(code):
    QTest.keyClicks(code, "def grade(sample, item):")
    QTest.keyClick(code, Qt.Key.Key_Return)
    QTest.keyClicks(code, "if item:")
    QTest.keyClick(code, Qt.Key.Key_Return)
    QTest.keyClicks(code, "return 1.0")
    QTest.keyClick(code, Qt.Key.Key_Return)
    QTest.keyClicks(code, "return 0.0")
    assert code.toPlainText() == "def grade(sample, item):\n    if item:\n        return 1.0\n    return 0.0"
    QTest.keyClick(code, Qt.Key.Key_Return)
    assert code.textCursor().block().text() == ""
    QTest.keyClick(code, Qt.Key.Key_Tab)
    assert code.textCursor().block().text() == "    "
    QTest.keyClick(code, Qt.Key.Key_Backspace)
    assert code.textCursor().block().text() == ""


def test_tab_moves_the_selected_lines_and_shift_tab_moves_them_back(code):
    code.setPlainText("a = 1\nb = 2\nc = 3")
    cursor = code.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    code.setTextCursor(cursor)
    QTest.keyClick(code, Qt.Key.Key_Tab)
    assert code.toPlainText() == "    a = 1\n    b = 2\nc = 3"
    QTest.keyClick(code, Qt.Key.Key_Backtab)
    assert code.toPlainText() == "a = 1\nb = 2\nc = 3"


def test_the_line_of_an_error_is_marked_and_said(code):
    code.setPlainText("a\nb\nc")
    code.show_error(2, "NameError: name 'b' is not defined")
    assert code.error() == (2, "NameError: name 'b' is not defined")
    assert [mark.cursor.blockNumber() for mark in code.extraSelections()] == [1]
    assert code.accessibleDescription() == "Line 2: NameError: name 'b' is not defined"
    code.show_error(None, "")
    assert not code.extraSelections()


def test_strings_over_several_lines_keep_their_color(code, look):
    code.setPlainText('x = """one\ntwo\nthree"""\ny = len(x)')

    def color_at(line: int, column: int) -> str:
        layout = code.document().findBlockByNumber(line).layout()
        found = [f for f in layout.formats() if f.start <= column < f.start + f.length]
        return found[0].format.foreground().color().name() if found else ""

    string = look.theme.color("met").name()
    assert [color_at(0, 5), color_at(1, 1), color_at(2, 2)] == [string] * 3
    assert color_at(3, 5) == look.theme.color("person").name()
    assert color_at(3, 0) == ""


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_color_of_code_can_be_read(look, name):
    from rubric_studio.ui.theme import load_theme

    theme = load_theme(name, 100)
    ground = _brightness(theme.color("surface"))
    for role in ("accent", "person", "met", "partly", "text_muted", "missed"):
        one, other = sorted((_brightness(theme.color(role)), ground), reverse=True)
        assert (one + 0.05) / (other + 0.05) >= 4.5, role


def _brightness(color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_indents():
    assert indent_after("    for a in b:  # each") == "        "
    assert indent_after("        return 1") == "    "
    assert indent_after("values = [") == "    "
    assert [outdented("        "), outdented("      "), outdented("x   "), outdented("")] == [4, 2, 0, 0]
    assert [shifted("a", 1), shifted("", 1), shifted("  a", -1)] == ["    a", "", "a"]
