"""No part of the page opens as a window of its own while it is being made: that flickers and takes the keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.models.judge_entry import JudgeEntry
from rubric_studio.ui.models.judge_list import JudgeLine
from rubric_studio.ui.models.models_page import VIEWS, ModelsPage
from rubric_studio.ui.models.start_sheet import StartSheet
from tests.ui.models.model_room import PaperEngine, order, paper_access, paper_session


class Windows(QObject):
    """Names the kinds of widgets that were shown without a parent."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, shown: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        if event.type() is QEvent.Type.Show and isinstance(shown, QWidget) and shown.isWindow():
            self.seen.append(type(shown).__name__)
        return False


@pytest.fixture
def windows(qapp):
    watch = Windows()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def test_the_views_and_the_sheet_open_no_windows_but_themselves(windows, tmp_path: Path, look, qtbot):
    access = paper_access()
    kept = access.connections.all()[0].model_copy(update={"takes_batches": True, "key_place": "none"})
    access.connections.put(kept)
    with paper_session(tmp_path / "P.rubric", PaperEngine(), access) as session:
        page = ModelsPage(session, look)
        qtbot.addWidget(page)
        page.show()
        for name in VIEWS:
            page.show_view(name)
        sheet = StartSheet(session, look, order("a"), page)
        sheet.open()
        qtbot.waitUntil(lambda: not session.jobs.running)
        assert not sheet.numbers.batch.isHidden()
        sheet.reject()
    assert windows.seen == ["ModelsPage", "StartSheet"]


def test_the_line_of_a_judge_that_counts_opens_no_window(windows, look, qtbot):
    line = JudgeLine(look, JudgeEntry(rater="Anna's judge", counts=True))
    qtbot.addWidget(line)
    assert windows.seen == []
    line.show()
    assert line.badge.isVisible()
