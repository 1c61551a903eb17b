"""What came of the files that colleagues sent: for each who and how far, or why it was refused and what to do."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rubric_studio.domain.errors import StudioError
from rubric_studio.services.answers import TakenIn
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.round_words import BETWEEN, tr

WIDTH, HEIGHT = 46, 30
"""In heights of a control's text."""
NAMED = 20
"""So many cells of one sheet are named; of more only how many."""


class Arrived(NamedTuple):
    """One file: what was taken in, or why it was not. `complaints` name cells of a sheet that cannot be understood."""

    path: Path
    taken: TakenIn | None = None
    error: StudioError | None = None
    complaints: tuple[str, ...] = ()

    @property
    def is_held_back(self) -> bool:
        """Whether the rest of it could be taken in without the cells at fault."""
        return self.taken is None and self.error is None


class BroughtInDialog(QDialog):
    """`rest_requested` carries the sheets that shall be taken in without their cells at fault."""

    rest_requested = Signal(list)

    def __init__(self, look: Look, arrived: Sequence[Arrived], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Answers brought in"))
        space, size = look.theme.space, look.theme.sizes.control
        refused = sum(each.taken is None for each in arrived)
        held_back = [each.path for each in arrived if each.is_held_back]
        self.heading = PlainLabel(_heading(len(arrived), refused), "title", wrap=True)
        self.lines = ScrollColumn(space.small, right=space.small)
        for each in arrived:
            self.lines.column.addWidget(_card(look, each))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.rest_button = buttons.addButton(
            tr("Leave these cells out, take in the rest"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.rest_button.setVisible(bool(held_back))
        self.rest_button.clicked.connect(lambda: self._take_rest(held_back))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(self.heading)
        layout.addWidget(self.lines, 1)
        layout.addWidget(buttons)
        self.resize(size * WIDTH, size * HEIGHT)

    def _take_rest(self, paths: list[Path]) -> None:
        self.accept()
        self.rest_requested.emit(paths)


def arrived_text(taken: TakenIn) -> str:
    """How far somebody came: "Anna Berg: 40 of 40, handed in"."""
    words = tr("{name}: {done} of {total}").format(
        name=taken.name, done=count_text(taken.done), total=count_text(taken.total)
    )
    if taken.late:
        state = tr("after the round was closed: kept as marks, but they do not count for its agreement")
    elif taken.was_known:
        state = tr("nothing new, it was here already")
    else:
        state = tr("handed in") if taken.finished else tr("not finished yet")
    return ", ".join((words, state))


def _heading(files: int, refused: int) -> str:
    if not refused:
        return tr("The answers are in") if files > 1 else tr("The answers of one colleague are in")
    if refused == files:
        return tr("Nothing was taken in")
    return tr("{n} of {all} files were not taken in").format(n=refused, all=files)


def _card(look: Look, arrived: Arrived) -> QFrame:
    card = QFrame()
    dress(card, "card")
    space = look.theme.space
    icon = PlainLabel()
    name = "check" if arrived.taken is not None else "warning"
    icon.setPixmap(look.icons().pixmap(name, "text_muted", look.theme.shape.icon, card.devicePixelRatioF()))
    column = QVBoxLayout()
    column.setSpacing(space.tiny)
    if arrived.taken is not None:
        column.addWidget(PlainLabel(arrived_text(arrived.taken), "strong", wrap=True))
    if arrived.is_held_back:
        column.addWidget(
            PlainLabel(tr("Some cells cannot be understood: nothing was taken in yet"), "strong", wrap=True)
        )
    if arrived.error is not None:
        column.addWidget(PlainLabel(arrived.error.title, "strong", wrap=True))
        column.addWidget(PlainLabel(arrived.error.message, wrap=True))
        if arrived.error.hint:
            column.addWidget(PlainLabel(arrived.error.hint, "muted", wrap=True))
    for complaint in arrived.complaints[:NAMED]:
        column.addWidget(PlainLabel(complaint, wrap=True))
    if len(arrived.complaints) > NAMED:
        words = tr("and {n} more cells").format(n=count_text(len(arrived.complaints) - NAMED))
        column.addWidget(PlainLabel(words, "muted", wrap=True))
    column.addWidget(PlainLabel(arrived.path.name, "caption", wrap=True))
    row = QHBoxLayout(card)
    row.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
    row.setSpacing(space.small)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(column, 1)
    card.setAccessibleName(
        BETWEEN.join(label.text() for label in card.findChildren(PlainLabel) if label.text())
    )
    return card
