"""What tests of the page Compare share: a project with two closed rounds, made once, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.ui.session import Session
from tests.ui.compare.compare_room import session_on, two_rounds


@pytest.fixture(scope="session")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compare") / "marked.rubric"
    two_rounds(path, tells=True)
    return path


@pytest.fixture
def session(qapp, marked: Path, tmp_path: Path) -> Iterator[Session]:
    with session_on(Path(shutil.copy(marked, tmp_path / "marked.rubric"))) as session:
        yield session
