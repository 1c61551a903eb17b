"""The expert's earlier marks on the point at hand, shown and folded by one key. What they are the services say."""

from PySide6.QtCore import QObject

from rubric_studio.services.ports import Store
from rubric_studio.services.precedents import precedents
from rubric_studio.ui.look import Look
from rubric_studio.ui.review.point_card import PointCard
from rubric_studio.ui.review.precedents_list import decided_words
from rubric_studio.ui.review.review_view import precedent_line
from rubric_studio.ui.review.sitting import Sitting


class EarlierMarks(QObject):
    """They are read only while they are shown; they stay shown from point to point."""

    def __init__(
        self, store: Store, look: Look, sitting: Sitting, card: PointCard, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._look, self._sitting, self._card = store, look, sitting, card
        self._is_shown = False

    def toggle(self) -> None:
        """Show or fold them."""
        self._is_shown = not self._is_shown
        self.show()
        self._look.turns.later(self._scroll)

    def show(self) -> None:
        """Show those on the point at hand, where they are wanted."""
        card, sitting = self._card, self._sitting
        card.earlier.setVisible(self._is_shown)
        card.precedents.setChecked(self._is_shown)
        point = sitting.review.point(sitting.task, sitting.key)
        if self._is_shown and point is not None:
            found = precedents(self._store, sitting.review, sitting.task, point.key)
            card.earlier.show_lines(
                [precedent_line(point.asked, each, decided_words(card.earlier, each.told)) for each in found]
            )

    def _scroll(self) -> None:
        if self._is_shown:
            self._card.ensureWidgetVisible(self._card.earlier)
        else:
            self._card.verticalScrollBar().setValue(0)
