"""Which question is read, the way to others, its prompt in a foldable pane and its reference on demand."""

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.row import Row
from rubric_studio.ui.clear_button import name_clear_button
from rubric_studio.ui.guide.elided_label import ElidedLabel
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.reading_pane import ReadingPane

JUMP_LETTERS = 22
HIGHEST_LINES = 5
LOWEST_LINES = 3
LOWEST_LINES_IF_SHORT, SHORT = 2, 20
"""Where the page is no higher than so many lines, the answers and their points need the room."""
WORDS_LETTERS = 24
"""Letters of a folded question that are worth showing beside the way to others; else they take a line."""
ROOM_FOR_PROMPT = 740
"""Pixels of height from which on the prompt is unfolded at first."""


class JumpField(QLineEdit):
    """Where one types a question's number or its words. Esc leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class QuestionHeader(QWidget):
    """It looks nothing up: `step_requested` carries -1 or 1, `jump_requested` what was typed."""

    step_requested = Signal(int)
    jump_requested = Signal(str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._chosen_fold = False
        self._height_for_fold = 0
        self.place = PlainLabel("", "strong")
        self.back = self._button(self.tr("Previous question (Alt+Left)"))
        self.next = self._button(self.tr("Next question (Alt+Right)"))
        self.jump = JumpField()
        self.jump.setClearButtonEnabled(True)
        name_clear_button(self.jump, self.tr("Empty the field"))
        self.jump.setPlaceholderText(self.tr("Number or words"))
        self.jump.setAccessibleName(self.tr("Go to a question by its number or words (Ctrl+G)"))
        set_tip(self.jump, self.jump.accessibleName())
        self.found = PlainLabel("", "caption")
        self.first_words = ElidedLabel(look, "control", "text_muted")
        self.fold = self._toggle(self.tr("Question"), self.tr("Show or fold the question (Q)"))
        self.reference_button = self._toggle(self.tr("Reference"), self.tr("Show the reference (T)"))
        self.wide = self._toggle("", self.tr("Give the answers the whole width (W or F11)"))
        self.prompt = ReadingPane(look, self.tr("Question"))
        self.reference = ReadingPane(look, self.tr("Reference"))
        self._connect()
        self._lay_out()
        look.changed.connect(self._on_look_changed)
        self._draw_icons()

    def show_row(self, row: Row, number: int, total: int) -> None:
        """Show a question; one that is shown already keeps its place."""
        words = self.tr("Question {number} of {total}")
        self.place.setText(words.format(number=count_text(number), total=count_text(total)))
        set_tip(self.place, row.id)
        self.back.setEnabled(number > 1)
        self.next.setEnabled(number < total)
        text, reference = self._text_of(row), reference_text(row.reference)
        self.first_words.setText(text)
        if text != self.prompt.text():
            self.prompt.set_text(text, formatted=True)
        if reference != self.reference.text():
            self.reference.set_text(reference)
        self.reference_button.setEnabled(bool(reference))
        self._fit()

    def show_found(self, words: str) -> None:
        """Say how many questions fit what was typed."""
        self.found.setText(words)
        self.found.setVisible(bool(words))

    def fit_into(self, height: int) -> None:
        """Unfold the prompt where the page is high enough, until somebody has chosen."""
        self._height_for_fold = height
        if not self._chosen_fold:
            self.fold.blockSignals(True)
            self.fold.setChecked(height >= ROOM_FOR_PROMPT)
            self.fold.blockSignals(False)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- inside

    def _text_of(self, row: Row) -> str:
        if row.prompt_text.strip():
            return row.prompt_text
        if row.reference:
            return self.tr("This question has no text, only fields.")
        return self.tr("This question has no text.")

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.step_requested.emit(-1))
        self.next.clicked.connect(lambda: self.step_requested.emit(1))
        self.jump.returnPressed.connect(lambda: self.jump_requested.emit(self.jump.text().strip()))
        self.jump.textEdited.connect(lambda: self.show_found(""))
        self.jump.left.connect(self.left)
        self.fold.toggled.connect(self._on_fold_toggled)
        self.reference_button.toggled.connect(self._fit)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._words_below = False
        self._line = line = QHBoxLayout()
        line.setSpacing(space.small)
        for widget in (self.place, self.back, self.next, self.jump, self.found):
            line.addWidget(widget)
        line.addWidget(self.first_words, 1)
        line.addWidget(self.fold)
        line.addWidget(self.reference_button)
        line.addWidget(self.wide)
        panes = QHBoxLayout()
        panes.setSpacing(space.large)
        panes.addWidget(self.prompt, 3)
        panes.addWidget(self.reference, 2)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(line)
        layout.addLayout(panes)
        self.found.hide()
        self.prompt.hide()
        self.reference.hide()

    def _fit(self) -> None:
        """Give the panes as many lines as their texts need, within reason."""
        self._place_words()
        unfolded = self.fold.isChecked()
        with_reference = self.reference_button.isChecked() and self.reference_button.isEnabled()
        self.prompt.setVisible(unfolded)
        self.first_words.setVisible(not unfolded)
        self.reference.setVisible(with_reference)
        line = round(self._look.theme.sizes.reading * self._look.theme.sizes.line_height)
        margins = 2 * self._look.theme.space.large + self._look.theme.space.tiny
        panes = [pane for pane in (self.prompt, self.reference) if pane.isVisibleTo(self)]
        wanted = max((_document_height(pane) for pane in panes), default=0) + self._look.theme.space.tiny
        most = min(
            HIGHEST_LINES * line + margins,
            max(self._lowest(line) * line + margins, self._height_for_fold // 6),
        )
        for pane in panes:
            pane.setFixedHeight(max(line + margins, min(wanted, most)))
        self.jump.setFixedWidth(JUMP_LETTERS * self._look.metrics("control").averageCharWidth())

    def _lowest(self, line: int) -> int:
        return LOWEST_LINES_IF_SHORT if self._height_for_fold < SHORT * line else LOWEST_LINES

    def _place_words(self) -> None:
        """Let the first words of a folded question stand on a line of their own where they would be cut to nothing."""
        letter = self._look.metrics("control").averageCharWidth()
        others = (
            self.place,
            self.back,
            self.next,
            self.jump,
            self.found,
            self.fold,
            self.reference_button,
            self.wide,
        )
        taken = sum(
            each.sizeHint().width() for each in others if not each.isHidden() and each is not self.jump
        )
        taken += JUMP_LETTERS * letter + 8 * self._look.theme.space.small
        below = self.width() - taken < WORDS_LETTERS * letter
        if below != self._words_below:
            self._words_below = below
            (self._line if below else self._rows).removeWidget(self.first_words)
            if below:
                self._rows.insertWidget(1, self.first_words)
            else:
                self._line.insertWidget(5, self.first_words, 1)
            self._line.setStretch(5, 0 if below else 1)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        set_tip(button, name)
        return button

    def _toggle(self, text: str, name: str) -> QToolButton:
        button = self._button(name)
        button.setText(text)
        button.setCheckable(True)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _on_fold_toggled(self) -> None:
        self._chosen_fold = True
        self._draw_icons()
        self._fit()

    def _on_look_changed(self) -> None:
        self._draw_icons()
        self._fit()

    def _draw_icons(self) -> None:
        self.back.setIcon(self._look.icon("left"))
        self.next.setIcon(self._look.icon("right"))
        self.fold.setIcon(self._look.icon("questions"))
        self.reference_button.setIcon(self._look.icon("check"))
        self.wide.setIcon(self._look.icon("expand"))


def reference_text(reference: Mapping[str, Any]) -> str:
    """Return the reference fields as people read them: a name and what it holds, one below the other."""
    return "\n".join(f"{name}: {_value_text(value)}" for name, value in reference.items())


def _value_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return ", ".join(str(each) for each in value)
    return json.dumps(value, ensure_ascii=False, indent=1)


def _document_height(pane: ReadingPane) -> int:
    return round(pane.view.document().size().height())
