"""The Questions page: the table beside one of its questions. Decides nothing itself.

Edits go to the session; what they changed comes back through its one signal.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import EVERYTHING, Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.questions.decision_bar import KEYS
from rubric_studio.ui.questions.incoming import incoming
from rubric_studio.ui.questions.overview import Overview
from rubric_studio.ui.questions.reference_values import is_link
from rubric_studio.ui.questions.row_actions import RowActions
from rubric_studio.ui.questions.row_details import RowDetails
from rubric_studio.ui.questions.row_facts import MOST_ANSWERS
from rubric_studio.ui.questions.row_reading import RowReading, RowScoring, read_row
from rubric_studio.ui.questions.rows_list import RowsList
from rubric_studio.ui.session import Session

READ_MS = 20
"""Rows that one only passes by with a held arrow key are not read."""

SCORE_MS = 120
"""Answers are scored where one rests so long; a guide of hundreds of points would be felt at every step."""

LETTERS_BESIDE = 165
"""So many letters must fit beside each other for the details to stand beside the table, not below it."""

MADE_FROM = (
    Topic.VERDICTS, Topic.CHECKS, Topic.DRAFT, Topic.VERSIONS, Topic.SETTINGS, Topic.JUDGES, Topic.PEOPLE,
)  # fmt: skip


class QuestionsPage(QWidget):
    """Wishes: a question opened in the scoring guide, another page, something brought in, the example."""

    row_requested = Signal(str)
    page_requested = Signal(str)
    import_requested = Signal(object)
    example_requested = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._stale = EVERYTHING
        self._was_shown = self._is_moving = False
        self._reading: RowReading | None = None
        self._scoring: RowScoring | None = None
        self._models: tuple[str, ...] = ()
        dress(self, "page")
        self.overview = Overview(session, self)
        self.actions_on_rows = RowActions(session, look, self)
        self.list = RowsList(session, look, self.overview)
        self.details = RowDetails(look)
        self.empty = EmptyState(
            look,
            self.tr("Drop your Excel file here. We show you what we understood before anything is saved."),
            main=self.tr("Bring in my Excel"),
            link=self.tr("Try the example"),
            icon="questions",
        )
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._read_soon = QTimer(self, interval=READ_MS, singleShot=True)
        self._read_soon.timeout.connect(self._read)
        self._score_soon = QTimer(self, interval=SCORE_MS, singleShot=True)
        self._score_soon.timeout.connect(self._score)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._add_keys()

    # ---- for the window

    def show_row(self, row: str) -> None:
        """Go to a row."""
        self.list.show_row(row)
        self.list.table.setFocus()

    # ---- refreshing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        stale, self._stale = self._stale, Changes()
        if not self._was_shown:
            self._was_shown = True
            self._refresh_all()
        elif stale.topics:
            self._refresh(stale)

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(*MADE_FROM):
            self._scoring = None
        if self.isVisible():
            self._refresh(changes)
        else:
            self._stale = changes if not self._stale.topics else self._stale | changes

    def _refresh_all(self) -> None:
        self._count()
        self.list.find()
        self.overview.look()

    def _refresh(self, changes: Changes) -> None:
        if changes.touches(Topic.ROWS, Topic.SAMPLES):
            self._count()
        self.list.take_changes(changes)
        self.overview.look_again(changes)
        current = self.list.table.current()
        concerns = not changes.rows or (current is not None and current in changes.rows)
        if changes.touches(*MADE_FROM) or concerns:
            self._read_soon.start()

    def _count(self) -> None:
        """See how much there is; without a question the page says what to do."""
        counts = self._session.store.counts()
        self.list.finder.total, self._models = counts.rows, counts.models
        self._stack.setCurrentIndex(0 if counts.rows else 1)
        self.setFocusProxy(self.list.table if counts.rows else self.empty.main_button)

    def _read(self) -> None:
        """Show the question one is on."""
        self._read_soon.stop()
        current = self.list.table.current() if self.details.isVisibleTo(self) else None
        before = self._reading
        self._reading = read_row(self._session.store, current) if current is not None else None
        self.details.show_reading(self._reading, self._models, writable=self._is_writable())
        if before is not None and self._reading is not None and before.row.id == self._reading.row.id:
            self._score()  # the same question again: its scores must not go away for a moment
        else:
            self._score_soon.start()

    def _score(self) -> None:
        """Show how the answers score to the question one is on."""
        self._score_soon.stop()
        reading, session = self._reading, self._session
        if reading is None or not reading.samples or self._read_soon.isActive():
            return
        if self._scoring is None or not self._scoring.fits(session.draft, session.rater):
            self._scoring = RowScoring(session.store, session.draft, session.rater)
        try:
            scores = self._scoring.scores(reading.row, reading.samples[:MOST_ANSWERS])
        except StudioError as error:
            session.failed.emit(error)
        else:
            self.details.facts.show_scores(scores)

    # ---- decisions

    def _on_requested(self, name: str) -> None:
        """Answer a key or a button of the strip."""
        rows = self.list.table.selected()
        if not rows or (name != "open" and not self._is_writable()):
            return
        answers: dict[str, Callable[[], object]] = {
            "undecide": lambda: self.actions_on_rows.decide(rows, None),
            "flag": lambda: self.actions_on_rows.flag(rows),
            "reason": lambda: self.actions_on_rows.give_reason(rows),
            "open": lambda: self.row_requested.emit(self.list.table.current() or rows[0]),
        }
        answer = answers.get(name)
        if answer is not None:
            answer()
        else:
            self._decide(rows, name)

    def _decide(self, rows: list[RowId], decision: str) -> None:
        """Decide and go on to the next question."""
        following = self.list.after(rows)
        self._is_moving = True
        done = self.actions_on_rows.decide(rows, decision)  # pyright: ignore[reportArgumentType]
        place = self.list.model.place_of(following) if done and following is not None else None
        if place is not None:
            self.list.table.go_to(place)
        self._is_moving = False

    def _on_selection_changed(self) -> None:
        if not self._is_moving:
            self.actions_on_rows.forget()
        self.list.bar.show_selection(self.list.table.count_selected(), writable=self._is_writable())
        self._read_soon.start()

    def _is_writable(self) -> bool:
        return not self._session.store.read_only

    # ---- dropping and pasting

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._is_writable() and incoming(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        what = incoming(event.mimeData())
        if what is not None:
            event.acceptProposedAction()
            self.import_requested.emit(what)

    def _paste(self) -> None:
        what = incoming(QGuiApplication.clipboard().mimeData())
        if what is not None and self._is_writable():
            self.import_requested.emit(what)

    # ---- layout and wiring

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_details()

    def _place_details(self) -> None:
        """Put the details beside the table, or below it where the page is narrow for its size of text."""
        beside = self.width() >= LETTERS_BESIDE * self._look.metrics("control").averageCharWidth()
        orientation = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._splitter.orientation() != orientation or not self._splitter.property("placed"):
            self._splitter.setProperty("placed", True)
            self._splitter.setOrientation(orientation)
            self._splitter.setSizes([660, 340] if beside else [560, 440])
            self.details.set_wide(not beside)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.details)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(space.large, space.medium, space.large, space.small)
        layout.addWidget(self._splitter)
        self.list.setContentsMargins(0, 0, space.medium, 0)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.list.details_button.setChecked(True)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self._look.changed.connect(self._place_details)
        self.overview.changed.connect(self.list.take_overview)
        self.empty.main_requested.connect(lambda: self.import_requested.emit(None))
        self.empty.link_requested.connect(self.example_requested)
        self.list.import_requested.connect(lambda: self.import_requested.emit(None))
        self.list.listed.connect(self._read_soon.start)
        self.list.table.selection_changed.connect(self._on_selection_changed)
        self.list.table.selectionModel().currentRowChanged.connect(self._read_soon.start)
        self.list.table.open_requested.connect(self.row_requested)
        self.list.bar.requested.connect(self._on_requested)
        self.list.details_button.toggled.connect(self._on_details_toggled)
        self.actions_on_rows.hinted.connect(self.list.bar.hint)
        self._connect_details()

    def _connect_details(self) -> None:
        details, facts, actions = self.details, self.details.facts, self.actions_on_rows
        details.close_requested.connect(lambda: self.list.details_button.setChecked(False))
        details.edit_requested.connect(self._edit)
        details.prompt.link_requested.connect(self._open_link)
        facts.link_requested.connect(self._open_link)
        facts.answer_chosen.connect(self.row_requested)
        facts.variant_chosen.connect(actions.choose)
        facts.field_chosen.connect(self.list.filters.add_field)
        facts.remove_flag_requested.connect(
            lambda flag: self._with_reading(lambda reading: actions.remove_flag(reading.row.id, flag))
        )
        facts.note_given.connect(
            lambda text: self._with_reading(lambda reading: actions.note(reading.row.id, text))
        )

    def _add_keys(self) -> None:
        for name, key in KEYS.items():
            if name != "open":  # Enter is the table's: buttons and fields have their own use for it
                self._key(key, self, lambda name=name: self._on_requested(name))
        self._key("E", self, self._edit)
        self._key("I", self, self.list.details_button.toggle)
        self._key("Ctrl+V", self, self._paste)
        for place in (self.list, self.details.facts):  # in the question's text Ctrl+F finds in the text
            self._key("Ctrl+F", place, self._search)

    def _key(self, key: str, place: QWidget, answer: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), place)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(answer)

    def _search(self) -> None:
        self.list.filters.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.filters.search_field.selectAll()

    def _edit(self) -> None:
        if self._is_writable():
            self._with_reading(lambda reading: self.actions_on_rows.edit(reading.row, self.overview.fields))

    def _with_reading(self, answer: Callable[[RowReading], object]) -> None:
        if self._read_soon.isActive():
            self._read()
        if self._reading is not None:
            answer(self._reading)

    def _open_link(self, address: str) -> None:
        if is_link(address):
            QDesktopServices.openUrl(QUrl(address))

    def _on_details_toggled(self, shown: bool) -> None:
        self.details.setVisible(shown)
        if shown:
            self._read_soon.start()
        elif not self.list.table.hasFocus():
            self.list.table.setFocus()
