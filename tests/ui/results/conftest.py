"""The example with its Results page: once measured, then copied for each test."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rubric_studio import wiring
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.versions import saved_version
from rubric_studio.store.project_file import open_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.results_page import ResultsPage
from rubric_studio.ui.session import Session


@pytest.fixture(scope="session")
def measured_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with every check measured."""
    path = tmp_path_factory.mktemp("example") / "example.rubric"
    wiring.make_example(path)
    store = open_project(path)
    with ThreadPoolExecutor(1) as executor:
        grade_checks(store, saved_version(store).rubric, executor)
    store.close()
    return path


@pytest.fixture
def project(measured_example: Path, tmp_path: Path) -> Path:
    """The project that the session opens."""
    return Path(shutil.copy(measured_example, tmp_path / "example.rubric"))


@pytest.fixture
def session(qtbot: QtBot, project: Path) -> Iterator[Session]:
    store, executor, jobs = open_project(project), ThreadPoolExecutor(1), Jobs()
    yield Session(store, store.sibling, wiring.passing_author(), jobs, executor)
    jobs.shutdown()
    executor.shutdown()
    store.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look) -> ResultsPage:
    """The page with the example's results on it."""
    page = ResultsPage(session, look)
    qtbot.addWidget(page)
    page.resize(1300, 900)
    page.show()
    qtbot.waitUntil(lambda: page.view is not None)
    return page
