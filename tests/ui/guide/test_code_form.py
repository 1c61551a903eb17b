"""Own code in a real project: tried as it is typed, never by itself when it came with a file, trusted by hand."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rubric_studio.domain.kind_choice import STARTING_CODE
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.domain.rubric_edits import with_kind
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.grader.measures import Answer
from rubric_studio.grader.own_code import Program, Told, fresh, sample_of
from rubric_studio.services.edits import SaveVersion
from rubric_studio.services.own_code import CodeTrust, OwnCode, Trust
from rubric_studio.services.versions import read_rubric
from rubric_studio.ui.guide.code_form import CodeForm
from rubric_studio.ui.guide.code_trust_dialog import CodeTrustDialog
from rubric_studio.ui.guide.guide_page import GuidePage
from rubric_studio.ui.session import Session
from tests.services.grader_files import TWO_PYTHONS
from tests.ui.guide.new_session import new_session

LEFT = Qt.MouseButton.LeftButton
RIGHT_LENGTH = 'def grade(sample, item):\n    return len(sample["output_text"]) / 10\n'
WITH_NUMPY = "import numpy\n\n\ndef grade(sample, item):\n    return 0.25\n"


class Kept:
    """A file of the machine, in memory."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        return self.values

    def write(self, values: dict[str, Any]) -> None:
        self.values = values


def _says(source: str, cases) -> list[Told]:
    program = Program(source)
    return [program.says(sample_of(Answer(text)), fresh(item)) for text, item in cases]


def sandbox(source: str, cases) -> tuple[list[Told], str]:
    """Stands for the safe box: it has no numpy."""
    ran.append(source)
    return ([], "it imports numpy") if "numpy" in source else (_says(source, cases), "")


class Python:
    """Stands for the process outside."""

    def run(self, source: str, cases) -> list[Told]:
        return [Told(0.25) for _ in cases]

    def missing_protection(self) -> list[str]:
        return ["it could use the network and start programs"]

    def close(self) -> None:
        """Nothing to end."""


ran: list[str] = []


def guide(source: str) -> Rubric:
    kind = {"type": "python", "source": source}
    code = Criterion.model_validate({"key": "code", "title": "Length", "kind": kind})
    return Rubric(name="g", strata=(Stratum(key="s", title="S", criteria=(code, Criterion(key="other"))),))


@pytest.fixture
def session(qapp, tmp_path: Path) -> Iterator[Session]:
    """A question with two answers of 8 and 4 letters, and a guide whose code came with a file."""
    ran.clear()
    own_code = OwnCode(CodeTrust(Kept()), sandbox, Python())
    with new_session(tmp_path / "Small.rubric", own_code=own_code) as session:
        author = session.author
        with session.store.writing() as writer:
            writer.source(Source(id="s", kind="rows", name="r", at=author.now(), person=author.person))
            writer.rows(
                [Row(id="q1", prompt=user_prompt("Why?"), reference={"task": "topics", "tax year": 2024})]
            )
            writer.samples(
                [Sample(row="q1", model=m, text=t) for m, t in (("gpt-a", "Because."), ("gpt-b", "Why?"))]
            )
        session.perform(SaveVersion(rubric=guide(RIGHT_LENGTH), number=1))
        yield session


def opened(page: GuidePage) -> CodeForm:
    form = page.editor.open_point("code")
    return form.kind_form.code


def totals(page: GuidePage) -> list[str]:
    return [column.badge.score().text() for column in page.preview.columns.shown_columns()]


