"""The main job by mouse: from the first start to a bundle that proves itself, and back to it another day.

The mouse goes everywhere; the keys only write words, numbers and paths.
"""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialogButtonBox

from rubric_studio.ui.first_start import FirstStart
from rubric_studio.ui.guide.editor_name import NewName
from rubric_studio.ui.guide.save_dialog import SaveDialog
from rubric_studio.ui.questions.reason_dialog import ReasonDialog
from rubric_studio.ui.start_page import StartPage
from tests.ui.journey.person import Person

BEFORE_WEIGHT = ["0.17", "1.00"]
"""Both parts weigh 1. Claude: (0 + (0 + 1 + 0) / 3) / 2; GPT: (1 + 3 / 3) / 2."""

AFTER_WEIGHT = ["0.25", "1.00"]
"""The part "Law" weighs 3. Claude: (0 + 3 * 1/3) / 4; GPT: (1 + 3 * 1) / 4."""

RANGES_BEFORE = ["0.54 – 0.71", "0.29 – 0.46"]
"""Greek question, one point open. Claude: (3/4 + [1, 2] / 3) / 2; GPT: (1/4 + [1, 2] / 3) / 2."""

RANGES_AFTER = ["0.44 – 0.69", "0.31 – 0.56"]
"""Claude: (3/4 + 3 * [1, 2] / 3) / 4; GPT: (1/4 + 3 * [1, 2] / 3) / 4."""

DECIDED = ((0, "Decision"), (3, "Decision"), (3, "Flags"))
"""Where the table tells what was decided: the first question is kept, the fourth flagged and dropped."""


def test_the_whole_way_by_mouse(person: Person, office_sheet: Path, tmp_path: Path) -> None:
    begin_with_a_sheet(person, office_sheet, tmp_path / "Opinions.rubric")
    write_three_points(person)
    save_the_guide(person)
    mark_five_answers(person)
    change_the_weight(person)
    flag_and_decide(person)
    take_back_and_do_again(person)
    look_at_results(person)
    hand_over(person, tmp_path / "for trl")
    come_back_another_day(person)


def begin_with_a_sheet(person: Person, sheet: Path, project: Path) -> None:
    start = person.sees(FirstStart)
    person.click(start.name_field)
    person.type("Anna Example")
    person.click(start.import_button)
    person.names_file(sheet)
    person.names_file(project)
    wizard = person.wizard
    person.wait(lambda: wizard.step is wizard.shape_step)
    assert wizard.shape_step.cards["question_with_answers"].choice.isChecked()
    person.click(wizard.next_button)
    understood = wizard.columns_step.view.text()
    assert "Ποιος συντελεστής ΦΠΑ ισχύει;\nIdeal answer: 13 %\nGPT: Ισχύει 24 %.\nOverall: 0.25" in understood
    person.click(wizard.next_button)
    person.wait(lambda: wizard.step is wizard.check_step)
    assert wizard.check_step.finding.text() == "All of it was understood. Nothing is saved yet."
    assert wizard.next_button.text() == "Bring in 6"
    person.click(wizard.next_button)
    person.wait(lambda: wizard.step is wizard.summary_step)
    assert "6 questions" in wizard.summary_step.text()
    assert "12 marks by Anna Example" in wizard.summary_step.text()
    person.click(wizard.next_button)
    person.wait(lambda: person.questions.list.model.rowCount() == 6)
    assert person.cell(1, "First words") == "Ποιος συντελεστής ΦΠΑ ισχύει;"
    assert person.shell.window.windowTitle() == "Opinions"


def write_three_points(person: Person) -> None:
    person.goes_to("guide")
    editor = person.guide.editor
    person.click(editor.bar.part_button)
    person.sees(NewName)
    person.type("Law")
    person.press("Return")
    for title in ("Right result", "Cites the provision", "Says the ideal answer"):
        if not isinstance(person.focused, NewName):
            person.click(editor.bar.point_button)
        person.sees(NewName)
        person.type(title)
        person.press("Return")
        form = editor.form()
        assert form is not None
        person.click(form.wording)
        person.type(f"{title}: yes or no.")
    form = editor.form()
    assert form is not None
    person.choose(form.kind, "Must mention")
    assert person.last_action() == 'Last: What marks "Says the ideal answer"'
    person.click(form.fold_button)
    assert list(editor.cards["law"].lines) == ["right_result", "cites_the_provision", "says_the_ideal_answer"]


def save_the_guide(person: Person) -> None:
    header = person.guide.header
    assert header.state.text() == "not saved yet"
    person.click(header.save_button)
    dialog = person.sees(SaveDialog)
    person.click(dialog.note)
    person.type("Three points")
    person.click(dialog.save_button)
    person.wait(lambda: header.state.text().startswith("v1, saved "))
    assert not header.save_button.isEnabled()
    # A program has marked its point: Claude 0, GPT 1. The two points left are worth 2/3 of the part.
    person.wait(lambda: person.totals() == ["0.00 – 0.33", "0.67 – 1.00"])


def mark_five_answers(person: Person) -> None:
    header = person.guide.preview.header
    give(person, 0, "right_result", 3)
    give(person, 0, "cites_the_provision", 1)
    person.wait(lambda: person.totals() == ["0.17", "0.67 – 1.00"])
    give(person, 1, "right_result", 1)
    give(person, 1, "cites_the_provision", 1)
    person.wait(lambda: person.totals() == BEFORE_WEIGHT)
    person.click(header.next)
    assert header.place.text() == "Question 2 of 6"
    give(person, 0, "right_result", 3)
    give(person, 1, "right_result", 1)
    person.wait(lambda: person.totals() == RANGES_BEFORE)
    person.click(header.next)
    give(person, 0, "right_result", 3)
    assert person.last_action() == 'Last: Mark "Right result"'


