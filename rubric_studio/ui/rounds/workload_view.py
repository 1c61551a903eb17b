"""What a round would come to: words and hours for each expert, what to know, and one remedy where it is long."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.services.round_start import RoundNote, RoundProposal, Workload
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.note_words import QUIET, note_text
from rubric_studio.ui.rounds.round_words import answers_text, questions_text, time_needed, tr


class WorkloadView(ScrollColumn):
    """`fewer_requested(n)`: let the round take so many answers."""

    fewer_requested = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.theme.space.medium, right=look.theme.space.small, parent=parent)
        self._look = look
        self.setAccessibleName(tr("What it comes to"))
        self.total = PlainLabel("", "strong", wrap=True)
        self.lines = QWidget()
        self._grid = QGridLayout(self.lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.space.medium)
        self._grid.setVerticalSpacing(look.theme.space.tiny)
        self._grid.setColumnStretch(0, 1)
        self.too_long = PlainLabel("", wrap=True)
        self.fewer_button = QPushButton()
        self.fewer_button.setAutoDefault(False)
        self._fits = 0
        self._notes = QVBoxLayout()
        self._notes.setSpacing(look.theme.space.small)
        self.column.addWidget(self.total)
        self.column.addWidget(self.lines)
        self.column.addWidget(self.too_long)
        self.column.addWidget(self.fewer_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._notes)
        self.fewer_button.clicked.connect(lambda: self.fewer_requested.emit(self._fits))
        self.show_waiting(tr("Choose who scores."))

    def show_waiting(self, words: str) -> None:
        """Say why there is nothing to see."""
        self.total.setText(words)
        self.lines.hide()
        self.too_long.hide()
        self.fewer_button.hide()
        self._clear_notes()

    def show_proposal(self, proposal: RoundProposal) -> None:
        """Show what the round would come to."""
        plan = proposal.plan
        samples = plan.samples()
        rows = len({*plan.tuned, *plan.held_out})
        words = tr("{answers} to {questions}") if rows else tr("{answers}")
        self.total.setText(words.format(answers=answers_text(len(samples)), questions=questions_text(rows)))
        self._show_lines(proposal.workloads)
        self._show_remedy(proposal.notes)
        self._clear_notes()
        if proposal.lead_scores:
            words = tr(
                "You score too, as blind as the rest: you see nobody's marks before the round is closed."
            )
            self._notes.addWidget(PlainLabel(words, "muted", wrap=True))
        for note in proposal.notes:
            if note.code != "too_long" or not note.facts.get("fits"):
                self._notes.addWidget(self._note(note))

    def _show_lines(self, workloads: Sequence[Workload]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, each in enumerate(workloads):
            name = PlainLabel(each.name, wrap=True)
            words = tr("{answers}, {words} words").format(
                answers=answers_text(each.samples + each.repeats), words=count_text(each.words)
            )
            time = PlainLabel(time_needed(each.minutes), "strong")
            time.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(name, 2 * at, 0)
            self._grid.addWidget(time, 2 * at, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(PlainLabel(words, "caption", wrap=True), 2 * at + 1, 0, 1, 2)
        self.lines.setVisible(bool(workloads))

    def _show_remedy(self, notes: Sequence[RoundNote]) -> None:
        """Of several people who would sit too long, the remedy for the one who can do least."""
        long = [note.facts for note in notes if note.code == "too_long" and note.facts.get("fits")]
        for widget in (self.too_long, self.fewer_button):
            widget.setVisible(bool(long))
        if long:
            worst = min(long, key=lambda facts: facts["fits"])
            self._fits = int(worst["round_fits"])
            said = tr("{time} for {name}.").format(time=time_needed(worst["minutes"]), name=worst["name"])
            self.too_long.setText(said[:1].upper() + said[1:])
            self.fewer_button.setText(tr("Have each score {n}?").format(n=worst["fits"]))
            self.fewer_button.setAccessibleDescription(self.too_long.text())

    def _note(self, note: RoundNote) -> QWidget:
        line = QFrame()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.theme.space.small)
        is_quiet = note.code in QUIET
        if not is_quiet:
            icon = PlainLabel()
            size = self._look.theme.shape.icon
            icon.setPixmap(self._look.icons().pixmap("warning", "text_muted", size, self.devicePixelRatioF()))
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(note_text(note), "muted" if is_quiet else "", wrap=True), 1)
        dress(line, "plain")
        return line

    def _clear_notes(self) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
