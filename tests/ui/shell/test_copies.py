"""Two copies of a project: one is brought in, differences are settled, a shared folder is worked on by copy."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.edits import DecideRows, FlagRows, perform
from rubric_studio.ui.conflicts_dialog import ConflictsDialog
from rubric_studio.ui.notice_bar import NoticeBar

KEEP = DecideRows(rows=(RowId("tax-05"),), decision="keep", reason="it is right")
DROP = DecideRows(rows=(RowId("tax-05"),), decision="drop", reason="two digits swapped")


@pytest.fixture
def brunos_copy(project: Path, keeper) -> Path:
    """A copy in which Bruno dropped the question that Anna is about to keep."""
    copy = project.with_name("Tax of Bruno.rubric")
    shutil.copy(project, copy)
    bruno = wiring.new_person("Bruno Example")
    with keeper.open(copy, "Bruno Example") as store:
        store.add_person(bruno)
        perform(store, DROP, wiring.author(bruno))
        perform(store, FlagRows(rows=(RowId("tax-01"),), reason="unclear"), wiring.author(bruno))
    return copy


def test_a_colleagues_copy_comes_in_and_the_difference_is_settled(brunos_copy, opened, qtbot, answer):
    opened.desk.session.perform(KEEP)
    opened.desk.copies.bring_in(brunos_copy)
    answer("OK")
    dialog = opened.window.findChild(ConflictsDialog)
    qtbot.waitUntil(dialog.isVisible)
    texts = [choice.text() for choice in dialog.choices()]
    assert sorted(text.splitlines()[0] for text in texts) == ["drop", "keep"]
    assert any("Bruno Example" in text and "two digits swapped" in text for text in texts)
    assert not dialog.use_button.isEnabled()
    drop = next(choice for choice in dialog.choices() if choice.text().startswith("drop"))
    drop.setChecked(True)
    qtbot.keyClicks(dialog.reason_field, "Bruno is right")
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    heads = opened.desk.store.heads(RecordKind.DECISION)
    assert [(head.body, head.reason) for head in heads] == [({"decision": "drop"}, "Bruno is right")]
    assert opened.desk.store.counts().flags == 1
    assert opened.window.findChildren(NoticeBar) == [] or not opened.window.findChild(NoticeBar).isVisible()


def test_differences_left_open_are_named_when_the_project_is_opened_again(
    brunos_copy, opened, project, qtbot, answer
):
    opened.desk.session.perform(KEEP)
    opened.desk.copies.bring_in(brunos_copy)
    answer("OK")
    opened.window.findChild(ConflictsDialog).reject()
    opened.actions["close"].trigger()
    qtbot.waitUntil(lambda: opened.desk is None)
    opened.open(project)
    qtbot.waitUntil(lambda: opened.window.findChild(NoticeBar) is not None)
    assert "On one thing the copies differ" in opened.window.findChild(NoticeBar).label.text()
    qtbot.waitUntil(lambda: not opened.jobs.running)


def test_a_project_in_a_synced_folder_is_worked_on_by_copy_and_saved_back(
    known, keeper, tmp_path, qtbot, answer
):
    shared = tmp_path / "Dropbox" / "Tax.rubric"
    shared.parent.mkdir()
    keeper.create(shared, "").close()
    known.start(shared)
    answer("Work on a copy")
    qtbot.waitUntil(lambda: known.desk is not None)
    assert known.desk.original == shared
    assert known.preferences.recent == (str(shared),)
    known.desk.session.perform(KEEP)
    qtbot.waitUntil(lambda: not known.jobs.running)
    known.window.close()
    answer("Save it back")
    qtbot.waitUntil(lambda: not known.window.isVisible())
    with keeper.open(shared, "", read_only=True) as store:
        assert store.counts().decisions == {"keep": 1}
    assert not any((tmp_path / "copies").rglob("*.rubric"))
