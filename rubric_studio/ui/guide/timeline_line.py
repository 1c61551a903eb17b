"""One version on the timeline: who, when, why and its effect on the totals. It knows its words and no project."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.services.version_effects import VersionEffect
from rubric_studio.ui.guide.version_words import apart_words, effect_words, short_effect_words, tr
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.results.group_style import group_style, paint_symbol
from rubric_studio.ui.results.legend import Sign, SignEntry


@dataclass(frozen=True)
class LineWords:
    """What stands on a line. `effect` None: not known yet, or the first version."""

    id: str
    name: str
    day: str
    about: str
    note: str
    effect: VersionEffect | None
    otherwise: str
    is_draft: bool


class TimelineLine(QFrame):
    """A stop on the timeline; a full dot is a saved version, an empty one the draft."""

    chosen = Signal(str)
    opened = Signal(str)
    marked = Signal(str, bool)

    def __init__(self, look: Look, words: LineWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "point")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._look, self.words = look, words
        self.is_first = self.is_last = False
        self.compare = QCheckBox(tr("Compare"))
        self.compare.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.compare.setAccessibleName(tr("Compare {version}").format(version=words.name))
        self.compare.toggled.connect(lambda on: self.marked.emit(words.id, on))
        self.name = PlainLabel(words.name, "strong")
        self.day = PlainLabel(words.day, "caption")
        self.about = PlainLabel(words.about, "caption", wrap=True)
        self.note = PlainLabel(words.note, wrap=True)
        self.effect = PlainLabel("", "muted", wrap=True)
        self.more = QPushButton()
        dress(self.more, "link")
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.clicked.connect(self.toggle_more)
        self._models = QWidget()
        self._lay_out()
        self.show_effect(words.effect, words.otherwise)
        self.show_more(False)

    @property
    def has_more(self) -> bool:
        """Whether there is something behind "More"."""
        effect = self.words.effect
        return effect is not None and len(effect.models) > 1 and effect.whole.n > 0

    @property
    def is_unfolded(self) -> bool:
        """Whether the effect is shown model by model."""
        return not self._models.isHidden()

    def show_effect(self, effect: VersionEffect | None, otherwise: str) -> None:
        """Say what it changed, or what is said instead."""
        text = otherwise
        if effect is not None:
            apart = apart_words(effect.whole)
            text = effect_words(effect.whole) + "."
            text += f" {apart}." if apart else ""
        self.effect.setText(text)
        parts = (self.words.name, self.words.day, self.words.about, self.words.note, text)
        self.setAccessibleName(". ".join(part.rstrip(".") for part in parts if part))

    def show_chosen(self, on: bool) -> None:
        """Stand out, or not; only the chosen line is a stop for Tab."""
        self.setProperty("selected", "true" if on else "false")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        dress(self, "point")

    def show_more(self, wanted: bool) -> None:
        """Unfold the effect model by model."""
        shown = wanted and self.has_more
        if shown and self._models.layout() is None:
            self._fill_models()
        self._models.setVisible(shown)
        self.more.setVisible(self.has_more)
        self.more.setText(tr("Less") if shown else tr("Model by model"))

    def toggle_more(self) -> None:
        """Unfold or fold."""
        self.show_more(not self.is_unfolded)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self.words.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.words.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stop, and the line to its neighbors."""
        super().paintEvent(event)
        theme = self._look.theme
        radius = theme.shape.icon * 0.34
        middle = QPointF(theme.space.large, theme.space.medium + self._look.metrics("control").height() / 2)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("control_line"), 1.5))
            if not self.is_first:
                painter.drawLine(QPointF(middle.x(), 0), middle - QPointF(0, radius))
            if not self.is_last:
                painter.drawLine(middle + QPointF(0, radius), QPointF(middle.x(), self.height()))
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(theme.color("surface") if self.words.is_draft else theme.color("accent"))
            painter.drawEllipse(middle, radius, radius)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(self.name)
        head.addWidget(self.day, 1)
        head.addWidget(self.compare)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.page + space.tiny, space.small, space.small, space.medium)
        layout.setSpacing(space.tiny)
        layout.addLayout(head)
        for label in (self.about, self.note, self.effect):
            layout.addWidget(label)
            label.setVisible(bool(label.text()) or label is self.effect)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._models)

    def _fill_models(self) -> None:
        assert self.words.effect is not None
        column = QVBoxLayout(self._models)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.theme.space.tiny)
        for at, (name, effect) in enumerate(self.words.effect.models):
            column.addWidget(SignEntry(self._look, Sign(name, partial(self._paint_symbol, at))))
            column.addWidget(PlainLabel(short_effect_words(effect), "caption", wrap=True))

    def _paint_symbol(self, model: int, painter: QPainter, box: QRectF) -> None:
        style = group_style(self._look.theme, model)
        paint_symbol(painter, style.symbol, box.center(), box.height() * 0.75, style.color)
