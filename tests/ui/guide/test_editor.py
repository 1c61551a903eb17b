"""The editor under a mouse: every finished gesture is told exactly once, and what is wrong stands in place."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rubric_studio.domain.kinds import FormatKind, LabelsKind
from rubric_studio.domain.rubric import Criterion, Gate, Rubric, Stratum, When
from rubric_studio.domain.rubric_edits import with_criterion, with_stratum
from rubric_studio.ui.guide.fields import LineField
from tests.ui.guide.editing import Editing, small_rubric

LEFT = Qt.MouseButton.LeftButton


def _pick(box, key: str) -> None:
    """Choose in a combo box as a hand does: the popup's `activated` follows the index."""
    index = box.findData(key)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def _drag(widget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=start)
    for step in (1, 2, 3):
        QTest.mouseMove(widget, start + (end - start) * step / 3)
    QTest.mouseRelease(widget, LEFT, pos=end)


def test_a_click_opens_one_point_and_the_next_click_another(editing):
    editing.open("valid")
    form = editing.open("found")
    assert form.key == "found"
    assert editing.line("valid").isVisible()
    assert not editing.line("found").isVisible()
    assert editing.labels == []


def test_a_title_is_told_once_when_it_is_finished(editing):
    form = editing.open("valid")
    editing.write(form.title, "Valid answer")
    form.wording.setFocus()
    assert editing.rubric.criterion("valid").title == "Valid answer"
    assert editing.labels == ['Title "Valid answer"']
    assert len(editing.rubrics) == 2


def test_a_wording_is_told_when_it_is_left(editing):
    form = editing.open("valid")
    form.wording.setFocus()
    QTest.keyClicks(form.wording, "The answer is JSON.")
    assert editing.labels == []
    form.title.setFocus()
    assert editing.rubric.criterion("valid").wording == "The answer is JSON."
    assert len(editing.labels) == 1


def test_while_the_weight_is_pulled_it_is_previewed_and_saved_once_at_the_end(editing):
    line = editing.line("valid")
    bar = line._bar().toRect()
    middle = bar.center().y()
    _drag(line, QPoint(bar.left() + 2, middle), QPoint(bar.right(), middle))
    assert len(editing.previews) >= 2
    assert editing.previews[-1].criterion("valid").weight == 10
    assert editing.rubric.criterion("valid").weight == 10
    assert editing.labels == ['Weight of "Valid" 1 → 10']
    assert editing.editor.form() is None


def test_the_parts_slider_previews_and_saves_once(editing):
    slider = editing.editor.cards["topics"].weight.slider
    slider.setFocus()
    for _ in range(3):
        QTest.keyPress(slider, Qt.Key.Key_Right)
    assert [rubric.strata[1].weight for rubric in editing.previews] == [4.5, 5, 5.5]
    assert editing.labels == []
    QTest.keyRelease(slider, Qt.Key.Key_Right)
    assert editing.rubric.strata[1].weight == 5.5
    assert editing.labels == ['Weight of "Topics" 4 → 5.5']


def test_a_weight_that_is_no_number_says_so_and_changes_nothing(editing):
    form = editing.open("valid")
    editing.write(form.weight.number, "heavy")
    assert form.weight.number.problem.isVisible()
    assert form.weight.number.problem.text() == "A number, please."
    assert editing.labels == []
    editing.write(form.weight.number, "2,5")
    assert not form.weight.number.problem.isVisible()
    assert editing.rubric.criterion("valid").weight == 2.5


def test_a_fault_costs_a_share_and_points_are_offered_to_be_converted(editing):
    form = editing.open("found")
    form.more.button.click()
    form.more.fault.click()
    assert editing.rubric.criterion("found").weight == -0.25
    editing.write(form.weight.number, "1,5")
    assert editing.rubric.criterion("found").weight == -0.25
    assert form.weight.number.problem.text() == "A fault costs at most 1, the whole score."
    # the positive weights add up to 2: 1.5 points are 0.75 of the score
    assert form.offer.isVisible()
    form.offer.click()
    assert editing.rubric.criterion("found").weight == -0.75
    assert not form.offer.isVisible()
    assert not form.weight.number.problem.isVisible()


def test_a_gate_is_chosen_and_must_lie_between_0_and_1(editing):
    card = editing.editor.cards["form"]
    card.conditions_button.click()
    gate, _ = card._conditions
    _pick(gate.mode, "soft")
    assert editing.rubric.strata[0].gate == Gate(at=1.0, mode="soft")
    editing.write(gate.at.number, "3")
    assert gate.at.number.problem.text() == "More than 0, at most 1."
    editing.write(gate.at.number, "0.8")
    assert editing.rubric.strata[0].gate == Gate(at=0.8, mode="soft")
    assert len(editing.labels) == 2


def test_a_condition_is_taken_once_field_and_value_are_there(editing):
    form = editing.open("valid")
    form.more.button.click()
    when = form.more.when
    when.switch.click()
    editing.write(when.field, "task")
    assert editing.labels == []
    when.values.setFocus()
    QTest.keyClicks(when.values, "topics")
    form.title.setFocus()
    assert editing.rubric.criterion("valid").when == When.model_validate({"field": "task", "in": ["topics"]})
    assert len(editing.labels) == 1
    when.switch.click()
    assert editing.rubric.criterion("valid").when is None


