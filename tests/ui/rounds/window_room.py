"""A whole window with a small project, and the hands of a lead and of experts in it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import Person
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.round_wiring import RoundFilesHere
from rubric_studio.services.edits import SaveVersion, perform
from rubric_studio.store.keeper import Keeper
from rubric_studio.store.preferences_file import PreferencesFile
from rubric_studio.ui.look import Look
from rubric_studio.ui.menu_answers import MenuAnswers
from rubric_studio.ui.preferences import Preferences
from rubric_studio.ui.review.review_page import ReviewPage
from rubric_studio.ui.rounds.score_page import ScorePage
from rubric_studio.ui.shell import Shell
from rubric_studio.ui.undo_keys import UndoKeys
from rubric_studio.ui.workplace import Workplace

LEAD = Person(id=wiring.PersonId("01KBLEAD000000000000000000"), name="Eva Lead")
GRADES = [
    {"key": key, "value": value, "text": key} for key, value in (("fully", 1), ("partly", 0.5), ("no", 0))
]
GUIDE: dict[str, Any] = {
    "name": "Short",
    "strata": [
        {
            "key": "all",
            "title": "All",
            "criteria": [
                {"key": "names", "title": "Names the question", "levels": GRADES, "kind": {"type": "judged"}},
                {"key": "right", "title": "Right result", "levels": GRADES, "kind": {"type": "judged"}},
            ],
        }
    ],
}
ROWS, MODELS = ("q1", "q2", "q3"), ("red", "blue")
WAIT = 15_000


def small_project(folder: Path, *, guide: bool = True) -> Path:
    """Three questions with two answers each, and a saved guide of two points that people mark."""
    path = folder / "Tax.rubric"
    store = Keeper(wiring.SystemClock(), folder / "backups", folder / "copies").create(path, "")
    author = wiring.author(LEAD)
    store.add_person(LEAD)
    if guide:
        perform(store, SaveVersion(rubric=Rubric.model_validate(GUIDE), number=1), author)
    with store.writing() as writer:
        source = Source(
            id=author.new_id(), kind="mixed", name="made up", person=author.person, at=author.now()
        )
        writer.source(source)
        writer.rows([Row(id=RowId(row), prompt=user_prompt(f"What is due in {row}?")) for row in ROWS])
        writer.samples(
            [
                Sample(row=RowId(row), model=model, run=0, text=f"In {row} 12 is due, says {model}.")
                for row in ROWS
                for model in MODELS
            ]
        )
    store.close()
    return path


def workplace_in(folder: Path, name: str) -> Any:
    """What one person's window is handed; everything of hers lies in a folder of her own."""
    own = folder / name
    keeper = Keeper(wiring.SystemClock(), own / "backups", own / "copies")
    return Workplace(
        projects=keeper,
        preferences=PreferencesFile(own / "config" / "preferences.json"),
        example=lambda: own / "Example.rubric",
        new_person=wiring.new_person,
        author=wiring.author,
        executor=ThreadPoolExecutor(1),
        bundles=wiring.bundles(),
        reading=wiring.file_reading(),
        rounds=RoundFilesHere(wiring.SystemClock(), own / "backups", own / "rounds"),
        documents=own / "Documents",
    )


