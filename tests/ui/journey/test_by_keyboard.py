"""The main job without a mouse: every key goes to the window, which leads it to whatever has the keyboard."""

from pathlib import Path

from rubric_studio.ui.first_start import FirstStart
from rubric_studio.ui.guide.editor_name import NewName
from rubric_studio.ui.guide.save_dialog import SaveDialog
from rubric_studio.ui.questions.reason_dialog import ReasonDialog
from rubric_studio.ui.start_page import StartPage
from tests.ui.journey.person import Person

FIRST_BEFORE, FIRST_AFTER = ["0.17", "1.00"], ["0.25", "1.00"]
"""The first question, Claude and GPT, the part "Law" weighing 1 and 3: (0 + w * 1/3) / (1 + w) and 1."""

GREEK_BEFORE, GREEK_AFTER = ["0.54 – 0.71", "0.29 – 0.46"], ["0.44 – 0.69", "0.31 – 0.56"]
"""The Greek question: (3/4 + w * [1, 2] / 3) / (1 + w) and (1/4 + w * [1, 2] / 3) / (1 + w)."""

DECIDED = ((0, "Decision"), (3, "Decision"), (3, "Flags"))
"""Where the table tells what was decided: the first question is kept, the fourth flagged and dropped."""


def test_the_whole_way_without_a_mouse(person: Person, office_sheet: Path, tmp_path: Path) -> None:
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
    assert start.name_field.hasFocus()
    person.type("Anna Example")
    person.tab_to(start.import_button, most=2)
    person.press("Space")
    person.names_file(sheet)
    person.names_file(project)
    wizard = person.wizard
    person.wait(lambda: wizard.step is wizard.shape_step)
    for step in (wizard.columns_step, wizard.check_step, wizard.summary_step):
        person.press("Return")
        person.wait(lambda step=step: wizard.step is step)
    assert "12 marks by Anna Example" in wizard.summary_step.text()
    person.press("Return")
    person.wait(lambda: person.questions.list.model.rowCount() == 6)
    assert person.focused is person.questions.list.table
    assert person.cell(1, "First words") == "Ποιος συντελεστής ΦΠΑ ισχύει;"


def write_three_points(person: Person) -> None:
    person.press("Ctrl+2")
    person.rest()
    editor = person.guide.editor
    person.tab_to(editor.bar.part_button)
    person.press("Space")
    person.type("Law")
    person.press("Return")
    for title in ("Right result", "Cites the provision", "Says the ideal answer"):
        if not isinstance(person.focused, NewName):
            person.press("Ctrl+Shift+P")
        person.type(title)
        person.press("Return")
        person.type(f"{title}: yes or no.")
    form = editor.form()
    assert form is not None
    person.tab_to(form.kind)
    person.press("Space")
    for _ in range(form.kind.findText("Must mention")):
        person.press("Down")
    person.press("Return")
    assert person.last_action() == 'Last: What marks "Says the ideal answer"'
    person.press("Esc", "Esc")
    assert editor.form() is None
    assert person.focused is editor.line("says_the_ideal_answer")


def save_the_guide(person: Person) -> None:
    header = person.guide.header
    person.press("Ctrl+S")
    dialog = person.sees(SaveDialog)
    assert dialog.note.hasFocus()
    person.type("Three points")
    person.press("Return")
    person.wait(lambda: header.state.text().startswith("v1, saved "))
    person.wait(lambda: person.totals() == ["0.00 – 0.33", "0.67 – 1.00"])


def mark_five_answers(person: Person) -> None:
    preview = person.guide.preview
    first = preview.columns.columns[0].panel.point_row("overall")
    assert first is not None
    person.tab_to(first)
    person.press("Down", "3", "Down", "1")
    person.wait(lambda: person.totals() == ["0.17", "0.67 – 1.00"])
    person.press("Right", "1", "Up", "1")
    person.wait(lambda: person.totals() == FIRST_BEFORE)
    person.press("Alt+Right", "1", "Left", "3")
    assert preview.header.place.text() == "Question 2 of 6"
    person.wait(lambda: person.totals() == GREEK_BEFORE)
    person.press("Alt+Right", "3")
    assert person.last_action() == 'Last: Mark "Right result"'
    person.press("Alt+Left", "Alt+Left")
    person.wait(lambda: person.totals() == FIRST_BEFORE)


