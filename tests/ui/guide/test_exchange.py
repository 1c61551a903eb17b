"""The guide goes to Word and Excel and comes back: the menu, the dialog, its keys, and what is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from rubric_studio import wiring
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.services.comments import comments_on
from rubric_studio.services.edits import ChangeDraft, SaveVersion
from rubric_studio.ui.guide.exchange_dialog import ExchangeDialog
from rubric_studio.ui.session import Session
from tests.files.guides import guide_rubric, point
from tests.files.word_changes import ANNA, BEN, WordDocument
from tests.ui.guide.new_session import new_session

WORDING, TITLE, TEXT = point("year", "wording"), point("year", "title"), point("year", "text", "partly")


@pytest.fixture
def session(qapp, tmp_path: Path) -> Iterator[Session]:
    """A project with the rubric saved as version 1."""
    with new_session(tmp_path / "Tax.rubric", guides=wiring.guide_files()) as session:
        session.perform(SaveVersion(rubric=guide_rubric(), number=1))
        yield session


@pytest.fixture
def given(qtbot, page, session, tmp_path) -> Path:
    """The guide as a Word file, given out from the page."""
    path = tmp_path / "out.docx"
    _give(qtbot, page, path)
    return path


def _give(qtbot, page, path: Path) -> None:
    page.exchange.give(path, path.suffix[1:])
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)))
    box = page.findChildren(QMessageBox)[0]
    assert str(path) in box.informativeText()
    box.close()
    qtbot.waitUntil(lambda: not page.findChildren(QMessageBox))


def _back(qtbot, page, path: Path) -> ExchangeDialog:
    page.exchange.take_back(path)
    qtbot.waitUntil(lambda: page.exchange.dialog is not None)
    dialog = page.exchange.dialog
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and QApplication.focusWidget() is dialog.list)
    return dialog


def _changed(path: Path) -> Path:
    word = WordDocument(path)
    word.replace(WORDING, "right", "correct", ANNA)
    word.replace(TEXT, "alone", "only", ANNA)
    word.replace(TITLE, "Right ", "", BEN)
    word.comment(point("invents", "title"), "authority", "Or facts?", BEN)
    return word.save()


def _press(dialog: ExchangeDialog, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or dialog, key, modifier)


def test_the_menu_offers_word_excel_a_page_and_the_way_back(page):
    texts = [action.text() for action in page.header.files_button.menu().actions()]
    for text in ("Give this guide to Word…", "Give this guide to Excel…", "Bring back from Word or Excel…"):
        assert text in texts
    assert "Save as a page (HTML)…" in texts


def test_edits_are_accepted_and_refused_by_keys_each_one_step(qtbot, page, session, given):
    dialog = _back(qtbot, page, _changed(given))
    assert dialog.progress.text() == "0 accepted, 0 refused, 3 to decide"
    # In the order of the guide: the title by Ben, the wording and the grade's words by Anna.
    assert "Right tax year" in dialog.details.title.text()
    assert dialog.details.pane.text() == "\N{MINUS SIGN}Right tax year"
    assert dialog.details.byline.text() == "Ben Roth · 20 Nov 2026"
    _press(dialog, Qt.Key.Key_R)
    assert dialog.details.pane.text().startswith("Names the \N{MINUS SIGN}right +correct tax year")
    _press(dialog, Qt.Key.Key_A)
    _press(dialog, Qt.Key.Key_A)
    assert dialog.progress.text() == "2 accepted, 1 refused, 0 to decide"
    assert dialog.list.currentRow() == dialog.list.count() - 1
    year = session.draft.criterion("year")
    assert (year.title, year.levels[1].text) == ("Right tax year", "The year only.")
    assert year.wording.startswith("Names the correct tax year")
    session.undo()
    assert session.draft.criterion("year").levels[1].text == "The year alone."
    assert dialog.progress.text() == "1 accepted, 1 refused, 1 to decide"
    dialog.reject()


def test_all_of_one_author_is_one_step(qtbot, page, session, given):
    dialog = _back(qtbot, page, _changed(given))
    _press(dialog, Qt.Key.Key_Down)
    assert dialog.author_button.text().startswith("Accept all of Anna Berg (2)")
    _press(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.progress.text() == "2 accepted, 0 refused, 1 to decide"
    session.undo()
    assert session.draft == guide_rubric()
    dialog.reject()


def test_refusing_everything_leaves_no_trace(qtbot, page, session, given):
    steps = len(session.store.edits())
    dialog = _back(qtbot, page, _changed(given))
    for _ in range(3):
        QTest.mouseClick(dialog.refuse_button, Qt.MouseButton.LeftButton)
    assert dialog.progress.text() == "0 accepted, 3 refused, 0 to decide"
    dialog.reject()
    assert len(session.store.edits()) == steps
    assert session.draft == guide_rubric()


def test_a_conflict_is_said_and_shown_beside_what_the_guide_says_now(qtbot, page, session, given):
    path = _changed(given)
    session.perform(ChangeDraft(rubric=with_criterion(guide_rubric(), "year", title="Year of assessment")))
    dialog = _back(qtbot, page, path)
    assert "the guide says something else by now" in dialog.details.state.text()
    assert dialog.details.now.text() == "The guide says now: Year of assessment"
    _press(dialog, Qt.Key.Key_A)
    assert session.draft.criterion("year").title == "tax year"
    dialog.reject()


def test_comments_are_shown_and_kept_as_comments_of_the_point(qtbot, page, session, given):
    dialog = _back(qtbot, page, _changed(given))
    dialog.list.setCurrentRow(3)
    assert "Or facts?" in dialog.details.comments.text()
    QTest.mouseClick(dialog.comments_button, Qt.MouseButton.LeftButton)
    (comment,) = comments_on(session.store, "invents")
    assert (comment.text, comment.author, comment.words) == ("Or facts?", BEN, "authority")
    dialog.reject()


def test_a_file_without_changes_says_so(qtbot, page, given):
    page.exchange.take_back(given)
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)))
    box = page.findChildren(QMessageBox)[0]
    assert box.text() == "Nothing was changed"
    box.close()
    qtbot.waitUntil(lambda: not page.findChildren(QMessageBox))


def test_a_damaged_file_is_told_and_nothing_opens(qtbot, page, session, tmp_path):
    (tmp_path / "bad.docx").write_bytes(b"nothing")
    with qtbot.waitSignal(session.failed) as told:
        page.exchange.take_back(tmp_path / "bad.docx")
    assert told.args[0].title == "This file cannot be read"
    assert page.exchange.dialog is None


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_a_sheet_of_points_becomes_the_draft(qtbot, page, session, tmp_path, format):
    path = tmp_path / f"guide.{format}"
    _give(qtbot, page, path)
    other = with_criterion(guide_rubric(), "year", title="Another title")
    session.perform(ChangeDraft(rubric=other))
    page.bring_in(path)
    qtbot.waitUntil(lambda: session.draft.criterion("year").title == "Right tax year")


def test_the_page_for_people_names_the_version(qtbot, page, tmp_path):
    path = tmp_path / "guide.html"
    _give(qtbot, page, path)
    text = path.read_text(encoding="utf-8")
    assert "Scoring guide, version 1, saved " in text
    assert "In 2024, since …" in text
