"""Whatever a colleague sent back finds its round, wherever in the window it is dropped or chosen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.record import RecordKind
from rubric_studio.files.review_sheet_mark import is_review_sheet
from rubric_studio.files.review_xlsx import ABOUT, GRADE, ID, PERSON_LABEL, ROUND_LABEL, SCORE
from rubric_studio.ui.importing.import_wizard import ImportWizard
from rubric_studio.ui.rounds.brought_in_dialog import BroughtInDialog
from rubric_studio.ui.rounds.packet_files import file_names, free_path
from rubric_studio.ui.rounds.score_page import ScorePage

from .window_room import LEAD, Hands, small_project, window, workplace_in


def fill(sheet: Path, grade: str = "1 fully") -> Path:
    """Give every point of a sheet a grade, as somebody does in Excel."""
    book = load_workbook(sheet)
    line: Any
    for line in book[SCORE].iter_rows():
        if "/" in str(line[ID - 1].value or ""):
            line[GRADE - 1].value = grade
    book.save(sheet)
    return sheet


def drop(widget: QWidget, *files: Path) -> None:
    """Drop files on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)


@pytest.fixture
def lead(look, tmp_path, qtbot) -> Iterator[tuple[Hands, ScorePage, list[Path]]]:
    """The lead's window with a round of two people called the same, and their filled sheets."""
    path = small_project(tmp_path)
    with window(look, workplace_in(tmp_path, "lead"), LEAD) as shell:
        hands = Hands(shell, qtbot)
        page = hands.open_project(path)
        round = hands.start_round(page, "Anna Berg", "Anna Berg")
        sheets = [fill(sheet) for sheet in hands.send(page, round, tmp_path / "sent", form=1)]
        yield hands, page, sheets
        hands.rest()


def close_dialog(hands: Hands) -> str:
    """Read and close what says what was brought in."""
    hands.wait(lambda: hands.shell.window.findChild(BroughtInDialog) is not None)
    dialog = hands.shell.window.findChild(BroughtInDialog)
    heading = dialog.heading.text()
    dialog.reject()
    hands.rest()
    return heading


def test_sheets_dropped_on_the_window_go_to_their_round_and_not_into_an_import(lead):
    hands, page, sheets = lead
    drop(hands.shell.window, *sheets)
    assert close_dialog(hands) == "The answers are in"
    assert hands.shell.window.findChild(ImportWizard) is None
    assert page.rounds[0].is_done
    assert hands.shell.desk.store.heads(RecordKind.VERDICT) == []


def test_a_sheet_dropped_on_the_questions_goes_to_its_round_too(lead):
    hands, page, sheets = lead
    hands.shell.actions["page.questions"].trigger()
    hands.rest()
    drop(hands.shell.desk.pages.currentWidget(), *sheets)
    assert close_dialog(hands) == "The answers are in"
    assert hands.shell.desk.pages.shown == "score"
    assert page.rounds[0].is_done


def test_a_sheet_chosen_in_the_import_wizard_goes_to_its_round(lead):
    hands, page, sheets = lead
    hands.shell.bring_in(None)
    hands.shell.window.findChild(ImportWizard).source_step.chosen.emit(sheets[0])
    assert close_dialog(hands) == "The answers of one colleague are in"
    assert hands.shell.window.findChild(ImportWizard) is None
    assert sum(each.finished for each in page.rounds[0].progress) == 1


def test_any_other_workbook_is_brought_in_as_before(lead, tmp_path):
    hands, _, _ = lead
    book: Any = Workbook()
    book.active.append(["id", "question"])
    book.create_sheet("Score")
    book.create_sheet("About")
    book.save(tmp_path / "mine.xlsx")
    drop(hands.shell.window, tmp_path / "mine.xlsx")
    hands.rest()
    wizard = hands.shell.window.findChild(ImportWizard)
    assert wizard.isVisible()
    wizard.reject()


