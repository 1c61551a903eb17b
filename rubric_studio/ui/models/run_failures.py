"""What failed in a run, kind by kind: a plain sentence, how often, what to do, an example. Reads nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.services.runs import FailureKind
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.run_faults import fault_text, remedy_text
from rubric_studio.ui.models.run_words import tr
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.state_shape import Shape, StateShape

LONGEST = 300


class RunFailures(QWidget):
    """Hidden while nothing failed."""

    calls_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.cards: list[FailureCard] = []
        self.calls_button = QPushButton(f"{tr('Show the calls that failed')}  F")
        dress(self.calls_button, "link")
        self.calls_button.clicked.connect(self.calls_requested)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.theme.space.small)
        self._column.addWidget(PlainLabel(tr("What failed"), "strong"))
        self._column.addWidget(self.calls_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_failures(self, found: Sequence[FailureKind], names: dict[str, str]) -> None:
        """Show these kinds; `names` are those of what calls are about."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [FailureCard(self._look, each, names) for each in found]
        for at, card in enumerate(self.cards):
            self._column.insertWidget(1 + at, card)
        self.setVisible(bool(found))


class FailureCard(QFrame):
    """One kind of failure."""

    def __init__(
        self, look: Look, found: FailureKind, names: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        space, call = look.theme.space, found.example
        count = tr("1 call") if found.calls == 1 else tr("{n} calls").format(n=count_text(found.calls))
        self.title = PlainLabel(f"{fault_text(found.kind)}: {count}", "strong", wrap=True)
        self.remedy = PlainLabel(remedy_text(found.kind), wrap=True)
        said = call.fault.message if call.fault is not None else ""
        example = tr("For example {what}: {said}").format(what=names.get(call.source, call.source), said=said)
        self.example = PlainLabel(example[:LONGEST], "caption", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(space.small)
        shape = StateShape(look, Shape.FAULT)
        shape.setAccessibleName(tr("Failed"))
        head.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.tiny)
        layout.addLayout(head)
        layout.addWidget(self.remedy)
        layout.addWidget(self.example)
        self.setAccessibleName(self.title.text())
