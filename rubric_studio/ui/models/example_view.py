"""Real texts of a run before it starts: as they stand, and as they go out, with what was replaced marked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.row import Message
from rubric_studio.services.estimate import Example
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.start_words import tr
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.reading_pane import Difference, ReadingPane
from rubric_studio.ui.segmented import Segmented

STANDS, SENT = "stands", "sent"
REPLACED_ROLE = "found_current"


class ExampleView(QWidget):
    """The arrows go from one example to the next."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._examples: tuple[Example, ...] = ()
        self._at = 0
        self._is_looked_for = False
        self.heading = PlainLabel(tr("An example"), "strong")
        self.choice = Segmented(
            tr("How the example is shown"),
            [(SENT, tr("As it goes out")), (STANDS, tr("As it stands"))],
        )
        self.back_button = _arrow(look, "left", tr("Example before"))
        self.next_button = _arrow(look, "right", tr("Next example"))
        self.said = PlainLabel("", "caption", wrap=True)
        self.pane = ReadingPane(look, tr("Example with its real text"))
        self.choice.chosen.connect(self._show)
        self.back_button.clicked.connect(lambda: self._step(-1))
        self.next_button.clicked.connect(lambda: self._step(1))
        self._lay_out(look)
        self._show()

    def set_examples(self, examples: Sequence[Example]) -> None:
        """Show others; the one looked at stays where it is among them."""
        self._is_looked_for = True
        source = self._examples[self._at].source if self._examples else ""
        self._examples = tuple(examples)
        self._at = next((at for at, each in enumerate(examples) if each.source == source), 0)
        self._show()

    def text(self) -> str:
        """Return the text that is shown."""
        return self.pane.text()

    def _step(self, step: int) -> None:
        self._at = (self._at + step) % max(1, len(self._examples))
        self._show()

    def _show(self) -> None:
        several = len(self._examples) > 1
        self.back_button.setVisible(several)
        self.next_button.setVisible(several)
        if not self._examples:
            self.pane.set_text("")
            nothing = tr("There is no example: nothing would be sent.")
            self.said.setText(nothing if self._is_looked_for else tr("Making an example…"))
            return
        example = self._examples[self._at]
        is_sent = self.choice.value() == SENT
        text, starts = _joined(example.sent if is_sent else example.plain)
        if not self.pane.shows(text, formatted=False):
            self.pane.set_text(text)
        spans = zip(starts, example.found, strict=False) if is_sent else ()
        marks = [
            Difference(begun + start, begun + end, REPLACED_ROLE)
            for begun, found in spans
            for start, end in found
        ]
        self.pane.set_differences(marks)
        self._tell(len(marks), is_sent=is_sent)

    def _tell(self, replaced: int, *, is_sent: bool) -> None:
        place = tr("{at} of {all}").format(at=self._at + 1, all=len(self._examples))
        self.heading.setText(
            tr("An example") if len(self._examples) == 1 else tr("Example {0}").format(place)
        )
        if not is_sent:
            words = tr("This is the text in your project. It is not what goes out.")
        elif replaced:
            words = tr("Word for word what is sent. Marked: what was replaced, {0}.").format(replaced)
        else:
            words = tr("Word for word what is sent.")
        self.said.setText(words)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(self.heading)
        head.addWidget(self.back_button)
        head.addWidget(self.next_button)
        head.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(space.medium)
        below.addWidget(self.said, 1)
        below.addWidget(self.choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        layout.addLayout(below)
        layout.addWidget(self.pane, 1)


def _joined(messages: Sequence[Message]) -> tuple[str, list[int]]:
    """All messages as one text, each under its role, and where each one's content begins."""
    text, starts = "", []
    for message in messages:
        text += ("\n\n" if text else "") + f"[{message.role}]\n"
        starts.append(len(text))
        text += message.content
    return text, starts


def _arrow(look: Look, icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(look.icon(icon))
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
