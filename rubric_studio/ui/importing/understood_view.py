"""Ten lines as they were understood, in the window's words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.domain.table import Complaint
from rubric_studio.services.understanding import ImportedMark, PreviewLine
from rubric_studio.ui.importing.import_words import shortened
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text, score_text
from rubric_studio.ui.plain_text import PlainLabel

SHORT = 110
LONGEST = 160


class UnderstoodView(QScrollArea):
    """One card per line; the texts are cut short, never read as anything but text."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The first lines as they were understood"))

    def show_lines(self, lines: Sequence[PreviewLine], points: dict[str, str]) -> None:
        """Show the lines; `points` are the titles of criteria by key."""
        at = self.verticalScrollBar().value()
        holder = QWidget()
        dress(holder, "plain")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, self._look.theme.space.small, 0)
        layout.setSpacing(self._look.theme.space.small)
        for line in lines:
            layout.addWidget(self._card(line, points))
        layout.addStretch(1)
        self.setWidget(holder)
        self.verticalScrollBar().setValue(at)

    def text(self) -> str:
        """Return all that is shown, as a screen reader would read it."""
        return "\n".join(label.text() for label in self.findChildren(PlainLabel))

    def _card(self, line: PreviewLine, points: dict[str, str]) -> QFrame:
        card = QFrame()
        dress(card, "card")
        space = self._look.theme.space
        layout = QVBoxLayout(card)
        layout.setContentsMargins(space.medium, space.small, space.medium, space.small)
        layout.setSpacing(space.tiny)
        layout.addWidget(PlainLabel(self._caption(line), "caption"))
        for text, kind in self._texts(line, points):
            label = PlainLabel(text, kind, wrap=True)
            label.setMinimumWidth(1)  # else a long text would ask for more than the view has
            layout.addWidget(label)
        return card

    def _caption(self, line: PreviewLine) -> str:
        ids = [row.id for row in line.rows] or [sample.row for sample in line.samples]
        ids = ids or [mark.row for mark in line.marks]
        words = self.tr("Line {n}").format(n=line.line.number)
        return self.tr("{line}, question {id}").format(line=words, id=shortened(ids[0], 40)) if ids else words

    def _texts(self, line: PreviewLine, points: dict[str, str]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for row in line.rows:
            found.append(
                (
                    shortened(row.prompt_text, LONGEST) or self.tr("No question, only what stands beside it"),
                    "strong",
                )
            )
            beside = [name for name in row.reference if name != "reference"]
            if "reference" in row.reference and row.reference["reference"] is not None:
                ideal = shortened(str(row.reference["reference"]), SHORT)
                found.append((self.tr("Ideal answer: {text}").format(text=ideal), ""))
            if beside:
                names = shortened(", ".join(beside), SHORT)
                found.append((self.tr("Beside it: {names}").format(names=names), "caption"))
            if row.criteria:
                found.append((self.tr("Points of its own: {n}").format(n=count_text(len(row.criteria))), ""))
        marks = {(mark.model, mark.run): mark for mark in line.marks}
        for sample in line.samples:
            answer = self.tr("{model}: {text}").format(model=sample.model, text=shortened(sample.text, SHORT))
            found.append((answer, ""))
            mark = marks.pop((sample.model, sample.run), None)
            if mark is not None:
                found.append((self._mark(mark, points), "caption"))
        found += [(self._mark(mark, points, with_model=True), "") for mark in marks.values()]
        return found + [(self._complaint(complaint), "problem") for complaint in line.complaints]

    def _mark(self, mark: ImportedMark, points: dict[str, str], *, with_model: bool = False) -> str:
        point = shortened(points.get(mark.criterion, mark.criterion), 60)
        if mark.value is None:
            value = self.tr("not marked")
        else:
            value = (
                score_text(mark.value)
                if isinstance(mark.value, int | float)
                else f'"{shortened(mark.value, 40)}"'
            )
        words = self.tr("{point}: {value}").format(point=point, value=value)
        if with_model and mark.model:
            words = self.tr("{model}, {mark}").format(model=mark.model, mark=words)
        if mark.rater:
            words = self.tr("{mark}, by {rater}").format(mark=words, rater=mark.rater)
        if mark.reason:
            words = self.tr("{mark}, because {reason}").format(
                mark=words, reason=shortened(mark.reason, SHORT)
            )
        return words

    def _complaint(self, complaint: Complaint) -> str:
        where = self.tr('Column "{name}": ').format(name=complaint.column) if complaint.column else ""
        return where + shortened(" ".join(part for part in (complaint.message, complaint.hint) if part))
