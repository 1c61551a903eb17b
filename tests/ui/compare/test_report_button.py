"""The report, as the lead saves it."""

from pathlib import Path

import pytest

from rubric_studio import wiring
from rubric_studio.ui.compare.compare_page import ComparePage
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session

from .compare_room import session_on, two_rounds


@pytest.fixture
def session(tmp_path: Path, qtbot):
    path = tmp_path / "report.rubric"
    two_rounds(path)
    with session_on(path) as session:
        session.round_files = wiring.round_files()
        yield session


@pytest.mark.parametrize(("ending", "begins"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-")])
def test_the_report_is_written_and_said_so(
    session: Session, look: Look, qtbot, tmp_path: Path, ending: str, begins: bytes
):
    page = ComparePage(session, look)
    qtbot.addWidget(page)
    path = tmp_path / f"report.{ending}"
    page.report_button.save(path)
    qtbot.waitUntil(lambda: page.sentence.text() == f"Report saved: report.{ending}", timeout=20_000)
    assert path.read_bytes().startswith(begins)


def test_where_no_files_can_be_written_there_is_no_button(session: Session, look: Look, qtbot):
    session.round_files = None
    page = ComparePage(session, look)
    qtbot.addWidget(page)
    page.show()
    assert not page.report_button.isVisible()
