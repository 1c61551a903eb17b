"""The list of imports, and taking one away after a look at what goes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.domain.row import Row
from rubric_studio.domain.run import RunPlan
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import FlagRows
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.ui.importing.import_desk import ImportDesk
from rubric_studio.ui.importing.imports_dialog import ImportsDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def desk(window, session, look, reading, store) -> ImportDesk:
    for name in ("one", "two"):
        plan = ImportPlan(ImportedFile(name=f"{name}.csv", kind="rows"), (Row(id=RowId(name)),))
        carry_out(store, plan, session.author)
    return ImportDesk(window, look, session, reading)


def texts(dialog: ImportsDialog) -> list[list[str]]:
    model = dialog.table.model()
    columns = range(model.columnCount())
    return [[model.index(line, at).data() for at in columns] for line in range(model.rowCount())]


def answer(dialog: ImportsDialog, qtbot, words: str) -> str:
    """Press a button of the question that is asked; return what was said."""
    qtbot.waitUntil(lambda: any(box.isVisible() for box in dialog.findChildren(QMessageBox)))
    box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    said = box.informativeText()
    qtbot.mouseClick(next(each for each in box.buttons() if each.text() == words), LEFT)
    return said


def test_the_newest_stands_first_with_who_and_how_much(desk, qtbot):
    dialog = desk.show_imports()
    assert [line[0] for line in texts(dialog)] == ["two.csv", "one.csv"]
    assert texts(dialog)[0][2:] == ["Anna Example", "1 question"]
    dialog.close()


def test_an_import_is_taken_away_after_a_look(desk, session, store, qtbot):
    dialog = desk.show_imports()
    dialog.table.selectRow(1)
    qtbot.mouseClick(dialog.take_away_button, LEFT)
    with qtbot.waitSignal(session.changed):
        assert answer(dialog, qtbot, "Take it away") == "This goes with it: 1 question."
    assert [line[0] for line in texts(dialog)] == ["two.csv"]
    assert store.counts().rows == 1
    dialog.close()


def test_keep_it_keeps_it(desk, store, qtbot):
    dialog = desk.show_imports()
    qtbot.mouseClick(dialog.take_away_button, LEFT)
    answer(dialog, qtbot, "Keep it")
    assert store.counts().rows == 2
    dialog.close()


def test_what_people_spoke_of_is_hidden_not_deleted(desk, session, store, qtbot):
    session.perform(FlagRows(rows=(RowId("two"),), reason="odd"))
    dialog = desk.show_imports()
    qtbot.mouseClick(dialog.take_away_button, LEFT)
    with qtbot.waitSignal(session.changed):
        assert "hidden, not deleted" in answer(dialog, qtbot, "Take it away")
    assert texts(dialog)[0][3] == "1 question, taken away"
    dialog.table.selectRow(0)
    assert not dialog.take_away_button.isEnabled()
    dialog.close()


def test_the_desk_opens_the_wizard_and_measures_what_came_in(desk, session, store, tmp_path: Path, qtbot):
    path = tmp_path / "three.csv"
    path.write_text("id,question\nthree,Why?\n", encoding="utf-8")
    wizard = desk.bring_in(path)
    for step in (wizard.shape_step, wizard.columns_step, wizard.check_step, wizard.summary_step):
        qtbot.waitUntil(lambda step=step: wizard.step is step)
        qtbot.mouseClick(wizard.next_button, LEFT)
    assert store.counts().rows == 3
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_runs_of_models_are_no_imports(window, session, look, reading, store):
    plan = RunPlan(
        purpose="sampling", title="Answers of cedar", connection="c", connection_name="C",
        endpoint="https://models.example/v1", model="cedar", prompt=AS_IT_STANDS,
    )  # fmt: skip
    carry_out(
        store, ImportPlan(ImportedFile(name="one.csv", kind="rows"), (Row(id=RowId("one")),)), session.author
    )
    store.add_run(Source(id=session.author.new_id(), kind="sampling", name=plan.title), plan, ())
    dialog = ImportDesk(window, look, session, reading).show_imports()
    assert [line[0] for line in texts(dialog)] == ["one.csv"]
    assert "models" in dialog.hint.text()
    dialog.close()
