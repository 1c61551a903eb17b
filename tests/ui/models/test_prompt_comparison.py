"""Two ways of asking, compared as a person does it: read the finding, open a question, choose the better way."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rubric_studio import wiring
from rubric_studio.services.edits import perform
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.prompts import SavePrompt, chosen_prompt, prompts
from rubric_studio.services.versions import saved_version
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.prompt_comparison_dialog import ComparisonDialog
from rubric_studio.ui.session import Session
from tests.ui.models.two_ways import FORM, add_two_ways

Opening = Callable[[ProjectFile], ComparisonDialog]


@pytest.fixture
def opening(qtbot: QtBot, look: Look) -> Iterator[Opening]:
    """Open the dialog on a project, with its checks measured."""
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    stores: list[ProjectFile] = []

    def opened(store: ProjectFile) -> ComparisonDialog:
        stores.append(store)
        dialog = ComparisonDialog(
            Session(store, store.sibling, wiring.passing_author(), jobs, executor, parent=None), look
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.waiting.isVisible(), timeout=20_000)
        return dialog

    yield opened
    jobs.shutdown()
    executor.shutdown()
    for store in stores:
        store.close()


def example(tmp_path: Path, rows: int) -> ProjectFile:
    path = tmp_path / "example.rubric"
    wiring.make_example(path)
    store = open_project(path)
    if rows:
        add_two_ways(store, wiring.passing_author(), rows)
    with ThreadPoolExecutor(1) as executor:
        grade_checks(store, saved_version(store).rubric, executor)
    return store


@pytest.fixture
def dialog(opening: Opening, tmp_path: Path) -> ComparisonDialog:
    return opening(example(tmp_path, 16))


def test_the_finding_stands_first_with_its_n_its_interval_and_whose_marks_it_is_made_of(
    dialog: ComparisonDialog,
) -> None:
    assert dialog.card.title.text() == "“With a form 1” scores better than “Plain 1”"
    assert dialog.card.number.text().startswith("+0.")
    said = dialog.card.caption.text()
    assert said.startswith("On 16 questions answered in both ways")
    assert "Version 1" in said
    assert "marked as in training" in said


def test_what_else_sets_them_apart_is_said_in_numbers(dialog: ComparisonDialog) -> None:
    lines = {line[0]: line[1:] for line in dialog.facts.lines()}
    # Of the plain answers every fourth is prose (8 of 32), half of those (on every fourth question) were cut off.
    assert lines["No JSON in it"] == ["8 (25 %)", "0"]
    assert lines["Cut off at the limit"] == ["4 (12 %)", "0"]
    assert lines["Answers"] == ["32", "32"]
    # Plain answers took 40 and 41 tokens in turns, those with a form 92 and 93.
    assert lines["Tokens"] == ["40", "92"]


def test_a_line_opens_the_answers_of_both_side_by_side(qtbot: QtBot, dialog: ComparisonDialog) -> None:
    dialog.table.selectRow(0)
    dialog.table.setFocus()
    with qtbot.waitSignal(dialog.samples_requested) as asked:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.found is not None
    first, second = dialog.found.differences[0].first_samples, dialog.found.differences[0].second_samples
    assert asked.args == [[first[0], second[0], first[1], second[1]]]


def test_the_better_way_is_chosen_with_one_click_and_kept_in_the_project(
    qtbot: QtBot, dialog: ComparisonDialog
) -> None:
    session = dialog._session
    perform(session.store, SavePrompt(template=FORM), session.author)
    dialog.reading.begin()
    qtbot.waitUntil(lambda: dialog.use_second.isEnabled(), timeout=10_000)
    assert dialog.use_second.text() == "Use “With a form 1”"
    dialog.use_second.click()
    assert chosen_prompt(session.store) == FORM
    qtbot.waitUntil(lambda: "is used" in dialog.use_second.text(), timeout=10_000)
    assert not dialog.use_second.isEnabled()
    assert len(prompts(session.store)) == 2  # the example's own, and this one
    session.undo()
    assert chosen_prompt(session.store) is None


def test_how_answers_were_asked_for_that_nobody_knows_cannot_be_chosen(dialog: ComparisonDialog) -> None:
    assert not dialog.use_second.isEnabled()
    assert "not known" in dialog.use_second.toolTip()


def test_another_choice_offers_beside_it_only_what_stands_apart(
    qtbot: QtBot, dialog: ComparisonDialog
) -> None:
    words = [dialog.first.itemText(at) for at in range(dialog.first.count())]
    alder = next(
        at for at, each in enumerate(words) if each.startswith("The question as it stands 1, Model Alder")
    )
    dialog.first.setFocus()
    qtbot.keyClick(dialog.first, Qt.Key.Key_Home)
    dialog.first.setCurrentIndex(alder)
    dialog.first.activated.emit(alder)
    beside = [dialog.second.itemText(at) for at in range(dialog.second.count())]
    assert not any(
        each.startswith(("The question as it stands 1, Model Alder", "The question as it stands 1, all"))
        for each in beside
    )
    assert any(each.startswith("The question as it stands 1, Model Birch") for each in beside)


def test_few_questions_are_said_to_be_too_few(opening: Opening, tmp_path: Path) -> None:
    dialog = opening(example(tmp_path, 3))
    assert dialog.card.title.text().startswith("Too few questions to say")
    assert dialog.card.caption.text().startswith("Only 3 questions have a score in both ways")
    assert dialog.card.number.isHidden()


def test_the_example_compares_its_two_models(opening: Opening, tmp_path: Path) -> None:
    dialog = opening(example(tmp_path, 0))
    assert dialog.card.title.text() == "“Model Alder” scores better than “Model Birch”"
    assert dialog.use_second.isHidden()  # both were asked in one way: there is none to choose
    assert dialog.use_first.text() == "“The question as it stands 1” is used"


def test_without_answers_the_dialog_says_what_it_will_show(
    qtbot: QtBot, opening: Opening, tmp_path: Path
) -> None:
    dialog = opening(create_project(tmp_path / "empty.rubric"))
    assert dialog.nothing.isVisible()
    with qtbot.waitSignal(dialog.view_requested) as asked:
        qtbot.mouseClick(dialog.nothing.main_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["answers"]
