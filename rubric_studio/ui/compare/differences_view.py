"""Where we differ: the ladder of disputes, one opened beside it, decided by keys or cured by new words."""

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.compared_verdicts import compared_verdicts
from rubric_studio.services.cures import CureOutcome, cure_outcomes
from rubric_studio.services.disputes import Dispute, Disputes, disputes
from rubric_studio.services.ports import Store
from rubric_studio.services.standing_decisions import as_decided_now
from rubric_studio.services.versions import present_rubric
from rubric_studio.ui.compare.again_strip import AgainStrip
from rubric_studio.ui.compare.dispute_detail import DisputeDetail
from rubric_studio.ui.compare.dispute_filters import DisputeFilters
from rubric_studio.ui.compare.dispute_keys import ENTER, NEXT, PREVIOUS, REOPEN, Does, press, settling
from rubric_studio.ui.compare.dispute_words import found_words, initials, letters_apart, nothing_words, tr
from rubric_studio.ui.compare.disputes_model import DisputesModel, DisputesTable
from rubric_studio.ui.compare.kept_reading import CONCERNED, KeptReading
from rubric_studio.ui.compare.rewording import Rewording
from rubric_studio.ui.compare.settle_panel import SettlePanel
from rubric_studio.ui.compare.settling_desk import SettlingDesk
from rubric_studio.ui.compare.wording_asking import WordingAsking
from rubric_studio.ui.compare.wording_editor import WordingEditor
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.session import Session
from rubric_studio.ui.two_panes import ListColumn

WIDE = 171
"""Letters of width from which on the list and a dispute have room beside each other."""
PRESENT = "present"
LIST, DETAIL = 500, 800


class Differences(NamedTuple):
    """What is read in the background."""

    rubric: Rubric
    found: Disputes
    outcomes: tuple[CureOutcome, ...]


