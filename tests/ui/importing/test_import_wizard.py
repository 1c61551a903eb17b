"""Bringing files in as a person does: by mouse, without one, by pasting; and everything that may go wrong."""

import weakref
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from rubric_studio.domain.changes import Topic
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.importing import ImportPlan
from tests.conftest import SHARED_DATA

LEFT = Qt.MouseButton.LeftButton
PRBENCH = SHARED_DATA / "prbench_legal_eu"


def go_on(wizard, qtbot, step: QWidget) -> None:
    """Press the main button and wait for the step it leads to."""
    assert wizard.next_button.isEnabled()
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: wizard.step is step)


def press(wizard, qtbot, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(QApplication.focusWidget() or wizard, key)


def checked(wizard, qtbot) -> None:
    """Go from the first question to the list of complaints."""
    go_on(wizard, qtbot, wizard.columns_step)
    go_on(wizard, qtbot, wizard.check_step)


# -- an office sheet -----------------------------------------------------------------------------


def test_an_office_sheet_comes_in_by_mouse_without_its_faulty_lines(
    wizard, office_sheet, session, store, qtbot
):
    window = wizard(office_sheet)
    assert window.step is window.shape_step
    assert window.shape_step.shape() == "question_with_answers"
    go_on(window, qtbot, window.columns_step)
    assert "GPT: Ο συντελεστής είναι 13 %" in window.columns_step.view.text()
    assert "Overall: 0.25" in window.columns_step.view.text()  # a 2 on a scale from 1 to 5
    go_on(window, qtbot, window.check_step)
    assert window.check_step.finding.text() == "2 of 12 lines need a look. Nothing is saved yet."
    assert "Questions: 10 new" in window.check_step.counts.text()
    assert store.counts().rows == 0
    assert window.next_button.text() == "Leave out these 2 lines and bring in 10"
    with qtbot.waitSignal(session.changed) as told:
        go_on(window, qtbot, window.summary_step)
    assert told.args[0].touches(Topic.ROWS)
    assert told.args[0].touches(Topic.DRAFT)
    assert (store.counts().rows, store.counts().samples, store.counts().expert_verdicts) == (10, 20, 20)
    assert [criterion.title for criterion in session.draft.criteria()] == ["Overall"]
    assert "20 marks by Anna Example" in window.summary_step.text()
    assert "Left out: 2 lines" in window.summary_step.text()
    qtbot.mouseClick(window.next_button, LEFT)
    assert not window.isVisible()


def test_the_same_without_a_mouse(wizard, office_sheet, store, qtbot):
    window = wizard(office_sheet)
    qtbot.waitUntil(lambda: window.shape_step.cards["question_with_answers"].choice.hasFocus())
    press(window, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.step is window.columns_step)
    id_choice = window.columns_step.fields.choices["id"]
    assert id_choice.hasFocus()
    press(window, qtbot, Qt.Key.Key_Up)  # from "Nr" to "none": ids are made of the questions
    assert id_choice.column() == ""
    qtbot.waitUntil(lambda: "question q-" in window.columns_step.view.text())
    press(window, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.step is window.check_step)
    press(window, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.step is window.summary_step)
    press(window, qtbot, Qt.Key.Key_Return)
    assert not window.isVisible()
    assert all(id.startswith("q-") for id in store.row_ids(RowQuery()))
    assert store.counts().rows == 10


def test_the_scale_the_person_and_the_model_can_be_said(wizard, office_sheet, store, qtbot):
    window = wizard(office_sheet)
    go_on(window, qtbot, window.columns_step)
    step = window.columns_step
    for field, text in ((step.marks.worst_field, "6"), (step.marks.best_field, "1")):
        field.selectAll()
        qtbot.keyClicks(field, text)
    qtbot.waitUntil(lambda: "Overall: 0.80" in step.view.text())  # a German 2: (2 - 6) / (1 - 6)
    qtbot.mouseDClick(step.answers.cards[0].model_field, LEFT)
    step.answers.cards[0].model_field.selectAll()
    qtbot.keyClicks(step.answers.cards[0].model_field, "gpt-4.1")
    step.marks.rater_field.lineEdit().selectAll()
    qtbot.keyClicks(step.marks.rater_field.lineEdit(), "Eva Neu")
    go_on(window, qtbot, window.check_step)
    go_on(window, qtbot, window.summary_step)
    assert set(store.counts().models) == {"gpt-4.1", "Claude"}
    people = {person.id: person.name for person in store.people()}
    assert {people[head.person] for head in store.heads(RecordKind.VERDICT)} == {"Eva Neu"}


def test_one_cannot_go_on_without_what_is_needed(wizard, office_sheet, qtbot):
    window = wizard(office_sheet)
    go_on(window, qtbot, window.columns_step)
    field = window.columns_step.marks.best_field
    field.selectAll()
    qtbot.keyClicks(field, "one")
    qtbot.waitUntil(lambda: not window.next_button.isEnabled())
    assert "Two different numbers" in window.columns_step.problem.text()
    field.selectAll()
    qtbot.keyClicks(field, "9")
    qtbot.waitUntil(window.next_button.isEnabled)
    qtbot.mouseClick(window.columns_step.answers.cards[1].remove_button, LEFT)
    qtbot.mouseClick(window.columns_step.answers.cards[0].remove_button, LEFT)
    qtbot.waitUntil(lambda: not window.next_button.isEnabled())
    assert "which column holds answers" in window.columns_step.problem.text()


def test_the_same_file_again_adds_nothing_and_an_edited_one_shows_what(wizard, office_sheet, store, qtbot):
    window = wizard(office_sheet)
    checked(window, qtbot)
    go_on(window, qtbot, window.summary_step)
    again = wizard(office_sheet)
    checked(again, qtbot)
    assert "2 of 12 lines" in again.check_step.finding.text()
    assert again.next_button.text() == "Close"
    book = load_workbook(office_sheet)
    book.worksheets[0]["C2"] = "14 %"
    book.worksheets[0].append((99, "Neu?", None, None, "ja", 1, None, None))
    book.save(office_sheet)
    edited = wizard(office_sheet)
    checked(edited, qtbot)
    assert "Questions: 1 new, 1 changed, 9 as before" in edited.check_step.counts.text()
    assert len(store.sources()) == 1


def test_back_keeps_what_was_said(wizard, office_sheet, qtbot):
    window = wizard(office_sheet)
    go_on(window, qtbot, window.columns_step)
    choice = window.columns_step.fields.choices["reference"]
    choice.setFocus()
    press(window, qtbot, Qt.Key.Key_Down)
    said = choice.column()
    qtbot.mouseClick(window.back_button, LEFT)
    assert window.step is window.shape_step
    go_on(window, qtbot, window.columns_step)
    assert window.columns_step.fields.choices["reference"].column() == said == "Thema"


def test_another_shape_gives_another_form(wizard, office_sheet, qtbot):
    window = wizard(office_sheet)
    qtbot.mouseClick(window.shape_step.cards["question"], LEFT)
    go_on(window, qtbot, window.columns_step)
    assert window.columns_step.answers is None
    assert not window.columns_step.marks.isVisible()
    assert window.columns_step.mapping().shape == "question"


# -- the list of complaints -------------------------------------------------------------------------


def test_complaints_name_line_and_column_and_can_be_filtered_and_saved(wizard, office_sheet, tmp_path, qtbot):
    window = wizard(office_sheet)
    checked(window, qtbot)
    model, step = window.check_step.model, window.check_step

    def shown() -> list[str]:
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    assert shown()[:2] == ["5", "8"]
    assert model.index(0, 1).data() == "Note"
    assert '"mittel" is no grade' in model.index(0, 2).data()
    qtbot.keyClicks(step.search_field, "mittel")
    assert shown() == ["5"]
    step.search_field.clear()
    press_notes = step.kind_choice.findChildren(QWidget)[-1]
    qtbot.mouseClick(press_notes, LEFT)
    assert "5" not in shown()
    path = tmp_path / "list.xlsx"
    step.save_requested.emit(path)
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not window._session.jobs.running)
    lines = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert [line[3] for line in lines if line[0] == "Error"] == [5, 8]


