"""A point's row, marked with mouse and keyboard as a person does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.point_row import Grade, Marker, Point, PointRow
from rubric_studio.ui.state_shape import Shape

GRADES = (Grade("fully", "Fully", 1.0, "Says it"), Grade("partly", "Partly", 0.5), Grade("no", "No", 0.0))
POINT = Point(
    "year",
    "Right tax year",
    Shape.PARTLY,
    wording="Is it the year asked for?",
    grades=GRADES,
    chosen="partly",
    value=0.5,
    marker=Marker("expert", "Anna Maria Meier"),
    reason="Says 2023",
    evidence=("the tax year is 2023",),
    may_not_apply=True,
)


@pytest.fixture
def row(look: Look, qtbot) -> PointRow:
    row = PointRow(look, POINT)
    qtbot.addWidget(row)
    row.resize(520, row.sizeHint().height())
    row.show()
    row.setFocus()
    return row


def test_the_grades_are_printed_as_keys_and_the_chosen_one_is_pressed(row: PointRow):
    buttons = row.grade_buttons()
    assert [button.text() for button in buttons] == ["1", "2", "3", "N"]
    assert [button.isChecked() for button in buttons] == [False, True, False, False]
    assert buttons[0].accessibleName() == "Fully, key 1"


def test_a_click_and_its_key_choose_the_same_grade(row: PointRow, qtbot):
    with qtbot.waitSignal(row.level_chosen) as by_mouse:
        qtbot.mouseClick(row.grade_buttons()[2], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(row.level_chosen) as by_key:
        qtbot.keyClick(row, Qt.Key.Key_3)
    assert by_mouse.args == by_key.args == ["year", "no"]


def test_buttons_show_the_mark_that_is_kept_not_the_one_that_is_asked_for(row: PointRow, qtbot):
    qtbot.mouseClick(row.grade_buttons()[2], Qt.MouseButton.LeftButton)
    assert [button.isChecked() for button in row.grade_buttons()] == [False, True, False, False]
    row.set_point(replace(POINT, chosen="no", value=0.0, shape=Shape.MISSED))
    assert [button.isChecked() for button in row.grade_buttons()] == [False, False, True, False]


def test_a_digit_without_a_grade_does_nothing(row: PointRow, qtbot):
    with qtbot.assertNotEmitted(row.level_chosen):
        qtbot.keyClick(row, Qt.Key.Key_4)
        qtbot.keyClick(row, Qt.Key.Key_0)


def many_grades(count: int) -> Point:
    """A point with so many grades, "g1" the best."""
    grades = tuple(Grade(f"g{n}", f"Grade {n}", 1 - n / count) for n in range(1, count + 1))
    return replace(POINT, grades=grades, chosen="g1")


def test_the_tenth_grade_lies_on_the_key_0(row: PointRow, qtbot):
    row.set_point(many_grades(10))
    assert [button.text() for button in row.grade_buttons()] == [*"1234567890", "N"]
    assert row.grade_buttons()[9].accessibleName() == "Grade 10, key 0"
    with qtbot.waitSignal(row.level_chosen) as told:
        qtbot.keyClick(row, Qt.Key.Key_0)
    assert told.args == ["year", "g10"]


def test_a_grade_beyond_the_tenth_prints_no_key_and_is_reached_by_tab_and_enter(row: PointRow, qtbot):
    row.set_point(many_grades(12))
    eleventh, twelfth = row.grade_buttons()[10:12]
    assert not any(letter.isalnum() for letter in eleventh.text() + twelfth.text())
    assert eleventh.accessibleName() == "Grade 11, by Tab and Enter"
    qtbot.waitUntil(twelfth.isVisible)
    qtbot.keyClick(row, Qt.Key.Key_Tab)
    assert row.focusWidget() is eleventh
    with qtbot.waitSignal(row.level_chosen) as told:
        qtbot.keyClick(eleventh, Qt.Key.Key_Return)
    assert told.args == ["year", "g11"]
    assert row.focusWidget() is row  # and the digits grade again
    qtbot.keyClick(row, Qt.Key.Key_Tab)
    qtbot.keyClick(row.focusWidget(), Qt.Key.Key_Right)
    assert row.focusWidget() is twelfth
    with qtbot.waitSignal(row.level_chosen) as told:
        qtbot.keyClick(twelfth, Qt.Key.Key_Enter)
    assert told.args == ["year", "g12"]
    row.set_point(POINT)
    assert all(button.focusPolicy() is Qt.FocusPolicy.NoFocus for button in row.grade_buttons())


def test_n_says_that_it_does_not_apply_where_that_is_allowed(row: PointRow, qtbot):
    with qtbot.waitSignal(row.not_applicable_chosen):
        qtbot.keyClick(row, Qt.Key.Key_N)
    with qtbot.waitSignal(row.not_applicable_chosen):
        qtbot.mouseClick(row.grade_buttons()[-1], Qt.MouseButton.LeftButton)
    row.set_point(replace(POINT, may_not_apply=False))
    with qtbot.assertNotEmitted(row.not_applicable_chosen):
        qtbot.keyClick(row, Qt.Key.Key_N)


def test_backspace_takes_the_mark_back(row: PointRow, qtbot):
    with qtbot.waitSignal(row.mark_cleared) as told:
        qtbot.keyClick(row, Qt.Key.Key_Backspace)
    assert told.args == ["year"]


def test_a_reason_is_written_by_keyboard_and_its_digits_never_grade(row: PointRow, qtbot):
    qtbot.keyClick(row, Qt.Key.Key_R)
    field = row.focusWidget()
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_End)
    with qtbot.assertNotEmitted(row.level_chosen):
        qtbot.keyClicks(field, " but uses 1")
    with qtbot.waitSignal(row.reason_given) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["year", "Says 2023 but uses 1"]
    assert row.hasFocus()


def test_esc_leaves_the_reason_for_the_row(row: PointRow, qtbot):
    qtbot.keyClick(row, Qt.Key.Key_R)
    field = row.focusWidget()
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert row.hasFocus()
    with qtbot.waitSignal(row.level_chosen):
        qtbot.keyClick(row, Qt.Key.Key_1)


def test_a_reason_being_typed_survives_news(row: PointRow, qtbot):
    qtbot.keyClick(row, Qt.Key.Key_R)
    field = row.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "!")
    typed = field.property("text")
    row.set_point(replace(POINT, value=0.4))
    assert field.property("text") == typed


def test_space_opens_and_folds(row: PointRow, qtbot):
    with qtbot.waitSignal(row.opened) as told:
        qtbot.keyClick(row, Qt.Key.Key_Space)
    assert told.args == ["year", True]
    assert row.is_open()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert not row.is_open()


def test_the_opened_row_shows_wording_and_passages_and_a_passage_leads_to_the_text(row: PointRow, qtbot):
    row.set_open(True)
    quotes = [button for button in row.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in quotes] == ["“the tax year is 2023”"]
    with qtbot.waitSignal(row.evidence_chosen) as told:
        qtbot.mouseClick(quotes[0], Qt.MouseButton.LeftButton)
    assert told.args == ["year", 0]
    assert "Is it the year asked for?" in shown_texts(row)
    assert "1  Fully: Says it\n2  Partly\n3  No" in shown_texts(row)


def test_who_marked_stands_as_initials_or_as_program_or_model(row: PointRow):
    assert "A.M." in shown_texts(row)
    row.set_point(replace(POINT, marker=Marker("check")))
    assert "program" in shown_texts(row)
    row.set_point(replace(POINT, marker=Marker("judge", "some-model")))
    assert "model" in shown_texts(row)
    row.set_point(replace(POINT, stale=True))
    assert "old words" in shown_texts(row)


def test_a_point_that_only_a_program_marks_has_no_keys(row: PointRow, qtbot):
    row.set_point(Point("json", "Valid answer", Shape.MET, value=1.0, marker=Marker("check"), reason="fits"))
    assert row.grade_buttons() == ()
    with qtbot.assertNotEmitted(row.level_chosen):
        qtbot.keyClick(row, Qt.Key.Key_1)
    row.set_open(True)
    assert "fits" in shown_texts(row)


def test_the_row_says_everything_to_a_screen_reader(row: PointRow):
    assert row.accessibleName() == "Right tax year"
    assert row.accessibleDescription() == "partly met, Partly, 0.50, Anna Maria Meier, Says 2023"


def test_tags_in_a_title_are_shown_as_they_are(row: PointRow):
    row.set_point(replace(POINT, title="<b>x</b>"))
    assert "<b>x</b>" in shown_texts(row)


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_where_it_is_narrow(look: Look, qtbot, percent: int):
    look.use("light", percent)
    holder = QWidget()
    qtbot.addWidget(holder)
    row = PointRow(look, POINT, holder)
    holder.show()
    row.setFixedWidth(260)
    row.resize(260, row.heightForWidth(260))
    row.resize(260, row.heightForWidth(260))  # the first time told the row that it is narrow
    for button in row.grade_buttons():
        assert button.width() >= button.minimumSizeHint().width()
        corner = button.mapTo(row, button.rect().bottomRight())
        assert row.rect().contains(corner)


def test_a_long_title_gives_the_grades_a_line_of_their_own(row: PointRow):
    row.resize(520, 80)
    beside = row.grade_buttons()[0].mapTo(row, QPoint()).x()
    row.set_point(replace(POINT, title="Says for which of the years the flat amount counts " * 4))
    row.resize(520, row.heightForWidth(520))
    below = row.grade_buttons()[0].mapTo(row, QPoint())
    assert below.x() < beside
    assert below.y() > 2 * row.grade_buttons()[0].height()


@pytest.mark.parametrize("percent", [100, 150])
def test_a_long_passage_ends_in_dots_where_its_button_ends(look: Look, qtbot, percent: int):
    look.use("light", percent)
    quote = "Profit & loss of the tax year 2023, as the taxpayer has shown by receipts"
    row = PointRow(look, replace(POINT, evidence=(quote,)))
    qtbot.addWidget(row)
    row.set_open(True)
    row.resize(240, 400)
    row.show()
    button = next(button for button in row.findChildren(QPushButton) if button.isVisible())
    assert row.rect().contains(button.mapTo(row, button.rect().bottomRight()))
    assert button.text().startswith("“Profit &&")
    assert button.text().endswith("…”")
    row.resize(1200, 400)
    assert button.text() == "“Profit && loss of the tax year 2023, as the taxpayer has shown by receipts”"


def shown_texts(row: PointRow) -> list[str]:
    labels = (child for child in row.findChildren(QWidget) if child.isVisible())
    return [child.property("text") for child in labels if child.property("text")]


@pytest.mark.parametrize("percent", [100, 150])
def test_ten_grades_wrap_and_none_is_hidden(look: Look, qtbot, percent: int):
    look.use("light", percent)
    holder = QWidget()
    qtbot.addWidget(holder)
    grades = tuple(Grade(str(place), f"Grade {place}", 1 - place / 10) for place in range(10))
    row = PointRow(look, replace(POINT, grades=grades), holder)
    holder.show()
    for width in (260, 900, 260):
        row.resize(width, row.heightForWidth(width))
        qtbot.waitUntil(lambda width=width: (len(lines_of_keys(row)) > 1) == (width == 260))
        row.resize(width, row.heightForWidth(width))  # the first time told the row how wide it is
        for button in row.grade_buttons():
            assert button.width() >= button.minimumSizeHint().width()
            assert row.rect().contains(button.mapTo(row, button.rect().bottomRight()))


def lines_of_keys(row: PointRow) -> set[int]:
    """Where the lines of the grades' keys begin."""
    return {button.mapTo(row, QPoint()).y() for button in row.grade_buttons()}