def test_another_kind_brings_its_own_form(editing):
    form = editing.open("found")
    _pick(form.kind, "labels")
    assert editing.rubric.criterion("found").kind == LabelsKind(reference="task")
    assert not form.levels.isVisible()
    place = next(each for each in form.kind_form.findChildren(LineField) if each.text() == "task")
    editing.write(place, "topics")
    assert editing.rubric.criterion("found").kind == LabelsKind(reference="topics")
    editing.write(place, " ")
    assert place.problem.isVisible()
    assert editing.rubric.criterion("found").kind == LabelsKind(reference="topics")


def test_a_schema_is_checked_in_place(editing):
    form = editing.open("found")
    _pick(form.kind, "format")
    field = form.kind_form.findChild(type(form.wording))
    field.setFocus()
    for text, problem in (
        ("{", "This is not JSON yet; look at line 1."),
        ("[]", "A schema stands in curly brackets."),
        ('{"if": {}}', "Not known here: if."),
    ):
        field.setPlainText(text)
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert field.problem.text() == problem
    assert editing.rubric.criterion("found").kind == FormatKind()
    field.setPlainText('{"type": "object"}')
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editing.rubric.criterion("found").kind == FormatKind.model_validate({"schema": {"type": "object"}})
    assert not field.problem.isVisible()


def test_grades_are_worded_valued_added_and_taken_away(editing):
    form = editing.open("valid")
    lines = form.levels.lines
    editing.write(lines[1].value, "0.7")
    assert [level.value for level in editing.rubric.criterion("valid").levels] == [1, 0.7, 0]
    editing.write(lines[1].value, "7")
    assert lines[1].value.problem.text() == "At most 1."
    form.levels.add_button.click()
    assert [level.value for level in editing.rubric.criterion("valid").levels] == [1, 0.7, 0.35, 0]
    QTest.keyClicks(editing.focused(), "Some of it")
    form.levels.lines[0].remove_button.click()
    assert [level.text for level in editing.rubric.criterion("valid").levels] == ["", "Some of it", ""]


def test_a_point_is_dragged_to_another_part(editing):
    line, target = editing.line("valid"), editing.line("found")
    end = line.mapFromGlobal(target.mapToGlobal(QPoint(60, target.height() - 2)))
    _drag(line, QPoint(60, 10), end)
    assert editing.keys() == [["length"], ["found", "valid"]]
    assert editing.labels == ['Move "Valid"']


def test_a_part_is_dragged_by_its_grip(editing):
    grip, last = editing.editor.cards["form"].grip, editing.editor.cards["topics"]
    end = grip.mapFromGlobal(last.mapToGlobal(QPoint(10, last.height())))
    _drag(grip, QPoint(5, 5), end)
    assert editing.keys() == [["found"], ["valid", "length"]]


def test_another_way_of_counting_offers_to_turn_points_into_shares(qtbot, look):
    criteria = (Criterion(key="p", title="P", weight=8), Criterion(key="bad", title="Bad", weight=-2))
    rubric = Rubric(aggregation="points_clipped", strata=(Stratum(key="s", criteria=criteria),))
    editing = Editing(qtbot, look, rubric)
    editing.editor.bar.more_button.click()
    counting = editing.editor.counting
    _pick(counting.way, "stratified")
    assert editing.labels == []
    assert counting.way.problem.isVisible()
    assert counting.way.value() == "points_clipped"
    counting.offer.click()
    assert editing.rubric.aggregation == "stratified"
    assert editing.rubric.criterion("bad").weight == -0.25
    assert not counting.offer.isVisible()


def test_an_undo_from_outside_keeps_the_open_point_the_focus_and_what_is_typed(editing):
    form = editing.open("valid")
    form.wording.setFocus()
    QTest.keyClicks(form.wording, "half a sent")
    editing.editor.show_rubric(with_stratum(small_rubric(), "topics", weight=9))
    assert editing.editor.form() is form
    assert QApplication.focusWidget() is form.wording
    assert form.wording.toPlainText() == "half a sent"
    assert editing.editor.cards["topics"].weight.number.text() == "9"
    editing.editor.show_rubric(with_criterion(small_rubric(), "valid", title="Otherwise"))
    assert form.title.text() == "Otherwise"


def test_an_open_point_that_is_gone_folds_without_a_crash(editing):
    editing.open("found")
    editing.editor.show_rubric(Rubric(strata=small_rubric().strata[:1]))
    assert editing.editor.form() is None


def test_own_code_in_a_project_for_reading_only_is_shown_and_cannot_be_changed(qtbot, look):
    kind = {"type": "python", "source": "def grade(sample, item):\n    return 1.0"}
    criterion = Criterion.model_validate({"key": "code", "title": "Code", "kind": kind})
    editing = Editing(qtbot, look, Rubric(strata=(Stratum(key="s", criteria=(criterion,)),)))
    editing.editor.desk.read_only = True
    form = editing.open("code")
    source = form.kind_form.code.code
    assert source.isReadOnly()
    assert "return 1.0" in source.toPlainText()


def test_in_a_project_for_reading_only_nothing_changes(editing):
    editing.editor.desk.read_only = True
    form = editing.open("valid")
    editing.write(form.title, "Other")
    assert form.title.problem.text() == "This project is open for reading only."
    assert editing.labels == []


def test_few_totals_are_named(editing):
    bar = editing.editor.bar
    bar.show_totals(3)
    assert bar.totals.isVisible()
    assert bar.totals.text() == "Your guide can give only 3 different totals."
    bar.show_totals(None)
    assert not bar.totals.isVisible()
