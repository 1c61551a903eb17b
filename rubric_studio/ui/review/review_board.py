"""The widgets of the review page and where they stand: text left, points right, progress above. It decides nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.guide.question_header import QuestionHeader
from rubric_studio.ui.guide.quiet_splitter import QuietSplitter
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.notice_bar import NoticeBar
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.review.answer_panes import AnswerPanes
from rubric_studio.ui.review.card_point import CardPoint
from rubric_studio.ui.review.checks_fold import ChecksFold
from rubric_studio.ui.review.grade_strip import GradeStrip
from rubric_studio.ui.review.habits_menu import HabitsMenu
from rubric_studio.ui.review.point_card import PointCard
from rubric_studio.ui.review.points_list import PointsList, line_height
from rubric_studio.ui.review.progress_line import ProgressLine
from rubric_studio.ui.review.remarks_line import RemarksLine

TEXT_SHARE, POINTS_SHARE = 60, 40
SHARE, SHARE_WHERE_TIGHT = 0.4, 0.24
"""How much of the right side the list of points takes: always the same, so that grades keep their place."""
MANY_LINES, LEAST_LINES = 27, 3
ROOMY = 900
"""Pixels at the usual size of text."""


class ReviewBoard(QWidget):
    """What one sees while marking."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.progress = ProgressLine(look)
        self.finished = NoticeBar(
            look,
            "lock",
            self.tr("You have handed this in, so your marks are locked until you take it back."),
            button=self.tr("Take it back and go on"),
        )
        self.finished.hide()
        self.question = QuestionHeader(look)
        self.remarks = RemarksLine(look)
        self.answers = AnswerPanes(look)
        self.choosing = PlainLabel(self._choosing_words(), "caption", wrap=True)
        self.choosing.setContentsMargins(look.theme.space.small, 0, look.theme.space.small, 0)
        self.choosing.hide()
        self.points = PointsList(look)
        self.nothing = PlainLabel(self.tr("Nothing is asked of this answer."), "muted", wrap=True)
        self.card = PointCard(look)
        self.strip = GradeStrip(look)
        self.strip.level_chosen.connect(self.card.level_chosen)
        self.strip.not_applicable_chosen.connect(self.card.not_applicable_chosen)
        self.checks = ChecksFold(look)
        self.back = self._button(self.tr("Back  Backspace"))
        self.flag = self._button(self.tr("Flag  F"))
        self.note = self._button(self.tr("Note  M"))
        self.skip = self._button(self.tr("Put off  S"))
        self.next = self._button(self.tr("Next  Enter"))
        dress(self.next, "primary")
        self.habits = HabitsMenu(self)
        self.more = self._button(self.tr("Habits"))
        self.more.setMenu(self.habits)
        self.progress.add(self.more)
        self._lay_out()
        look.changed.connect(self.fit)

    def show_point(self, point: CardPoint | None, *, locked: bool) -> None:
        """Show the point that is marked; None says that nothing is asked."""
        self.nothing.setVisible(point is None)
        self.card.setVisible(point is not None)
        if point is None:
            self.strip.hide()
        else:
            self.card.show_point(point, locked=locked)
            self.strip.show_point(point, locked=locked)

    def fit(self) -> None:
        """Give the list of points whole lines, as many as leave the grades in sight; the card takes the rest."""
        line = line_height(self._look)
        room = self.right.height() // line
        most = max(LEAST_LINES, round(room * (SHARE if room >= MANY_LINES else SHARE_WHERE_TIGHT)))
        self.points.setFixedHeight(max(1, min(self.points.content_height(), most * line)))
        self.question.fit_into(self.height())
        self._keep_grades_in_sight()

    def _keep_grades_in_sight(self) -> None:
        """Show the short line where grades lie under the fold; it stays for this size, so that nothing jumps."""
        if not self.card.isHidden() and not self.strip.isVisibleTo(self):
            self.strip.setVisible(self.card.has_grades_under_the_fold())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.hide()
        self._look.turns.later(self.fit)

    def _choosing_words(self) -> str:
        return self.tr(
            "E or Enter takes this passage, Esc leaves. Down and Up: another sentence, with Shift longer and "
            "shorter. Right and Left: a word more or less at the end, with Shift at the beginning."
        )

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(button_text(text))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._borrow_header()
        left = QWidget()
        reading = QVBoxLayout(left)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(space.small)
        reading.addWidget(self.question)
        reading.addWidget(self.remarks)
        reading.addWidget(self.answers, 1)
        reading.addWidget(self.choosing)
        self.right = QFrame()
        dress(self.right, "pane")
        marking = QVBoxLayout(self.right)
        marking.setContentsMargins(space.small, space.small, space.small, space.small)
        marking.setSpacing(space.small)
        marking.addWidget(self.points)
        line = QFrame()
        dress(line, "line")
        marking.addWidget(line)
        marking.addWidget(self.nothing)
        marking.addWidget(self.card, 1)
        marking.addWidget(self.strip)
        marking.addWidget(self.checks.list)
        marking.addLayout(self._buttons())
        self._split = split = QuietSplitter(self._look, Qt.Orientation.Horizontal, space.large)
        split.addWidget(left)
        split.addWidget(self.right)
        split.setSizes([TEXT_SHARE * 10, POINTS_SHARE * 10])
        split.setStretchFactor(0, TEXT_SHARE)
        split.setStretchFactor(1, POINTS_SHARE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.large, space.medium, space.large, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(self.progress)
        layout.addWidget(self.finished)
        layout.addWidget(split, 1)
        self.nothing.hide()

    def _buttons(self) -> FlowLayout:
        """All in one flow, the main one last: beside it the others would pile up where it is tight."""
        flow = FlowLayout(spacing=self._look.theme.space.small)
        for button in (self.back, self.skip, self.flag, self.note, self.more):
            dress(button, "chip")
        for button in (self.checks.button, self.back, self.skip, self.flag, self.note, self.next):
            flow.addWidget(button)
        return flow

    def has_room_for_more(self) -> bool:
        """Whether the line at the top holds more than the least without breaking into two."""
        return self.width() >= ROOMY * self._look.theme.percent // 100

    def _borrow_header(self) -> None:
        """Leave of the guide's header what is for reading: nobody jumps about among blind answers."""
        header = self.question
        for widget in (header.jump, header.wide, header.back, header.next, header.found):
            widget.hide()
        header.fold.setText(self.tr("Question  Q"))
        header.reference_button.setText(self.tr("Reference  T"))
