"""Decided: what was settled and why, what became of rewordings, and what is new since one last looked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes
from rubric_studio.services.settling_disputes import Reopen
from rubric_studio.services.since import remember
from rubric_studio.ui.compare.decided_cards import CureCard, SettledCard, SinceCard
from rubric_studio.ui.compare.decided_reading import Decided, Settled, reading
from rubric_studio.ui.compare.dispute_words import tr
from rubric_studio.ui.compare.kept_reading import KeptReading
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.segmented import Segmented
from rubric_studio.ui.session import Session

PAGE = 40
SETTLED, MINE, WORDS, NEW = "settled", "mine", "words", "new"
WIDEST_LETTERS = 130


class DecidedView(QWidget):
    """Reads when it is shown, and again when it is looked at after something changed."""

    row_requested = Signal(str)
    samples_requested = Signal(list)
    point_requested = Signal(list, str)
    round_requested = Signal(object)
    page_requested = Signal(str)
    view_requested = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._shown = PAGE
        self.reading = KeptReading(session, tr("Reading what was decided"), self)
        options = [
            (SETTLED, tr("What was decided")),
            (MINE, tr("On my marks")),
            (WORDS, tr("New words")),
            (NEW, tr("New since I left")),
        ]
        self.choice = Segmented(tr("What to show"), options)
        self.sentence = PlainLabel("", "muted", wrap=True)
        self.more_button = QPushButton()
        self.cards: list[QWidget] = []
        self.waiting = EmptyState(look, tr("Reading what was decided…"), icon="compare")
        self.nothing = EmptyState(look, " ", main=tr("Where we differ"), icon="compare")
        self._list = ScrollColumn(look.theme.space.small, right=look.theme.space.small)
        self._body = QStackedWidget()
        self._lay_out()
        session.changed.connect(self._on_session_changed)
        self.reading.read.connect(self._show_found)
        self.choice.chosen.connect(self._on_chosen)
        self.more_button.clicked.connect(self._on_more)
        self.nothing.main_requested.connect(lambda: self.view_requested.emit("differences"))

    @property
    def found(self) -> Decided | None:
        """What was read, None before that."""
        return self.reading.found

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.leave()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the choice."""
        self.choice.setFocus(reason)

    # ---- showing

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        author = self._session.author
        if self.reading.want(author.person, reading(author.person, author.now())):
            self._show_found()
        elif self.reading.found is None:
            self._body.setCurrentWidget(self.waiting)

    def _show_found(self) -> None:
        found = self.found
        if found is None:
            return
        self._clear()
        shown, total = self._fill(found, self.choice.value())
        self.more_button.setVisible(shown < total)
        self.more_button.setText(
            tr("Show more: {shown} of {total}").format(shown=count_text(shown), total=count_text(total))
        )
        self.sentence.setText(self._words(found))
        if self.cards:
            self._body.setCurrentWidget(self._list)
        else:
            self.nothing.set_sentence(_nothing(self.choice.value()))
            self._body.setCurrentWidget(self.nothing)

    def _fill(self, found: Decided, what: str) -> tuple[int, int]:
        """Put the cards of what is chosen; how many of how many."""
        if what == NEW:
            card = SinceCard(self._look, found.since)
            card.seen.connect(self._on_seen)
            self._put(card)
            return 1, 1
        if what == WORDS:
            for outcome in found.cures[: self._shown]:
                self._put(CureCard(self._look, outcome, found.names))
            return min(self._shown, len(found.cures)), len(found.cures)
        settled = [each for each in found.settled if what == SETTLED or each.is_mine]
        for each in settled[: self._shown]:
            self._put(self._settled_card(each, found))
        return min(self._shown, len(settled)), len(settled)

    def _settled_card(self, settled: Settled, found: Decided) -> SettledCard:
        card = SettledCard(self._look, settled, found.names)
        card.show_requested.connect(lambda: self._show_answer(settled))
        card.reopen_requested.connect(lambda: self._reopen(settled))
        return card

    def _put(self, card: QWidget) -> None:
        self._list.column.addWidget(card)
        self.cards.append(card)

    def _clear(self) -> None:
        for card in self.cards:
            self._list.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []

    def _words(self, found: Decided) -> str:
        left_open = sum(each.decision.is_open for each in found.settled)
        facts = {
            "n": count_text(len(found.settled) - left_open),
            "open": count_text(left_open),
            "words": count_text(len(found.cures)),
        }
        return tr("Decided: {n}. Left open: {open}. Rewordings: {words}.").format(**facts)

    # ---- what people do

    def _on_chosen(self) -> None:
        self._shown = PAGE
        self._show_found()

    def _on_more(self) -> None:
        self._shown += PAGE
        self._show_found()

    def _show_answer(self, settled: Settled) -> None:
        if settled.sample is not None:
            self.point_requested.emit([settled.sample.id], settled.decision.criterion)

    def _reopen(self, settled: Settled) -> None:
        decision = settled.decision
        self._session.perform(Reopen(sample=decision.sample, question=decision.question, title=settled.title))

    def _on_seen(self) -> None:
        """Remember what was seen: another time only what is new by then is told."""
        author = self._session.author
        remember(self._session.store, author.person, author.now())
        self.reading.begin()

    def _on_session_changed(self, changes: Changes) -> None:
        if self.reading.note(changes) and self.isVisible():
            self._refresh()

    def _lay_out(self) -> None:
        self._list.column.addStretch(0)
        for state in (self.waiting, self.nothing, self._list):
            self._body.addWidget(state)
        widest = self._look.metrics("control").averageCharWidth() * WIDEST_LETTERS
        self._list.setMaximumWidth(widest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._look.theme.space.small)
        layout.addWidget(self.choice)
        layout.addWidget(self.sentence)
        layout.addWidget(self._body, 1)
        layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)


def _nothing(what: str) -> str:
    return {
        SETTLED: tr(
            "Nothing was decided yet. Open a difference, choose the grade that shall count and say why."
        ),
        MINE: tr("Nothing was decided on your own marks yet."),
        WORDS: tr("No point was worded anew because of a difference yet."),
        NEW: " ",
    }[what]