def test_a_sheet_brought_in_twice_says_that_nothing_is_new(lead):
    hands, page, sheets = lead
    for _ in range(2):
        page.bring_in(sheets[:1])
        hands.wait(lambda: hands.shell.window.findChild(BroughtInDialog) is not None)
        dialog = hands.shell.window.findChild(BroughtInDialog)
        said = dialog.lines.findChildren(QWidget)
        told = " ".join(each.accessibleName() for each in said)
        dialog.reject()
        hands.rest()
        hands.wait(lambda: hands.shell.window.findChild(BroughtInDialog) is None)
    assert "nothing new" in told


def test_what_was_brought_in_tells_two_of_one_name_apart(lead):
    hands, page, sheets = lead
    page.bring_in(sheets)
    hands.wait(lambda: hands.shell.window.findChild(BroughtInDialog) is not None)
    dialog = hands.shell.window.findChild(BroughtInDialog)
    told = " ".join(each.accessibleName() for each in dialog.lines.findChildren(QWidget))
    assert all(f"Anna Berg ({each.person[-4:]}): " in told for each in page.rounds[0].progress)
    dialog.reject()
    hands.rest()


def test_two_of_one_name_are_told_apart_by_the_end_of_their_ids(lead):
    hands, page, sheets = lead
    ids = [each.person[-4:] for each in page.rounds[0].progress]
    card = page.board.cards[page.rounds[0].id]
    assert [line.name.text() for line in card.lines] == [f"Anna Berg ({id})" for id in ids]
    assert sorted(sheet.name for sheet in sheets) == sorted(f"Round 1 - Anna Berg ({id}).xlsx" for id in ids)
    hands.press(card.send_button)
    dialog = page.desk.sending.dialog
    assert [box.text() for box in dialog.people.values()] == [f"Anna Berg ({id})" for id in ids]
    dialog.reject()


def test_sending_again_overwrites_no_file_in_which_somebody_may_be_at_work(lead):
    hands, page, sheets = lead
    before = sheets[0].read_bytes()
    files = hands.send(page, page.rounds[0].id, sheets[0].parent, form=1)
    assert sheets[0].read_bytes() == before
    assert len(files) == 4
    assert files[0].stem.endswith(" (2)") or files[1].stem.endswith(" (2)")


def test_where_files_went_is_remembered_on_this_computer_and_not_in_the_project(lead):
    hands, page, sheets = lead
    assert list(hands.shell.preferences.sent_to.values()) == [str(sheets[0].parent)]
    assert hands.shell.desk.store.kept_place("rounds.folder") is None
    hands.press(page.board.cards[page.rounds[0].id].send_button)
    assert page.desk.sending.dialog.folder.text() == str(sheets[0].parent)
    page.desk.sending.dialog.reject()


def test_long_names_that_begin_alike_keep_files_of_their_own(lead):
    _, page, _ = lead
    one, other = page.rounds[0].progress
    same = "Dr. " + "Papadopoulos " * 12
    names = file_names(
        "A title " * 12, [each.model_copy(update={"name": same}) for each in (one, other)], ".review"
    )
    assert len(set(names.values())) == 2
    assert all(len(name) < 150 for name in names.values())


def test_a_free_path_is_the_first_that_is_not_taken(tmp_path):
    path = tmp_path / "Round 1.review"
    assert free_path(path) == path
    path.touch()
    (tmp_path / "Round 1 (2).review").touch()
    assert free_path(path) == tmp_path / "Round 1 (3).review"


def test_what_is_no_workbook_is_no_sheet_of_a_round(tmp_path):
    path = tmp_path / "a.xlsx"
    assert not is_review_sheet(path)
    path.write_bytes(b"PK\x03\x04 cut off")
    assert not is_review_sheet(path)
    assert (ROUND_LABEL, PERSON_LABEL, SCORE, ABOUT) == (
        "Round",
        "Expert",
        "Score",
        "About",
    )  # as it looks for them
