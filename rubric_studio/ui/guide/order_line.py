"""The line over the answers that says how the guide's totals stand to one's own order. It compares nothing."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from rubric_studio.services.orders import Tally
from rubric_studio.ui.guide.order_numbers import AllOrders, OrderSeen
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip


class OrderLine(QFrame):
    """Offers to put answers in order while there is no point; once that is done, says in how many pairs it differs."""

    order_requested = Signal()
    report_toggled = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.offer_words = PlainLabel("", wrap=True)
        self.offer = QPushButton()
        dress(self.offer, "primary")
        self.offer.clicked.connect(self.order_requested)
        self.verdict = QPushButton()
        self.verdict.setCheckable(True)
        self.verdict.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        dress(self.verdict, "chip")
        self.verdict.toggled.connect(self._on_toggled)
        self.overall = PlainLabel("", "muted", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.theme.space.medium)
        line.addWidget(self.offer_words, 1)
        line.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.verdict)
        line.addWidget(self.overall, 1)
        look.changed.connect(self._draw)
        self._draw()
        self.show_state(None, None, answers=0, is_empty=False)

    def show_state(
        self, here: OrderSeen | None, overall: AllOrders | None, *, answers: int, is_empty: bool
    ) -> None:
        """Show the order of this question and all together; `is_empty` says that the guide has no point yet."""
        offers = here is None and is_empty and answers > 1
        self.offer_words.setText(self.tr("Before you write the first point: which answer is best?"))
        self.offer.setText(button_text(offer_text(answers)))
        self.verdict.setText(button_text(verdict_text(here.tally)) if here is not None else "")
        set_tip(self.verdict, self.tr("Which pairs differ, and which points cause it"))
        self.overall.setText(overall_text(overall) if overall is not None else "")
        for widget in (self.offer_words, self.offer):
            widget.setVisible(offers)
        self.verdict.setVisible(here is not None)
        self.overall.setVisible(overall is not None and not offers)
        self.setVisible(offers or here is not None or overall is not None)
        if here is None:
            self.verdict.setChecked(False)

    def _on_toggled(self, on: bool) -> None:
        self._draw()
        self.report_toggled.emit(on)

    def _draw(self) -> None:
        self.verdict.setIcon(self._look.icon("up" if self.verdict.isChecked() else "down"))


def offer_text(answers: int) -> str:
    """Return what the button says that begins an order."""
    if answers >= 4:
        return _tr("Put 4 to 6 answers in order, best to worst")
    return _tr("Put these {count} answers in order, best to worst").format(count=answers)


def verdict_text(tally: Tally) -> str:
    """Return how one's own order and the totals stand to each other."""
    if not tally.known:
        return _tr("Your order against the guide's: cannot be told yet")
    if not (tally.differ or tally.tied):
        words = _tr("Your order against the guide's: they agree")
        return words if not tally.unknown else f"{words}, {unknown_text(tally.unknown)}"
    parts = []
    if tally.differ:
        one, many = _tr("1 pair differs"), _tr("{count} pairs differ")
        parts.append(one if tally.differ == 1 else many.format(count=count_text(tally.differ)))
    if tally.tied:
        one, many = _tr("1 pair is tied"), _tr("{count} pairs are tied")
        parts.append(one if tally.tied == 1 else many.format(count=count_text(tally.tied)))
    return _tr("Your order against the guide's: {pairs}").format(pairs=", ".join(parts))


def overall_text(overall: AllOrders) -> str:
    """Return how all orders and the totals stand to each other."""
    tally = overall.tally
    ordered = _tr("1 question ordered") if overall.questions == 1 else _tr("{count} questions ordered")
    parts = [ordered.format(count=count_text(overall.questions))]
    if overall.people > 1:
        parts[0] += " " + _tr("by {count} people").format(count=count_text(overall.people))
    if tally.known:
        words = _tr("{agree} of {known} pairs agree")
        parts.append(words.format(agree=count_text(tally.agree), known=count_text(tally.known)))
    parts += [unknown_text(tally.unknown)] if tally.unknown else []
    return ", ".join(parts)


def unknown_text(count: int) -> str:
    """Return that some pairs cannot be told yet."""
    return _tr("1 cannot be told yet") if count == 1 else _tr("{0} cannot be told yet").format(count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("order_line", text)
