"""One dispute opened: question, answer with everybody's evidence, who said what and why, and where it is ended."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QToolButton, QVBoxLayout, QWidget

from rubric_studio.services.disputes import Dispute
from rubric_studio.ui.compare.dispute_words import initials, size_words, tr
from rubric_studio.ui.compare.rater_ink import RaterInk, rater_pane
from rubric_studio.ui.compare.said_card import SaidCard
from rubric_studio.ui.compare.settle_panel import SettlePanel
from rubric_studio.ui.guide.elided_label import ElidedLabel
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.reading_pane import Evidence, ReadingPane

JUDGE_LETTER = "J"
QUESTION_LINES = 8


class DisputeDetail(QWidget):
    """It knows no project: `settle` tells what was decided, `show_requested` asks for the guide page."""

    show_requested = Signal()
    next_requested = Signal()
    back_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._dispute: Dispute | None = None
        self._shown: object = None
        self._revealed_at: int | None = None
        self.cards: list[SaidCard] = []
        self.back_button = QPushButton(button_text(tr("All differences  Esc")))
        self.place = PlainLabel("", "caption")
        self.title = PlainLabel("", "strong", wrap=True)
        self.size_line = PlainLabel("", "muted", wrap=True)
        self.wording = PlainLabel("", wrap=True)
        self.fold = QToolButton()
        self.fold.setText(tr("Question  Q"))
        self.fold.setCheckable(True)
        dress(self.fold, "chip")
        self.first_words = ElidedLabel(look, "control", "text_muted")
        self.question = ReadingPane(look, tr("Question"))
        self.answer = rater_pane(look, tr("Answer, with everybody's evidence"))
        self.show_button = QPushButton(button_text(tr("Show in the guide  G")))
        self.settle = SettlePanel(look)
        self.side = ScrollColumn(look.theme.space.small, right=look.theme.space.small)
        self._said = QVBoxLayout()
        self._lay_out()
        self._connect()

    def show_dispute(
        self,
        dispute: Dispute,
        text: str,
        place: tuple[int, int],
        letters: Mapping[str, str],
        names: Mapping[str, str],
        deciders: Mapping[str, str] | None = None,
    ) -> None:
        """Show a dispute and the answer's text; `letters` stand for people, `names` are empty where nobody is named,
        `deciders` name who decided, where not the same."""
        is_other = self._dispute is None or self._dispute.subject != dispute.subject
        shown = (dispute.subject, dispute.said, dispute.judges, dict(letters), dict(names))
        is_new, self._shown = shown != self._shown, shown
        self._dispute = dispute
        self.place.setText(tr("{at} of {n}").format(at=count_text(place[0]), n=count_text(place[1])))
        self.title.setText(dispute.asked.title)
        self.size_line.setText(size_words(dispute))
        self.wording.setText(dispute.asked.wording)
        self.wording.setVisible(bool(dispute.asked.wording) and dispute.asked.wording != dispute.asked.title)
        prompt = dispute.row.prompt_text or str(dispute.row.id)
        self.first_words.setText(prompt)
        if not self.question.shows(prompt, formatted=True):
            self.question.set_text(prompt, formatted=True)
        inks = self._inks(dispute, letters)
        who = {person: _who(ink.letter, names.get(person, "")) for person, ink in inks.items()}
        if not self.answer.shows(text, formatted=True):
            self.answer.set_text(text, formatted=True)
        if is_new:  # what was decided changes nothing of what was said
            self._show_evidence(dispute, inks, first=is_other)
            self._fill_cards(dispute, inks, who)
        self.settle.show_dispute(
            dispute, {person: ink.letter for person, ink in inks.items()}, deciders or names
        )
        if is_other:
            self.side.verticalScrollBar().setValue(0)

    def toggle_question(self) -> None:
        """Fold or unfold the question."""
        self.fold.toggle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_revealed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_revealed()
        self.question.setMaximumHeight(self._look.metrics("reading").lineSpacing() * QUESTION_LINES)

    # ---- inside

    def _inks(self, dispute: Dispute, letters: Mapping[str, str]) -> dict[str, RaterInk]:
        """Each person keeps one ink from dispute to dispute; judges come after all people."""
        people = sorted(letters, key=lambda person: letters[person])
        found = {
            each.rater: RaterInk(
                people.index(each.rater) if each.rater in people else len(people),
                letters.get(each.rater) or initials(each.name),
            )
            for each in dispute.said
        }
        for at, judge in enumerate(dispute.judges):
            number = str(at + 1) if len(dispute.judges) > 1 else ""
            found[judge.rater] = RaterInk(len(people) + at, JUDGE_LETTER + number)
        return found

    def _show_evidence(self, dispute: Dispute, inks: Mapping[str, RaterInk], *, first: bool) -> None:
        passages = [
            Evidence(each.rater, span.start, span.end, inks[each.rater])
            for each in (*dispute.said, *dispute.judges)
            for span in each.verdict.evidence
        ]
        self.answer.set_evidence(passages)
        if first:
            self._reveal_first()

    def _reveal_first(self) -> None:
        """Show the earliest passage on which somebody rests."""
        said = (*self._dispute.said, *self._dispute.judges) if self._dispute is not None else ()
        spans = [span for each in said for span in each.verdict.evidence]
        if spans:
            earliest = min(spans, key=lambda span: span.start)
            self.answer.reveal(earliest.start, earliest.end)
        self._revealed_at = self._scrolled if self.isVisible() else None

    @property
    def _scrolled(self) -> int:
        return self.answer.view.verticalScrollBar().value()

    def _after_breaking(self) -> None:
        """What breaks the lines anew may stand behind this in the queue."""
        self._look.turns.later(self._reveal_first)

    def _keep_revealed(self) -> None:
        """The text is broken into lines anew: unless somebody read on, the passage comes into sight again."""
        if self._revealed_at in (None, self._scrolled):
            self._look.turns.later(self._after_breaking)

    def _fill_cards(self, dispute: Dispute, inks: Mapping[str, RaterInk], who: Mapping[str, str]) -> None:
        while (item := self._said.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.hide()
                card.deleteLater()
        self.cards = []
        people = sorted(dispute.said, key=lambda each: inks[each.rater].letter)
        for each in (*people, *dispute.judges):
            name = who[each.rater]
            if each in dispute.judges:
                name = tr("{name}, a model").format(name=each.name)
            card = SaidCard(self._look, dispute.asked, each, inks[each.rater], name)
            card.passage_chosen.connect(self._on_passage_chosen)
            self._said.addWidget(card)
            self.cards.append(card)

    def _on_passage_chosen(self, rater: str, at: int) -> None:
        self.answer.select_evidence(rater, at)

    def _connect(self) -> None:
        self.fold.toggled.connect(self.question.setVisible)
        self.show_button.clicked.connect(self.show_requested)
        self.back_button.clicked.connect(self.back_requested)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self.question.hide()
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(self.back_button)
        head.addWidget(self.place)
        head.addWidget(self.fold)
        head.addWidget(self.first_words, 1)
        head.addWidget(self.show_button)
        dress(self.back_button, "quiet")
        dress(self.show_button, "quiet")
        self._said.setSpacing(space.small)
        for widget in (self.title, self.size_line, self.wording, self.settle):
            self.side.column.addWidget(widget)
        self.side.column.addLayout(self._said)
        body = QSplitter()
        body.setChildrenCollapsible(False)
        body.addWidget(self.answer)
        body.addWidget(self._side())
        body.setStretchFactor(0, 3)
        body.setStretchFactor(1, 2)
        body.setSizes([580, 420])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.small, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        layout.addWidget(self.question)
        layout.addWidget(body, 1)

    def _side(self) -> QWidget:
        """What is said and decided; the way to decide always stays in sight."""
        space = self._look.theme.space
        side = QWidget()
        side.setMinimumWidth(self._look.metrics("control").averageCharWidth() * 46)
        column = QVBoxLayout(side)
        column.setContentsMargins(space.medium, 0, 0, 0)
        column.setSpacing(space.small)
        column.addWidget(self.side, 1)
        column.addWidget(self.settle.foot)
        return side


def _who(letter: str, name: str) -> str:
    return name or tr("Expert {letter}").format(letter=letter)
