"""The doctor's strip in the guide's editor: what it says, going there, mending, waving off, by mouse and keys."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.rubric import Criterion, Level, Rubric, Stratum
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.services.edits import ChangeDraft, SaveVersion
from rubric_studio.ui.guide.guide_page import GuidePage
from rubric_studio.ui.questions.reason_dialog import ReasonDialog
from rubric_studio.ui.session import Session
from tests.ui.guide.new_session import new_session

YES_NO = (Level(key="yes", value=1), Level(key="no", value=0))
WORDS = {
    "gain": "The response calculates the gain and explains the holding period.",
    "price": "The response allocates $900,000: $360,020 to land, $450,020 to the house, $90,020 to the car.",
    "detail": "The answer gives sufficient detail on the exemption.",
    "year": "The answer names the tax year (5 points).",
    "buyer": "The answer names the buyer.",
}


def faulty() -> Rubric:
    criteria = tuple(
        Criterion(key=key, title=key.capitalize(), wording=words, levels=YES_NO)
        for key, words in WORDS.items()
    )
    return Rubric(name="sale", strata=(Stratum(key="law", title="Law", criteria=criteria),))


@pytest.fixture
def session(qapp, tmp_path: Path) -> Iterator[Session]:
    """A project with the faulty rubric as its draft, nothing saved."""
    with new_session(tmp_path / "Small.rubric") as session:
        session.perform(ChangeDraft(rubric=faulty()))
        yield session


@pytest.fixture
def page(qtbot, look, session) -> GuidePage:
    """The page with the first version saved, and the list open."""
    session.perform(SaveVersion(rubric=faulty(), number=1))
    page = GuidePage(session, look)
    qtbot.addWidget(page)
    page.resize(1368, 850)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(page.doctor.isVisible)
    page.doctor.toggle.click()
    return page


def remarks(page: GuidePage) -> list[str]:
    return [card.finding.detector for card in page.doctor.cards]


def card(page: GuidePage, detector: str):
    return next(each for each in page.doctor.cards if each.finding.detector == detector)


def test_nothing_is_said_before_the_first_save(qtbot, look, session):
    page = GuidePage(session, look)
    qtbot.addWidget(page)
    page.resize(1368, 850)
    page.show()
    with qtbot.waitSignal(page.doctor.desk.examined):
        page.doctor.desk.look_at_words()
    assert not page.doctor.isVisible()
    session.perform(SaveVersion(rubric=faulty(), number=1))
    qtbot.waitUntil(page.doctor.isVisible)


def test_three_remarks_of_different_kinds_are_shown_with_why_and_mend(page):
    assert page.doctor.toggle.text().startswith("3 remarks on this guide")
    assert remarks(page) == ["sums", "number_in_wording", "joined_facts"]
    price = card(page, "sums")
    assert price.place.text() == "Point: Price"
    assert price.sentence.text() == "The amounts come to $900,060, but the text says $900,000."
    assert price.why.text().endswith(".")
    assert not price.mend.isVisible()
    assert card(page, "joined_facts").mend.isVisible()


def test_a_click_goes_to_the_words(page):
    QTest.mouseClick(card(page, "joined_facts").place, Qt.MouseButton.LeftButton)
    form = page.editor.form()
    assert form.key == "gain"
    assert form.wording.textCursor().selectedText() == "and explains"
    assert form.wording.hasFocus()


def test_mending_is_one_undo_step(page, session, qtbot):
    before = len(session.stacks().undo)
    card(page, "joined_facts").mend.click()
    assert [c.key for c in session.draft.criteria()][:2] == ["gain", "gain_2"]
    assert len(session.stacks().undo) == before + 1
    qtbot.waitUntil(lambda: "joined_facts" not in remarks(page))
    session.undo()
    assert session.draft == faulty()
    qtbot.waitUntil(lambda: "joined_facts" in remarks(page))


def test_waving_off_asks_why_makes_room_and_can_be_taken_back(page, session, qtbot):
    card(page, "sums").wave_off.click()
    dialog = page.findChild(ReasonDialog)
    QTest.keyClicks(dialog.reason_field, "as in the deed")
    QTest.keyClick(dialog.reason_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: remarks(page) == ["number_in_wording", "joined_facts", "vague_words"])
    waived = page.doctor.waived
    assert waived.toggle.text() == "Waved off (1)"
    head = session.store.heads(RecordKind.WAIVER)[0]
    assert (head.reason, head.scope, head.subject.split("/")[0]) == ("as in the deed", "price", "sums")
    waived.toggle.click()
    waived.lines[0].back.click()
    qtbot.waitUntil(lambda: remarks(page)[0] == "sums")
    assert not waived.isVisible()
    session.undo()  # takes back the taking back
    qtbot.waitUntil(lambda: "sums" not in remarks(page))
    session.undo()
    qtbot.waitUntil(lambda: "sums" in remarks(page))


def test_a_changed_wording_is_looked_at_anew(page, session, qtbot):
    page.doctor._wave_off(card(page, "sums").finding, "as in the deed")
    qtbot.waitUntil(lambda: "sums" not in remarks(page))
    words = WORDS["price"].replace("360,020", "360,030")
    session.change_draft(with_criterion(session.draft, "price", wording=words), "x")
    qtbot.waitUntil(lambda: "sums" in remarks(page))
    assert page.doctor.waived.lines == []


def test_everything_works_from_the_keyboard(page, session, qtbot):
    page.editor.line("buyer").setFocus()
    page.doctor.toggle.setChecked(False)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_F8)
    assert page.doctor.cards[0].place.hasFocus()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_F8)
    assert page.doctor.cards[1].place.hasFocus()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_M)
    assert session.draft.criterion("year").wording == "The answer names the tax year."
    qtbot.waitUntil(lambda: remarks(page) == ["sums", "joined_facts", "vague_words"])
    assert page.doctor.cards[0].place.hasFocus()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_W)
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    dialog.reject()


def test_a_point_that_never_moves_is_remarked_on_in_the_background(page, session, qtbot):
    with qtbot.waitSignal(page.doctor.desk.examined):
        page.doctor.desk.look_at_words()
    page.doctor.desk.look_at_marks()  # no answers yet: nothing begins
    assert session.jobs.running == ()