class DifferencesView(QWidget):
    """Reads when it is shown, and again when it is looked at after something changed."""

    row_requested = Signal(str)
    samples_requested = Signal(list)
    point_requested = Signal(list, str)
    round_requested = Signal(object)
    page_requested = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._rubric = Rubric()
        self._subject = ""
        self._opened = self._is_met = False
        concerned = (*CONCERNED, Topic.DECISIONS)
        self.reading = KeptReading(session, tr("Looking where marks differ"), self, concerned)
        self.desk = SettlingDesk(session)
        self.asking = WordingAsking(session, look, self)
        self.filters = DisputeFilters(look)
        self.sentence = PlainLabel("", "muted", wrap=True)
        self.again = AgainStrip(look)
        self.meeting_button = QPushButton(button_text(tr("Meeting  Ctrl+M")))
        self.model = DisputesModel(self)
        self.table = DisputesTable(look, self.model)
        self.none_here = PlainLabel("", "muted", wrap=True)
        self.detail = DisputeDetail(look)
        self.editor = WordingEditor(look)
        self.rewording = Rewording(session, self.desk, self.editor)
        self.waiting = EmptyState(look, tr("Looking where marks differ…"), icon="compare")
        self.nothing = EmptyState(look, " ", main=tr("Plan a round"), icon="compare")
        self._body, self._panes, self._right = QStackedWidget(), QSplitter(), QStackedWidget()
        self._left = ListColumn(look)
        self._lay_out()
        self._connect()

    @property
    def found(self) -> Disputes | None:
        """What was read, None before that."""
        return self.reading.found.found if self.reading.found is not None else None

    @property
    def dispute(self) -> Dispute | None:
        """The dispute that is shown."""
        at = self.model.place_of(self._subject)
        return self.model.disputes[at] if at >= 0 else None

    @property
    def settle(self) -> SettlePanel:
        """Where the shown dispute is decided."""
        return self.detail.settle

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._part()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the list, or on the one button that there is."""
        shown = self._body.currentWidget()
        (self.nothing.main_button if shown is self.nothing else self.table).setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._right.currentWidget() is self.editor or not self._press(event):
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key means; digits typed into a text never come here."""
        key = event.key()
        if key == Qt.Key.Key_M and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._open_meeting()
            return True
        if key == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._search()
            return True
        if self.dispute is None:
            return False
        if key == Qt.Key.Key_Escape and self._opened and not self._is_wide:
            self._close_detail()
            return True
        return press(event, self.settle, settling(self.settle) | self._does())

    def _search(self) -> None:
        """Go to the field in which one types what to find; from a text, Ctrl+F finds in the text."""
        if self._opened and not self._is_wide:
            self._close_detail()
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _does(self) -> dict[str, Does]:
        return {
            ENTER: self._on_enter,
            NEXT: lambda: self._step(1),
            PREVIOUS: lambda: self._step(-1),
            REOPEN: self._reopen,
            "E": self._begin_words,
            "Q": self.detail.toggle_question,
            "G": self._show_in_guide,
        }

    # ---- reading

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        if self.reading.want(PRESENT, _read, _renewed):
            self._show_found()
        elif self.reading.found is None:
            self._body.setCurrentWidget(self.waiting)

    def _show_found(self) -> None:
        read: Differences | None = self.reading.found
        if read is None:
            return
        self._rubric = read.rubric
        self.again.show_outcomes(read.outcomes)
        self.filters.offer(read.found)
        if not len(read.found) and not self.again.isVisibleTo(self):
            self.nothing.set_sentence(nothing_words(read.found))
            self._body.setCurrentWidget(self.nothing)
            return
        self._body.setCurrentWidget(self._whole)
        self._list(read.found)

    def _list(self, found: Disputes) -> None:
        """List what the filter lets through; one stands where one stood, or where the next one is now."""
        chosen = self.filters.value()
        stood = max(0, self.table.currentIndex().row())
        shown = [each for each in found if chosen.passes(each)]
        letters = {said.rater: initials(said.name) for each in found for said in each.said}
        self.model.show_disputes(shown, letters_apart(letters))
        self.sentence.setText(found_words(found, len(shown)))
        self.none_here.setVisible(not shown)
        self.none_here.setText(tr("Nothing of that kind. Show all of them to see what was decided."))
        self.meeting_button.setEnabled(any(not each.is_decided for each in found))
        at = self.model.place_of(self._subject)
        self._right.setVisible(bool(shown))
        if shown and self._right.currentWidget() is not self.editor:
            self.table.stand_on(at if at >= 0 else min(stood, len(shown) - 1))
            self._show_at(self.table.currentIndex().row())

    def _show_at(self, at: int) -> None:
        if not 0 <= at < len(self.model.disputes) or self._right.currentWidget() is self.editor:
            return
        dispute = self.model.disputes[at]
        self._subject = dispute.subject
        text = next((sample.text for _, sample in self._session.store.samples([dispute.sample.id])), "")
        names = {str(person): name for person, name in (self.found.names if self.found else {}).items()}
        self.detail.show_dispute(dispute, text, (at + 1, len(self.model.disputes)), self.model.letters, names)

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(Topic.VERDICTS, Topic.DECISIONS):
            self._take_over_decision()
        noted = self.reading.note(changes, is_light=self.desk.decides_only(changes))
        if noted and self.isVisible() and not self._is_met:
            self._refresh()

    def _take_over_decision(self) -> None:
        """Show at once what was decided on the dispute at hand; the rest is read in the background."""
        at = self.model.place_of(self._subject)
        if at >= 0:
            now = self.desk.as_it_stands(self.model.disputes[at])
            if now != self.model.disputes[at]:
                self.model.replace_at(at, now)
                self._show_at(at)

    # ---- what people do

    def _on_enter(self) -> None:
        if not self._opened and not self._is_wide:
            self._open_detail()
        elif self.settle.choice is not None:
            self.settle.decide()
        else:
            self._step(1)

    def _on_decided(self, level: str, cause: str, reason: str) -> None:
        if self.dispute is not None and self.desk.settle(self.dispute, level, cause, reason):
            self._step(1)

    def _on_left_open(self, reason: str) -> None:
        if self.dispute is not None and self.desk.leave_open(self.dispute, reason):
            self._step(1)

    def _on_drop(self, reason: str) -> None:
        if self.dispute is not None and self.desk.drop(self.dispute, reason):
            self._step(1)

    def _reopen(self) -> None:
        if self.dispute is not None:
            self.desk.reopen(self.dispute)
            self._to_keys()

    def _step(self, by: int) -> None:
        """Go to the next dispute, or back; the keyboard goes to the list."""
        at = self.table.currentIndex().row() + by
        if 0 <= at < len(self.model.disputes):
            self.table.stand_on(at)
        self._to_keys()

    def _to_keys(self) -> None:
        """Put the keyboard where grades are keys."""
        (self.table if self._is_wide or not self._opened else self.detail.answer).setFocus()

    def _show_in_guide(self) -> None:
        if self.dispute is not None:
            self.point_requested.emit([self.dispute.sample.id], self.dispute.key)

    def _open_meeting(self) -> None:
        from rubric_studio.ui.compare.meeting_dialog import MeetingDialog

        if self.found is None or not self.meeting_button.isEnabled():
            return
        meeting = MeetingDialog(self._session, self._look, self.found, self._rubric, self)
        meeting.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        meeting.finished.connect(self._on_meeting_over)
        self._is_met = True  # what is decided there is read once, when it is over
        meeting.open_large()

    def _on_meeting_over(self) -> None:
        self._is_met = False
        self._refresh()

    # ---- words

    def _begin_words(self) -> None:
        """Open the words of the point in place of the dispute."""
        if self.dispute is None or self.found is None:
            return
        self.rewording.begin(self.dispute, self.found)
        self.editor.propose_button.setVisible(self.asking.judge() is not None)
        self._right.setCurrentWidget(self.editor)

    def _end_words(self) -> None:
        self._right.setCurrentWidget(self.detail)
        self._show_at(self.table.currentIndex().row())
        self.table.setFocus()

    def _ask_for_words(self) -> None:
        self.asking.ask(self._rubric, self.editor.chosen())

    # ---- room

    @property
    def _is_wide(self) -> bool:
        return self.width() >= WIDE * self._look.metrics("control").averageCharWidth()

    def _open_detail(self) -> None:
        self._opened = True
        self._part()
        self.detail.answer.setFocus()

    def _close_detail(self) -> None:
        self._opened = False
        self._part()
        self.table.setFocus()

    def _part(self) -> None:
        """Beside each other where there is room, else one after the other."""
        wide = self._is_wide
        for part in (self._left, self._head, self._found_line):
            part.setVisible(wide or not self._opened)
        self._right.setMaximumWidth(16777215 if wide or self._opened else 0)
        self.detail.back_button.setVisible(not wide)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.filters, 1)
        head.addWidget(self.meeting_button, 0, Qt.AlignmentFlag.AlignTop)
        self._found_line = QWidget()
        line = QHBoxLayout(self._found_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.filters.search)
        left = self._left.column
        left.addWidget(self.table, 1)
        left.addWidget(self.none_here)
        self._right.addWidget(self.detail)
        self._right.addWidget(self.editor)
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self._left)
        self._panes.addWidget(self._right)
        self._panes.setStretchFactor(0, 1)
        self._panes.setStretchFactor(1, 2)
        self._panes.setSizes([LIST, DETAIL])
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space.small)
        inside.addWidget(self._head)
        inside.addWidget(self._found_line)
        inside.addWidget(self.again)
        inside.addWidget(self._panes, 1)
        self._whole = whole
        for state in (self.waiting, self.nothing, whole):
            self._body.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._body)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self._look.changed.connect(self._part)
        self.reading.read.connect(self._show_found)
        self.filters.changed.connect(self._show_found)
        self.filters.search.left.connect(self.table.setFocus)
        self.table.stood_on.connect(self._show_at)
        self.table.opened.connect(lambda _: self._open_detail() if not self._is_wide else None)
        self.meeting_button.clicked.connect(self._open_meeting)
        self.again.round_requested.connect(self.round_requested)
        self.again.guide_requested.connect(lambda: self.page_requested.emit("guide"))
        self.nothing.main_requested.connect(lambda: self.round_requested.emit(None))
        self.detail.back_requested.connect(self._close_detail)
        self.detail.show_requested.connect(self._show_in_guide)
        panel = self.detail.settle
        panel.decided.connect(self._on_decided)
        panel.left_open.connect(self._on_left_open)
        panel.drop_requested.connect(self._on_drop)
        panel.reopened.connect(self._reopen)
        panel.rewording_requested.connect(self._begin_words)
        panel.reason.left.connect(self.table.setFocus)
        self.rewording.ended.connect(self._end_words)
        self.editor.proposal_requested.connect(self._ask_for_words)
        self.asking.told.connect(self.editor.tell)
        self.asking.came.connect(self.editor.show_proposal)


def _read(store: Store, progress: Progress) -> Differences:
    """Under the words by which experts score now."""
    rubric, compared = present_rubric(store), compared_verdicts(store)
    found = disputes(store, rubric, progress, compared=compared)
    return Differences(rubric, found, tuple(cure_outcomes(store, rubric, progress, compared=compared)))


def _renewed(store: Store, before: Differences) -> Differences:
    """After a decision made here: the marks are as they were, and so is what became of new words."""
    decided = tuple(as_decided_now(store, before.found.found))
    return before._replace(found=replace(before.found, found=decided))
