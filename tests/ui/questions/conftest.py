"""The Questions page on a real project in a temporary folder, as it is on the screen."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copy
from typing import cast

import pytest
from PySide6.QtCore import Qt

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.source import Source
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.questions.questions_page import QuestionsPage
from rubric_studio.ui.session import Session

Make = Callable[[ProjectFile], Session]


@pytest.fixture
def make_session(qapp) -> Iterator[Make]:
    """Make the session of Anna on a project; all of it is closed at the end."""
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    made: list[ProjectFile] = []
    sessions: list[Session] = []

    def make(store: ProjectFile) -> Session:
        anna = wiring.new_person("Anna Example")
        if not store.read_only:
            store.add_person(anna)
        made.append(store)
        sessions.append(Session(store, store.sibling, wiring.author(anna), jobs, executor))
        return sessions[-1]

    yield make
    jobs.shutdown()
    executor.shutdown()
    for store in made:
        store.close()


@pytest.fixture(scope="module")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in example, made once."""
    path = tmp_path_factory.mktemp("example") / "Example.rubric"
    wiring.make_example(path)
    return path


@pytest.fixture
def example(example_file: Path, tmp_path: Path, make_session: Make) -> Session:
    """A copy of the built-in example: 30 questions, 180 answers."""
    return make_session(opened(Path(copy(example_file, tmp_path / "Example.rubric"))))


@pytest.fixture
def empty(tmp_path: Path, make_session: Make) -> Session:
    """A project without a question."""
    return make_session(create_project(tmp_path / "Empty.rubric", who="test", clock=wiring.SystemClock()))


Show = Callable[[Session], QuestionsPage]


@pytest.fixture
def show(look: Look, qtbot) -> Show:
    """Show the page of a session and wait until everything is there."""

    def shown(session: Session) -> QuestionsPage:
        page = QuestionsPage(session, look)
        qtbot.addWidget(page)
        page.resize(1350, 830)
        page.show()
        page.activateWindow()
        page.setFocus()
        settle(qtbot, session)
        return page

    return shown


@pytest.fixture
def page(example: Session, show: Show) -> QuestionsPage:
    """The page on the example."""
    return show(example)


def opened(path: Path, *, read_only: bool = False) -> ProjectFile:
    """Open a project file."""
    return open_project(
        path, read_only=read_only, who="test", clock=wiring.SystemClock(), backups=path.parent / "backups"
    )


def project_of(session: Session) -> ProjectFile:
    """The file behind a session."""
    return cast(ProjectFile, session.store)


def settle(qtbot, session: Session) -> None:
    """Wait until nothing runs and what was put off is done."""
    qtbot.wait(30)
    qtbot.waitUntil(lambda: not session.jobs.running)
    qtbot.wait(60)


def add_rows(store: ProjectFile, count: int) -> None:
    """Bring made-up questions in."""
    with store.writing() as writer:
        writer.source(Source(id=wiring.author(wiring.new_person("x")).new_id(), kind="rows", name="made up"))
        writer.rows(
            Row(
                id=RowId(f"q-{at:06}"),
                prompt=user_prompt(f"Question number {at}"),
                reference={"part": ["a", "b"]},
            )
            for at in range(count)
        )


def listed(page: QuestionsPage) -> list[str]:
    """The ids in the table, top to bottom."""
    return list(page.list.model.ids)


def cell(page: QuestionsPage, row: str, column: str) -> str:
    """What a cell says."""
    model = page.list.model
    place = model.place_of(row)
    assert place is not None
    return model.index(place, model.columns.index(column)).data()


def click_row(qtbot, page: QuestionsPage, row: str, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Click a line of the table."""
    table = page.list.table
    place = page.list.model.place_of(row)
    assert place is not None
    index = page.list.model.index(place, 0)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, table.visualRect(index).center())


def press(qtbot, page: QuestionsPage, *keys: Qt.Key) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        target = page.focusWidget() or page
        qtbot.keyClick(target, key)
