"""Cards of what was decided: a settlement, a rewording and what became of it, what others did. They decide nothing."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.first_words import first_words
from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.cures import CureOutcome
from rubric_studio.services.minutes import whole_words
from rubric_studio.services.since import Arrived, News, Since
from rubric_studio.ui.compare.decided_reading import Settled
from rubric_studio.ui.compare.dispute_words import cause_words, decided_words, opinion_words, tr
from rubric_studio.ui.day_text import day_text, time_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.reading_pane import ReadingPane
from rubric_studio.ui.woven_text import woven_text

PANE_LINES = 6


class Card(QFrame):
    """Lines below each other, with buttons at the right of the first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        space = look.theme.space
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(space.medium, space.small, space.medium, space.small)
        self.column.setSpacing(space.tiny)
        self.head = QHBoxLayout()
        self.head.setSpacing(space.small)
        self.column.addLayout(self.head)

    def add(self, words: str, kind: str = "") -> None:
        """Add a line, where there is something to say."""
        if words:
            self.column.addWidget(PlainLabel(words, kind, wrap=True))


class SettledCard(Card):
    """`show_requested` asks for the answer, `reopen_requested` to decide it anew."""

    show_requested = Signal()
    reopen_requested = Signal()

    def __init__(
        self, look: Look, settled: Settled, names: Mapping[PersonId, str], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        decision = settled.decision
        self.settled = settled
        self.title = PlainLabel(settled.title, "strong", wrap=True)
        self.show_button, self.reopen_button = QPushButton(tr("Show it")), QPushButton(tr("Take it back"))
        self.head.addWidget(self.title, 1)
        for button in (self.show_button, self.reopen_button):
            dress(button, "quiet")
            self.head.addWidget(button)
        self.show_button.setVisible(settled.sample is not None)
        self.show_button.clicked.connect(self.show_requested)
        self.reopen_button.clicked.connect(self.reopen_requested)
        self.add(first_words(settled.question, 160), "muted")
        words = tr("{decided} · {cause}")
        told = words.format(decided=_capital(decided_words(decision)), cause=cause_words(decision.cause))
        self.add(told)
        self.add(decision.reason)
        for view in decision.opinions if decision.is_open else ():
            line = tr("One view, {grade}: {reason}").format(
                grade=opinion_words(view), reason=view.reason or tr("no reason given")
            )
            self.add(line, "muted")
        who = tr("{who}, {day}. On one of your marks.") if settled.is_mine else tr("{who}, {day}")
        name = names.get(decision.person, decision.person)
        self.add(who.format(who=name, day=day_text(decision.at)), "caption")
        self.setAccessibleName(f"{settled.title}. {told}")


class CureCard(Card):
    """A rewording with its words as changes, and how many of its disputes are still there."""

    def __init__(
        self, look: Look, outcome: CureOutcome, names: Mapping[PersonId, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.outcome = outcome
        self.head.addWidget(PlainLabel(outcome.title, "strong", wrap=True), 1)
        self.finding = cure_words(outcome)
        self.add(self.finding)
        text, marks = woven_text(whole_words(outcome.cure.old_words), whole_words(outcome.cure.new_words))
        pane = ReadingPane(look, tr("The words, with what changed"))
        pane.set_text(text)
        pane.set_differences(marks)
        pane.setFixedHeight(look.metrics("reading").lineSpacing() * PANE_LINES)
        self.column.addWidget(pane)
        self.add(outcome.cure.reason)
        name = names.get(outcome.cure.person, outcome.cure.person)
        self.add(tr("{who}, {day}").format(who=name, day=day_text(outcome.cure.at)), "caption")
        self.setAccessibleName(f"{outcome.title}. {self.finding}")


class SinceCard(Card):
    """What is new since somebody looked; `seen` says that it was read."""

    seen = Signal()

    def __init__(self, look: Look, since: Since, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        lines = [*map(news_words, since.news), *map(arrived_words, since.arrived)]
        title = tr("New since {when}").format(when=time_text(since.at)) if since.at else tr("What others did")
        self.head.addWidget(PlainLabel(title, "strong", wrap=True), 1)
        self.seen_button = QPushButton(tr("I have seen it"))
        dress(self.seen_button, "quiet")
        self.seen_button.clicked.connect(self.seen)
        self.seen_button.setVisible(bool(lines))
        self.head.addWidget(self.seen_button)
        for line in lines:
            self.add(line)
        if not lines:
            self.add(tr("Nothing: nobody else has done anything here, and no answers arrived."), "muted")
        self.setAccessibleName(title)


def cure_words(outcome: CureOutcome) -> str:
    """Return what became of a rewording."""
    facts = {
        "before": count_text(outcome.before),
        "again": count_text(outcome.scored_again),
        "gone": count_text(outcome.scored_again - outcome.after),
        "left": count_text(outcome.after),
    }
    if not outcome.is_saved:
        return tr("{before} disputed answers. The new words are not in a saved version yet.").format(**facts)
    if not outcome.scored_again:
        return tr("{before} disputed answers, not scored again yet.").format(**facts)
    words = tr(
        "Of {before} disputed answers {again} were scored again: {gone} are agreed on now, {left} are not."
    )
    return words.format(**facts)


def news_words(news: News) -> str:
    """Return what somebody did: "Bruno: 12 marks, the latest yesterday"."""
    what = _KINDS[news.kind]
    words = tr("{who}: {what}, the latest {when}")
    return words.format(
        who=news.name, what=f"{count_text(news.n)} {tr(what[news.n != 1])}", when=time_text(news.at)
    )


def arrived_words(arrived: Arrived) -> str:
    """Return how far answers that arrived are."""
    facts = {
        "who": arrived.name,
        "done": count_text(arrived.done),
        "total": count_text(arrived.total),
        "when": time_text(arrived.at),
    }
    if arrived.finished:
        return tr("{who} handed in, {done} of {total} answers, {when}").format(**facts)
    return tr("{who} sent {done} of {total} answers so far, {when}").format(**facts)


_KINDS: Mapping[RecordKind, tuple[str, str]] = {
    RecordKind.VERDICT: ("mark", "marks"),
    RecordKind.SETTLEMENT: ("decision on a difference", "decisions on differences"),
    RecordKind.CURE: ("rewording", "rewordings"),
    RecordKind.DRAFT: ("change of the guide", "changes of the guide"),
    RecordKind.VERSION: ("saved version", "saved versions"),
    RecordKind.COMMENT: ("comment", "comments"),
    RecordKind.DECISION: ("decision on a question", "decisions on questions"),
    RecordKind.FLAG: ("flag", "flags"),
    RecordKind.NOTE: ("note", "notes"),
    RecordKind.ROW_EDIT: ("changed question", "changed questions"),
    RecordKind.ROUND: ("round begun", "rounds begun"),
    RecordKind.CLOSING: ("round closed", "rounds closed"),
}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
