"""New words for a point, in place: its wording and grades to type in, with the disputes that this should end attached.

What was proposed by a model is shown as changes beside; taking it over fills the fields and changes nothing else.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.services.cures import NewWords
from rubric_studio.services.disputes import Dispute
from rubric_studio.services.minutes import whole_words
from rubric_studio.services.wording_proposals import Proposed
from rubric_studio.ui.compare.dispute_words import level_name, tr
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.reading_pane import ReadingPane
from rubric_studio.ui.woven_text import woven_text

WORDING_LINES, LEVEL_LINES, CHANGE_LINES = 5, 2, 7


class WordingEditor(QFrame):
    """`saved` carries NewWords, the disputes' names and the reason. It knows no project."""

    saved = Signal(object, list, str)
    cancelled = Signal()
    proposal_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._disputes: tuple[Dispute, ...] = ()
        self._old = NewWords(wording="")
        self._proposed: NewWords | None = None
        self._was_told = False
        self.title = PlainLabel("", "strong", wrap=True)
        self.wording = self._field(tr("Wording"), WORDING_LINES)
        self.level_fields: list[QPlainTextEdit] = []
        self._level_names: list[PlainLabel] = []
        self._levels = QVBoxLayout()
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Why the words change"))
        self.reason.setPlaceholderText(tr("Why the words change (your colleagues will see it)"))
        self.attached = QCheckBox()
        self.changes = ReadingPane(look, tr("The words, with what changes"))
        self.save_button = QPushButton(tr("Put it into the guide"))
        dress(self.save_button, "primary")
        self.cancel_button = QPushButton(tr("Leave the words"))
        self.propose_button = QPushButton(button_text(tr("Propose a wording…")))
        self.told = PlainLabel("", "muted", wrap=True)
        self.proposal = QFrame()
        self.proposal_why = PlainLabel("", wrap=True)
        self.proposal_pane = ReadingPane(look, tr("The wording proposed, as changes"))
        self.take_button = QPushButton(tr("Take it over into the fields"))
        self.leave_button = QPushButton(tr("Leave it"))
        self._lay_out()
        self._connect()

    # ---- what is shown

    def begin(self, disputes: Sequence[Dispute], words: NewWords, current: str) -> None:
        """Begin to reword the point of some disputes; `words` are those that the guide has now."""
        self._disputes, self._old, self._proposed = tuple(disputes), words, None
        asked = disputes[0].asked
        self.title.setText(tr("New words for “{point}”").format(point=asked.title))
        self._current = current
        self.attached.setVisible(len(disputes) > 1)
        self.attached.setChecked(True)
        words_all = tr("It should end all {n} differences on this point (else only the one that is open)")
        self.attached.setText(words_all.format(n=count_text(len(disputes))))
        self.reason.clear()
        self.proposal.hide()
        self.tell("")
        self._fit_levels(len(words.levels))
        self._fill(words)
        self.wording.setFocus()

    def words(self) -> NewWords:
        """Return the words as they are typed now."""
        levels = zip(self._old.levels, self.level_fields, strict=False)
        return NewWords(
            wording=self.wording.toPlainText().strip(),
            levels=tuple((key, field.toPlainText().strip()) for (key, _), field in levels),
        )

    def chosen(self) -> list[Dispute]:
        """Return the disputes that the new words should end."""
        everyone = self.attached.isChecked() or len(self._disputes) == 1
        return [each for each in self._disputes if everyone or each.subject == self._current]

    def tell(self, text: str) -> None:
        """Say how the asking for a wording stands."""
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def show_proposal(self, found: Proposed) -> None:
        """Show what a model proposed; a bad answer is said, and nothing else."""
        if found.words is None:
            self.tell(tr("No wording came back: {why}").format(why=found.trouble))
            return
        self.tell("")
        proposed = NewWords(wording=found.words.wording, levels=found.words.levels)
        self._proposed = proposed
        self.proposal_why.setText(
            tr("{model} proposes: {why}").format(model=found.model, why=found.words.why)
        )
        text, marks = woven_text(whole_words(self._old), whole_words(proposed))
        self.proposal_pane.set_text(text)
        self.proposal_pane.set_differences(marks)
        self.proposal.show()
        self.take_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _on_escape(self) -> None:
        """Leave; what was typed is not given up by one key."""
        if self.save_button.isEnabled() and not self._was_told:
            self._was_told = True
            self.tell(
                tr("The new words are not in the guide yet. Esc once more leaves the words as they were.")
            )
        else:
            self.cancelled.emit()

    def _fill(self, words: NewWords) -> None:
        self.wording.setPlainText(words.wording)
        for (key, text), name, field in zip(words.levels, self._level_names, self.level_fields, strict=False):
            name.setText(tr("Words for “{grade}”").format(grade=level_name(key)))
            field.setAccessibleName(name.text())
            field.setPlainText(text)
        self._on_typed()

    def _fit_levels(self, count: int) -> None:
        while len(self.level_fields) < count:
            name, field = PlainLabel("", "caption"), self._field("", LEVEL_LINES)
            field.textChanged.connect(self._on_typed)
            self._levels.addWidget(name)
            self._levels.addWidget(field)
            self._level_names.append(name)
            self.level_fields.append(field)
        for at, (name, field) in enumerate(zip(self._level_names, self.level_fields, strict=True)):
            name.setVisible(at < count)
            field.setVisible(at < count)

    def _on_typed(self) -> None:
        now = self.words()
        self._was_told = False
        is_new = now != self._old and bool(now.wording)
        self.save_button.setEnabled(is_new)
        self.changes.setVisible(is_new)
        if is_new:
            text, marks = woven_text(whole_words(self._old), whole_words(now))
            self.changes.set_text(text)
            self.changes.set_differences(marks)

    def _take(self) -> None:
        if self._proposed is not None:
            levels = dict(self._proposed.levels)
            kept = tuple((key, levels.get(key, text)) for key, text in self._old.levels)
            self._fill(NewWords(wording=self._proposed.wording, levels=kept))
        self.proposal.hide()
        self.wording.setFocus()

    def _leave(self) -> None:
        self.proposal.hide()
        self.wording.setFocus()

    def _save(self) -> None:
        self.saved.emit(self.words(), [each.subject for each in self.chosen()], self.reason.text().strip())

    # ---- making

    def _field(self, name: str, lines: int) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setAccessibleName(name)
        field.setTabChangesFocus(True)
        field.setFixedHeight(
            self._look.metrics("control").lineSpacing() * lines + self._look.theme.space.large
        )
        return field

    def _connect(self) -> None:
        self.wording.textChanged.connect(self._on_typed)
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.cancelled)
        self.propose_button.clicked.connect(self.proposal_requested)
        self.take_button.clicked.connect(self._take)
        self.leave_button.clicked.connect(self._leave)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        dress(self, "card")
        line = self._look.metrics("reading").lineSpacing()
        for pane in (self.changes, self.proposal_pane):
            pane.setFixedHeight(line * CHANGE_LINES)
        self._levels.setSpacing(space.tiny)
        self._lay_out_proposal()
        scroll = ScrollColumn(space.small, right=space.small)
        column = scroll.column
        column.addWidget(self.title)
        column.addWidget(self.proposal)
        column.addWidget(PlainLabel(tr("Wording"), "caption"))
        column.addWidget(self.wording)
        column.addLayout(self._levels)
        column.addWidget(self.changes)
        column.addWidget(self.attached)
        column.addWidget(self.reason)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=space.small)
        for button in (self.save_button, self.cancel_button, self.propose_button):
            button.setAutoDefault(False)
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.told)
        layout.addWidget(buttons)

    def _lay_out_proposal(self) -> None:
        space = self._look.theme.space
        dress(self.proposal, "pane")
        buttons = QHBoxLayout()
        buttons.setSpacing(space.small)
        for button in (self.take_button, self.leave_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self.proposal)
        layout.setContentsMargins(space.medium, space.small, space.medium, space.small)
        layout.setSpacing(space.small)
        layout.addWidget(self.proposal_why)
        layout.addWidget(self.proposal_pane)
        layout.addLayout(buttons)
