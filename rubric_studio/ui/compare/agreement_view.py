"""Agreement: one sentence and one figure first, then point by point, the worst first, and what stands behind each."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, is_row_criterion
from rubric_studio.services.human_ceiling import HumanCeiling
from rubric_studio.services.ports import Store
from rubric_studio.ui.compare.agreement_choices import AgreementChoices
from rubric_studio.ui.compare.agreement_empty import NO_VERSION, AgreementEmpty, lacking
from rubric_studio.ui.compare.agreement_finding import finding
from rubric_studio.ui.compare.agreement_found import (
    AgreementFound,
    Wanted,
    read_agreement,
    read_ceiling,
    read_people,
)
from rubric_studio.ui.compare.agreement_lines import Way, agreement_figure, has_own, lines_of
from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.compare.figure_lines import line_name
from rubric_studio.ui.compare.figures_detail import FiguresDetail
from rubric_studio.ui.compare.figures_model import FiguresModel, Order, ordered
from rubric_studio.ui.compare.figures_table import FiguresTable
from rubric_studio.ui.compare.kept_reading import KeptReading
from rubric_studio.ui.compare.people_map import MapPoint
from rubric_studio.ui.compare.people_pane import PeoplePane
from rubric_studio.ui.compare.ways import PEOPLE, Ways
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.session import Session
from rubric_studio.ui.two_panes import TwoPanes

TABLE, DETAIL = 560, 750
LOW = 42
"""Lines of text below which the view is low."""


class AgreementView(QWidget):
    """Reads when it is shown, and again when it is looked at after something changed."""

    samples_requested = Signal(list)
    page_requested = Signal(str)
    round_requested = Signal(object)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._opened = False
        self._key: str | None = None
        self.choices = AgreementChoices(session, look)
        self.reading = KeptReading(session, tr("Comparing marks"), self)
        self.judging = KeptReading(session, tr("Comparing a judge with people"), self)
        self.knowing = KeptReading(session, tr("Comparing people"), self)
        self.number = PlainLabel("", "number")
        self.sentence = PlainLabel("", "reading", wrap=True)
        self.further = PlainLabel("", "caption", wrap=True)
        self.state = PlainLabel("", "caption")
        self.ways = Ways(look)
        self.model = FiguresModel(self)
        self.table = FiguresTable(look, self.model)
        self.people = PeoplePane(look)
        self.detail = FiguresDetail(look)
        self.save_button = QPushButton(tr("Save as a table (CSV)…"))
        self.waiting = EmptyState(look, tr("Comparing marks…"), icon="compare")
        self.nothing = AgreementEmpty(look)
        self._body, self._found, self._left = QStackedWidget(), QWidget(), QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def found(self) -> AgreementFound | None:
        """What was read, None before that."""
        return self.reading.found

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for reading in self._readings():
            reading.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.detail.isVisible():
            self._close()
        else:
            super().keyPressEvent(event)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the table, or on the one button that there is."""
        shown = self._body.currentWidget()
        if shown is self.nothing:
            self.nothing.setFocus(reason)
        elif self.ways.way == PEOPLE:
            self.people.map.setFocus(reason)
        else:
            self.table.setFocus(reason)

    # ---- reading

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        self.choices.read()
        if not self.choices.saved.has_version:
            self._show_nothing(NO_VERSION)
            return
        wanted = self._wanted()
        if self.reading.want(wanted, partial(_work, read_agreement, wanted)):
            self._show_found()
        elif self.reading.found is None:
            self._body.setCurrentWidget(self.waiting)
        else:
            self.state.setText(tr("Reading…"))

    def _read_besides(self, wanted: Wanted) -> None:
        """What takes longer comes after the figures, and only where it is looked at."""
        if self._session.store.judges():
            self.judging.want(wanted, partial(_work, read_ceiling, wanted))
        if self.ways.way == PEOPLE and self.knowing.want(wanted, partial(_work, read_people, wanted)):
            self._show_people()

    def _readings(self) -> tuple[KeptReading, ...]:
        return (self.reading, self.judging, self.knowing)

    def _wanted(self) -> Wanted:
        choices = self.choices
        return Wanted(
            rubric=choices.saved.rubric,
            choice=choices.choice(),
            with_judges=choices.with_judges,
            viewer=PersonId(self._session.author.person),
            round=choices.newest_round,
        )

    def _on_progress(self, done: int, total: int) -> None:
        words = tr("Comparing marks, {done} of {total}…")
        self.state.setText(words.format(done=count_text(done), total=count_text(total)))

    # ---- showing

    def _show_found(self) -> None:
        self.state.setText("")
        found = self.found
        if found is None:
            return
        why = lacking(found)
        if why:
            self._show_nothing(why, found)
            return
        told = finding(found, self._ceiling)
        self.number.setText(told.number)
        self.sentence.setText(told.sentence)
        self.further.setText("\n".join(told.further))
        self._fit_head()
        self.ways.offer(own=has_own(found.report))
        self._body.setCurrentWidget(self._found)
        self._read_besides(self._wanted())
        self._show_lines()

    @property
    def _ceiling(self) -> HumanCeiling | None:
        """A judge beside the experts, where it was read for what is shown."""
        return self.judging.found if self.judging.of == self.reading.of else None

    def _show_nothing(self, why: str, found: AgreementFound | None = None) -> None:
        self.nothing.say(why, found)
        self._body.setCurrentWidget(self.nothing)

    def _show_lines(self) -> None:
        found = self.found
        if found is None:
            return
        self._left.setCurrentWidget(self.people if self.ways.way == PEOPLE else self.table)
        way: Way = "points" if self.ways.way == PEOPLE else self.ways.way
        order: Order = "guide" if way == "parts" else self.ways.order
        lines = lines_of(found, self._ceiling, self.choices.saved.rubric, way)
        first = tr("Part") if way == "parts" else tr("Point")
        self.model.show_lines(ordered(lines, order), first, self._targets(found))
        self._stand()

    def _show_people(self) -> None:
        if self.found is not None and self.knowing.found is not None:
            points = [MapPoint(each.key, each.title) for each in self.found.report.points]
            mine = [each for each in points if each.key is not None and not is_row_criterion(each.key)]
            self.people.show_people(self.knowing.found, mine)

    def _targets(self, found: AgreementFound) -> dict[str, float]:
        rule = None if found.stop is None else found.stop.rule
        if rule is None:
            return {}
        return {line_name(rule.statistic): rule.target}

    def _stand(self) -> None:
        """Stand on the line that was chosen; at first on the first one."""
        at = self.model.place(self._key) if self._key is not None else -1
        if at < 0 and self.model.lines:
            at = 0
        if at >= 0:
            self.table.stand_on(at)
            self._show_detail(at)
        self.detail.setVisible(self._opened and at >= 0)
        self._fit_head()

    def _fit_head(self) -> None:
        """Where there is little height, what is opened has the room of what stands below the sentence."""
        lines = self.height() / max(1, self._look.metrics("control").height())
        self.further.setVisible(bool(self.further.text()) and not (self._opened and lines < LOW))

    def _show_detail(self, at: int) -> None:
        if 0 <= at < len(self.model.lines):
            self._key = self.model.lines[at].figures.key
            if self._opened:
                self.detail.show_line(self.model.lines[at])

    # ---- what people do

    def _open(self, at: int) -> None:
        self._opened = True
        self._show_detail(at)
        self.detail.show()
        self._fit_head()

    def _open_by_map(self, line: int) -> None:
        key = self.people.model.points[line].key
        if key is not None:
            self._open(self.model.place(key))

    def _close(self) -> None:
        self._opened = False
        self.detail.hide()
        self._fit_head()
        self.setFocus()

    def _on_way_picked(self) -> None:
        self._show_lines()
        self._read_besides(self._wanted())

    def _on_session_changed(self, changes: Changes) -> None:
        is_stale = [reading.note(changes) for reading in self._readings()]
        if is_stale[0] and self.isVisible():
            self._refresh()

    def _on_save_clicked(self) -> None:
        from rubric_studio.ui.results.saving import choose_target  # it brings pyqtgraph, which takes a while

        choose_target(self, tr("Where shall it be saved?"), "agreement", "csv", self.save_table)

    def save_table(self, path: Path) -> None:
        """Write the lines that are shown as a table."""
        from rubric_studio.ui.results.saving import csv_bytes, write_whole

        source = ((tr("Scoring guide"), self.choices.saved.words), (tr("Marks"), self.choices.words()))
        figure = agreement_figure(self.model.lines, self.sentence.text(), source)
        try:
            write_whole(path, csv_bytes(figure))
        except StudioError as error:
            self._session.failed.emit(error)

    # ---- laying out

    def _lay_out(self) -> None:
        space = self._look.theme.space
        for state in (self.waiting, self.nothing, self._found):
            self._body.addWidget(state)
        self._left.addWidget(self.table)
        self._left.addWidget(self.people)
        first = QHBoxLayout()
        first.setSpacing(space.large)
        first.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(space.tiny)
        words.addWidget(self.sentence)
        words.addWidget(self.further)
        first.addLayout(words, 1)
        under = QHBoxLayout()
        under.addWidget(self.ways)
        under.addWidget(self.state)
        under.addStretch(1)
        under.addWidget(self.save_button)
        found = QVBoxLayout(self._found)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(space.medium)
        found.addLayout(first)
        found.addLayout(under)
        found.addWidget(TwoPanes(self._left, self.detail, (1, 1), (TABLE, DETAIL)), 1)
        self.detail.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.medium)
        layout.addWidget(self.choices)
        layout.addWidget(self._body, 1)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.reading.read.connect(self._refresh)
        self.reading.progressed.connect(self._on_progress)
        self.reading.ended.connect(lambda: self.state.setText(""))
        self.choices.picked.connect(self._refresh)
        self.judging.read.connect(self._show_found)
        self.knowing.read.connect(self._show_people)
        self.ways.picked.connect(self._on_way_picked)
        self.table.stood_on.connect(self._show_detail)
        self.table.opened.connect(self._open)
        self.people.map.opened.connect(self._open_by_map)
        self.detail.closed.connect(self._close)
        self.detail.answers_wanted.connect(self.samples_requested)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.nothing.page_requested.connect(self.page_requested)
        self.nothing.round_requested.connect(self.round_requested)


def _work(
    read: Callable[[Store, Wanted, Progress], Any], wanted: Wanted, store: Store, progress: Progress
) -> Any:
    """Read on a job's thread what is wanted."""
    return read(store, wanted, progress)
