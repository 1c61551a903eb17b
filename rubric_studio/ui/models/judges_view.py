"""Judges and panels of the project: made, asked for marks, compared, and which of them counts in training."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.services.judges import judges
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_desk import JudgeDesk
from rubric_studio.ui.models.judge_detail import ASK, CHANGE, COMPARE, LET, REMOVE, JudgeDetail
from rubric_studio.ui.models.judge_entry import JudgeEntry, entries
from rubric_studio.ui.models.judge_list import JudgeList
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.models.looking_at_judge import LookingAtJudge
from rubric_studio.ui.plain_text import button_text
from rubric_studio.ui.session import Session
from rubric_studio.ui.two_panes import ListColumn, TwoPanes

if TYPE_CHECKING:
    from rubric_studio.ui.models.judge_comparison_page import JudgeComparisonPage

CONCERNED = (Topic.JUDGES, Topic.SETTINGS, Topic.VERDICTS, Topic.RUNS)
NEW_KEY, PANEL_KEY = "N", "P"
LIST, DETAIL = 360, 900
AGAIN_MS = 400
"""Marks come in by the second while a run goes on: the list follows at ease."""


class JudgesView(QWidget):
    """Reads when it is shown, and again when it is looked at after something changed."""

    order_wanted = Signal(object)
    view_requested = Signal(str)
    page_requested = Signal(str)
    samples_requested = Signal(list)
    point_requested = Signal(list, str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._is_stale = True
        self._entries: list[JudgeEntry] = []
        self._shown: tuple[object, ...] = ()
        self._later = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._later.timeout.connect(self._refresh)
        self.desk = JudgeDesk(session, look, self)
        self.list, self.detail = JudgeList(look), JudgeDetail(look)
        self.new_button = QPushButton(button_text(f"{tr('New judge…')}  {NEW_KEY}"))
        self.panel_button = QPushButton(button_text(f"{tr('New panel…')}  {PANEL_KEY}"))
        self.looking = LookingAtJudge(session, self.detail, self)
        self.empty = EmptyState(
            look,
            tr("No judge yet. Make one from a model, ask it for marks, and see how far it agrees with you."),
            main=tr("Make a judge"), link=tr("Connect a model"), icon="models",
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    @cached_property
    def comparison(self) -> "JudgeComparisonPage":
        """The judge beside the experts; made, with the numbers that it brings, when it is first wanted."""
        from rubric_studio.ui.models.judge_comparison_page import JudgeComparisonPage

        page = JudgeComparisonPage(self._session, self._look)
        page.left.connect(self._on_comparison_left)
        page.point_requested.connect(self.point_requested)
        page.samples_requested.connect(self.samples_requested)
        page.page_requested.connect(self.page_requested)
        self._stack.addWidget(page)
        return page

    @property
    def _compares(self) -> bool:
        return self._stack.currentWidget() not in (self._splitter, self.empty)

    @property
    def entry(self) -> JudgeEntry | None:
        """The judge that is chosen."""
        return next((entry for entry in self._entries if entry.rater == self.list.chosen), None)

    def show_first(self) -> None:
        """Put the keyboard where one begins."""
        self.setFocus()

    def compare(self, judge: str) -> None:
        """Stand on a judge and compare it with experts."""
        self._refresh()
        self.list.choose(judge)
        self._do(COMPARE)

    def setFocus(self, *_: object) -> None:
        """Put the keyboard into what is shown."""
        shown = self._stack.currentWidget()
        if self._compares:
            self.comparison.setFocus()
        elif shown is self.empty:
            self.empty.main_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.focus_chosen()

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()
        self.looking.leave()
        self._shown = ()
        self._is_stale = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_list = self._stack.currentWidget() is self._splitter
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        wanted = {Qt.Key.Key_A: ASK, Qt.Key.Key_K: COMPARE, Qt.Key.Key_L: LET, Qt.Key.Key_E: CHANGE,
                  Qt.Key.Key_Delete: REMOVE}.get(Qt.Key(event.key()))  # fmt: skip
        if not is_list or not plain:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_N and self.new_button.isEnabled():
            self.desk.new_judge()
        elif event.key() == Qt.Key.Key_P and self.panel_button.isEnabled():
            self.desk.edit_panel(None)
        elif wanted and self.detail.buttons[wanted].isVisible() and self.detail.buttons[wanted].isEnabled():
            self._do(wanted)
        else:
            super().keyPressEvent(event)

    # ---- showing

    def _refresh(self) -> None:
        self._is_stale = False
        before, self._entries = self._entries, entries(self._session.store)
        writes = not self._session.store.read_only
        self.new_button.setEnabled(writes)
        self.panel_button.setEnabled(writes and len(self.desk.members()) > 1)
        if self._compares:
            return
        if not self._entries:
            had_keyboard = self.list.has_keyboard
            self.empty.main_button.setEnabled(writes)
            self._stack.setCurrentWidget(self.empty)
            if had_keyboard:
                self.setFocus()
            return
        if self._entries != before or not self.list.lines:
            self.list.show_entries(self._entries)
        self._stack.setCurrentWidget(self._splitter)
        self._show_chosen()

    def _show_chosen(self) -> None:
        entry = self.entry
        if entry is None:
            return
        name = entry.judge.name if entry.judge else ""
        versions = [each for each in judges(self._session.store) if each.name == name] if name else []
        connection = self.desk.connection_of(entry.judge) if entry.judge else None
        own = self.desk.own_connection(entry.judge) if entry.judge else None
        is_open = not any(each.counts for each in self._entries)
        now = (entry, tuple(versions), connection, own, is_open)
        if now == self._shown:
            self.looking.look_for_checks()
            return
        self._shown = now
        self.detail.show_entry(
            entry,
            versions,
            connection=connection.name if connection else "",
            is_own=own is not None,
            is_open=is_open,
            can_write=not self._session.store.read_only,
        )
        self.looking.show_entry(entry, can_check=own is not None and not self._session.store.read_only)

    # ---- what people do

    def _do(self, what: str) -> None:
        entry = self.entry
        if entry is None:
            return
        if what == COMPARE:
            self._stack.setCurrentWidget(self.comparison)
            self.comparison.show_judge(entry.rater)
            self.comparison.setFocus()
        elif what == LET:
            self.desk.let_count(entry)
        elif what == CHANGE:
            self.desk.change(entry)
        elif what == REMOVE:
            self.desk.remove(entry)
        elif entry.judge is not None:
            self.desk.ask_for_marks(entry.judge)

    def _on_comparison_left(self) -> None:
        self._stack.setCurrentWidget(self._splitter)
        self._refresh()
        self.setFocus()

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(*CONCERNED):
            self._is_stale = True
            if self.isVisible() and changes.touches(Topic.JUDGES, Topic.SETTINGS):
                self._refresh()  # somebody did it and waits to see it
            elif self.isVisible() and not self._later.isActive():
                self._later.start()

    def _on_saved(self, rater: str) -> None:
        """Stand on what was just made: the next key is meant for it."""
        self.list.choose(rater)
        self.list.focus_chosen()

    def _on_drift_wanted(self) -> None:
        entry = self.entry
        if entry is not None and entry.judge is not None:
            self.desk.check_for_drift(entry.judge)

    # ---- laying out

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.list.chosen_changed.connect(self._show_chosen)
        self.detail.done.connect(self._do)
        self.detail.drift.check_wanted.connect(self._on_drift_wanted)
        self.looking.opened.connect(lambda sample, point: self.point_requested.emit([sample], point))
        self.desk.order_wanted.connect(self.order_wanted)
        self.desk.saved.connect(self._on_saved)
        self.new_button.clicked.connect(self.desk.new_judge)
        self.panel_button.clicked.connect(lambda: self.desk.edit_panel(None))
        self.empty.main_requested.connect(self.desk.new_judge)
        self.empty.link_requested.connect(lambda: self.view_requested.emit("connections"))

    def _lay_out(self) -> None:
        space = self._look.theme.space
        buttons = QHBoxLayout()
        buttons.setSpacing(space.small)
        buttons.addWidget(self.new_button)
        buttons.addWidget(self.panel_button)
        buttons.addStretch(1)
        left = ListColumn(self._look)
        left.column.addWidget(self.list, 1)
        left.column.addLayout(buttons)
        self._splitter = TwoPanes(left, self.detail, (2, 5), (LIST, DETAIL))
        for widget in (self._splitter, self.empty):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
