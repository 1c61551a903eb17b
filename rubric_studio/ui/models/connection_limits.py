"""How fast a connection may be asked, and what its server takes: the part of the form that stands behind "More"."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from rubric_studio.domain.connection import Connection
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.captioned import Captioned

MOST = 1_000_000_000


class ConnectionLimits(QWidget):
    """A number of 0 means that no limit is known."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.concurrency = _number(1, 256)
        self.requests = _number(0, MOST, self.tr("not known"))
        self.tokens = _number(0, MOST, self.tr("not known"))
        self.timeout = _number(1, 3600)
        self.timeout.setSuffix(self.tr(" s"))
        self.takes_n = QCheckBox(self.tr("Several answers may be asked for in one call"))
        self.takes_batches = QCheckBox(self.tr("Large runs may go as batches (slower, cheaper)"))
        grid = QGridLayout()
        grid.setSpacing(look.theme.space.medium)
        for at, (caption, field) in enumerate(
            (
                (self.tr("Calls at the same time"), self.concurrency),
                (self.tr("Time-out of one call"), self.timeout),
                (self.tr("Calls a minute, at most"), self.requests),
                (self.tr("Tokens a minute, at most"), self.tokens),
            )
        ):
            grid.addWidget(Captioned(look, caption, field), at // 2, at % 2)
            field.valueChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.space.small)
        column.addLayout(grid)
        for box in (self.takes_n, self.takes_batches):
            column.addWidget(box)
            box.toggled.connect(self.changed)

    def show_connection(self, connection: Connection) -> None:
        """Show its limits."""
        self.concurrency.setValue(connection.concurrency)
        self.requests.setValue(connection.requests_per_minute or 0)
        self.tokens.setValue(connection.tokens_per_minute or 0)
        self.timeout.setValue(round(connection.timeout) or 1)
        self.takes_n.setChecked(connection.takes_n)
        self.takes_batches.setChecked(connection.takes_batches)

    def values(self) -> dict[str, object]:
        """What is set, by the names of a connection's fields."""
        return {
            "concurrency": self.concurrency.value(),
            "requests_per_minute": self.requests.value() or None,
            "tokens_per_minute": self.tokens.value() or None,
            "timeout": float(self.timeout.value()),
            "takes_n": self.takes_n.isChecked(),
            "takes_batches": self.takes_batches.isChecked(),
        }


def _number(least: int, most: int, least_means: str = "") -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setSpecialValueText(least_means)
    field.setGroupSeparatorShown(True)
    return field
