"""Runs: all machine work in one place - what is under way, what waits, what failed, what it cost. Makes no calls."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.run import Call, CallState, RunSummary
from rubric_studio.services.run_outcomes import brought
from rubric_studio.services.taking_away import WhatGoes, look_at_taking_away
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look
from rubric_studio.ui.message import ask
from rubric_studio.ui.models.run_detail import RunDetail
from rubric_studio.ui.models.run_line import RunNow
from rubric_studio.ui.models.run_list import RunList
from rubric_studio.ui.models.run_questions import cancelling, deleting, going_on
from rubric_studio.ui.models.run_reading import RunReading
from rubric_studio.ui.models.run_words import tr
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.session import Session
from rubric_studio.ui.two_panes import ListColumn, TwoPanes

REFRESH_MS = 200
"""News come thirty times a second; nobody reads faster than this."""
LIST, DETAIL = 400, 900


class RunsView(QWidget):
    """The list at the left, the chosen run at the right. It reads while it is in sight."""

    row_requested = Signal(str)
    samples_requested = Signal(list)
    view_requested = Signal(str)
    comparison_requested = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._runs: dict[str, RunSummary] = {}
        self._people: dict[str, str] = {}
        self._agreed: set[str] = set()
        self._is_stale = True
        self.list = RunList(look)
        self.detail = RunDetail(look, self._read_calls)
        self.reading = RunReading(session, self)
        self.empty = EmptyState(
            look,
            tr("No model was asked here yet. Every run shows here: how far it is, what failed, what it cost."),
            main=tr("Sample fresh answers"), link=tr("Connect a model"), icon="model",
        )  # fmt: skip
        self._hint = PlainLabel(tr("Up and Down go from run to run"), "caption", wrap=True)
        self._body = QStackedWidget()
        self._refreshing = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._refreshing.timeout.connect(self._on_refreshing_timeout)
        self._lay_out()
        self._connect()

    def show_first(self) -> None:
        """Read what is shown, where that was not done since something changed."""
        if self._is_stale:
            self.refresh()

    def show_run(self, run: str) -> None:
        """Stand on a run."""
        self.refresh()
        had_keyboard = self.list.has_keyboard
        self.list.choose(run)
        if had_keyboard:
            self.list.focus_chosen()

    def refresh(self) -> None:
        """Read the list again."""
        self._is_stale = False
        store = self._session.store
        self._runs = {run.id: run for run in self._session.runs.runs()}
        self._people = {str(person.id): person.name for person in store.people()}
        had_keyboard = self.list.has_keyboard
        self._body.setCurrentWidget(self._splitter if self._runs else self.empty)
        self.list.show_runs([self._now(run) for run in self._runs.values()])
        if had_keyboard and not self._runs:
            self.setFocus()
        self._show_chosen()

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_first()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.leave()
        self._is_stale = True

    def setFocus(self, *reason: object) -> None:
        """Put the keyboard on the chosen run, or on what an empty list offers."""
        if self._runs:
            self.list.focus_chosen()
        else:
            self.empty.main_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, key = event.text().upper(), event.key()
        if event.modifiers() or not self._chosen():
            super().keyPressEvent(event)
        elif text == "F":
            self.detail.show_failed()
        elif event.text() in ("\r", "\n") and not self.detail.brought.isHidden():
            self._open_brought()
        elif text == "K" and not self.detail.compare.isHidden():
            self._compare()
        elif not self.detail.buttons.act(key):
            super().keyPressEvent(event)

    # ---- showing

    def _chosen(self) -> RunSummary | None:
        return self._runs.get(self.list.chosen)

    def _now(self, run: RunSummary) -> RunNow:
        desk = self._session.runs
        told = desk.progress_of(run.id)
        if run.id != desk.active:
            return RunNow(run, place=desk.place_of(run.id))
        return RunNow(run, told, desk.is_pausing)

    def _show_chosen(self) -> None:
        run = self._chosen()
        if run is not None:
            person = self._people.get(run.person, "")
            self.detail.show_now(self._now(run), person, writing=not self._session.store.read_only)
            self.reading.want(run)

    def _on_list_chosen_changed(self, id: str) -> None:
        self.detail.show_failures([], {})
        self.detail.calls.set_names({})
        if self.detail.shows_calls and id:
            self.detail.calls.show_calls()
        self._show_chosen()

    def _on_reading_read(self) -> None:
        self.detail.show_failures(self.reading.failures, self.reading.names)
        self.detail.calls.set_names(self.reading.names)

    def _on_changed(self) -> None:
        self._is_stale = True
        self._on_progressed()

    def _on_progressed(self) -> None:
        if self.isVisible() and not self._refreshing.isActive():
            self._refreshing.start()

    def _on_refreshing_timeout(self) -> None:
        """Read the list where it is another; else only the numbers of the run under way have changed."""
        if not self.isVisible():
            return
        if self._is_stale:
            self.refresh()
        elif self._session.runs.active in self._runs:
            self._show_live(self._session.runs.active)
        if self.detail.shows_calls:
            self.detail.calls.read_again()

    def _show_live(self, id: str) -> None:
        self._runs[id] = run = self._session.runs.as_it_is(self._runs[id])
        self.list.lines[id].show_now(self._now(run))
        if id == self.list.chosen:
            self._show_chosen()

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(Topic.RUNS, Topic.PEOPLE):
            self._on_changed()

    def _read_calls(self, states: Sequence[CallState] | None, after: int, limit: int) -> list[Call]:
        run = self._chosen()
        return self._session.store.calls(run.id, states, after, limit) if run is not None else []

    # ---- what people do

    def _on_detail_wanted(self, wish: str) -> None:
        run, desk = self._chosen(), self._session.runs
        if run is None:
            return
        if wish == "cancel":
            ask(self, cancelling(run), lambda: desk.cancel(run.id))
        elif wish == "delete":
            self._look_at_deleting(run)
        elif wish == "pause":
            desk.pause(run.id)
        else:
            self._send(run, {"go_on": desk.resume, "retry": desk.retry_failed}[wish])

    def _send(self, run: RunSummary, begin: Callable[[str], None]) -> None:
        """Begin calls; those that somebody else planned only once it was said here what goes out."""
        if run.person == self._session.author.person or run.id in self._agreed:
            begin(run.id)
            return

        def agreed() -> None:
            self._agreed.add(run.id)
            begin(run.id)

        ask(self, going_on(run, self._people.get(run.person, ""), run.open + run.failed), agreed)

    def _look_at_deleting(self, run: RunSummary) -> None:
        job = self._session.background(
            tr("Looking at what would go"), lambda store, _: look_at_taking_away(store, run.id)
        )
        job.finished.connect(partial(self._ask_deleting, run))

    def _ask_deleting(self, run: RunSummary, goes: WhatGoes) -> None:
        ask(self, deleting(run, goes), lambda: self._session.runs.delete(run.id))

    def _open_brought(self) -> None:
        run = self._chosen()
        if run is not None:
            job = self._session.background(
                tr("Looking for the answers"), lambda store, progress: brought(store, run, progress)
            )
            job.finished.connect(self._on_brought)

    def _compare(self) -> None:
        run = self._chosen()
        if run is not None and run.plan.judge is not None:
            self.comparison_requested.emit(run.plan.judge.rater)

    def _on_brought(self, samples: list[int]) -> None:
        if samples and self.isVisible():
            self.samples_requested.emit(samples)

    def _on_detail_opened(self, source: str) -> None:
        """Open what a call is about: a question, or the answer that is judged."""
        run = self._chosen()
        if run is None:
            return
        if run.plan.purpose == "sampling":
            self.row_requested.emit(source)
            return
        found = [info.id for info in self._session.store.sample_infos() if info.key == source]
        if found:
            self.samples_requested.emit(found)

    def _on_failed_requested(self, id: str) -> None:
        self.list.choose(id)
        self.detail.show_failed()

    # ---- laying out

    def _lay_out(self) -> None:
        left = ListColumn(self._look)
        left.column.addWidget(self.list, 1)
        left.column.addWidget(self._hint)
        self._splitter = TwoPanes(left, self.detail, (3, 7), (LIST, DETAIL))
        self._body.addWidget(self._splitter)
        self._body.addWidget(self.empty)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._body)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self._session.runs.changed.connect(self._on_changed)
        self._session.runs.progressed.connect(self._on_progressed)
        self.list.chosen_changed.connect(self._on_list_chosen_changed)
        self.list.failed_requested.connect(self._on_failed_requested)
        self.detail.wanted.connect(self._on_detail_wanted)
        self.detail.brought_requested.connect(self._open_brought)
        self.detail.comparison_requested.connect(self._compare)
        self.detail.opened.connect(self._on_detail_opened)
        self.reading.read.connect(self._on_reading_read)
        self.empty.main_requested.connect(lambda: self.view_requested.emit("answers"))
        self.empty.link_requested.connect(lambda: self.view_requested.emit("connections"))
