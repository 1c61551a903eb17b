"""The reference fields of one row: labels as chips, amounts, texts, links as plain words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.values import Json, JsonObject
from rubric_studio.ui.display_text import displayed
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip
from rubric_studio.ui.questions.folded_list import FoldedList
from rubric_studio.ui.questions.reference_values import (
    DASH,
    Sort,
    filter_text,
    is_link,
    outline,
    sort_of,
    value_text,
)

SHORT = 28
LONG = 320
FIRST_FIELDS = 3
MOST_CHIPS = 60
MOST_SHOWN = 30_000


class ReferenceView(QWidget):
    """Short values stand side by side, the others below each other under their names."""

    field_chosen = Signal(str, str)
    link_requested = Signal(str)

    def __init__(self, look: Look, reference: JsonObject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        short = {name: value for name, value in reference.items() if _is_short(value)}
        if short:
            layout.addWidget(self._short_ones(short))
        rest = [self._named(name, self._shown(name, value)) for name, value in _long_ones(reference)]
        if rest:
            layout.addWidget(FoldedList(look, rest, FIRST_FIELDS))

    def _short_ones(self, reference: JsonObject) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=self._look.theme.space.large)
        for name, value in reference.items():
            pair = QWidget()
            beside = QHBoxLayout(pair)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(self._look.theme.space.small - 2)
            beside.addWidget(PlainLabel(name, "caption"))
            amount = PlainLabel(value_text(value) or DASH, "strong")
            amount.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            beside.addWidget(amount)
            flow.addWidget(pair)
        return holder

    def _named(self, name: str, shown: QWidget) -> QWidget:
        holder = QWidget()
        below = QVBoxLayout(holder)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(2)
        below.addWidget(PlainLabel(name, "caption", wrap=True))
        below.addWidget(shown)
        return holder

    def _shown(self, name: str, value: Json) -> QWidget:
        if sort_of(value) is Sort.LABELS:
            return self._chips(name, value)
        if is_link(value):
            return self._link(value)
        return LongText(self._look, value if isinstance(value, str) else outline(value))

    def _chips(self, name: str, labels: list[str]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=self._look.theme.space.tiny)
        for label in labels[:MOST_CHIPS]:
            chip = QPushButton(button_text(label if len(label) <= LONG else f"{label[: LONG - 1]}…"))
            dress(chip, "chip")
            set_tip(chip, self.tr("Show all questions with {label}").format(label=label))
            chip.clicked.connect(
                lambda _=False, label=label: self.field_chosen.emit(name, filter_text(label))
            )
            flow.addWidget(chip)
        if len(labels) > MOST_CHIPS:
            flow.addWidget(PlainLabel(self.tr("and {n} more").format(n=len(labels) - MOST_CHIPS), "caption"))
        if not labels:
            flow.addWidget(PlainLabel(self.tr("none"), "muted"))
        return holder

    def _link(self, address: str) -> QWidget:
        button = QPushButton(button_text(address if len(address) <= 60 else f"{address[:59]}…"))
        dress(button, "link")
        set_tip(button, self.tr("Open in your browser: {address}").format(address=address))
        button.clicked.connect(lambda: self.link_requested.emit(address))
        holder = QWidget()
        left = QHBoxLayout(holder)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return holder


class LongText(QWidget):
    """A text of which the beginning shows until one asks for the rest."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._label = PlainLabel(_beginning(text), wrap=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more_button = QPushButton(self.tr("Show all"))
        dress(self.more_button, "link")
        self.more_button.setVisible(len(text) > LONG)
        self.more_button.clicked.connect(self._on_more_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._label)
        layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_more_clicked(self) -> None:
        self._label.setText(displayed(self._text[:MOST_SHOWN])[0])
        self.more_button.hide()


def _beginning(text: str) -> str:
    """Return what shows first; a run without a space gets places where it may break."""
    short = text if len(text) <= LONG else f"{text[:LONG].rstrip()}…"
    return (
        "\u200b".join(short[at : at + 60] for at in range(0, len(short), 60)) if " " not in short else short
    )


def _is_short(value: Json) -> bool:
    sort = sort_of(value)
    if value is None or sort in (Sort.NUMBER, Sort.TRUTH):
        return True
    return sort is Sort.TEXT and len(value) <= SHORT and "\n" not in value


def _long_ones(reference: JsonObject) -> list[tuple[str, Json]]:
    """Return what needs lines of its own, labels first."""
    rest = [(name, value) for name, value in reference.items() if not _is_short(value)]
    return sorted(rest, key=lambda pair: sort_of(pair[1]) is not Sort.LABELS)