def type_over(form: CodeForm, source: str) -> None:
    form.code.setFocus()
    QTest.keyClick(form.code, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    form.code.insertPlainText(source)


def test_what_came_with_a_file_runs_only_once_somebody_says_so(page, qtbot):
    form = opened(page)
    assert form.state.text() == "This code came with a file. It has not run here."
    assert form.results.lines() == []
    assert ran == []
    QTest.mouseClick(form.decide_button, LEFT)
    qtbot.waitUntil(lambda: form.results.lines() == ["gpt-a: 0.80", "gpt-b: 0.40"])  # 8 / 10 and 4 / 10
    assert form.state.text() == "Runs in the safe box."
    assert not form.decide_button.isVisible()


def test_once_it_may_run_it_marks_the_answers(page, session, qtbot):
    """Beside it a point of the same weight waits: (0.8 + [0, 1]) / 2 and (0.4 + [0, 1]) / 2."""
    form = opened(page)
    qtbot.waitUntil(lambda: totals(page) == ["0.00 – 1.00", "0.00 – 1.00"])
    QTest.mouseClick(form.decide_button, LEFT)
    qtbot.waitUntil(lambda: totals(page) == ["0.40 – 0.90", "0.20 – 0.70"])


def test_the_editor_is_wider_while_code_is_open(page, qtbot):
    before = page.editor.width()
    form = opened(page)
    qtbot.waitUntil(lambda: page.editor.width() > before)
    letter = form.code.fontMetrics().horizontalAdvance("0")
    assert form.code.viewport().width() >= 60 * letter
    page.editor.fold_point("code")
    qtbot.waitUntil(lambda: page.editor.width() == before)


def test_own_code_marks_as_soon_as_it_is_chosen(page, session, qtbot):
    """What it begins with gives every answer 1, and "code", which nobody allowed, waits: ([0, 1] + 1) / 2."""
    form = page.editor.open_point("other")
    index = form.kind.findData("python")
    form.kind.setCurrentIndex(index)
    form.kind.activated.emit(index)
    qtbot.waitUntil(lambda: totals(page) == ["0.50 – 1.00", "0.50 – 1.00"], timeout=1500)  # before the rest


def test_code_of_an_imported_grader_can_be_allowed_where_the_formula_stands(page, session, qtbot):
    session.change_draft(read_rubric(TWO_PYTHONS), "Bring in")
    line = page.editor.formula.lines["length"]
    qtbot.waitUntil(line.code.isVisible)
    assert line.code.state.text() == "This code came with a file. It has not run here."
    QTest.mouseClick(line.code.decide_button, LEFT)
    qtbot.waitUntil(lambda: line.code.state.text() == "Runs in the safe box.")
    assert len(line.code.results.lines()) > 0


def test_it_is_tried_as_it_is_typed_and_saved_when_it_is_left(page, session, qtbot):
    form = opened(page)
    form.decide_button.click()
    type_over(form, 'def grade(sample, item):\n    return 0.5 if item["task"] == "topics" else 0\n')
    QTest.keyClicks(form.code, "# 12")
    qtbot.waitUntil(lambda: form.results.lines() == ["All 2 answers: 0.50"])
    assert session.draft.criterion("code").kind.source == RIGHT_LENGTH  # not left yet
    QTest.keyClick(form.code, Qt.Key.Key_Escape)
    saved = session.draft.criterion("code").kind.source
    assert saved.endswith("# 12")
    assert session.own_code.trust_in(session.store.first_edit(), saved) is Trust.SANDBOX
    assert QApplication.focusWidget() is page.editor.form()


def test_an_error_stands_at_its_line_and_beside_each_answer(page, qtbot):
    form = opened(page)
    form.decide_button.click()
    type_over(form, "def grade(sample, item):\n    x = 1\n    return y\n")
    qtbot.waitUntil(lambda: form.code.error() is not None)
    assert form.code.error() == (3, "NameError: name 'y' is not defined")
    assert form.results.lines()[0] == "All 2 answers: NameError: name 'y' is not defined (line 3)"
    type_over(form, "def grade(sample, item):\n    return 2\n")
    qtbot.waitUntil(lambda: form.code.error() is None)
    assert form.results.lines()[0] == "All 2 answers: grade gave 2, which is not between 0 and 1"


def test_the_contract_shows_the_real_fields_and_writes_them(page, qtbot):
    form = opened(page)
    names = [button.accessibleName() for button in form.contract.buttons]
    assert names == ['sample["output_text"]', 'sample["output_json"]', 'item["task"]', 'item["tax year"]']
    assert form.contract.buttons[3].accessibleDescription() == "int, here: 2024"
    type_over(form, "x = ")
    QTest.mouseClick(form.contract.buttons[3], LEFT)
    assert form.code.toPlainText() == 'x = item["tax year"]'
    assert form.code.hasFocus()


def test_code_that_needs_more_is_trusted_by_its_exact_text(page, session, qtbot):
    form = opened(page)
    form.decide_button.click()
    type_over(form, WITH_NUMPY)
    qtbot.waitUntil(lambda: form.state.text() == "Needs your trust: it imports numpy.")
    assert form.results.lines() == []
    QTest.mouseClick(form.decide_button, LEFT)
    dialog = page.window().findChild(CodeTrustDialog)
    assert dialog.code.toPlainText() == WITH_NUMPY
    assert dialog.code.isReadOnly()
    assert "it could use the network" in dialog.protection.text()
    assert dialog.cancel_button.isDefault()
    assert not dialog.trust_button.isDefault()
    assert not dialog.trust_button.autoDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # never trusts
    assert session.own_code.trust_in(session.store.first_edit(), WITH_NUMPY) is Trust.SANDBOX
    dialog = form.ask_for_trust()
    QTest.mouseClick(dialog.trust_button, LEFT)
    qtbot.waitUntil(lambda: form.results.lines() == ["All 2 answers: 0.25"])
    assert form.state.text() == "Runs outside the safe box: you trusted exactly this text."
    QTest.keyClicks(form.code, "#")
    qtbot.waitUntil(lambda: form.state.text() == "Needs your trust: it imports numpy.")


def test_own_code_can_be_chosen_and_begins_with_a_function_that_runs(page, session, qtbot):
    form = page.editor.open_point("other")
    index = form.kind.findData("python")
    form.kind.setCurrentIndex(index)
    form.kind.activated.emit(index)
    code = form.kind_form.code
    assert code.code.toPlainText() == STARTING_CODE
    qtbot.waitUntil(lambda: code.results.lines() == ["All 2 answers: 1.00"])
    session.undo()
    assert page.editor.form().kind.value() == "judged"


def test_digits_typed_into_code_do_not_score(page, session, qtbot):
    form, before = opened(page), session.stacks()
    form.code.setFocus()
    QTest.keyClicks(form.code, "123")
    assert form.code.toPlainText().startswith("123")
    assert session.stacks() == before


def test_an_undo_from_outside_is_shown_and_tried(page, session, qtbot):
    form = opened(page)
    form.decide_button.click()
    qtbot.waitUntil(lambda: len(form.results.lines()) == 2)
    session.change_draft(with_kind(session.draft, "code", source=STARTING_CODE), "x")
    qtbot.waitUntil(lambda: form.results.lines() == ["All 2 answers: 1.00"])
    session.undo()
    qtbot.waitUntil(lambda: form.results.lines() == ["gpt-a: 0.80", "gpt-b: 0.40"])
