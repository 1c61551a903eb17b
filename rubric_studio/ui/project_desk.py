"""The open project in the window: its session, pages, notices and first steps. All of it goes when it is closed."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTime, QTimer, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.services.projects import OpenStore
from rubric_studio.services.sent_back import is_sent_back
from rubric_studio.ui.copies import Copies, differences_text
from rubric_studio.ui.look import Look
from rubric_studio.ui.main_window import MainWindow
from rubric_studio.ui.message import show_error
from rubric_studio.ui.network_mark import NetworkMark
from rubric_studio.ui.notice_bar import NoticeBar
from rubric_studio.ui.pages import FIRST_PAGE, Pages
from rubric_studio.ui.session import Session
from rubric_studio.ui.tour import EXAMPLE, Tour, example_steps, own_steps
from rubric_studio.ui.tour_strip import TourStrip
from rubric_studio.ui.workplace import Workplace

if TYPE_CHECKING:
    from rubric_studio.ui.importing.import_desk import ImportDesk

MEASURE_MS = 300
"""The window comes first; then whatever a program marks and nobody measured yet is measured."""


class ProjectDesk(QObject):
    """Puts a session's pages into the window and keeps the strips true."""

    tour_dismissed = Signal(str)
    example_requested = Signal()

    def __init__(
        self, window: MainWindow, look: Look, store: OpenStore, session: Session, workplace: Workplace
    ) -> None:
        super().__init__(window)
        self.session, self.store = session, store
        self._window, self._look, self._reading = window, look, workplace.reading
        session.setParent(self)
        self.original = workplace.projects.original_of(store.path)
        self.pages = Pages(session, look)
        self.network = NetworkMark(window, window.action_strip, session.network, self)
        self.copies = Copies(window, look, session, workplace.projects, store.path)
        self._bars: list[QWidget] = []
        self._conflicts_bar: NoticeBar | None = None
        self._tour: Tour | None = None
        self._measuring = QTimer(self, interval=MEASURE_MS, singleShot=True)
        self._connect()
        self._place()
        if not store.read_only:
            self._measuring.start()

    def lead_the_way(self, name: str) -> None:
        """Show the first steps, of the example or of a project of one's own."""
        if self._tour is not None or self.store.read_only:
            return
        steps = example_steps() if name == EXAMPLE else own_steps()
        self._tour = Tour(self.session, steps, self)
        strip = TourStrip(self._look, self._tour)
        strip.page_requested.connect(self.pages.show_page)
        strip.dismissed.connect(lambda: self._put_tour_away(strip, name))
        self._add_bar(strip)
        self._tour.see(self.pages.shown)

    def bring_in(self, what: object) -> None:
        """Open the import wizard on a file, on the text of a pasted range, or (None) on nothing yet.

        Of several files the first is brought in. What colleagues sent back goes to their rounds instead.
        """
        files = [what] if isinstance(what, Path) else what if isinstance(what, list) else []
        answers = [path for path in files if is_sent_back(self.session.round_files, path)]
        if self.store.read_only:
            return
        if answers:
            self.pages.bring_answers_in(answers)
        else:
            wizard = self._imports.bring_in(files[0] if files else what)
            wizard.answers_met.connect(self.bring_in)
            wizard.brought_in.connect(self._on_session_acted)
            focused = self._window.focusWidget()
            wizard.finished.connect(lambda: self._give_keyboard_back(focused))

    def show_imports(self) -> None:
        """Show what was brought in so far."""
        self._imports.show_imports()

    def close(self) -> None:
        """Take everything of the project out of the window and close its file."""
        self._measuring.stop()
        self.pages.put_away()
        self.session.end()
        for timer in (*self.pages.findChildren(QTimer), *self.session.findChildren(QTimer)):
            timer.stop()  # what a page had put off must not look into a file that is closed
        for bar in self._bars:
            bar.hide()
            bar.deleteLater()
        self.store.close()
        if self.copies.is_saved_back:
            self.copies.drop()
        self.deleteLater()

    @property
    def at_hand(self) -> Session:
        """Whose last action the undo keys take back: a page may hold a file of its own, as blind scoring does."""
        return getattr(self.pages.currentWidget(), "session_at_hand", self.session)

    def undo(self) -> None:
        """Take back the last action of what is at hand."""
        self.at_hand.undo()

    def redo(self) -> None:
        """Do again what was taken back last, of what is at hand."""
        self.at_hand.redo()

    def refresh_strip(self) -> None:
        """Name what can be undone and redone."""
        stacks = self.at_hand.stacks()
        strip = self._window.action_strip
        strip.set_last_action(stacks.undo[-1].label if stacks.undo and not self.store.read_only else "")
        strip.set_redo(stacks.redo[-1].label if stacks.redo and not self.store.read_only else "")

    @cached_property
    def _imports(self) -> "ImportDesk":
        from rubric_studio.ui.importing.import_desk import ImportDesk  # when first asked for: start is quick

        return ImportDesk(self._window, self._look, self.session, self._reading)

    def _connect(self) -> None:
        strip, session = self._window.action_strip, self.session
        self._measuring.timeout.connect(self._on_measuring_timeout)
        strip.undo_requested.connect(self.undo)
        strip.redo_requested.connect(self.redo)
        session.changed.connect(self.refresh_strip)
        session.acted.connect(self._on_session_acted)
        session.failed.connect(lambda error: show_error(self._window, error))
        self._window.rail.page_requested.connect(self.pages.show_page)
        self.pages.page_shown.connect(self._on_pages_page_shown)
        self.pages.import_requested.connect(self.bring_in)
        self.pages.hand_changed.connect(self.refresh_strip)
        self.pages.example_requested.connect(self.example_requested)
        self.copies.conflicts_counted.connect(self._on_copies_conflicts_counted)

    def _place(self) -> None:
        self._window.show_body(self.pages, is_project=True)
        self._window.setWindowTitle(self.store.name)
        self._window.action_strip.set_saved("")
        if self.store.read_only:
            text = self.tr("Open to read: you can look at everything and change nothing.")
            self._add_bar(NoticeBar(self._look, "lock", text))
        elif self.original is not None:
            text = self.tr("You work on a copy on this computer. It belongs to {folder}.")
            bar = NoticeBar(
                self._look, "copy", text.format(folder=self.original.parent), button=self.tr("Save it back")
            )
            bar.button_requested.connect(self.copies.save_back)
            self._add_bar(bar)
        self.pages.show_page(FIRST_PAGE)
        self.refresh_strip()

    def _on_measuring_timeout(self) -> None:
        self.session.run_checks()
        self.session.runs.in_flight_changed.connect(self.network.show_calls)

    def _add_bar(self, bar: QWidget) -> None:
        self._bars.append(bar)
        self._window.add_notice(bar)

    def _put_tour_away(self, strip: TourStrip, name: str) -> None:
        self._tour = None
        self._remove_bar(strip)
        self.tour_dismissed.emit(name)

    def _remove_bar(self, bar: QWidget) -> None:
        self._bars.remove(bar)
        bar.hide()
        bar.deleteLater()

    def _give_keyboard_back(self, focused: QWidget | None) -> None:
        """Put it into the page where what had it before has gone, as the button of an empty page has."""
        page = self.pages.currentWidget()
        if page is not None and (focused is None or self._window.focusWidget() is not focused):
            page.setFocus()

    def _on_session_acted(self) -> None:
        self._window.action_strip.set_saved(QTime.currentTime().toString("HH:mm"))

    def _on_pages_page_shown(self, name: str) -> None:
        self._window.rail.show_page(name)
        self.refresh_strip()
        if self._tour is not None:
            self._tour.see(name)

    def _on_copies_conflicts_counted(self, count: int) -> None:
        if self._conflicts_bar is not None:
            self._remove_bar(self._conflicts_bar)
            self._conflicts_bar = None
        if count and not self.store.read_only:
            bar = NoticeBar(self._look, "warning", differences_text(count), button=self.tr("Show them"))
            bar.button_requested.connect(self.copies.settle)
            self._conflicts_bar = bar
            self._add_bar(bar)
