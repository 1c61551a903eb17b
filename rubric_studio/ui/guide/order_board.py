"""The sheet over the answers on which some are put in order, best to worst. It saves nothing and names no model."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.services.orders import FEWEST, MOST
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.guide.order_card import OrderCard, beginning_of
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text

DONE_KEY = "Ctrl+Return"
QUESTION = 480
WIDEST = 92
"""Letters of reading text."""


class OrderBoard(QFrame):
    """Covers its parent. `done` carries the answers' ids, the best first; Esc gives up.

    Args:
        answers: (id, text) in the order in which they show at first.
        spare: answers that can be added.
    """

    done = Signal(list)
    given_up = Signal()

    def __init__(
        self,
        look: Look,
        question: str,
        answers: Sequence[tuple[int, str]],
        spare: Sequence[tuple[int, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._look, self._covered = look, parent
        self._spare = list(spare)
        self._texts = dict([*answers, *spare])
        self.cards: list[OrderCard] = []
        self._picked_at = 0
        dress(self, "page")
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Put answers in order"))
        self._question = PlainLabel(beginning_of(question, QUESTION), "muted", wrap=True)
        self.add_button = QPushButton()
        dress(self.add_button, "link")
        self.add_button.clicked.connect(self._on_added)
        words = f"{self.tr('Keep this order')}  {key_text(DONE_KEY)}"
        self.done_button = QPushButton(button_text(words))
        dress(self.done_button, "primary")
        self.done_button.clicked.connect(self._finish)
        self.cancel_button = QPushButton(button_text(self.tr("Cancel  Esc")))
        self.cancel_button.clicked.connect(self.given_up)
        self._lay_out()
        for id, text in answers:
            self._put(id, text)
        self._show_places()
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())

    def ids(self) -> list[int]:
        """Return the answers as they stand, the best first."""
        return [card.id for card in self.cards]

    def take_keyboard(self) -> None:
        """Put the keyboard on the first answer."""
        if self.cards:
            self.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the sheet's keys; none of the others goes on to the answers under it."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        held = next((card for card in self.cards if card.is_picked), None)
        if event.key() == Qt.Key.Key_Escape and held is not None:
            held.set_picked(False)
            self._move(held, self._picked_at)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._finish()
        event.accept()

    # ---- moving

    def _put(self, id: int, text: str) -> OrderCard:
        card = OrderCard(self._look, id, text)
        card.picked.connect(lambda on: self._on_picked(card, on))
        card.stepped.connect(lambda step: self._move(card, self.cards.index(card) + step))
        card.walked.connect(lambda step: self._walk(card, step))
        card.left_out.connect(lambda: self._leave_out(card))
        card.dragged.connect(lambda at: self._drag(card, at))
        self.cards.append(card)
        self._held.addWidget(card)
        card.show()
        return card

    def _move(self, card: OrderCard, place: int) -> None:
        place = min(len(self.cards) - 1, max(0, place))
        if self.cards.index(card) != place:
            self.cards.remove(card)
            self.cards.insert(place, card)
            self._held.removeWidget(card)
            self._held.insertWidget(place, card)
            self._show_places()
        self._follow(card)

    def _walk(self, card: OrderCard, step: int) -> None:
        place = self.cards.index(card) + step
        if 0 <= place < len(self.cards):
            self.cards[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._follow(self.cards[place])

    def _drag(self, card: OrderCard, at: QPointF) -> None:
        """Put the card where the hand is: over every other whose middle lies below it."""
        y = self._inside.mapFromGlobal(at.toPoint()).y()
        others = [each for each in self.cards if each is not card]
        self._move(card, sum(each.geometry().center().y() < y for each in others))

    def _on_picked(self, card: OrderCard, on: bool) -> None:
        if on:
            self._picked_at = self.cards.index(card)
            for other in self.cards:
                if other is not card:
                    other.set_picked(False)

    def _leave_out(self, card: OrderCard) -> None:
        if len(self.cards) <= FEWEST:
            return
        place = self.cards.index(card)
        self.cards.remove(card)
        self._held.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._spare.append((card.id, self._texts[card.id]))
        self._show_places()
        self.cards[min(place, len(self.cards) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_added(self) -> None:
        if self._spare and len(self.cards) < MOST:
            card = self._put(*self._spare.pop(0))
            self._show_places()
            self._follow(card)
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self) -> None:
        if FEWEST <= len(self.cards) <= MOST:
            self.done.emit(self.ids())

    def _follow(self, card: OrderCard) -> None:
        self._inside_layout.activate()
        self.area.ensureWidgetVisible(card, 0, self._look.theme.space.large)

    def _show_places(self) -> None:
        count = len(self.cards)
        for place, card in enumerate(self.cards, start=1):
            card.show_place(place, count, removable=count > FEWEST)
        left = len(self._spare)
        self.add_button.setText(self.tr("Add another answer ({count} left)").format(count=left))
        self.add_button.setVisible(left > 0 and count < MOST)

    # ---- layout

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._inside = QWidget()
        dress(self._inside, "plain")
        self._inside_layout = inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, space.small, 0)
        inside.setSpacing(space.small)
        self._held = QVBoxLayout()
        self._held.setSpacing(space.small)
        inside.addWidget(PlainLabel(self.tr("Best"), "strong"))
        inside.addLayout(self._held)
        inside.addWidget(PlainLabel(self.tr("Worst"), "strong"))
        inside.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside)
        sheet = QWidget()
        sheet.setMaximumWidth(WIDEST * self._look.metrics("reading").averageCharWidth())
        column = QVBoxLayout(sheet)
        column.setContentsMargins(space.wide, space.large, space.wide, space.large)
        column.setSpacing(space.small)
        column.addWidget(PlainLabel(self.tr("Which answer is best?"), "title"))
        column.addWidget(self._question)
        column.addWidget(PlainLabel(self._how(), "caption", wrap=True))
        column.addWidget(self.area, 1)
        column.addLayout(self._buttons())
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(sheet, 100)
        outer.addStretch(1)

    def _how(self) -> str:
        return self.tr(
            "Go by your gut; nobody sees which model wrote what. Drag, or: Space takes an answer up, "
            "arrows move it, Space puts it down. Alt+Up and Alt+Down move it at once. Enter shows all of it."
        )

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._look.theme.space.small)
        line.addWidget(self.done_button)
        line.addWidget(self.cancel_button)
        line.addStretch(1)
        return line
