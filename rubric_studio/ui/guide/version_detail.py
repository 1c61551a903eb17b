"""What is seen of the chosen version: what changed, how totals moved, the guide itself; and bringing it back."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.services.version_difference import RubricDifference, rubric_difference
from rubric_studio.services.version_totals import Stage
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.guide.version_finding import Comparison, TotalsFinding, caption
from rubric_studio.ui.guide.version_rows import difference_rows, guide_rows
from rubric_studio.ui.guide.version_scatter import VersionScatter
from rubric_studio.ui.guide.version_side_by_side import SideBySideView
from rubric_studio.ui.guide.version_words import finding_words, moved_words, stage_name, stage_words, tr
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip
from rubric_studio.ui.results.figure_card import FigureCard
from rubric_studio.ui.results.group_style import group_style, paint_symbol
from rubric_studio.ui.results.legend import Sign
from rubric_studio.ui.segmented import Segmented

CHANGED, TOTALS, GUIDE = "changed", "totals", "guide"
RESTORE_KEY, SAVE_AGAIN_KEY = "R", "Shift+R"


class VersionDetail(QWidget):
    """Shows a comparison, or one version alone. `opened` tells (words, places of samples)."""

    opened = Signal(str, object)
    restore_requested = Signal()
    save_again_requested = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._compared: Comparison | None = None
        self._stage: Stage | None = None
        self._pair: tuple[Stage, Stage] | None = None
        self._drawn: Comparison | None = None
        self._read: Stage | None = None
        self._written: tuple[Stage, Stage] | None = None
        self._found = RubricDifference((), ())
        self.title = PlainLabel("", "title", wrap=True)
        self.caption = PlainLabel("", "muted", wrap=True)
        options = ((CHANGED, tr("What changed")), (TOTALS, tr("Totals")), (GUIDE, tr("The guide itself")))
        self.views = Segmented(tr("What is shown"), options)
        self.restore_button = QPushButton(
            button_text(f"{tr('Go back to this one')}  {key_text(RESTORE_KEY)}")
        )
        self.again_button = QPushButton(button_text(f"{tr('Save it again')}  {key_text(SAVE_AGAIN_KEY)}"))
        self.difference, self.guide = SideBySideView(look), SideBySideView(look)
        self.scatter = VersionScatter(look)
        self.card = FigureCard(look, tr("Versions"), self.scatter)
        self.nothing = EmptyState(look, "", icon="history")
        self._stack = QStackedWidget()
        self._lay_out()
        self.views.chosen.connect(lambda _: self._show_body())
        self.restore_button.clicked.connect(self.restore_requested)
        self.again_button.clicked.connect(self.save_again_requested)
        self.card.opened.connect(self.opened)
        self.card.failed.connect(self.failed)

    def show_stage(
        self, stage: Stage, pair: tuple[Stage, Stage] | None, compared: Comparison | None, otherwise: str
    ) -> None:
        """Show a version beside the one it is compared with, if any; `otherwise` is said until totals are known."""
        self._stage, self._pair, self._compared = stage, pair, compared
        if compared is None:
            self.title.setText(otherwise)
            self.caption.setText(stage_words(stage))
        else:
            self.title.setText(finding_words(compared.effect.whole))
            self.caption.setText(caption(compared))
        self._show_body()

    def allow(self, *, restore: bool, again: bool, name: str) -> None:
        """Say what can be brought back now."""
        for button, on, words in (
            (self.restore_button, restore, tr("{version} becomes the draft; one undo takes that back")),
            (self.again_button, again, tr("{version} is saved once more, as the newest one")),
        ):
            button.setEnabled(on)
            set_tip(button, words.format(version=name) if on else tr("It is what stands there now"))
        self.restore_button.setVisible(self._stage is not None and self._stage.version is not None)
        self.again_button.setVisible(again)

    def show_view(self, name: str) -> None:
        """Show what changed, the totals, or the guide itself."""
        self.views.set_value(name)
        self._show_body()

    def focus_body(self) -> None:
        """Put the keyboard into what is shown."""
        widget: QWidget | None = self._stack.currentWidget()
        if widget is self._plot:
            widget = self.scatter
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_body(self) -> None:
        stage, compared, view = self._stage, self._compared, self.views.value()
        if stage is None:
            return
        if view == GUIDE:
            if stage is not self._read:
                self._read = stage
                self.guide.show_rows((stage_words(stage),), guide_rows(stage.rubric))
            self._stack.setCurrentWidget(self.guide)
        elif self._pair is None:
            self._say(tr("There is no earlier version to compare with."))
        elif view == CHANGED:
            self._show_difference(*self._pair)
        elif compared is None:
            self._say(tr("Looking how the totals moved…"))
        else:
            self._show_totals(compared)

    def _show_difference(self, before: Stage, after: Stage) -> None:
        if (before, after) != self._written:
            self._written = (before, after)
            self._found = rubric_difference(before.rubric, after.rubric)
            rows = difference_rows(self._found, before.rubric, after.rubric)
            self.difference.show_rows((stage_words(before), stage_words(after)), rows)
        if self._found.is_empty:
            self._say(tr("Both say the same."))
            return
        self.difference.setAccessibleName(
            tr("{0} and {1} side by side").format(stage_name(before), stage_name(after))
        )
        self._stack.setCurrentWidget(self.difference)

    def _show_totals(self, compared: Comparison) -> None:
        if not compared.effect.whole.n:
            self._say(tr("No answer has a total under both versions, so there is nothing to draw yet."))
            return
        if compared is not self._drawn:
            self._drawn = compared
            found = TotalsFinding(compared)
            models = len(compared.marked.models)
            self.scatter.show_totals(found.old, found.new, found.model, models, compared.names)
            signs = tuple(
                Sign(name, partial(self._paint_symbol, at), moved_words(effect))
                for at, (name, effect) in enumerate(compared.effect.models)
            )
            self.card.show_figure(found.figure(), signs)
            self.card.title.hide()  # it stands over the page already
            self.card.caption.hide()
        self._stack.setCurrentWidget(self._plot)

    def _say(self, sentence: str) -> None:
        self.nothing.set_sentence(sentence)
        self._stack.setCurrentWidget(self.nothing)

    def _paint_symbol(self, model: int, painter: QPainter, box: QRectF) -> None:
        style = group_style(self._look.theme, model)
        center = QPointF(box.center())
        paint_symbol(painter, style.symbol, center, box.height() * 0.75, style.color)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        inside = QWidget()
        dress(inside, "plain")
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, space.small, 0)
        around.addWidget(self.card)
        around.addStretch(1)
        self._plot = QScrollArea()
        self._plot.setWidgetResizable(True)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._plot.setWidget(inside)
        for widget in (self.difference, self._plot, self.guide, self.nothing):
            self._stack.addWidget(widget)
        line = FlowLayout(spacing=space.small)
        for widget in (self.views, self.restore_button, self.again_button):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.large, 0, 0, 0)
        layout.setSpacing(space.small)
        for widget in (self.title, self.caption):
            layout.addWidget(widget)
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)
