"""The page in a real project: one change of the draft per gesture, versions, files, the drawer."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion, with_stratum
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import GiveMark, SaveVersion
from rubric_studio.services.versions import newest_version
from rubric_studio.ui.guide.editor_name import NewName
from rubric_studio.ui.guide.save_dialog import SaveDialog
from rubric_studio.ui.session import Session
from tests.ui.guide.editing import small_rubric
from tests.ui.guide.new_session import new_session


@pytest.fixture
def session(qapp, tmp_path: Path) -> Iterator[Session]:
    """A project with one question, one answer and the small rubric saved as version 1."""
    with new_session(tmp_path / "Small.rubric") as session:
        author = session.author
        with session.store.writing() as writer:
            writer.source(
                Source(id="s", kind="rows", name="rows.jsonl", at=author.now(), person=author.person)
            )
            writer.rows([Row(id="q1", prompt=user_prompt("Why?"), reference={"task": "topics"})])
            writer.samples([Sample(row="q1", model="gpt-a", text="Because.")])
        session.perform(SaveVersion(rubric=small_rubric(), number=1))
        yield session


def _mark(session: Session, criterion: str) -> None:
    row, sample = next(session.store.rows()), session.store.samples_of("q1")[0][1]
    asked = next(
        each for each in questionnaire(session.store, session.draft).on(row) if each.key == criterion
    )
    session.perform(
        GiveMark(
            sample=sample.key, criterion=criterion, question=asked.question.on_row(row),
            person=session.author.person, value=1.0, level="fully",
        )
    )  # fmt: skip


def test_the_header_says_whether_the_guide_is_saved(page, session):
    assert page.header.state.text().startswith("v1, saved ")
    assert not page.header.save_button.isEnabled()
    session.change_draft(with_stratum(session.draft, "form", weight=2), "x")
    assert page.header.state.text() == "v2 (draft)"
    assert page.header.save_button.isEnabled()


def test_save_has_room_for_its_words_at_once_and_stays_where_it_is(page, session, look):
    for percent in (100, 150):
        look.use("light", percent)
        button = page.header.save_button
        before = button.geometry()
        session.change_draft(with_stratum(session.draft, "form", weight=percent / 50), "x")
        words = QFontMetrics(button.font()).horizontalAdvance(button.text())
        assert button.font().bold() or button.font().weight() >= QFont.Weight.DemiBold
        assert words <= button.width() - 2 * look.theme.space.medium
        assert button.geometry() == before
        session.undo()
    look.use("light", 100)


def test_one_gesture_is_one_action_and_undo_brings_the_editor_back(page, session):
    before = len(session.stacks().undo)
    line = page.editor.line("valid")
    line.setFocus()
    for _ in range(4):
        QTest.keyPress(line, Qt.Key.Key_Right)
    assert session.draft.criterion("valid").weight == 1
    assert page.preview.current.rubric.criterion("valid").weight == 3
    QTest.keyRelease(line, Qt.Key.Key_Right)
    assert session.draft.criterion("valid").weight == 3
    assert len(session.stacks().undo) == before + 1
    session.undo()
    assert page.editor.desk.rubric.criterion("valid").weight == 1
    assert line.hasFocus()


def test_tab_goes_from_the_header_through_the_guide_to_the_answers(page, session):
    form = page.editor.open_point("valid")
    session.change_draft(with_stratum(session.draft, "form", weight=2), "x")
    session.undo()
    page.header.files_button.setFocus()
    stops = [page.focusWidget()]
    while not page.preview.isAncestorOf(stops[-1]):
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
        stops.append(page.focusWidget())
    inside = [page.editor.isAncestorOf(stop) for stop in stops]
    assert inside == [*sorted(inside[:-1]), False]  # the header, then all of the editor, then the answers
    assert form.levels.lines[0].text in stops
    QTest.keyClick(stops[-1], Qt.Key.Key_Backtab)
    assert page.focusWidget() is page.editor.bar.more_button


def test_save_with_a_typo_keeps_the_marks(page, session, qtbot):
    _mark(session, "valid")
    session.change_draft(with_criterion(session.draft, "valid", wording="Now in words."), "x")
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.findChild(SaveDialog) is not None)
    dialog = page.findChild(SaveDialog)
    assert (
        dialog.cards[0].question.text() == "One mark was given under the old words. Did the meaning change?"
    )
    QTest.keyClicks(dialog.note, "in words")
    dialog.cards[0].typo.click()
    dialog.save_button.click()
    newest = newest_version(session.store)
    assert (newest.number, newest.note) == (2, "in words")
    assert [head.scope for head in session.store.heads(RecordKind.SAME_MEANING)] == ["valid"]
    assert page.header.state.text().startswith("v2, saved ")


def test_save_without_marks_under_old_words_asks_nothing(page, session, qtbot):
    session.change_draft(with_criterion(session.draft, "valid", wording="Now in words."), "x")
    page.header.save_button.click()
    qtbot.waitUntil(lambda: page.findChild(SaveDialog) is not None)
    dialog = page.findChild(SaveDialog)
    assert dialog.cards == []
    dialog.reject()
    assert newest_version(session.store).number == 1


def test_what_is_being_typed_is_saved_too(page, session, qtbot):
    form = page.editor.open_point("valid")
    form.title.setFocus()
    QTest.keyClicks(form.title, " answer")
    QTest.keySequence(form.title, "Ctrl+S")
    qtbot.waitUntil(lambda: page.findChild(SaveDialog) is not None)
    page.findChild(SaveDialog).save_button.click()
    assert newest_version(session.store).rubric.criterion("valid").title == "Valid answer"


def test_an_older_version_is_asked_for_by_menu_and_all_of_them_by_key(page, session):
    wanted: list[str] = []
    page.versions_requested.connect(wanted.append)
    action = page.header.versions_menu.actions()[0]
    assert action.text().startswith("Version 1, ")
    action.trigger()
    assert wanted == [newest_version(session.store).id]
    page.header.versions_menu.actions()[-1].trigger()
    QTest.keySequence(page, "Ctrl+H")
    assert wanted[1:] == ["", ""]


def test_a_guide_goes_out_as_a_file_and_comes_in_again(page, session, tmp_path):
    path = tmp_path / "guide.json"
    page.save_as(path)
    assert json.loads(path.read_text("utf-8"))["strata"][0]["key"] == "form"
    session.change_draft(Rubric(name="other"), "x")
    page.bring_in(path)
    assert session.draft == small_rubric()


def test_a_file_that_is_no_guide_says_so(page, session, tmp_path):
    failed: list[StudioError] = []
    session.failed.connect(failed.append)
    path = tmp_path / "broken.json"
    for text in ("{", '{"strata": 1}'):
        path.write_text(text, encoding="utf-8")
        page.bring_in(path)
    assert [error.title for error in failed] == [
        "This is no scoring guide",
        "This scoring guide cannot be read",
    ]
    assert session.draft == small_rubric()


def test_where_it_is_narrow_the_editor_is_a_drawer_with_one_key(page, qtbot):
    page.resize(1028, 650)
    assert page.header.drawer_button.isVisible()
    assert not page.editor.isVisible()
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.isVisible()
    assert page.preview.isVisible()
    QTest.keyClick(
        page.editor.focusWidget() or page.editor, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier
    )
    assert not page.editor.isVisible()
    page.resize(1368, 850)
    assert page.editor.isVisible()
    assert not page.header.drawer_button.isVisible()


def test_the_answers_can_have_the_whole_width(page):
    page.preview.width_requested.emit(True)
    assert not page.editor.isVisible()
    page.header.drawer_button.click()
    assert page.editor.isVisible()


def test_few_totals_are_counted_after_a_change(page, session, qtbot):
    # Form has two points, Topics one, with three grades each: 1 and 4 of 5 by weight, many totals
    qtbot.waitUntil(lambda: not page._counting.is_counting())
    session.change_draft(Rubric(strata=small_rubric().strata[1:]), "x")
    qtbot.waitUntil(page.editor.bar.totals.isVisible)
    assert page.editor.bar.totals.text() == "Your guide can give only 3 different totals."


def test_an_empty_guide_says_that_the_questions_own_points_count(page, session):
    usual = page.editor.empty.accessibleName()
    with session.store.writing() as writer:
        source = Source(
            id="own", kind="rows", name="own.jsonl", at=session.author.now(), person=session.author.person
        )
        writer.source(source)
        own = (RowCriterion(key="a", text="Names the article"),)
        writer.rows([Row(id="q2", prompt=user_prompt("Which?"), criteria=own)])
    session.changed.emit(Changes(topics=frozenset({Topic.ROWS})))
    session.change_draft(Rubric(name="empty"), "Begin anew")
    assert page.editor.empty.isVisible()
    said = page.editor.empty.accessibleName()
    assert said == "This guide has no points of its own: each question's own points count."
    session.change_draft(Rubric(name="empty", row_criteria=None), "Do not count them")
    assert page.editor.empty.accessibleName() == usual
    QTest.mouseClick(page.editor.empty.main_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.focusWidget(), NewName)


def test_a_title_that_is_too_long_ends_in_dots_until_somebody_writes(page, session):
    long = "What a careful reader of the tax code would look for first of all " * 5
    strata = tuple(each.model_copy(update={"title": long}) for each in small_rubric().strata)
    session.change_draft(Rubric(name=long, strata=strata), "Long titles")
    for field in (page.header.name, page.editor.cards["form"].title):
        assert field.shown().endswith("…")
        assert long.strip() in field.toolTip()
        before = field.grab().toImage()
        field.setFocus()
        field.setCursorPosition(0)
        assert field.text() == long
        assert field.grab().toImage() != before
    session.change_draft(small_rubric(), "Short again")
    assert page.header.name.shown() == "guide"
    assert not page.header.name.toolTip()
