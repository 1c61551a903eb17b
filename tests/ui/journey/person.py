"""Somebody in front of the window: her eyes, her hand on the mouse, her fingers on the keys. Knows no session."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QWidget,
)

from rubric_studio.ui.guide.guide_page import GuidePage
from rubric_studio.ui.handover.handover_page import HandoverPage
from rubric_studio.ui.importing.import_wizard import ImportWizard
from rubric_studio.ui.questions.questions_page import QuestionsPage
from rubric_studio.ui.results.results_page import ResultsPage
from rubric_studio.ui.shell import Shell

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 30_000
MOST_TABS = 80

Kind = TypeVar("Kind", bound=QWidget)


class Person:
    """Sees only what is visible, presses only what is enabled."""

    exactly = Qt.MatchFlag.MatchExactly

    def __init__(self, shell: Shell, qtbot: Any) -> None:
        self.shell, self._qtbot = shell, qtbot

    # ---- seeing

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE_MS)

    def rest(self) -> None:
        """Wait until the program has nothing left to do."""
        self.wait(lambda: not self.shell.jobs.running and self.shell.look.turns.is_idle())

    def sees(self, kind: type[Kind], such_that: Callable[[Kind], bool] = lambda _: True) -> Kind:
        """Wait for a widget of that kind to be visible, and return it."""

        def found() -> list[Kind]:
            every = self.shell.window.findChildren(kind)
            return [each for each in every if each.isVisible() and such_that(each)]

        self.wait(found)
        return found()[0]

    def last_action(self) -> str:
        """What the strip at the bottom names as the last action."""
        labels = self.shell.window.action_strip.findChildren(QLabel)
        return next((label.text() for label in labels if label.text().startswith("Last: ")), "")

    @property
    def focused(self) -> QWidget:
        """Where the keyboard is."""
        self._let_window_have_keyboard()
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard is nowhere"
        return widget

    def page(self, kind: type[Kind]) -> Kind:
        """The page in sight, of that kind."""
        assert self.shell.desk is not None
        page = self.shell.desk.pages.currentWidget()
        assert isinstance(page, kind)
        return page

    @property
    def questions(self) -> QuestionsPage:
        """The Questions page, in sight."""
        return self.page(QuestionsPage)

    @property
    def guide(self) -> GuidePage:
        """The Scoring guide page, in sight."""
        return self.page(GuidePage)

    @property
    def results(self) -> ResultsPage:
        """The Results page, in sight."""
        return self.page(ResultsPage)

    @property
    def handover(self) -> HandoverPage:
        """The Hand over page, in sight."""
        return self.page(HandoverPage)

    @property
    def wizard(self) -> ImportWizard:
        """The import wizard, in sight."""
        return self.sees(ImportWizard)

    def totals(self) -> list[str]:
        """What the badges say over the answers side by side."""
        return [column.badge.score().text() for column in self.guide.preview.columns.shown_columns()]

    def cell(self, place: int, column: str) -> str:
        """What stands in the table of questions below a heading."""
        model = self.questions.list.model
        heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
        return model.index(place, heads.index(column)).data()

    def cells(self, *places: tuple[int, str]) -> list[str]:
        """What stands in several places of the table of questions."""
        return [self.cell(place, column) for place, column in places]

    # ---- the mouse

    def goes_to(self, page: str) -> None:
        """Click a page in the rail and wait until it has read what it shows."""
        self.click(self.shell.window.rail.buttons[page])
        self.rest()

    def picks(self, menu: str, words: str) -> None:
        """Open a menu and click a line of it."""
        bar = self.shell.window.menuBar()
        opener = next(action for action in bar.actions() if action.text().replace("&", "") == menu)
        self.click(bar, bar.actionGeometry(opener).center())
        popup = opener.menu()
        assert isinstance(popup, QMenu)
        self.wait(popup.isVisible)
        action = next(action for action in popup.actions() if action.text().replace("&", "") == words)
        self.click(popup, popup.actionGeometry(action).center())

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Scroll to something and click it, as soon as it can be pressed."""
        assert widget.isVisible(), f"{widget!r} is not in sight"
        self.wait(widget.isEnabled)
        self._let_window_have_keyboard()
        # What was shown a moment ago has its place only after the next turn of the event loop: nobody clicks faster.
        self._qtbot.wait(20)
        self._scroll_to(widget)
        self._qtbot.mouseClick(widget, LEFT, pos=at or self._middle(widget))

    def double_click(self, widget: QWidget, at: QPoint) -> None:
        """Click twice in the same place."""
        self.click(widget, at)
        self._qtbot.mouseDClick(widget, LEFT, pos=at)

    def choose(self, box: QComboBox, words: str) -> None:
        """Open a list and click the line with those words."""
        self.click(box)
        view = box.view()
        self.wait(view.isVisible)
        index = box.model().index(box.findText(words), box.modelColumn(), box.rootModelIndex())
        assert index.isValid(), f"{words!r} is not in the list"
        view.scrollTo(index)
        place = view.visualRect(index).center()
        self._qtbot.mouseMove(view.viewport(), place)
        self._qtbot.mouseClick(view.viewport(), LEFT, pos=place)
        self.wait(lambda: not view.isVisible())

    def pull(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Press, move and let go."""
        self._scroll_to(widget)
        self._qtbot.mousePress(widget, LEFT, pos=start)
        for step in (1, 2, 3):
            self._qtbot.mouseMove(widget, start + (end - start) * step / 3)
        self._qtbot.mouseRelease(widget, LEFT, pos=end)

    # ---- the keys

    def press(self, *keys: str) -> None:
        """Press keys such as "Ctrl+S" wherever the keyboard is."""
        for key in keys:
            QTest.keySequence(self._keyboard(), QKeySequence(key))

    def type(self, words: str) -> None:
        """Type words wherever the keyboard is."""
        for letter in words:
            if letter.isascii():
                QTest.keyClick(self._keyboard(), letter)  # pyright: ignore[reportCallIssue, reportArgumentType]
            else:  # QTest knows no key for it; an input method would send just this
                event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.focused, event)

    def tab_to(self, widget: QWidget, most: int = MOST_TABS) -> None:
        """Press Tab until the keyboard is there; fails where it never comes."""
        assert widget.isVisible(), f"{widget!r} is not in sight"
        way: list[str] = []
        for _ in range(most):
            if widget.hasFocus():
                return
            self.press("Tab")
            way.append(f"{type(self.focused).__name__} {self.focused.accessibleName()!r}")
        assert widget.hasFocus(), f"no key leads to {widget!r}, only to {way}"

    # ---- dialogs

    def names_file(self, path: Path) -> None:
        """Type a path into the dialog that asks for a file or folder, and press Enter."""
        dialog = self.sees(QFileDialog)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        self.wait(field.hasFocus)
        self.press("Ctrl+A")
        self.type(str(path))
        self.press("Return")
        self.wait(lambda: not self._is_there(dialog))

    def _is_there(self, dialog: QDialog) -> bool:
        try:
            return dialog.isVisible()
        except RuntimeError:  # it is gone for good
            return False

    def _keyboard(self) -> QWindow:
        """The window that gets the keys; Qt leads them to an open list, to a shortcut or to what has the focus."""
        self._let_window_have_keyboard()
        window = QGuiApplication.focusWindow()
        assert window is not None
        return window

    def _let_window_have_keyboard(self) -> None:
        """Do what a window manager does when a dialog has gone; offscreen there is none."""
        if QApplication.activeWindow() is None:
            window = QApplication.activeModalWidget() or self.shell.window
            window.activateWindow()
            self.wait(window.isActiveWindow)

    def _middle(self, widget: QWidget) -> QPoint:
        """Where one clicks; a box to tick is at the left of its line."""
        middle = widget.rect().center()
        return QPoint(middle.y(), middle.y()) if isinstance(widget, QCheckBox) else middle

    def _scroll_to(self, widget: QWidget) -> None:
        around = widget.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(widget)
            around = around.parentWidget()
