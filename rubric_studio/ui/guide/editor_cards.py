"""The cards of the parts in their order: the first are made at once, the rest in the next turns. Knows no points."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.editor_drag import CardBox
from rubric_studio.ui.guide.editor_part import PartCard
from rubric_studio.ui.look import Look

AT_ONCE = 2  # cards made in one go; more are out of sight


class EditorCards(QObject):
    """`made` carries a card that is new; `shown` tells that a card which waited stands there now."""

    made = Signal(object)
    shown = Signal()

    def __init__(self, look: Look, desk: GuideDesk, held: QVBoxLayout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._desk, self._held = look, desk, held
        self._rubric = Rubric()
        self._waiting: list[str] = []
        self.built: dict[str, PartCard] = {}

    def all(self) -> dict[str, PartCard]:
        """Return every card by its part's key; those that wait are made now."""
        while self._waiting:
            self._make_next()
        return self.built

    def show_rubric(self, rubric: Rubric) -> None:
        """Show the parts; a card stays with its part."""
        self._rubric, self._waiting = rubric, []
        self.drop_others({str(stratum.key) for stratum in rubric.strata})
        may_make = AT_ONCE
        for place, stratum in enumerate(rubric.strata):
            key = str(stratum.key)
            if key not in self.built:
                if may_make == 0:
                    self._waiting.append(key)
                    continue
                may_make -= 1
            self._show(key, place)
        if self._waiting:
            self._look.turns.later(self._go_on)

    def drop_others(self, kept: set[str]) -> None:
        """Take away the cards of parts that are no more."""
        self._waiting = [key for key in self._waiting if key in kept]
        for key in [key for key in self.built if key not in kept]:
            card = self.built.pop(key)
            card.hide()
            self._held.removeWidget(card)
            card.deleteLater()

    def boxes(self, content: QWidget) -> list[CardBox]:
        """Return where the cards lie in the scrolled content, from the top."""
        cards = self.all()
        return [cards[stratum.key].box(content) for stratum in self._rubric.strata]

    def _go_on(self) -> None:
        if self._waiting:
            self._make_next()
            self._look.turns.later(self._go_on)

    def _make_next(self) -> None:
        key = self._waiting.pop(0)
        self._show(key, next(at for at, each in enumerate(self._rubric.strata) if each.key == key))
        self.shown.emit()

    def _show(self, key: str, place: int) -> None:
        stratum = self._rubric.strata[place]
        card = self.built.get(key)
        if card is None:
            card = PartCard(self._look, self._desk, stratum.model_copy(update={"criteria": ()}))
            self.built[key] = card
            self.made.emit(card)
        if self._held.indexOf(card) != place:
            self._held.removeWidget(card)
            self._held.insertWidget(place, card)
            card.show()
        card.show_stratum(stratum, self._rubric)
