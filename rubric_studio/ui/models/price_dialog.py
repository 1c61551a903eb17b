"""The price table: prices that came with the program, and the user's own over them. It looks nothing up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.price import Price
from rubric_studio.services.prices import Prices
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.price_form import PriceForm
from rubric_studio.ui.models.price_words import money_text, tr
from rubric_studio.ui.number_text import share_text
from rubric_studio.ui.plain_text import PlainLabel, tip
from rubric_studio.ui.results.figure_table import read_only_lines

COLUMNS = 6


class PriceDialog(QDialog):
    """Choosing a line fills the form; what is kept holds at once. `changed` tells that a price is another."""

    changed = Signal()

    def __init__(self, look: Look, prices: Prices, model: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Prices"))
        self._look, self._prices = look, prices
        self._shown: tuple[Price, ...] = ()
        self.table = QTableWidget(0, COLUMNS)
        self.form = PriceForm(look)
        self.new_button = QPushButton(tr("New price"))
        self.remove_button = QPushButton(tr("Remove"))
        self.keep_button = QPushButton(tr("Keep this price"))
        dress(self.keep_button, "primary")
        self.keep_button.setDefault(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._set_up_table()
        self._lay_out()
        self._connect()
        self._show_prices(model)
        if prices.of(model) is None:
            self.form.clear(model)
        self._tell()

    def _show_prices(self, model: str) -> None:
        """Fill the table and choose the line of the price that holds for a model."""
        self._shown = self._prices.all()
        chosen = self._prices.of(model)
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._shown))
        for line, price in enumerate(self._shown):
            for column, text in enumerate(self._texts(price)):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(price.source or tr("No source is named.")))
                side = Qt.AlignmentFlag.AlignRight if column in (1, 2, 3) else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(line, column, item)
        self.table.clearSelection()
        self.table.blockSignals(False)
        if chosen is not None:
            self.table.selectRow(self._shown.index(chosen))

    def _texts(self, price: Price) -> tuple[str, ...]:
        whose = tr("yours") if self._prices.is_own(price.model) else tr("supplied")
        return (
            price.model,
            money_text(price.prompt, price.currency),
            money_text(price.answer, price.currency),
            share_text(price.batch_share),
            price.as_of or "–",
            whose,
        )

    def _chosen(self) -> Price | None:
        lines = {index.row() for index in self.table.selectedIndexes()}
        return self._shown[min(lines)] if lines else None

    def _tell(self) -> None:
        price = self.form.price()
        self.keep_button.setEnabled(price is not None and price not in self._shown)
        name = self.form.model.text().strip()
        self.remove_button.setEnabled(self._prices.is_own(name))

    def _on_selection_changed(self) -> None:
        price = self._chosen()
        if price is not None:
            self.form.show_price(price)
        self._tell()

    def _on_new_clicked(self) -> None:
        self.table.clearSelection()
        self.form.clear()
        self.form.model.setFocus()
        self._tell()

    def _on_keep_clicked(self) -> None:
        price = self.form.price()
        if price is not None:
            self._prices.put(price)
            self._show_prices(price.model)
            self._tell()
            self.changed.emit()

    def _on_remove_clicked(self) -> None:
        name = self.form.model.text().strip()
        self._prices.remove(name)
        self.form.clear()
        self._show_prices(name)
        self._tell()
        self.changed.emit()

    def _set_up_table(self) -> None:
        self.table.setAccessibleName(tr("Prices"))
        heads = [tr("Model"), tr("Prompt"), tr("Answer"), tr("Batch"), tr("As of"), tr("Whose")]
        self.table.setHorizontalHeaderLabels(heads)
        read_only_lines(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._on_selection_changed)
        self.form.changed.connect(self._tell)
        self.new_button.clicked.connect(self._on_new_clicked)
        self.keep_button.clicked.connect(self._on_keep_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        space, size = self._look.theme.space, self._look.theme.sizes.control
        words = tr(
            "What a million tokens cost. These are list prices as of the date beside them: look at the "
            "source and put your own price where it differs. Nothing is looked up."
        )
        below = QHBoxLayout()
        below.addWidget(self.new_button)
        below.addWidget(self.remove_button)
        below.addStretch(1)
        below.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(tr("Prices"), "title"))
        layout.addWidget(PlainLabel(words, "muted", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.form)
        layout.addLayout(below)
        layout.addWidget(self.buttons)
        self.resize(size * 52, size * 50)
