"""The fields of one price, checked while typing. It keeps nothing."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from rubric_studio.domain.price import Price
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.price_words import tr
from rubric_studio.ui.plain_text import PlainLabel


class PriceForm(QWidget):
    """`changed` tells that something was typed; `price` then says what it means."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = _field(tr("Model, or how its name begins"))
        self.prompt = _field(tr("A million prompt tokens"))
        self.answer = _field(tr("A million answer tokens"))
        self.cached = _field(tr("A million prompt tokens kept at the server"), tr("as others"))
        self.batch = _field(tr("A batch costs, in percent"))
        self.currency = _field(tr("Currency"))
        self.as_of = _field(tr("As of"), "2026-11-23")
        self.source = _field(tr("Source"))
        self.problem_label = PlainLabel("", "problem", wrap=True)
        self._lay_out(look)
        for field in self.fields():
            field.textEdited.connect(self._on_edited)
        self.clear()

    def fields(self) -> tuple[QLineEdit, ...]:
        """The fields, in the order of the keyboard."""
        return (
            self.model,
            self.prompt,
            self.answer,
            self.cached,
            self.batch,
            self.currency,
            self.as_of,
            self.source,
        )

    def clear(self, model: str = "") -> None:
        """Begin a new price."""
        for field in self.fields():
            field.setText("")
        self.model.setText(model)
        self.batch.setText("50")
        self.currency.setText("USD")
        self._check(quiet=True)

    def show_price(self, price: Price) -> None:
        """Fill the fields."""
        self.model.setText(price.model)
        self.prompt.setText(f"{price.prompt:g}")
        self.answer.setText(f"{price.answer:g}")
        self.cached.setText("" if price.cached is None else f"{price.cached:g}")
        self.batch.setText(f"{price.batch_share * 100:g}")
        self.currency.setText(price.currency)
        self.as_of.setText(price.as_of)
        self.source.setText(price.source)
        self.source.setCursorPosition(0)
        self._check(quiet=True)

    def problem(self) -> str:
        """What is still wrong, in words; "" where nothing is."""
        if not self.model.text().strip():
            return tr("Name a model.")
        for field in (self.prompt, self.answer):
            if amount_of(field.text()) is None:
                return tr("{field}: write an amount, such as 1.25.").format(field=field.accessibleName())
        if self.cached.text().strip() and amount_of(self.cached.text()) is None:
            return tr("{field}: write an amount, or nothing.").format(field=self.cached.accessibleName())
        share = amount_of(self.batch.text())
        if share is None or share > 100:
            return tr("What a batch costs lies between 0 and 100 percent.")
        if not self.currency.text().strip():
            return tr("Name the currency, such as USD or EUR.")
        if not _is_date(self.as_of.text().strip()):
            return tr("Write the date as year, month and day: 2026-11-23.")
        return ""

    def price(self) -> Price | None:
        """The price as it stands; None where something is wrong."""
        if self.problem():
            return None
        return Price(
            model=self.model.text().strip(),
            prompt=amount_of(self.prompt.text()) or 0.0,
            answer=amount_of(self.answer.text()) or 0.0,
            cached=amount_of(self.cached.text()),
            batch_share=(amount_of(self.batch.text()) or 0.0) / 100,
            currency=self.currency.text().strip().upper(),
            as_of=self.as_of.text().strip(),
            source=self.source.text().strip(),
        )

    def _on_edited(self) -> None:
        self._check(quiet=False)
        self.changed.emit()

    def _check(self, *, quiet: bool) -> None:
        self.problem_label.setText("" if quiet else self.problem())

    def _lay_out(self, look: Look) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.space.medium)
        grid.setVerticalSpacing(look.theme.space.tiny)
        lines = (
            ((self.model, 4),),
            ((self.prompt, 2), (self.answer, 2)),
            ((self.cached, 2), (self.batch, 2)),
            ((self.currency, 1), (self.as_of, 1), (self.source, 2)),
        )
        for line, fields in enumerate(lines):
            column = 0
            for field, width in fields:
                caption = PlainLabel(field.accessibleName(), "caption")
                caption.setBuddy(field)
                grid.addWidget(caption, 2 * line, column, 1, width)
                grid.addWidget(field, 2 * line + 1, column, 1, width)
                column += width
        grid.addWidget(self.problem_label, 2 * len(lines), 0, 1, 4)
        for column in range(4):
            grid.setColumnStretch(column, 1)


def amount_of(text: str) -> float | None:
    """Return an amount as people write it, with a point or a comma; None where it is none or below zero."""
    try:
        amount = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return amount if 0.0 <= amount < float("inf") else None


def _field(name: str, placeholder: str = "") -> QLineEdit:
    field = QLineEdit(placeholderText=placeholder)
    field.setAccessibleName(name)
    return field


def _is_date(text: str) -> bool:
    """Whether it is a date, a month or a year in ISO 8601, or nothing."""
    try:
        date.fromisoformat(text + {0: "2000-01-01", 4: "-01-01", 7: "-01"}.get(len(text), ""))
    except ValueError:
        return False
    return True
