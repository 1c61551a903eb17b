"""One answer on which a judge and the experts differ, with what either said. It knows no project."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.services.judge_differences import BothSides
from rubric_studio.services.mark import Mark
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.judge_words import grade_name, tr
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.plain_text import PlainLabel

MOST_LETTERS = 600
LITTLE = 0.01


class DifferenceCard(QFrame):
    """`opened` asks to see the answer on the guide page."""

    opened = Signal()

    def __init__(self, look: Look, found: BothSides, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.found = found
        self.title = PlainLabel(found.asked.title, "strong", wrap=True)
        self.where = PlainLabel(_where(found), "caption", wrap=True)
        self.expert = PlainLabel(_said(found, found.expert), wrap=True)
        self.judge = PlainLabel(_said(found, found.judge), wrap=True)
        self.show_button = QPushButton(tr("Show it"))
        self.show_button.setAccessibleName(
            tr("Show {model}'s answer to question {row}").format(
                model=found.difference.sample.model, row=found.difference.sample.row
            )
        )
        self.show_button.clicked.connect(self.opened)
        self._lay_out(look)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(self.title, 1)
        head.addWidget(self.show_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space.medium)
        grid.setVerticalSpacing(space.tiny)
        grid.setColumnStretch(1, 1)
        for line, (who, said) in enumerate(((tr("Experts"), self.expert), (tr("Judge"), self.judge))):
            grid.addWidget(PlainLabel(who, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, line, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.tiny)
        layout.addLayout(head)
        layout.addWidget(self.where)
        layout.addLayout(grid)


def _where(found: BothSides) -> str:
    sample = found.difference.sample
    little = tr("Question {row}, {model}, run {run}. It moves the total by less than {size}.")
    words = tr("Question {row}, {model}, run {run}. It moves the total by up to {size}.")
    facts = {"row": str(sample.row), "model": sample.model, "run": sample.run}
    size = found.difference.size
    return (little if size < LITTLE else words).format(size=score_text(max(size, LITTLE)), **facts)


def _said(found: BothSides, mark: Mark) -> str:
    """The grade and the reason; a mean of several has no grade of its own."""
    level = next((each for each in found.asked.levels if each.key == mark.level), None)
    value = score_text(mark.value or 0.0)
    if level is not None:
        grade = f"{grade_name(level)} ({value})"
    elif len(mark.raters) > 1:
        grade = tr("{value}, the mean of {n} marks").format(value=value, n=len(mark.raters))
    else:
        grade = value
    reason = mark.reason.strip()
    if len(reason) > MOST_LETTERS:
        reason = reason[:MOST_LETTERS].rstrip() + " …"
    return f"{grade}: {reason}" if reason else tr("{grade}, without a reason").format(grade=grade)