# -- other ways in ---------------------------------------------------------------------------------


def test_a_range_is_pasted_with_ctrl_v(wizard, store, qtbot):
    window = wizard()
    QGuiApplication.clipboard().setText(
        "id\tquestion\tideal answer\na\tWhat is VAT?\tA tax\nb\tWhy?\tBecause\n"
    )
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.step in (window.shape_step, window.reading_step))
    if window.step is window.reading_step:
        go_on(window, qtbot, window.shape_step)
    checked(window, qtbot)
    assert window.next_button.text() == "Bring in 2"
    go_on(window, qtbot, window.summary_step)
    assert next(store.rows([RowId("a")])).reference == {"reference": "A tax"}
    assert store.sources()[0].name == "pasted range"


def test_an_empty_clipboard_is_said_in_place(wizard, qtbot):
    window = wizard()
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(window.source_step.state.link_button, LEFT)
    assert "holds no cells" in window.source_step.problem.text()


def test_a_file_is_dropped(wizard, office_sheet, qtbot):
    window = wizard()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(office_sheet))])
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(drop)
    qtbot.waitUntil(lambda: window.step is window.shape_step)


def test_a_file_that_is_no_table_is_named_where_it_was_chosen(wizard, tmp_path, qtbot):
    window = wizard(tmp_path / "nothing.xlsx")
    assert window.step is window.source_step
    assert "cannot be read" in window.source_step.problem.text()


def test_an_empty_file_is_named_where_it_was_chosen(wizard, tmp_path, qtbot):
    path = tmp_path / "empty.jsonl"
    path.write_text("")
    window = wizard(path)
    assert window.step is window.source_step
    assert window.source_step.problem.text()


