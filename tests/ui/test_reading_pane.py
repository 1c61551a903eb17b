"""The reading pane, used as a person does: reading, finding, selecting, following evidence."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCharFormat

from rubric_studio.ui.look import Look
from rubric_studio.ui.reading_pane import PART, Difference, Evidence, ReadingPane
from rubric_studio.ui.reading_view import ADDED, REMOVED
from rubric_studio.ui.state_shape import Shape

TEXT = "The \U0001f600 question is\r\nwhether **the room** is used."


@pytest.fixture
def pane(look: Look, qtbot) -> ReadingPane:
    pane = ReadingPane(look, "Answer")
    qtbot.addWidget(pane)
    pane.resize(480, 320)
    pane.show()
    return pane


def evidence(quote: str, text: str = TEXT, key: str = "p1", shape: Shape = Shape.MET) -> Evidence:
    start = text.index(quote)
    return Evidence(key, start, start + len(quote), shape)


def select(pane: ReadingPane, words: str) -> None:
    """Put the caret before some shown words and select them with Shift and the arrow key."""
    cursor = pane.view.document().find(words)
    cursor.setPosition(cursor.selectionStart())
    pane.view.setTextCursor(cursor)


@pytest.mark.parametrize("formatted", [False, True])
def test_selected_words_come_with_their_place_in_the_given_text(pane: ReadingPane, qtbot, formatted: bool):
    pane.set_text(TEXT, formatted=formatted)
    select(pane, "the room")
    told: list[tuple[int, int, str]] = []
    pane.text_selected.connect(lambda *selection: told.append(selection))
    for _ in "the room":
        qtbot.keyClick(pane.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    start, end, quote = told[-1]
    assert quote == "the room"
    assert TEXT[start:end] == "the room"
    assert pane.selection() == (start, end, quote)


@pytest.mark.parametrize("formatted", [False, True])
def test_evidence_is_underlined_in_its_states_color(pane: ReadingPane, look: Look, qtbot, formatted: bool):
    pane.set_text(TEXT, formatted=formatted)
    before = painted(pane, look.theme.roles["missed"])
    pane.set_evidence([evidence("whether", shape=Shape.MISSED)])
    assert not before
    assert painted(pane, look.theme.roles["missed"])


def test_selected_evidence_is_filled(pane: ReadingPane, look: Look):
    pane.set_text(TEXT)
    pane.set_evidence([evidence("question"), evidence("used", key="p2")])
    pane.select_evidence("p2")
    assert painted(pane, look.theme.roles["met_soft"])
    pane.select_evidence(None)
    assert not painted(pane, look.theme.roles["met_soft"])


def test_a_click_on_evidence_and_on_the_ruler_names_its_point(pane: ReadingPane, qtbot):
    pane.set_text(TEXT)
    pane.set_evidence([evidence("whether", key="p7")])
    place = pane.view.cursorRect(pane.view.document().find("ether")).center()
    with qtbot.waitSignal(pane.evidence_chosen) as told:
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["p7"]
    tick = pane.ruler.ticks()[0]
    with qtbot.waitSignal(pane.evidence_chosen):
        qtbot.mouseClick(
            pane.ruler, Qt.MouseButton.LeftButton, pos=QPoint(4, round(pane.ruler.top_of(tick)) + 1)
        )
    assert pane.ruler.ticks()[0].selected


def test_words_are_found_with_the_keyboard_alone(pane: ReadingPane, qtbot):
    pane.set_text("one two one\n" * 3)
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.find_bar.isVisible()
    qtbot.keyClicks(pane.find_bar.field, "ONE")
    assert said(pane) == "1 of 6"
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return)
    assert said(pane) == "2 of 6"
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert said(pane) == "6 of 6"
    qtbot.keyClicks(pane.find_bar.field, "x")
    assert said(pane) == "Not found"
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()


def test_a_link_is_only_told(pane: ReadingPane, qtbot):
    pane.set_text("[rule](https://example.com/x)", formatted=True)
    place = pane.view.cursorRect(pane.view.document().find("ul")).center()
    with qtbot.waitSignal(pane.link_requested) as told:
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["https://example.com/x"]
    assert pane.view.toPlainText() == "rule"


@pytest.mark.parametrize("text", ["x" * 1_000_000, "\U0001f600" * 1_000_000, "a\u00a0" * 500_000])
def test_a_megabyte_in_one_line_shows_its_beginning_without_stalling(pane: ReadingPane, qtbot, text: str):
    began = time.perf_counter()
    pane.set_text(text)
    pane.grab()
    assert time.perf_counter() - began < 1.0  # without breaks Qt takes more than twenty seconds
    assert pane.more_button.isVisible()
    assert "30,000 of 1,000,000" in pane.more_button.text()
    qtbot.mouseClick(pane.more_button, Qt.MouseButton.LeftButton)
    assert "60,000 of 1,000,000" in pane.more_button.text()


def test_evidence_far_down_is_shown_when_it_is_selected(pane: ReadingPane):
    text = "some words " * PART + "the end"
    pane.set_text(text)
    pane.set_evidence([evidence("the end", text)])
    pane.select_evidence("p1")
    assert not pane.more_button.isVisible()
    assert pane.view.verticalScrollBar().value() > 0


def test_the_way_it_is_shown_changes_no_place(pane: ReadingPane):
    pane.set_text(TEXT, formatted=True)
    pane.set_evidence([evidence("the room")])
    pane.set_formatted(False)
    assert "**the room**" in pane.view.toPlainText()
    cursor = pane.view.document().find("the room")
    pane.view.setTextCursor(cursor)
    selection = pane.selection()
    assert selection is not None
    assert TEXT[slice(*selection[:2])] == "the room"


def test_lines_are_no_longer_than_reads_well(pane: ReadingPane, look: Look):
    pane.resize(1600, 400)
    pane.set_text("word " * 200)
    first = pane.view.document().firstBlock().layout().lineAt(0)
    assert first.textLength() <= look.theme.sizes.characters + 20  # narrow letters may be a few more


def test_lines_of_code_break_where_the_pane_ends(pane: ReadingPane):
    pane.set_text("```\n" + "word " * 200 + "\n```", formatted=True)
    layout = pane.view.document().firstBlock().layout()
    assert layout.lineCount() > 1
    assert all(layout.lineAt(at).naturalTextWidth() <= pane.view.viewport().width() for at in range(2))


def test_added_and_removed_words_differ_by_shape_too(pane: ReadingPane):
    pane.set_text("the old word, the new word")
    pane.set_differences([Difference(4, 7, REMOVED), Difference(18, 21, ADDED)])
    shapes = [selection.format.underlineStyle() for selection in pane.view.extraSelections()]
    assert shapes == [
        QTextCharFormat.UnderlineStyle.DashUnderline,
        QTextCharFormat.UnderlineStyle.SingleUnderline,
    ]


def test_a_look_that_changes_keeps_text_and_evidence(pane: ReadingPane, look: Look):
    pane.set_text(TEXT)
    pane.set_evidence([evidence("whether", shape=Shape.PARTLY)])
    look.use("dark", 150)
    assert pane.text() == TEXT
    assert painted(pane, look.theme.roles["partly"])


def painted(pane: ReadingPane, color: str) -> bool:
    """Whether a color is anywhere in the text's picture."""
    image = pane.view.viewport().grab().toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(image.pixelColor(x, y).name() == color for x, y in places)


def said(pane: ReadingPane) -> str:
    return pane.find_bar.count_text()


def test_thousands_of_underlines_stay_fluid(pane: ReadingPane):
    text = "one word after another " * 1000
    pane.set_text(text)
    pane.set_evidence([Evidence(f"p{n}", n % 50, n % 50 + 300, Shape.MET) for n in range(5000)])
    pane.grab()
    began = time.perf_counter()
    pane.grab()
    assert time.perf_counter() - began < 0.2


def test_lines_of_code_stand_close_and_what_follows_stands_apart(pane: ReadingPane, look: Look):
    pane.set_text('```json\n{\n  "topics": []\n}\n```\n\nThat is all.', formatted=True)
    block = pane.view.document().begin()
    below: dict[str, float] = {}
    while block.isValid():
        below[block.text().strip()] = block.blockFormat().bottomMargin()
        block = block.next()
    assert below["{"] == below['"topics": []'] == 0
    assert below["}"] == look.theme.space.medium
