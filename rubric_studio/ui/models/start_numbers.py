"""Calls, tokens and cost of a run before it starts, how it is asked, and where it shall pause. Estimates nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.price import Price
from rubric_studio.services.estimate import Estimate
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.price_form import amount_of
from rubric_studio.ui.models.price_words import cost_text, price_text
from rubric_studio.ui.models.start_words import calls_text, how_text, looked_text, tokens_text, tr
from rubric_studio.ui.number_text import share_text
from rubric_studio.ui.plain_text import PlainLabel


class StartNumbers(QFrame):
    """`prices_requested` asks for the price table; `changed` tells that batch or budget is another."""

    prices_requested = Signal()
    retry_requested = Signal()
    changed = Signal()

    def __init__(
        self, look: Look, model: str, connection: Connection | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._look, self._model = look, model
        self._is_local = connection is not None and connection.is_local
        self._estimate: Estimate | None = None
        self._price: Price | None = None
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Counting calls"))
        self.bar.setTextVisible(False)
        self.said = PlainLabel("", "strong", wrap=True)
        self.prompt, self.answer = PlainLabel(wrap=True), PlainLabel(wrap=True)
        self.note = PlainLabel("", "caption", wrap=True)
        self.cost = PlainLabel("", "title", wrap=True)
        self.price_label = PlainLabel("", "caption", wrap=True)
        self.prices_button = _link(tr("Change prices…"))
        self.retry_button = QPushButton(tr("Try again"))
        self.single = QRadioButton(tr("Call by call"))
        self.batch = QRadioButton(tr("As a batch"))
        self.batch_note = PlainLabel(tr("A batch may take a day."), "caption", wrap=True)
        self.budget = QLineEdit(placeholderText=tr("no limit"))
        self.budget.setAccessibleName(tr("Pause when it has cost"))
        self.currency = PlainLabel("USD")
        self.problem = PlainLabel("", "problem", wrap=True)
        self._takes_batches = connection is not None and connection.takes_batches
        self._lay_out()
        self._connect()
        self.show_waiting(0, 0)

    def show_waiting(self, done: int, total: int) -> None:
        """Say that calls are being counted."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setVisible(True)
        self.retry_button.setVisible(False)
        if self._estimate is None:
            self.said.setText(tr("Counting the calls…"))
        self._numbers.setVisible(self._estimate is not None)

    def show_error(self, words: str) -> None:
        """Say why nothing could be counted."""
        self._estimate = None
        self.bar.setVisible(False)
        self._numbers.setVisible(False)
        self.retry_button.setVisible(True)
        self.said.setText(words)

    def show_estimate(self, estimate: Estimate, price: Price | None) -> None:
        """Show the numbers."""
        self._estimate, self._price = estimate, price
        self.bar.setVisible(False)
        self.retry_button.setVisible(False)
        self._numbers.setVisible(estimate.to_ask > 0)
        if not estimate.calls:
            self.said.setText(tr("There is nothing to ask: everything ordered is there already."))
        elif not estimate.to_ask:
            words = tr("Everything is answered already: {0} answers are at hand and cost nothing.")
            self.said.setText(words.format(f"{estimate.known:,}"))
        else:
            self.said.setText(calls_text(estimate))
        self._show_tokens()

    def show_price(self, price: Price | None) -> None:
        """Count with another price."""
        self._price = price
        if self._estimate is not None:
            self._show_tokens()

    @property
    def is_batch(self) -> bool:
        """Whether it shall go as a batch."""
        return self._takes_batches and self.batch.isChecked()

    def budget_amount(self) -> float | None:
        """Return where it shall pause; None without a limit."""
        return amount_of(self.budget.text()) or None

    def budget_problem(self) -> str:
        """Return what is wrong with the limit; "" where nothing is."""
        if not self.budget.text().strip() or self.budget_amount():
            return ""
        return tr("Write an amount above zero, or nothing.")

    def _show_tokens(self) -> None:
        estimate, price = self._estimate, self._price
        assert estimate is not None
        prompt, answer = estimate.prompt_tokens(self.is_batch), estimate.answer_tokens
        self.prompt.setText(tr("{tokens}, {how}").format(tokens=tokens_text(prompt), how=how_text(prompt)))
        self.answer.setText(tr("{tokens}, {how}").format(tokens=tokens_text(answer), how=how_text(answer)))
        thinking = tr("Thinking counts as answer and can take much more.") if estimate.reasoning else ""
        changed = tr("{0} of those looked at cannot be asked as planned.").format(estimate.changed)
        notes = (looked_text(estimate), thinking, changed if estimate.changed else "")
        self.note.setText(" ".join(each for each in notes if each))
        self.note.setVisible(bool(self.note.text()))
        self._show_cost(estimate, price)

    def _show_cost(self, estimate: Estimate, price: Price | None) -> None:
        cost = estimate.cost(price, batch=self.is_batch)
        has_price = price is not None
        if cost is not None and price is not None:
            self.cost.setText(tr("About {cost}").format(cost=cost_text(cost)))
            self.price_label.setText(price_text(price))
            self.currency.setText(price.currency)
            self.batch.setText(
                tr("As a batch, for {share} of the price").format(share=share_text(price.batch_share))
            )
        elif self._is_local:
            self.cost.setText(tr("Costs nothing but time"))
            self.price_label.setText(tr("The model runs on this computer; no price is known for it."))
        else:
            self.cost.setText(tr("Cost not known"))
            self.price_label.setText(
                tr("No price is known for {model}: add one to see it.").format(model=self._model)
            )
        self.budget.setEnabled(has_price)
        self.budget.setPlaceholderText(tr("no limit") if has_price else tr("needs a price"))
        self.prices_button.setText(tr("Change prices…") if has_price else tr("Add a price…"))

    def _on_changed(self) -> None:
        self.problem.setText(self.budget_problem())
        self.problem.setVisible(bool(self.problem.text()))
        if self._estimate is not None:
            self._show_tokens()
        self.changed.emit()

    def _connect(self) -> None:
        self.prices_button.clicked.connect(self.prices_requested)
        self.retry_button.clicked.connect(self.retry_requested)
        self.batch.toggled.connect(self._on_changed)
        self.budget.textChanged.connect(self._on_changed)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(PlainLabel(tr("How many calls, and what they cost"), "caption"))
        layout.addWidget(self.said)
        layout.addWidget(self.bar)
        layout.addWidget(self.retry_button)
        self._numbers = self._number_lines()
        layout.addWidget(self._numbers)
        self.bar.setFixedHeight(space.small)
        self.problem.setVisible(False)

    def _number_lines(self) -> QWidget:
        space = self._look.theme.space
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addWidget(self.cost)
        layout.addWidget(self.price_label)
        row = QHBoxLayout()
        row.addWidget(self.prices_button)
        row.addStretch(1)
        layout.addLayout(row)
        form = QFormLayout()
        form.setVerticalSpacing(space.tiny)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.addRow(PlainLabel(tr("Prompt tokens"), "caption"), self.prompt)
        form.addRow(PlainLabel(tr("Answer tokens"), "caption"), self.answer)
        layout.addLayout(form)
        layout.addWidget(self.note)
        self._add_choices(layout)
        return holder

    def _add_choices(self, layout: QVBoxLayout) -> None:
        group = QButtonGroup(self)
        for button in (self.single, self.batch):
            group.addButton(button)
            layout.addWidget(button)
            button.setVisible(self._takes_batches)
        self.single.setChecked(True)
        layout.addWidget(self.batch_note)
        self.batch_note.setVisible(self._takes_batches)
        caption = PlainLabel(tr("Pause when it has cost"), "caption")
        caption.setBuddy(self.budget)
        layout.addWidget(caption)
        row = QHBoxLayout()
        row.addWidget(self.budget, 1)
        row.addWidget(self.currency)
        layout.addLayout(row)
        layout.addWidget(self.problem)


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    dress(button, "link")
    return button