def give(person: Person, place: int, point: str, grade: int) -> None:
    """Press a grade's button under the answer in that column."""
    panel = person.guide.preview.columns.columns[place].panel
    panel.list.ensure_in_sight(point)  # what a turn of the wheel does
    row = panel.point_row(point)
    assert row is not None
    person.click(row.grade_buttons()[grade - 1])


def change_the_weight(person: Person) -> None:
    header, weight = person.guide.preview.header, person.guide.editor.cards["law"].weight
    for _ in range(2):
        person.click(header.back)
    person.wait(lambda: person.totals() == BEFORE_WEIGHT)
    slider = weight.slider
    middle = slider.height() // 2
    person.pull(slider, QPoint(slider.width() // 10, middle), QPoint(slider.width() // 2, middle))
    assert person.last_action().startswith('Last: Weight of "Law" 1 → ')
    assert person.totals() != BEFORE_WEIGHT
    person.click(weight.number)
    person.press("Ctrl+A")
    person.type("3")
    person.press("Return")
    person.wait(lambda: person.totals() == AFTER_WEIGHT)
    assert header.isVisible()
    assert person.guide.header.state.text() == "v2 (draft)"
    person.click(header.next)
    person.wait(lambda: person.totals() == RANGES_AFTER)


def flag_and_decide(person: Person) -> None:
    person.goes_to("questions")
    buttons = person.questions.list.bar.buttons
    click_question(person, 3)
    person.click(buttons["flag"])
    dialog = person.sees(ReasonDialog)
    proposal = dialog.proposals.findItems("Wrong reference", person.exactly)[0]
    place = dialog.proposals.visualItemRect(proposal).center()
    person.click(dialog.proposals.viewport(), place)
    assert dialog.reason_field.text() == "Wrong reference"
    person.click(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok))
    assert person.cell(3, "Flags") == "1"
    person.click(buttons["drop"])
    assert person.cell(3, "Decision") == "Drop"
    click_question(person, 0)
    person.click(buttons["keep"])
    assert person.cell(0, "Decision") == "Keep"


def click_question(person: Person, place: int) -> None:
    table = person.questions.list.table
    box = table.visualRect(person.questions.list.model.index(place, 1))
    person.click(table.viewport(), box.center())


def take_back_and_do_again(person: Person) -> None:
    """Undo as far as the weight and come back; each step names itself."""
    strip = person.shell.window.action_strip
    done = [person.last_action()]
    for _ in range(4):
        person.click(strip.undo_button)
        done.append(person.last_action())
    keep, drop, flag, weight, slid = (label.removeprefix("Last: ").split(" ")[0] for label in done)
    assert (keep, drop, flag, weight, slid) == ("Keep", "Drop", "Flag", "Weight", "Weight")
    assert person.cells(*DECIDED) == ["", "", ""]
    person.click(strip.undo_button)
    person.goes_to("guide")
    person.wait(lambda: person.totals() == RANGES_BEFORE)
    for _ in done:
        person.click(strip.redo_button)
    assert not strip.redo_button.isVisible()
    assert person.last_action() == done[0]
    person.wait(lambda: person.totals() == RANGES_AFTER)
    person.goes_to("questions")
    assert person.cells(*DECIDED) == ["Keep", "Drop", "1"]


def look_at_results(person: Person) -> None:
    person.goes_to("results")
    page = person.results
    person.wait(lambda: page.plots.isVisible() and not page.reading.is_under_way)
    scores, room, points = page.plots.cards
    assert scores.title.text() == "GPT scores highest: 1.00 on average"
    # Only the first question has two scored answers: 0.25 and 1.00. Their mean is 0.625.
    assert room.number.text() == "0.38"
    assert points.title.text() == 'The largest difference is in "Overall": GPT 0.75, Claude 0.25'
    assert page.missing.open_button.text() == "10 answers have no score yet: show them"


def hand_over(person: Person, folder: Path) -> None:
    person.goes_to("handover")
    page = person.handover
    person.wait(lambda: page.checklist.questions.words.startswith("5 of 6 questions can train."))
    trl = next(form for form in page.targets.forms if form.name == "trl")
    assert trl.chosen.isChecked()
    assert list(trl.boxes) == ["overall", "right_result", "cites_the_provision"]
    for box in trl.boxes.values():
        assert not page.export_button.isEnabled()
        person.click(box)
        person.wait(box.isChecked)
    person.click(page.export_button)
    person.names_file(folder)
    person.wait(lambda: page.outcome.isVisible() and page.outcome.proven.words.startswith("Whole"))
    assert "3 questions to train, 1 to check, 8 answers with their scores" in page.outcome.written.words
    assert (folder / "trl" / "rewards.py").is_file()


def come_back_another_day(person: Person) -> None:
    last = person.last_action()
    person.picks("File", "Close project")
    start = person.sees(StartPage)
    item = start.recent.item(0)
    assert item.text().startswith("Opinions\n")
    person.double_click(start.recent.viewport(), start.recent.visualItemRect(item).center())
    person.wait(lambda: person.shell.desk is not None)
    person.rest()
    assert person.cells(*DECIDED) == ["Keep", "Drop", "1"]
    assert person.last_action() == last
    person.goes_to("guide")
    person.wait(lambda: person.totals() == AFTER_WEIGHT)
    assert person.guide.header.state.text() == "v2 (draft)"
    for _ in range(5):
        person.click(person.shell.window.action_strip.undo_button)
    person.wait(lambda: person.totals() == BEFORE_WEIGHT)
    assert person.guide.header.state.text().startswith("v1, saved ")
