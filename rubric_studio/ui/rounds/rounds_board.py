"""All rounds, the newest first, with what can be done with all of them above. It reads nothing itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.services.rounds import Round
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.round_card import RoundCard
from rubric_studio.ui.rounds.round_words import tr

WIDTH = 920
"""Lines of people are easier to follow when they are not wider, at the usual size of text."""


class RoundsBoard(QWidget):
    """Wishes of single rounds carry the round's id."""

    start_requested = Signal()
    answers_requested = Signal()
    folder_requested = Signal()
    stop_requested = Signal()
    score_requested = Signal(str)
    send_requested = Signal(str)
    close_requested = Signal(str)
    agreement_requested = Signal(str)
    reopen_requested = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.start_button = QPushButton(tr("Start a round…"))
        self.answers_button = QPushButton(tr("Bring answers in…"))
        self.watch_button = QPushButton(tr("Watch a folder…"))
        self.stop_button = QPushButton(tr("Stop watching"))
        dress(self.stop_button, "quiet")
        self.watched = PlainLabel("", "muted", wrap=True)
        self.news = PlainLabel("", wrap=True)
        self._watch_line = QFrame()
        self.cards: dict[str, RoundCard] = {}
        self._list = ScrollColumn(look.theme.space.large, right=look.theme.space.small)
        self._list.setAccessibleName(tr("Rounds"))
        for button, wish in (
            (self.start_button, self.start_requested),
            (self.answers_button, self.answers_requested),
            (self.watch_button, self.folder_requested),
            (self.stop_button, self.stop_requested),
        ):
            button.clicked.connect(wish)
        self._lay_out()
        self.show_watched("")
        self.show_news("")
        look.changed.connect(self._limit_width)
        self._limit_width()

    def show_rounds(
        self, rounds: Sequence[Round], me: str, sent: Mapping[str, Mapping[str, str]], *, can_write: bool
    ) -> None:
        """Show them anew; the keyboard stays at the same button."""
        at = self._place_of_keyboard()
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self.cards = {}
        for round in reversed(rounds):
            card = RoundCard(self._look, round, me, sent.get(round.id, {}), can_write=can_write)
            for wish in ("score", "send", "close", "agreement", "reopen"):
                getattr(card, f"{wish}_requested").connect(getattr(self, f"{wish}_requested"))
            self.cards[round.id] = card
            self._list.column.addWidget(card)
        self.start_button.setEnabled(can_write)
        for button in (self.answers_button, self.watch_button):
            button.setVisible(bool(rounds))
            button.setEnabled(can_write)
        self._put_keyboard_back(at)

    def show_watched(self, words: str) -> None:
        """Say which folder is watched and when it was looked into; "" for none."""
        self.watched.setText(words)
        self._watch_line.setVisible(bool(words))
        self.watch_button.setText(tr("Watch another folder…") if words else tr("Watch a folder…"))

    def show_news(self, words: str) -> None:
        """Say quietly what arrived by itself."""
        self.news.setText(words)
        self.news.setVisible(bool(words))

    def put_keyboard(self, round: str) -> None:
        """Stand on a round's first button."""
        card = self.cards.get(round)
        if card is not None:
            shown = [button for button in card.findChildren(QPushButton) if button.isVisibleTo(card)]
            (shown[0] if shown else self.start_button).setFocus()

    def _place_of_keyboard(self) -> tuple[str, str] | None:
        focused = self.focusWidget()
        for id, card in self.cards.items():
            if focused is not None and card.isAncestorOf(focused) and isinstance(focused, QPushButton):
                return id, focused.text()
        return None

    def _put_keyboard_back(self, at: tuple[str, str] | None) -> None:
        if at is None or at[0] not in self.cards:
            return
        card = self.cards[at[0]]
        same = [button for button in card.findChildren(QPushButton) if button.text() == at[1]]
        if same and same[0].isVisibleTo(card):
            same[0].setFocus()
        else:
            self.put_keyboard(at[0])

    def _limit_width(self) -> None:
        self._inner.setMaximumWidth(WIDTH * self._look.theme.percent // 100)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=space.small)
        for button in (self.start_button, self.answers_button, self.watch_button):
            flow.addWidget(button)
        line = QHBoxLayout(self._watch_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space.small)
        line.addWidget(self.watched, 1)
        line.addWidget(self.stop_button)
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.medium)
        for widget in (buttons, self._watch_line, self.news):
            column.addWidget(widget)
        column.addWidget(self._list, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._inner, 1)
        outer.addStretch(0)
