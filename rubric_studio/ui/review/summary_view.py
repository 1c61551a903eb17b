"""Where she stands at the end of a sitting: marked today, time, her own grades, what waits."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.services.reviewing import Review
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.review.review_words import duration_text, grade_word, left_text, local_day
from rubric_studio.ui.review.sitting import Sitting
from rubric_studio.ui.review.work_time import WorkTime

WIDEST = 720


@dataclass(frozen=True)
class Summary:
    """What is shown. `grades` are her own grades with how often she gave each, most often first."""

    done: int
    total: int
    today: int
    seconds_today: float
    grades: tuple[tuple[str, int], ...]
    marks: int
    unsure: int
    skipped: int
    left: str


def summary_of(review: Review, sitting: Sitting, time: WorkTime, today: str) -> Summary:
    """Count what she did, in all and on her present day."""
    words: Counter[str] = Counter()
    given_today = 0
    for task in review.tasks:
        for point in review.points(task):
            mark = review.mark(task, point.key)
            if mark is not None:
                words[grade_word(point.asked, mark)] += 1
                given_today += local_day(mark.at) == today
    return Summary(
        done=review.done(),
        total=len(review.tasks),
        today=given_today,
        seconds_today=time.today(),
        grades=tuple(words.most_common()),
        marks=words.total(),
        unsure=len(sitting.waiting_unsure()),
        skipped=len(sitting.waiting_skipped()),
        left=left_text(time.pace.left(review.marks_left())),
    )


class SummaryView(QScrollArea):
    """Hand in or pause, or take back what was handed in; Esc goes back to the answers."""

    hand_in_requested = Signal()
    take_back_requested = Signal()
    pause_requested = Signal()
    back_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWidgetResizable(True)
        self.title = PlainLabel("", "title", wrap=True)
        self.sentence = PlainLabel("", "reading", wrap=True)
        self.grid = QGridLayout()
        self._lines: list[tuple[PlainLabel, PlainLabel]] = []
        self.hand_in = QPushButton(button_text(self.tr("Hand in")))
        dress(self.hand_in, "primary")
        self.take_back = QPushButton(button_text(self.tr("Take it back and go on")))
        self.pause = QPushButton(button_text(self.tr("Pause")))
        self.back = QPushButton(button_text(self.tr("Back to the answers  Esc")))
        for button in (self.hand_in, self.take_back, self.pause, self.back):
            button.setAutoDefault(True)  # Enter presses it, as Space does
        self.hand_in.clicked.connect(self.hand_in_requested)
        self.take_back.clicked.connect(self.take_back_requested)
        self.pause.clicked.connect(self.pause_requested)
        self.back.clicked.connect(self.back_requested)
        self._lay_out()

    def show_summary(self, summary: Summary, *, locked: bool, can_take_back: bool = True) -> None:
        """Show how far she is; handing in is the main thing once everything is marked."""
        is_done = summary.done == summary.total
        self.title.setText(self.tr("Everything is marked") if is_done else self.tr("Where you stand"))
        self.sentence.setText(self._sentence(summary, locked=locked))
        self._fill(self._figures(summary))
        self.hand_in.setVisible(not locked)
        self.take_back.setVisible(locked and can_take_back)
        self.hand_in.setText(
            button_text(self.tr("Hand in") if is_done else self.tr("Hand in what is marked"))
        )
        dress(self.hand_in, "primary" if is_done else "")
        dress(self.pause, "primary" if locked or not is_done else "")
        self.setAccessibleName(f"{self.title.text()}. {self.sentence.text()}")

    def words(self) -> str:
        """Return everything that is said, line by line."""
        figures = [f"{a.text()} {b.text()}" for a, b in self._lines if not a.isHidden()]
        return "\n".join([self.title.text(), self.sentence.text(), *figures])

    def _sentence(self, summary: Summary, *, locked: bool) -> str:
        if locked:
            return self.tr("You have handed this in.")
        if summary.done == summary.total:
            return self.tr(
                "Hand it in when you are content. Nobody sees your marks before the round is closed."
            )
        return self.tr("Your marks are saved. You can go on at any time, right where you are.")

    def _figures(self, summary: Summary) -> list[tuple[str, str]]:
        answers = self.tr("{done} of {total}").format(done=summary.done, total=summary.total)
        figures = [(self.tr("Answers marked"), answers), (self.tr("Marks given today"), str(summary.today))]
        if summary.seconds_today:
            figures.append((self.tr("Time today"), duration_text(summary.seconds_today)))
        figures.append((self.tr("Still to do"), summary.left or self._left_in_answers(summary)))
        figures.append((self.tr("Unsure"), str(summary.unsure)))
        figures.append((self.tr("Put off"), str(summary.skipped)))
        counted = self.tr("{count} of {total} marks")
        figures += [
            (self.tr("Grade: {0}").format(word), counted.format(count=count, total=summary.marks))
            for word, count in summary.grades
        ]
        return figures

    def _left_in_answers(self, summary: Summary) -> str:
        return self.tr("{0} answers").format(summary.total - summary.done)

    def _fill(self, figures: list[tuple[str, str]]) -> None:
        while len(self._lines) < len(figures):
            pair = (PlainLabel("", "muted", wrap=True), PlainLabel("", "strong"))
            self.grid.addWidget(pair[0], len(self._lines), 0)
            self.grid.addWidget(pair[1], len(self._lines), 1)
            self._lines.append(pair)
        for place, pair in enumerate(self._lines):
            for label, text in zip(pair, figures[place] if place < len(figures) else ("", ""), strict=True):
                label.setText(text)
                label.setVisible(place < len(figures))

    def _lay_out(self) -> None:
        space = self._look.theme.space
        content = QWidget()
        content.setProperty("kind", "plain")
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        self.grid.setColumnStretch(1, 1)
        self.grid.setHorizontalSpacing(space.wide)
        self.grid.setVerticalSpacing(space.small)
        buttons = QHBoxLayout()
        buttons.setSpacing(space.medium)
        for button in (self.hand_in, self.take_back, self.pause, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(space.page, space.page, space.page, space.page)
        layout.setSpacing(space.large)
        for widget in (self.title, self.sentence):
            layout.addWidget(widget)
        layout.addLayout(self.grid)
        layout.addLayout(buttons)
        layout.addStretch(1)
        outer = QHBoxLayout(content)
        outer.addStretch(1)
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        self.setWidget(content)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
