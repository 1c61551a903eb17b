"""The section "Trick answers", used as a person uses it, on the example."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.edits import SaveVersion
from rubric_studio.services.own_probes import AddProbe, own_probes
from rubric_studio.services.versions import saved_version
from rubric_studio.ui.guide.guide_page import GuidePage
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.probe_card import ProbeCard
from rubric_studio.ui.results.probe_dialog import ProbeDialog
from rubric_studio.ui.results.probe_model import COUNT, FOUND, MEAN, STANDING, VERSIONS, WORST
from rubric_studio.ui.results.results_page import ResultsPage
from rubric_studio.ui.session import Session

Lines = dict[str, list[str]]


def weakened(rubric: Rubric) -> Rubric:
    """Looks for the topics anywhere in the text, and asks for no form."""
    kind = {"type": "mentions", "reference": "topics"}
    criterion = {"key": "named", "title": "Mentions the topics", "kind": kind}
    when = {"field": "task", "in": ["topics"]}
    return Rubric.model_validate({"strata": [{"key": "all", "when": when, "criteria": [criterion]}]})


def lines(card: ProbeCard) -> Lines:
    """The table's cells by the trick's name."""
    model = card.model
    return {
        line.kind.name: [model.index(at, column).data() for column in range(model.columnCount())]
        for at, line in enumerate(model.lines)
    }


def try_them(qtbot: QtBot, card: ProbeCard) -> Lines:
    """Press the button as from the keyboard and wait until the table is there."""
    card.try_button.setFocus()
    with qtbot.waitSignal(card.reading.ended, timeout=20_000):
        qtbot.keyClick(card.try_button, Qt.Key.Key_Space)
    with qtbot.waitSignal(card.reading.read):
        pass
    return lines(card)


def is_untried(card: ProbeCard) -> bool:
    """Whether the version that is shown was not tried yet."""
    found = card.reading.found
    return found is not None and found.present is None


def open_line(qtbot: QtBot, card: ProbeCard, name: str) -> ProbeDialog:
    at = next(at for at, line in enumerate(card.model.lines) if line.kind.name == name)
    card.table.setFocus()
    card.table.setCurrentIndex(card.model.index(at, FOUND))
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert card.dialog is not None
    dialog = card.dialog
    qtbot.waitUntil(lambda: bool(dialog.point_rows))
    return dialog


@pytest.fixture
def card(qtbot: QtBot, page: ResultsPage) -> ProbeCard:
    qtbot.waitUntil(lambda: page.probes.reading.found is not None)
    return page.probes


def test_before_anything_was_tried_one_sentence_and_one_button_stand_there(card: ProbeCard) -> None:
    assert card.finding.text().startswith("Would your guide be fooled?")
    assert card.try_button.text() == "Try them"
    assert not card.table.isVisible()
    assert not card.stop_button.isVisible()


def test_each_trick_has_a_line_that_says_what_it_earns(qtbot: QtBot, card: ProbeCard) -> None:
    found = try_them(qtbot, card)
    assert card.table.isVisible()
    # 14 tax questions whose length makes the gate fail, 16 topics questions of which the form earns .1.
    assert found["refusal"] == ["holds", "Refusing politely earns 0.05: acceptable.", "0.05", "0.10", "30"]
    assert found["reference"][FOUND] == "Giving the reference itself earns 1.00, as it must."
    assert found["degraded"][FOUND] == (
        "Leaving out ever more of the reference lowers the score step by step, from 1.00 to 0.10."
    )
    assert found["invented_authority"][STANDING] == "open"
    assert (
        "cannot be told yet: 4 points are unmarked (between 0.00 and 0.80)"
        in found["invented_authority"][FOUND]
    )
    assert card.finding.text().startswith("No trick answer is known to find a gap; ")
    assert "Applying another country's law does not apply" in card.nowhere.text()
    assert "Version 1" in card.caption.text()
    assert card.try_button.text() == "Try them again"


def test_a_later_version_shows_what_it_fixed_and_going_back_what_it_reopened(
    qtbot: QtBot, card: ProbeCard, session: Session
) -> None:
    good = saved_version(session.store).rubric
    session.perform(SaveVersion(rubric=weakened(good), number=2))
    qtbot.waitUntil(lambda: "Version 2" in card._words)
    weak = try_them(qtbot, card)
    assert weak["all_labels"][:WORST] == [
        "fails", "Naming every label earns 1.00: the point “Mentions the topics” pays for it.", "1.00"
    ]  # fmt: skip
    assert weak["prompt_copied"][COUNT] == "16"
    assert "gap: " in card.finding.text()
    session.perform(SaveVersion(rubric=good, number=3))
    qtbot.waitUntil(lambda: "Version 3" in card._words and is_untried(card))
    assert "version 2 was" in card.caption.text()
    fixed = try_them(qtbot, card)
    assert card.model.headerData(VERSIONS, Qt.Orientation.Horizontal) == "Version 2"
    assert fixed["all_labels"][FOUND].endswith("acceptable. Fixed since version 2, where it was 1.00.")
    assert fixed["all_labels"][VERSIONS] == "1.00"
    session.perform(SaveVersion(rubric=weakened(good), number=4))
    # What version 2 earned is known, so version 4, which is the same, need not be tried.
    qtbot.waitUntil(lambda: lines(card).get("all_labels", [""])[STANDING] == "fails")
    assert "Reopened since version 3, where it was 0." in lines(card)["all_labels"][FOUND]


def test_a_line_opens_to_the_made_up_text_and_its_points(
    qtbot: QtBot, card: ProbeCard, page: ResultsPage
) -> None:
    try_them(qtbot, card)
    dialog = open_line(qtbot, card, "degraded")
    assert dialog.rows.hasFocus()
    assert dialog.rows.count() == 16
    assert dialog.text.text() == '{"topics": []}'
    assert dialog.steps.isVisible()
    dialog.steps.setCurrentIndex(0)
    dialog.steps.activated.emit(0)
    assert dialog.text.text() != '{"topics": []}'
    assert "earns 1.00" in dialog.said.text()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.text.text() == '{"topics": []}')
    with qtbot.waitSignal(page.row_requested) as asked:
        qtbot.mouseClick(dialog.row_button, Qt.MouseButton.LeftButton)
    assert asked.args is not None
    assert asked.args[0].startswith("topics-")


def test_the_whole_way_goes_by_keyboard(qtbot: QtBot, card: ProbeCard) -> None:
    try_them(qtbot, card)
    card.try_button.setFocus()
    qtbot.keyClick(card.try_button, Qt.Key.Key_Tab)
    assert card.table.hasFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    dialog = card.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.point_rows))
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Escape)
    assert card.dialog is None
    window = card.window()
    assert window.focusWidget() is card.table  # where the keyboard is once the window is active again
    window.activateWindow()
    qtbot.waitUntil(card.table.hasFocus)
    qtbot.keyClick(card.table, Qt.Key.Key_Tab)
    assert not card.table.hasFocus()


def test_trying_can_be_stopped_and_what_is_done_is_kept(qtbot: QtBot, card: ProbeCard) -> None:
    with qtbot.waitSignal(card.reading.ended, timeout=20_000):
        card.try_button.click()
        assert card.stop_button.isVisible()
        assert not card.try_button.isEnabled()
        card.stop_button.click()
    assert not card.stop_button.isVisible()
    assert card.try_button.isEnabled()


def test_a_trick_of_ones_own_is_tried_and_can_be_taken_away(
    qtbot: QtBot, card: ProbeCard, session: Session
) -> None:
    session.perform(AddProbe(row=RowId("topics-01"), text='{"topics": ["environment"]}', name="Only one"))
    found = try_them(qtbot, card)
    (own,) = own_probes(session.store)
    # One of two topics: F1 2/3, so .1 + .9 * 2/3.
    assert found[own.key][STANDING : MEAN + 1 : MEAN] == ["fails", "0.70"]
    assert found[own.key][FOUND].startswith("Your trick “Only one” earns 0.70: ")
    dialog = open_line(qtbot, card, own.key)
    assert dialog.remove_button.isVisible()
    qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    assert own_probes(session.store) == []
    qtbot.waitUntil(lambda: own.key not in lines(card))
    session.undo()
    assert own_probes(session.store) == [own]
    qtbot.waitUntil(lambda: own.key in lines(card))


def test_an_answer_in_the_preview_becomes_a_trick_by_its_key(
    qtbot: QtBot, session: Session, look: Look, project: Path
) -> None:
    page = GuidePage(session, look)
    qtbot.addWidget(page)
    page.resize(1300, 900)
    page.show()
    column = page.preview.columns.columns[0]
    qtbot.waitUntil(lambda: column.answer is not None and page.preview.is_settled())
    column.panel.take_keyboard()
    assert column.answer is not None
    ((_, sample),) = session.store.samples([column.answer])
    qtbot.waitUntil(page.isActiveWindow)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_K, both)
    dialog = page.tricks.dialog
    assert dialog is not None
    dialog.name_field.clear()
    assert not dialog.buttons.buttons()[0].isEnabled()
    qtbot.keyClicks(dialog.name_field, "Lists everything")
    dialog.high.click()
    qtbot.keyClick(dialog.name_field, Qt.Key.Key_Return)
    (own,) = own_probes(session.store)
    assert (own.text, own.row, own.name, own.expect) == (sample.text, sample.row, "Lists everything", "high")
    session.undo()
    assert own_probes(session.store) == []
