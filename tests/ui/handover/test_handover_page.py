"""The Hand over page, used as a person uses it, on the example."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.prompt import PromptTemplate, TemplateMessage
from rubric_studio.services.edits import DecideRows
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.prompts import ChoosePrompt, SavePrompt, prompts
from rubric_studio.services.versions import saved_version
from rubric_studio.store.project_file import create_project, open_project
from rubric_studio.ui.handover.handover_page import HandoverPage
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    wiring.make_example(tmp_path / "example.rubric")
    store = open_project(tmp_path / "example.rubric")
    executor = ThreadPoolExecutor(1)
    grade_checks(store, saved_version(store).rubric, executor)
    jobs = Jobs()
    yield Session(store, store.sibling, wiring.passing_author(), jobs, executor, wiring.bundles())
    jobs.shutdown()
    executor.shutdown()
    store.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look) -> HandoverPage:
    page = HandoverPage(session, look)
    qtbot.addWidget(page)
    page.resize(1000, 900)
    page.show()
    qtbot.waitUntil(lambda: "30 of 30" in page.checklist.questions.words)
    return page


def test_the_checklist_says_what_would_train_and_who_marks_it(page: HandoverPage) -> None:
    assert "Version 1" in page.checklist.guide.words
    assert "5 of 180 answers have no score" in page.checklist.answers.words
    assert "4 of 11 points will be marked by a model" in page.checklist.model.words
    agreements = {line[0]: line[2] for line in page.points.table.lines()}
    assert agreements["Topics found"] == "exact"
    assert "of 28" in agreements["Invents an authority"]


def test_a_dropped_question_is_counted_out(qtbot: QtBot, page: HandoverPage, session: Session) -> None:
    session.perform(DecideRows(rows=(RowId("tax-05"),), decision="drop", reason="wrong reference"))
    qtbot.waitUntil(lambda: "29 of 30 questions can train" in page.checklist.questions.words)
    assert "1 dropped" in page.checklist.questions.words


def test_what_a_target_cannot_carry_is_left_out_only_by_the_users_word(
    qtbot: QtBot, page: HandoverPage, tmp_path: Path
) -> None:
    assert not page.export_button.isEnabled()
    trl = next(form for form in page.targets.forms if form.name == "trl")
    assert set(trl.boxes) == {"invents", "turning_point", "steps", "unknown"}
    for box in trl.boxes.values():
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert page.export_button.isEnabled()
    page.export_to(tmp_path / "out")
    qtbot.waitUntil(lambda: "Whole" in page.outcome.proven.words, timeout=20_000)
    assert "answers were scored again" in page.outcome.proven.words
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert any("trl/rewards.py" in str(entry) for entry in (manifest.get("files") or manifest))


def test_a_changed_byte_is_named(qtbot: QtBot, page: HandoverPage, tmp_path: Path) -> None:
    trl = next(form for form in page.targets.forms if form.name == "trl")
    for box in trl.boxes.values():
        box.click()
    page.export_to(tmp_path / "out")
    qtbot.waitUntil(lambda: "Whole" in page.outcome.proven.words, timeout=20_000)
    rubric = tmp_path / "out" / "rubric.html"
    rubric.write_bytes(rubric.read_bytes().replace(b"e", b"f", 1))
    page.prove(tmp_path / "out")
    qtbot.waitUntil(lambda: "Not whole" in page.outcome.proven.words, timeout=20_000)


def test_shares_move_the_split_and_the_label_table(page: HandoverPage) -> None:
    before = page.split.table.lines()
    page.split.validation.setValue(40)
    assert page.split.table.lines() != before
    # 40 % of 30 is 12 to check, 15 % is 4.5, rounded half to even: 4 at home, 14 left to train.
    assert page.split.shares.validation == 40


def test_without_a_saved_guide_the_page_says_what_to_do(qtbot: QtBot, tmp_path: Path, look: Look) -> None:
    store = create_project(tmp_path / "empty.rubric")
    jobs = Jobs()
    with ThreadPoolExecutor(1) as executor:
        session = Session(store, store.sibling, wiring.passing_author(), jobs, executor, wiring.bundles())
        page = HandoverPage(session, look)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(page.empty.isVisible)
        with qtbot.waitSignal(page.page_requested) as asked:
            page.empty.main_button.click()
        assert asked.args == ["guide"]
        page.hide()
    jobs.shutdown()
    store.close()


def test_many_points_are_left_out_in_one_step(page: HandoverPage) -> None:
    trl = next(form for form in page.targets.forms if form.name == "trl")
    assert not page.export_button.isEnabled()
    trl.all_button.click()
    assert all(box.isChecked() for box in trl.boxes.values())
    assert page.export_button.isEnabled()


def test_the_way_of_asking_that_goes_out_is_named_with_how_many_answers_were_sampled_with_it(
    qtbot: QtBot, page: HandoverPage, session: Session
) -> None:
    assert page.checklist.asking.words == "Questions go out as they stand."
    brief = PromptTemplate(
        name="Brief", messages=(TemplateMessage(), TemplateMessage(role="assistant", content="{"))
    )
    session.perform(SavePrompt(template=brief))
    kept = prompts(session.store)[0]
    session.perform(ChoosePrompt(subject=kept.subject, title=brief.title))
    qtbot.waitUntil(lambda: "“Brief 1”" in page.checklist.asking.words, timeout=10_000)
    assert "0 of 180 answers were sampled with it." in page.checklist.asking.words
    with qtbot.waitSignal(page.page_requested) as asked:
        qtbot.mouseClick(page.checklist.asking.mend_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["models"]
    openai = next(form for form in page.targets.forms if form.name == "openai")
    openai.chosen.click()
    said = [label.text() for label in openai.findChildren(QLabel)]
    assert any("ends with a message that is not the user's for 26 questions" in each for each in said), said


def test_the_judge_that_marks_is_named_with_what_goes_along(
    qtbot: QtBot, page: HandoverPage, session: Session
) -> None:
    facts = page._facts
    assert facts is not None
    judge = JudgeConfig(name="Ada", model="judge-1", instructions="Read the law first.")
    page.points.show_facts(replace(facts, judge=judge))
    said = [label.text() for label in page.points.findChildren(QLabel)]
    assert any("those of “Ada” (judge-1). Its own instructions go along" in each for each in said)
