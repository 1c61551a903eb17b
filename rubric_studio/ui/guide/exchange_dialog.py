"""What came back from Word or Excel, edit by edit: accept, refuse, read the comments. It writes nothing itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.proposed_edit import FieldComments, ProposedEdit, Standing, standing
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.proposed_edits import Proposals
from rubric_studio.ui.guide.exchange_details import EditDetails
from rubric_studio.ui.guide.exchange_words import (
    REFUSED,
    STATE_ICONS,
    author_words,
    field_word,
    owner_title,
    summary,
)
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text

TO_DECIDE = (Standing.OPEN, Standing.CONFLICT)


class ExchangeDialog(QDialog):
    """`accept_requested` asks for edits to be carried into the guide; the answer is `show_present`."""

    accept_requested = Signal(object, str)
    comments_requested = Signal(object)
    undo_requested = Signal()

    def __init__(
        self, look: Look, proposals: Proposals, present: Rubric, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._proposals, self._present = look, proposals, present
        self._refused: set[str] = set()  # ids of their fields
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Back from {0}").format(proposals.file))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Proposed changes"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.details = EditDetails(look)
        self.progress = PlainLabel("", "muted")
        self._make_buttons()
        self._lay_out()
        self._fill()
        self.list.currentRowChanged.connect(lambda _: self._show_current())
        self._keys()
        self._look.changed.connect(self._draw)
        self.list.setCurrentRow(0)
        self._draw()

    # ---- what stands where

    def state(self, edit: ProposedEdit) -> str:
        """How an edit stands: as the guide of today says, or refused here."""
        return REFUSED if edit.place.id in self._refused else standing(edit, self._present)

    def show_present(self, rubric: Rubric) -> None:
        """Take in what the guide says now."""
        self._present = rubric
        self._refused -= {
            e.place.id for e in self._proposals.edits if standing(e, rubric) is Standing.ACCEPTED
        }
        self._draw()

    def left(self) -> list[ProposedEdit]:
        """The edits that nobody decided yet."""
        return [edit for edit in self._proposals.edits if self.state(edit) in TO_DECIDE]

    # ---- deciding

    def accept_current(self) -> None:
        """Let the guide say what the edit at hand proposes, and go on to the next."""
        edit = self._current()
        if edit is not None and self.state(edit) in (*TO_DECIDE, REFUSED):
            self._refused.discard(edit.place.id)
            what = f"{owner_title(edit.place, self._present)}, {field_word(edit.place)}"
            self.accept_requested.emit((edit,), self.tr("Accept a change: {0}").format(what))
            self._go_on()

    def refuse_current(self) -> None:
        """Leave the guide as it is, and go on to the next."""
        edit = self._current()
        if edit is not None and self.state(edit) in TO_DECIDE:
            self._refused.add(edit.place.id)
            self._draw()
            self._go_on()

    def accept_all_of_author(self) -> None:
        """Accept in one step what is left of the author at hand; conflicts are decided one by one."""
        edit, edits = self._current(), self._of_author()
        if edit is not None and edits:
            label = self.tr("Accept {0} changes of {1}").format(len(edits), author_words(edit))
            self.accept_requested.emit(tuple(edits), label)
            self._go_on()

    def _of_author(self) -> list[ProposedEdit]:
        edit = self._current()
        if edit is None:
            return []
        return [
            each
            for each in self._proposals.edits
            if each.authors == edit.authors and self.state(each) == Standing.OPEN
        ]

    def _go_on(self) -> None:
        """Go to the next edit to decide, from here down and then from the top; at the end to the summary."""
        here, edits = self.list.currentRow(), self._proposals.edits
        for row in (*range(here + 1, len(edits)), *range(min(here + 1, len(edits)))):
            if self.state(edits[row]) in TO_DECIDE:
                self.list.setCurrentRow(row)
                return
        self.list.setCurrentRow(self.list.count() - 1)

    # ---- showing

    def _current(self) -> ProposedEdit | None:
        row = self.list.currentRow()
        return self._proposals.edits[row] if 0 <= row < len(self._proposals.edits) else None

    def _fill(self) -> None:
        for edit in self._proposals.edits:
            title = owner_title(edit.place, self._present)
            QListWidgetItem(f"{title}\n{field_word(edit.place)} · {author_words(edit)}", self.list)
        for said in self._said_only():
            place = said.place
            title = self.tr("The file") if place is None else owner_title(place, self._present)
            item = QListWidgetItem(f"{title}\n{self.tr('a comment')}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, said)
        QListWidgetItem(self.tr("Summary"), self.list)

    def _said_only(self) -> list[FieldComments]:
        """What was said where nothing was changed."""
        changed = {edit.place.id for edit in self._proposals.edits}
        return [
            said for said in self._proposals.comments if said.place is None or said.place.id not in changed
        ]

    def _draw(self) -> None:
        for row, edit in enumerate(self._proposals.edits):
            self.list.item(row).setIcon(self._look.icon(*STATE_ICONS[self.state(edit)]))
        for row in range(len(self._proposals.edits), self.list.count() - 1):
            self.list.item(row).setIcon(self._look.icon("person", "text_muted"))
        states = [self.state(edit) for edit in self._proposals.edits]
        left = sum(state in TO_DECIDE for state in states)
        counts = states.count(Standing.ACCEPTED), states.count(REFUSED), left
        self.progress.setText(summary(*counts) if states else "")
        self._show_current()

    def _show_current(self) -> None:
        edit, item = self._current(), self.list.currentItem()
        state = "" if edit is None else self.state(edit)
        self.accept_button.setEnabled(state in (*TO_DECIDE, REFUSED))
        self.refuse_button.setEnabled(state in TO_DECIDE)
        self._offer_author(edit)
        said = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        if edit is not None:
            self.details.show_edit(edit, state, self._present)
        elif said is not None:
            words = said.comments[0].words if said.comments else ""
            self.details.show_words(item.text().partition("\n")[0], words, said.comments)
        else:
            self.details.show_words(self.progress.text() or self.tr("Nothing was changed"), self._end())

    def _offer_author(self, edit: ProposedEdit | None) -> None:
        edits = self._of_author()
        self.author_button.setVisible(len(edits) > 1)
        if edit is not None:
            words = self.tr("Accept all of {0} ({1})").format(author_words(edit), len(edits))
            self.author_button.setText(button_text(f"{words}  Shift+A"))

    def _end(self) -> str:
        """Everything that is no change of a text, to be read at the end."""
        told = list(self._proposals.notes)
        if self._proposals.done:
            told.append(self.tr("{0} more changes are in the guide already.").format(self._proposals.done))
        for each in self._proposals.complaints:
            where = f"{each.cell}: " if each.cell else ""
            told.append(f"{where}{each.message} {each.hint}".rstrip())
        return "\n\n".join(told) or self.tr("Nothing else is in the file.")

    # ---- layout

    def _make_buttons(self) -> None:
        self.accept_button = QPushButton(button_text(self.tr("Accept  A")))
        dress(self.accept_button, "primary")
        self.refuse_button = QPushButton(button_text(self.tr("Refuse  R")))
        self.author_button = QPushButton()
        self.comments_button = QPushButton(button_text(self.tr("Keep the comments")))
        self.accept_button.clicked.connect(self.accept_current)
        self.refuse_button.clicked.connect(self.refuse_current)
        self.author_button.clicked.connect(self.accept_all_of_author)
        self.comments_button.clicked.connect(self._on_comments_clicked)
        self.comments_button.setVisible(bool(self._proposals.comments))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        for button in (close, self.accept_button, self.refuse_button, self.author_button):
            button.setAutoDefault(False)

    def _on_comments_clicked(self) -> None:
        self.comments_button.setEnabled(False)
        self.comments_requested.emit(self._proposals.comments)

    def _keys(self) -> None:
        slots = {
            "A": self.accept_current,
            "R": self.refuse_current,
            "Shift+A": self.accept_all_of_author,
            "Ctrl+Z": self.undo_requested.emit,
        }
        for key, slot in slots.items():
            QShortcut(QKeySequence(key), self, slot)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(space.medium, 0, 0, 0)
        column.setSpacing(space.medium)
        column.addWidget(self.details, 1)
        deciding = QHBoxLayout()
        deciding.setSpacing(space.small)
        for button in (self.accept_button, self.refuse_button, self.author_button):
            deciding.addWidget(button)
        deciding.addStretch(1)
        column.addLayout(deciding)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([320, 560])
        foot = QHBoxLayout()
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.comments_button)
        foot.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.large)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
        size = self._look.theme.sizes.control
        self.resize(size * 72, size * 46)
