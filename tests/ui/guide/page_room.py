"""The whole guide page on a real project file, and the hands of a person in front of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rubric_studio import wiring
from rubric_studio.store.project_file import open_project
from rubric_studio.ui.guide.answer_column import AnswerColumn
from rubric_studio.ui.guide.guide_page import GuidePage
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session

Key, Modifier = Qt.Key, Qt.KeyboardModifier


class PageRoom:
    """The page, its session, and what a person can do."""

    def __init__(self, session: Session, page: GuidePage, qtbot: Any) -> None:
        self.session, self.page, self.qtbot = session, page, qtbot

    def show(self, width: int = 1440, height: int = 860) -> None:
        """Open the page and wait until everything is checked."""
        self.page.resize(width, height)
        self.page.show()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)
        self.rest()

    def rest(self) -> None:
        """Wait until nothing runs."""
        self.qtbot.waitUntil(
            lambda: not self.session.jobs.running and self.page.preview.is_settled(), timeout=10_000
        )

    def column(self, place: int = 0) -> AnswerColumn:
        """A column, from left to right."""
        return self.page.preview.columns.columns[place]

    def press(self, key: Any, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """Press a key wherever the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def type(self, words: str) -> None:
        """Type words wherever the keyboard is."""
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget() or self.page, letter)

    def select(self, words: str, place: int = 0) -> None:
        """Select words in an answer's text, as the mouse does."""
        view = self.column(place).text.view
        start = view.toPlainText().index(words)
        cursor = view.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)
        view.setFocus()
        self.rest()


@contextmanager
def page_on(path: Path, look: Look, qtbot: Any) -> Iterator[PageRoom]:
    """Open a project as the window does."""
    store = open_project(path, who="test", clock=wiring.SystemClock(), backups=path.parent / "backups")
    person = wiring.new_person("Petra Person")
    store.add_person(person)
    jobs = Jobs()
    with ThreadPoolExecutor(1) as executor:
        session = Session(store, store.sibling, wiring.author(person), jobs, executor)
        page = GuidePage(session, look)
        qtbot.addWidget(page)
        room = PageRoom(session, page, qtbot)
        try:
            room.show()
            yield room
        finally:
            page.close()
            jobs.shutdown()
    store.close()
