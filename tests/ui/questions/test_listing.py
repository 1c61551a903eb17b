"""What the table lists: search, chips, order, columns, empty states, and what stays through a refresh."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from rubric_studio import wiring
from rubric_studio.domain.changes import EVERYTHING
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.row import Row
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import DecideRows, FlagRows
from rubric_studio.ui.questions.questions_page import QuestionsPage
from rubric_studio.ui.questions.rows_model import PAGE, RowsModel
from rubric_studio.ui.session import Session

from .conftest import Show, add_rows, cell, click_row, listed, press, project_of, settle

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_every_question_has_a_line_with_labels_answers_and_mean(page: QuestionsPage) -> None:
    assert len(listed(page)) == 30
    assert page.list.count.text() == "30 questions"
    assert page.list.model.fields == ("topics",)
    assert cell(page, "topics-01", "field:topics") == "environment, agriculture"
    assert cell(page, "topics-01", "answers") == "6"
    assert cell(page, "tax-01", "decision") == ""


def test_search_narrows_the_table_and_esc_brings_everything_back(
    page: QuestionsPage, example: Session, qtbot
) -> None:
    qtbot.keyClick(page.list.table, Key.Key_F, CONTROL)
    field = page.list.filters.search_field
    qtbot.keyClicks(field, "plant protection")
    qtbot.waitUntil(lambda: 0 < len(listed(page)) < 30)
    assert page.list.count.text().endswith("of 30 questions")
    qtbot.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(listed(page)) == 30)
    qtbot.keyClick(field, Key.Key_Escape)
    assert page.list.table.hasFocus()


def test_chips_narrow_by_decision_and_flag(page: QuestionsPage, example: Session, qtbot) -> None:
    example.perform(DecideRows(rows=(RowId("tax-01"), RowId("tax-02")), decision="drop"))
    example.perform(FlagRows(rows=(RowId("tax-02"),), reason="doubt"))
    filters = page.list.filters
    qtbot.mouseClick(filters.decision_chips["drop"], Qt.MouseButton.LeftButton)
    assert listed(page) == ["tax-01", "tax-02"]
    qtbot.mouseClick(filters.flagged_chip, Qt.MouseButton.LeftButton)
    assert listed(page) == ["tax-02"]
    qtbot.mouseClick(filters.decision_chips["open"], Qt.MouseButton.LeftButton)
    assert not filters.decision_chips["drop"].isChecked()
    assert listed(page) == []


def test_a_filter_that_finds_nothing_offers_to_clear_it(page: QuestionsPage, qtbot) -> None:
    qtbot.mouseClick(page.list.filters.decision_chips["drop"], Qt.MouseButton.LeftButton)
    assert page.list.nothing.isVisible()
    qtbot.mouseClick(page.list.nothing.main_button, Qt.MouseButton.LeftButton)
    assert len(listed(page)) == 30
    assert page.list.table.isVisible()


def test_a_reference_field_narrows_by_keyboard_alone(page: QuestionsPage, qtbot) -> None:
    filters = page.list.filters
    filters.field_button.setFocus()
    qtbot.keyClick(filters.field_button, Key.Key_Space)
    choice = filters.field_filter.field_choice
    assert choice.hasFocus()
    choice.setCurrentText("topics")
    qtbot.keyClicks(filters.field_filter.value_field, "trade")
    qtbot.keyClick(filters.field_filter.value_field, Key.Key_Return)
    # The example's README: trade is right in eight questions.
    assert len(listed(page)) == 8
    (chip,) = filters.field_chips()
    assert chip.text() == "topics: trade"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(listed(page)) == 30


def test_a_label_in_the_details_shows_all_questions_with_it(
    page: QuestionsPage, example: Session, qtbot
) -> None:
    page.details.facts.field_chosen.emit("topics", "transport")
    assert "topics-03" in listed(page)
    assert len(listed(page)) < 30


def test_a_heading_orders_up_then_down_then_as_brought_in(page: QuestionsPage, qtbot) -> None:
    before = listed(page)
    header = page.list.table.horizontalHeader()

    def click(column: str) -> None:
        at = header.sectionViewportPosition(page.list.model.columns.index(column)) + 10
        qtbot.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(at, header.height() / 2).toPoint()
        )

    click("id")
    assert listed(page) == sorted(before)
    click("id")
    assert listed(page) == sorted(before, reverse=True)
    click("id")
    assert listed(page) == before


def test_order_by_mean_puts_what_has_no_score_last(page: QuestionsPage) -> None:
    page.list.sort_by("spread", False)
    means = [cell(page, row, "spread") for row in listed(page)]
    scored = [mean for mean in means if mean]
    assert scored == sorted(scored)
    assert means == scored + [""] * (30 - len(scored))


def test_another_reference_field_becomes_a_column(page: QuestionsPage, qtbot) -> None:
    qtbot.mouseClick(page.list.more_button, Qt.MouseButton.LeftButton)
    action = next(a for a in page.list.menu.columns_menu.actions() if a.text() == "tax_due")
    page.list.menu.hide()
    action.trigger()
    assert "field:tax_due" in page.list.model.columns
    assert cell(page, "tax-05", "field:tax_due") == "13630"


def test_selection_and_place_stay_when_something_else_changes(
    page: QuestionsPage, example: Session, qtbot
) -> None:
    click_row(qtbot, page, "tax-03")
    click_row(qtbot, page, "tax-06", CONTROL)
    scrolled = page.list.table.verticalScrollBar().value()
    example.perform(DecideRows(rows=(RowId("topics-01"),), decision="drop"))
    qtbot.mouseClick(page.list.filters.decision_chips["open"], Qt.MouseButton.LeftButton)
    assert page.list.table.selected() == ["tax-03", "tax-06"]
    assert page.list.table.verticalScrollBar().value() == scrolled


def test_a_question_asked_for_is_shown_though_filters_leave_it_out(page: QuestionsPage, qtbot) -> None:
    page.list.filters.add_field("topics", "transport")
    assert "tax-05" not in listed(page)
    page.show_row("tax-05")
    qtbot.waitUntil(lambda: page.list.table.current() == "tax-05")
    assert not page.list.filters.is_filtering()


def test_an_empty_project_says_what_to_do(empty: Session, show: Show, qtbot) -> None:
    page = show(empty)
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.import_requested) as asked:
        qtbot.mouseClick(page.empty.main_button, Qt.MouseButton.LeftButton)
    assert asked.args == [None]
    with qtbot.waitSignal(page.example_requested):
        qtbot.mouseClick(page.empty.link_button, Qt.MouseButton.LeftButton)


def test_a_question_without_words_says_so(empty: Session, show: Show, qtbot) -> None:
    with project_of(empty).writing() as writer:
        writer.source(Source(id=wiring.author(wiring.new_person("x")).new_id(), kind="rows", name="made up"))
        writer.rows([Row(id=RowId("bare"), prompt=(), reference={"amount": 12})])
    page = show(empty)
    click_row(qtbot, page, "bare")
    settle(qtbot, empty)
    assert cell(page, "bare", "prompt") == "no words, only fields"
    assert page.details.no_words.isVisible()
    assert not page.details.prompt.isVisible()


def test_the_head_of_the_means_says_whose_marks_they_stand_on(page: QuestionsPage) -> None:
    model = page.list.model
    head = model.headerData(
        model.columns.index("spread"), Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    )
    assert "marked by: as in training" in head


def test_questions_that_come_in_replace_the_empty_state(empty: Session, show: Show, qtbot) -> None:
    page = show(empty)
    add_rows(project_of(empty), 3)
    empty.announce(EVERYTHING)
    settle(qtbot, empty)
    assert listed(page) == ["q-000000", "q-000001", "q-000002"]
    assert page.list.table.isVisible()


def test_a_dropped_file_and_a_pasted_range_are_to_be_brought_in(page: QuestionsPage, qtbot) -> None:
    asked: list[object] = []
    page.import_requested.connect(asked.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/office.xlsx")])
    drop = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(drop)
    QGuiApplication.clipboard().setText("question\tanswer\nWhat?\tThat.")
    qtbot.keyClick(page.list.table, Key.Key_V, CONTROL)
    assert asked == [Path("/tmp/office.xlsx"), "question\tanswer\nWhat?\tThat."]


def test_pasting_into_the_search_brings_nothing_in(page: QuestionsPage, qtbot) -> None:
    asked: list[object] = []
    page.import_requested.connect(asked.append)
    QGuiApplication.clipboard().setText("tax")
    page.list.filters.search_field.setFocus()
    qtbot.keyClick(page.list.filters.search_field, Key.Key_V, CONTROL)
    assert page.list.filters.search_field.text() == "tax"
    assert asked == []


def test_a_hidden_page_refreshes_when_it_is_shown_again(page: QuestionsPage, example: Session, qtbot) -> None:
    page.hide()
    example.perform(DecideRows(rows=(RowId("tax-01"),), decision="drop"))
    page.show()
    settle(qtbot, example)
    assert cell(page, "tax-01", "decision") == "Drop"


def test_the_model_reads_only_the_pages_that_are_looked_at(empty: Session) -> None:
    store = empty.store
    add_rows(project_of(empty), 3 * PAGE)
    asked: list[int] = []

    def read(ids):
        asked.append(len(ids))
        return store.summaries(ids)

    model = RowsModel(read)
    model.set_rows(store.row_ids(RowQuery()))
    assert model.rowCount() == 3 * PAGE
    assert asked == []
    assert model.index(PAGE, 0).data() == f"q-{PAGE:06}"
    assert model.index(PAGE + 7, 1).data() == f"Question number {PAGE + 7}"
    assert asked == [PAGE]


def test_a_large_project_is_searched_in_the_background(empty: Session, show: Show, qtbot) -> None:
    add_rows(project_of(empty), 4200)
    page = show(empty)
    qtbot.waitUntil(lambda: len(listed(page)) == 4200)
    press(qtbot, page, Key.Key_End)
    assert page.list.table.current() == "q-004199"
    page.list.filters.search_field.setText("number 17")
    # 17, 170 to 179, 1700 to 1799
    qtbot.waitUntil(lambda: len(listed(page)) == 111)


class PaintedLines(QStyledItemDelegate):
    """Notes which lines are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: set[int] = set()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.lines.add(index.row())


def test_a_step_paints_only_the_line_one_leaves_and_the_one_one_comes_to(page: QuestionsPage, qtbot) -> None:
    table, painted = page.list.table, PaintedLines()
    usual = table.itemDelegate()
    table.setItemDelegate(painted)
    table.go_to(0)
    qtbot.waitUntil(lambda: len(painted.lines) > 3)
    qtbot.wait(50)
    painted.lines.clear()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(painted.lines))
    table.setItemDelegate(usual)
    assert painted.lines == {0, 1}