def change_the_weight(person: Person) -> None:
    weight = person.guide.editor.cards["law"].weight
    person.tab_to(weight.slider)
    person.press("Right")
    assert person.last_action() == 'Last: Weight of "Law" 1 → 1.5'
    person.wait(lambda: person.totals() == ["0.20", "1.00"])  # Claude: (0 + 1.5 * 1/3) / 2.5
    person.tab_to(weight.number, most=1)
    person.press("Ctrl+A")
    person.type("3")
    person.press("Return")
    person.wait(lambda: person.totals() == FIRST_AFTER)
    assert person.guide.header.state.text() == "v2 (draft)"
    first = person.guide.preview.columns.columns[0].panel.point_row("right_result")
    assert first is not None
    person.tab_to(first)
    person.press("Alt+Right")
    person.wait(lambda: person.totals() == GREEK_AFTER)
    person.press("Alt+Left")


def flag_and_decide(person: Person) -> None:
    person.press("Ctrl+1")
    assert person.focused is person.questions.list.table
    person.press("Down", "Down", "Down", "F")
    dialog = person.sees(ReasonDialog)
    assert dialog.reason_field.hasFocus()
    person.press("Down", "Return")
    person.wait(lambda: person.cell(3, "Flags") == "1")
    person.press("D")
    assert person.cell(3, "Decision") == "Drop"
    person.press("Home", "K")
    assert person.cell(0, "Decision") == "Keep"


def take_back_and_do_again(person: Person) -> None:
    """Undo as far as the weight and come back; each step names itself."""
    done = [person.last_action()]
    for _ in range(5):
        person.press("Ctrl+Z")
        done.append(person.last_action())
    words = [label.removeprefix("Last: ").split(" ")[0] for label in done]
    assert words == ["Keep", "Drop", "Flag", "Weight", "Weight", "Mark"]
    assert person.cells(*DECIDED) == ["", "", ""]
    person.press("Ctrl+2")
    person.wait(lambda: person.totals() == FIRST_BEFORE)
    for _ in range(5):
        person.press("Ctrl+Y")
    assert person.last_action() == done[0]
    person.wait(lambda: person.totals() == FIRST_AFTER)


def look_at_results(person: Person) -> None:
    person.press("Ctrl+6")
    page = person.results
    person.wait(lambda: page.plots.isVisible() and not page.reading.is_under_way)
    person.rest()
    card = page.plots.scores_card
    assert card.title.text() == "GPT scores highest: 1.00 on average"
    person.tab_to(page.missing.open_button)
    person.press("Space")
    person.wait(page.panel.isVisible)
    person.press("Esc")
    person.wait(lambda: not page.panel.isVisible())
    person.tab_to(card.chart)
    person.press("Right")
    person.wait(lambda: card.readout.text().endswith("Enter opens the answers."))


def hand_over(person: Person, folder: Path) -> None:
    person.press("Ctrl+7")
    page = person.handover
    person.wait(lambda: page.checklist.questions.words.startswith("5 of 6 questions can train."))
    trl = next(form for form in page.targets.forms if form.name == "trl")
    person.tab_to(trl.chosen)
    assert len(trl.boxes) == 3
    for box in trl.boxes.values():
        person.tab_to(box, most=1)
        person.press("Space")
    person.press("Ctrl+E")
    person.names_file(folder)
    person.wait(lambda: page.outcome.isVisible() and page.outcome.proven.words.startswith("Whole"))


def come_back_another_day(person: Person) -> None:
    last = person.last_action()
    person.press("Ctrl+W")
    start = person.sees(StartPage)
    assert person.focused is start.recent
    person.press("Return")
    person.wait(lambda: person.shell.desk is not None)
    assert person.focused is person.questions.list.table
    person.rest()
    assert person.cells(*DECIDED) == ["Keep", "Drop", "1"]
    assert person.last_action() == last
    rail = person.shell.window.rail
    person.tab_to(rail.buttons["questions"])
    person.press("Down", "Space")
    person.rest()
    person.wait(lambda: person.totals() == FIRST_AFTER)
    for _ in range(5):
        person.press("Ctrl+Z")
    person.wait(lambda: person.totals() == FIRST_BEFORE)
    assert person.guide.header.state.text().startswith("v1, saved ")
