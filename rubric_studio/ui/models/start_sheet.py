"""Before a run starts: what leaves this computer, how many calls, what they cost, what is taken out first."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.price import Price
from rubric_studio.domain.run import RunPlan
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.estimate import Estimate, Example, Leaving
from rubric_studio.services.estimating import estimate, examples, leaving
from rubric_studio.services.kept_redaction import keep, kept_redaction
from rubric_studio.services.ports import Store
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.example_view import ExampleView
from rubric_studio.ui.models.price_dialog import PriceDialog
from rubric_studio.ui.models.redaction_panel import RedactionPanel
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.models.start_numbers import StartNumbers
from rubric_studio.ui.models.start_words import goes_where, heading_text, part_text, start_text, tr
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.session import Session

TYPING_MS = 350
"""How long typing rests before everything is counted anew."""
LEFT_CHARACTERS, LEFT_SHARE = 52, 0.4
"""How wide the left side is: so many letters, and no more than a share of the sheet."""


class StartSheet(QDialog):
    """`accepted_order` carries the order with what was chosen here; `online_wanted` comes before it where needed.

    Everything is counted in the background and anew after each change; nothing is sent before the button.
    """

    accepted_order = Signal(object)
    online_wanted = Signal()

    def __init__(self, session: Session, look: Look, order: RunOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look, self._order = session, look, order
        self.heading = PlainLabel("", "title", wrap=True)
        self._connection = _connection(session, order.plan)
        self._price = _price(session, order.plan)
        self._estimate: Estimate | None = None
        self._job: Job | None = None
        self.setWindowTitle(tr("Before it starts"))
        redaction = order.plan.redaction
        first = kept_redaction(session.store) if redaction.is_empty else redaction
        self.where = PlainLabel(goes_where(order.plan, self._connection), "strong", wrap=True)
        self.parts = PlainLabel("", wrap=True)
        self.left_out = PlainLabel("", "muted", wrap=True)
        self.left_out.hide()
        self.numbers = StartNumbers(look, order.plan.model, self._connection)
        self.redaction = RedactionPanel(look, first)
        self.example = ExampleView(look)
        self.offline = PlainLabel("", "problem", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = self.buttons.addButton(tr("Start"), QDialogButtonBox.ButtonRole.AcceptRole)
        dress(self.start_button, "primary")
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self.show_place(1, 1)
        self._tell()
        self._count()
        self.example.pane.view.setFocus()  # reading comes first, and no key does anything there

    def show_place(self, number: int, of: int) -> None:
        """Say which of several sheets this is."""
        self.heading.setText(heading_text(self._order.plan, number, of))

    def order(self) -> RunOrder:
        """Return the order as it stands now."""
        plan = self._order.plan.model_copy(
            update={
                "redaction": self.redaction.redaction(),
                "price": self._price,
                "budget": self.numbers.budget_amount(),
                "batch": self.numbers.is_batch,
            }
        )
        return self._order._replace(plan=plan)

    def accept(self) -> None:
        """Hand the order over; what is left out is remembered for the next one."""
        if not self.start_button.isEnabled():
            return
        order = self.order()
        if order.plan.redaction != kept_redaction(self._session.store):
            self._session.perform(keep(order.plan.redaction))
        if self._needs_network() and self._session.network.is_offline:
            self.online_wanted.emit()
            self._session.network.set_offline(False)
        super().accept()
        self.accepted_order.emit(order)

    def done(self, result: int) -> None:
        """Stop counting and close."""
        self._stop()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter start nothing but on the button itself: it ends the typing of an amount, or finds in the text."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not isinstance(self.focusWidget(), QPushButton):
            event.accept()
        else:
            super().keyPressEvent(event)

    # ---- counting

    def _count(self) -> None:
        """Begin to count; an older count is of no use any more."""
        self._stop()
        self._typing.stop()
        self._estimate = None
        order, connection = self.order(), self._connection

        def work(store: Store, progress: Progress) -> Estimate:
            progress.deliver(leaving(store, order))
            progress.deliver(examples(store, order, progress))
            return estimate(store, order, connection, progress)

        self.numbers.show_waiting(0, 0)
        job = self._session.background(tr("Counting the calls"), work, tells=False)
        job.delivered.connect(self._on_delivered)
        job.progressed.connect(self._on_progressed)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        self._job = job
        self._tell()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.stop()

    def _is_old(self) -> bool:
        return self._job is None or self.sender() is not self._job

    def _on_delivered(self, parts: list[Any]) -> None:
        if self._is_old():
            return
        for part in parts:
            if isinstance(part, Leaving):
                self._show_leaving(part)
            else:
                self._show_examples(part)

    def _on_progressed(self, done: int, total: int, _: str) -> None:
        if not self._is_old():
            self.numbers.show_waiting(done, total)

    def _on_finished(self, found: Estimate) -> None:
        if self._is_old():
            return
        self._job, self._estimate = None, found
        self.numbers.show_estimate(found, self._price)
        self.redaction.show_findings(found.findings, found.looked_at)
        self.example.set_examples(found.examples)
        self._tell()

    def _on_failed(self, error: BaseException) -> None:
        if self._is_old():
            return
        self._job = None
        words = error.message if isinstance(error, StudioError) else str(error)
        self.numbers.show_error(tr("It could not be counted: {0}").format(words))
        self._tell()

    def _on_redaction_changed(self) -> None:
        self._stop()
        self._estimate = None
        self._typing.start()
        self._tell()

    # ---- showing

    def _show_leaving(self, found: Leaving) -> None:
        self.parts.setText("\n".join(f"• {part_text(part, found.fields)}" for part in found.parts))
        self.left_out.setText(tr("Left out: {0}").format(", ".join(found.left_out)))
        self.left_out.setVisible(bool(found.left_out))
        self.redaction.offer_fields((*found.fields, *found.left_out))

    def _show_examples(self, found: tuple[Example, ...]) -> None:
        if found:
            self.example.set_examples(found)

    def _needs_network(self) -> bool:
        return self._estimate is None or self._estimate.to_ask > 0

    def _tell(self) -> None:
        """Say what the button does, and whether it may."""
        offline = self._session.network.is_offline
        found = self._estimate
        self.start_button.setText(start_text(found, offline=offline))
        ready = found is not None and found.calls > 0 and not self.numbers.budget_problem()
        self.start_button.setEnabled(ready and self._connection is not None)
        self.start_button.setDefault(True)
        words = ""
        if self._connection is None:
            words = tr("This computer does not know the connection {0} any more. Make it again under Models.")
            words = words.format(self._order.plan.connection_name)
        elif offline and self._needs_network():
            words = tr(
                "You work offline. Starting switches the network on; it stays on until you switch it off."
            )
        self.offline.setText(words)
        self.offline.setVisible(bool(words))

    def _open_prices(self) -> None:
        models = self._session.models
        if models is None:
            return
        dialog = PriceDialog(self._look, models.prices, self._order.plan.model, self)
        dialog.changed.connect(self._on_prices_changed)
        dialog.open()

    def _on_prices_changed(self) -> None:
        self._price = _price(self._session, self._order.plan)
        self.numbers.show_price(self._price)

    # ---- making

    def _connect(self) -> None:
        self.numbers.prices_requested.connect(self._open_prices)
        self.numbers.retry_requested.connect(self._count)
        self.numbers.changed.connect(self._tell)
        self.redaction.changed.connect(self._on_redaction_changed)
        self._session.network.changed.connect(self._tell)
        self._typing.timeout.connect(self._count)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        body = QHBoxLayout()
        body.setSpacing(space.large)
        left = self._left()
        body.addWidget(left)
        body.addWidget(self.example, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(self.heading)
        layout.addLayout(body, 1)
        layout.addWidget(self.offline)
        layout.addWidget(self.buttons)
        size, room = self._look.theme.sizes.control, self.parentWidget()
        window = room.window() if room is not None else None
        widest = min(size * 92, window.width() - 2 * space.large) if window else size * 92
        highest = min(size * 62, window.height() - 2 * space.large) if window else size * 56
        asked = LEFT_CHARACTERS * self._look.metrics("control").averageCharWidth()
        left.setFixedWidth(min(asked, round(widest * LEFT_SHARE)))
        self.resize(widest, highest)

    def _left(self) -> ScrollColumn:
        scroll = ScrollColumn(self._look.theme.space.medium, right=self._look.theme.space.small)
        scroll.setAccessibleName(tr("What leaves, what it costs, what is taken out"))
        for card in (
            self._card(tr("What leaves this computer"), self.where, self.parts, self.left_out),
            self.numbers,
            self._card(tr("What is taken out first"), self.redaction),
        ):
            scroll.column.addWidget(card)
        return scroll

    def _card(self, caption: str, *widgets: QWidget) -> QFrame:
        card = QFrame()
        dress(card, "card")
        space = self._look.theme.space
        layout = QVBoxLayout(card)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(PlainLabel(caption, "caption"))
        for widget in widgets:
            layout.addWidget(widget)
        return card


def _price(session: Session, plan: RunPlan) -> Price | None:
    """The price that holds for a plan's model."""
    return None if session.models is None else session.models.prices.of(plan.model)


def _connection(session: Session, plan: RunPlan) -> Connection | None:
    """The connection of a plan, None where this computer knows it no more."""
    if session.models is None:
        return None
    try:
        return session.models.connections.named(plan.connection)
    except StudioError:
        return None
