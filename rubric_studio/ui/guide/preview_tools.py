"""The line of tools above the answers: whose marks count, what is shown how, and the filter. It shows no answer."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFrame, QToolButton, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.guide.answer_filter import AnswerFilter
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel, set_tip

RATER_LETTERS = 15


class PreviewTools(QWidget):
    """Toggles are told by their own signals; the buttons are public, so that keys can press them."""

    rater_chosen = Signal(str)
    filter_changed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icons: dict[QToolButton, str] = {}
        self.rater = QComboBox()
        self.rater.setAccessibleName(heading("rater"))
        self.rater.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rater.setMinimumContentsLength(RATER_LETTERS)
        self.rater.activated.connect(lambda at: self.rater_chosen.emit(self.rater.itemData(at)))
        tr = self.tr
        self.passages = self._toggle("guide", tr("Passages"), tr("Only the passages, point by point (G)"))
        self.different = self._toggle(
            "compare", tr("Differences"), tr("In which words the first two answers differ (D)")
        )
        self.together = self._toggle("link", tr("Together"), tr("Scroll the texts together (S)"))
        self.as_written = self._toggle("file", tr("As written"), tr("Letter by letter, without layout (L)"))
        self.filter = self._toggle("filter", tr("Filter"), tr("Show only some answers (F)"))
        self.strip = self._toggle(
            "columns", tr("All answers"), tr("Show or fold the strip of all answers (A)")
        )
        self.order = self._toggle("drag", tr("Order"), tr("Put answers in order, best to worst (O)"))
        self.reasons = self._toggle(
            "guide", tr("Reasons"), tr("New points from reasons given with marks (Y)")
        )
        self.filter_bar = FilterBar(look)
        self.filter_bar.changed.connect(self.filter_changed)
        self.filter.toggled.connect(self._on_filter_toggled)
        self._lay_out()
        look.changed.connect(self._draw_icons)
        self._draw_icons()

    def show_raters(self, raters: Sequence[tuple[str, str]], chosen: str, tip: str) -> None:
        """Offer raters as (what people see, name)."""
        set_tip(self.rater, tip)
        with QSignalBlocker(self.rater):
            self.rater.clear()
            for text, name in raters:
                self.rater.addItem(text, name)
            self.rater.setCurrentIndex(max(0, self.rater.findData(chosen)))

    def show_models(self, models: Sequence[str]) -> None:
        """Offer models to filter by."""
        self.filter_bar.show_models(models)

    def show_fitting(self, shown: int, count: int) -> None:
        """Say at the filter's button how many answers it leaves."""
        words = self.tr("Filter: {shown} of {count}").format(shown=shown, count=count)
        self.filter.setText(words if shown < count else self.tr("Filter"))

    def _lay_out(self) -> None:
        line = QWidget()
        flow = FlowLayout(line, spacing=self._look.theme.space.tiny)
        marked_by = PlainLabel(heading("rater"), "muted")
        marked_by.setBuddy(self.rater)
        chooser = QWidget()
        pair = FlowLayout(chooser, spacing=self._look.theme.space.small)
        pair.addWidget(marked_by)
        pair.addWidget(self.rater)
        flow.addWidget(chooser)
        for button in self._icons:
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._look.theme.space.tiny)
        layout.addWidget(line)
        layout.addWidget(self.filter_bar)
        self.filter_bar.hide()

    def _toggle(self, icon: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName(tip)
        set_tip(button, tip)
        self._icons[button] = icon
        return button

    def _on_filter_toggled(self, open_: bool) -> None:
        self.filter_bar.setVisible(open_)
        if open_:
            self.filter_bar.model.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.filter_bar.reset()

    def _draw_icons(self) -> None:
        for button, icon in self._icons.items():
            button.setIcon(self._look.icon(icon))


class FilterBar(QFrame):
    """Model, range of the total, and whether a point is left to mark. Closing it shows all again."""

    changed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.lowest, self.highest = QDoubleSpinBox(), QDoubleSpinBox()
        for box, value, name in (
            (self.lowest, 0.0, self.tr("Lowest score")),
            (self.highest, 1.0, self.tr("Highest score")),
        ):
            box.setRange(0.0, 1.0)
            box.setSingleStep(0.05)
            box.setValue(value)
            box.setAccessibleName(name)
            box.valueChanged.connect(self._tell)
        self.to_mark = QCheckBox(self.tr("Has points to mark"))
        self.model.currentIndexChanged.connect(self._tell)
        self.to_mark.toggled.connect(self._tell)
        flow = FlowLayout(self, spacing=look.theme.space.small)
        flow.addWidget(self.model)
        flow.addWidget(PlainLabel(self.tr("Score from"), "muted"))
        flow.addWidget(self.lowest)
        flow.addWidget(PlainLabel(self.tr("to"), "muted"))
        flow.addWidget(self.highest)
        flow.addWidget(self.to_mark)

    def value(self) -> AnswerFilter:
        """Return what is asked for."""
        return AnswerFilter(
            self.model.currentData() or "",
            round(self.lowest.value(), 2),
            round(self.highest.value(), 2),
            self.to_mark.isChecked(),
        )

    def show_models(self, models: Sequence[str]) -> None:
        """Offer these models; the one chosen stays chosen where it can."""
        chosen = self.model.currentData()
        with QSignalBlocker(self.model):
            self.model.clear()
            self.model.addItem(self.tr("All models"), "")
            for model in models:
                self.model.addItem(model, model)
            self.model.setCurrentIndex(max(0, self.model.findData(chosen)))

    def reset(self) -> None:
        """Let every answer fit."""
        widgets = (self.model, self.lowest, self.highest, self.to_mark)
        blockers = [QSignalBlocker(widget) for widget in widgets]
        self.model.setCurrentIndex(0)
        self.lowest.setValue(0.0)
        self.highest.setValue(1.0)
        self.to_mark.setChecked(False)
        del blockers
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.value())