def test_only_what_is_in_doubt_is_asked_with_a_live_look(wizard, tmp_path: Path, qtbot):
    path = tmp_path / "alt.csv"
    path.write_bytes("Frage;Antwort\nWas heißt Größe?;schön\nWie heißt die Straße?;Öl\n".encode("cp1252"))
    window = wizard(path)
    assert window.step is window.reading_step
    step = window.reading_step
    assert step.encoding_choice.isVisible()
    assert not step.sheet_choice.isVisible()
    assert step.table.item(0, 0).text() == "Was heißt Größe?"
    step.encoding_choice.setFocus()
    place = step.encoding_choice.findData("cp1253")
    step.encoding_choice.setCurrentIndex(place - 1)
    press(window, qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "ί" in step.table.item(0, 0).text() or "φ" in step.table.item(0, 0).text())


# -- stopping --------------------------------------------------------------------------------------


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    path = tmp_path / "long.csv"
    path.write_text("id,question\n" + "".join(f"r{at},Why {at}?\n" for at in range(30_000)), encoding="utf-8")
    return path


def test_checking_can_be_stopped(wizard, long_file, qtbot):
    window = wizard(long_file)
    go_on(window, qtbot, window.columns_step)
    qtbot.mouseClick(window.next_button, LEFT)
    assert window.step is window.progress
    qtbot.mouseClick(window.progress.stop_button, LEFT)
    qtbot.waitUntil(lambda: window.step is window.columns_step)


def test_stopped_while_it_is_written_nothing_of_it_is_there(wizard, long_file, store, qtbot):
    window = wizard(long_file)
    checked_slowly(window, qtbot)
    qtbot.mouseClick(window.next_button, LEFT)
    qtbot.waitUntil(lambda: window._job is not None and window._job.done > 0)
    qtbot.mouseClick(window.progress.stop_button, LEFT)
    qtbot.waitUntil(lambda: window.step is window.check_step)
    assert window.where_label.text() == "Nothing of it was saved"
    assert (store.counts().rows, store.sources()) == (0, [])


def test_closing_while_it_is_written_stops_it_first(wizard, long_file, store, qtbot):
    window = wizard(long_file)
    checked_slowly(window, qtbot)
    qtbot.mouseClick(window.next_button, LEFT)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert store.counts().rows in (0, 30_000)  # whole or not at all
    assert len(store.sources()) == store.counts().rows // 30_000


def checked_slowly(window, qtbot) -> None:
    go_on(window, qtbot, window.columns_step)
    qtbot.mouseClick(window.next_button, LEFT)
    qtbot.waitUntil(lambda: window.step is window.check_step, timeout=30_000)


def test_cancel_before_it_is_written_leaves_the_project_alone(wizard, office_sheet, store, qtbot):
    window = wizard(office_sheet)
    checked(window, qtbot)
    qtbot.mouseClick(window.cancel_button, LEFT)
    assert not window.isVisible()
    assert (store.counts().rows, store.sources()) == (0, [])


# -- real data -------------------------------------------------------------------------------------


@pytest.mark.skipif(not PRBENCH.exists(), reason="the shared data are not beside the project")
def test_prbench_comes_in_through_the_wizard(wizard, session, store, qtbot):
    for name in ("rows.jsonl", "outputs.jsonl"):
        window = wizard(PRBENCH / name)
        checked(window, qtbot)
        go_on(window, qtbot, window.summary_step)
    window = wizard(PRBENCH / "verdicts.jsonl")
    go_on(window, qtbot, window.columns_step)
    marks = window.columns_step.marks
    marks.kind_choice.setFocus()
    qtbot.keyClick(marks.kind_choice, Qt.Key.Key_Right)
    qtbot.keyClicks(marks.rater_field.lineEdit(), "gemini-flash-lite-latest")
    for field, text in ((marks.worst_field, "0"), (marks.best_field, "1")):
        field.selectAll()
        qtbot.keyClicks(field, text)
    qtbot.waitUntil(window.next_button.isEnabled)
    go_on(window, qtbot, window.check_step)
    plan: ImportPlan = window._checked.plan
    assert (len(plan.judged), plan.errors) == (2631, [])
    go_on(window, qtbot, window.summary_step)
    assert (store.counts().rows, store.counts().samples, store.judges()) == (
        55,
        440,
        ["gemini-flash-lite-latest"],
    )


def test_a_checked_file_is_let_go_of_when_the_wizard_closes(wizard, office_sheet, session, qtbot):
    window = wizard(office_sheet)
    checked(window, qtbot)
    plan = weakref.ref(window._checked.plan)
    assert window.check_step.model.rowCount() > 0
    qtbot.mouseClick(window.cancel_button, LEFT)
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert plan() is None
    assert window.check_step.model.rowCount() == 0


def test_a_second_check_shows_only_what_it_found_itself(wizard, office_sheet, session, qtbot):
    window = wizard(office_sheet)
    checked(window, qtbot)
    before, found = window.check_step.finding.text(), window.check_step.model.complaints()
    qtbot.mouseClick(window.back_button, LEFT)
    assert window.step is window.columns_step
    go_on(window, qtbot, window.check_step)
    assert window.check_step.finding.text() == before
    assert window.check_step.model.complaints() == found