@contextmanager
def window(look: Look, workplace: Workplace, person: Person | None = None) -> Iterator[Any]:
    """A window, perhaps of somebody who is known already; it is closed afterwards."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    keys = UndoKeys(application)
    shell = Shell(look, workplace, QGuiApplication.styleHints())
    MenuAnswers(shell)
    if person is not None:
        shell.preferred.use(Preferences(person=person, tours_seen=("example", "own")))
    shell.window.show()
    try:
        yield shell
    finally:
        shell.window.close_now()
        shell.shut_down()
        keys.deleteLater()


class Hands:
    """What a person does in a window: she presses, types, waits until nothing runs.

    Pages are not typed here: most of their parts are there only while something is open, which she waits for.
    """

    def __init__(self, shell: Any, qtbot: Any) -> None:
        self.shell, self._bot = shell, qtbot

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._bot.waitUntil(lambda: bool(until()), timeout=WAIT)

    def rest(self) -> None:
        """Wait until nothing runs in the background."""
        self.wait(lambda: not self.shell.jobs.running and self.shell.look.turns.is_idle())

    def press(self, button: QWidget) -> None:
        """Press a button that can be pressed."""
        self.wait(button.isVisible)
        assert button.isEnabled(), "it cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def press_words(self, words: str) -> None:
        """Press a button of the message box that is open."""
        self.wait(lambda: self._boxes())
        box = self._boxes()[0]
        self.press(next(each for each in box.buttons() if each.text().replace("&", "") == words))

    def told(self) -> str:
        """What the message box that is open says; it is closed."""
        self.wait(lambda: self._boxes())
        box = self._boxes()[0]
        text = "\n".join((box.text(), box.informativeText()))
        box.close()
        return text

    def _boxes(self) -> list[QMessageBox]:
        return [box for box in self.shell.window.findChildren(QMessageBox) if box.isVisible()]

    # ---- the lead

    def open_project(self, path: Path) -> Any:
        """Open a project and go to Score."""
        self.shell.start(path)
        self.wait(lambda: self.shell.desk is not None)
        self.rest()
        return self.score_page()

    def score_page(self) -> Any:
        """Go to Score."""
        assert self.shell.desk is not None
        self.shell.actions["page.score"].trigger()
        self.rest()
        page = self.shell.desk.pages.currentWidget()
        assert isinstance(page, ScorePage)
        return page

    def start_round(self, page: Any, *names: str, answers: int = 6, lead_scores: bool = False) -> str:
        """Start a round with new people; its id."""
        before = {each.id for each in page.rounds}
        button = page.board.start_button if page.rounds else page.empty.main_button
        self.press(button)
        self.wait(lambda: page.desk is not None and page.desk.starting.dialog is not None)
        dialog = page.desk.starting.dialog
        for name in names:
            QTest.keyClicks(dialog.experts.name, name)
            self.press(dialog.experts.add_button)
        own = dialog.experts.rows[self.shell.person.id].chosen
        if own.isChecked() != lead_scores:
            own.click()
        dialog.pick.count.setValue(answers)
        self.wait(dialog.start_button.isEnabled)
        self.press(dialog.start_button)
        self.wait(lambda: {each.id for each in page.rounds} - before)
        self.rest()
        return page.rounds[-1].id

    def send(self, page: Any, round: str, folder: Path, form: int = 0) -> list[Path]:
        """Write everybody's files into a folder."""
        folder.mkdir(exist_ok=True)
        page.desk.sending._session.send_packets_to(str(folder))
        self.press(page.board.cards[round].send_button)
        dialog = page.desk.sending.dialog
        dialog.forms[form][1].setChecked(True)
        self.press(dialog.write_button)
        self.wait(lambda: not dialog.write_button.isVisible())
        self.rest()
        dialog.reject()
        return sorted(folder.iterdir())

    # ---- an expert

    def review(self) -> Any:
        """The review page that is shown, once it has read the packet."""
        self.wait(lambda: self.shell.window.findChild(ReviewPage) is not None)
        page = self.shell.window.findChild(ReviewPage)
        self.wait(lambda: page.work is not None)
        return page

    def mark_all(self, grade: str = "1", marks: int = 1000) -> None:
        """Give every point that comes the same grade by its key, so many at most."""
        page = self.review()
        for _ in range(marks):
            if page.work.review.marks_left() == 0:
                break
            left = page.work.review.marks_left()
            QTest.keyClicks(page, grade)
            self.wait(lambda left=left: page.work.review.marks_left() < left)
            if not page.work.review.unmarked(page.work.sitting.task) and page.work.review.marks_left():
                QTest.keyClick(page, Qt.Key.Key_Return)

    def hand_in(self, *, finished: bool = True) -> Path:
        """Hand in from the packet's window; the answer file."""
        desk = self.shell.review
        self.press(desk.bar.hand_in_button)
        self.wait(lambda: desk.handing_in.dialog is not None)
        dialog = desk.handing_in.dialog
        self.press(dialog.done_button if finished else dialog.partial_button)
        self.wait(
            lambda: (
                dialog.findChildren(QPushButton, options=Qt.FindChildOption.FindChildrenRecursively)
                and not dialog.done_button.isVisible()
            )
        )
        dialog.reject()
        return desk.store.path.with_suffix(".answers")
