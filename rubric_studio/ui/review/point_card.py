"""The point that is being marked: its words, its grades as keys, the reason, evidence and her earlier marks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.review.card_point import CardPoint
from rubric_studio.ui.review.evidence_list import EvidenceList
from rubric_studio.ui.review.level_button import LevelButton
from rubric_studio.ui.review.precedents_list import PrecedentsList
from rubric_studio.ui.review.reason_box import ReasonBox
from rubric_studio.ui.state_shape import Shape


class PointCard(QScrollArea):
    """One card for all points: widgets are filled anew, never built anew, but for a point with more grades."""

    level_chosen = Signal(str)
    not_applicable_chosen = Signal()
    unsure_toggled = Signal()
    offer_taken = Signal()
    precedents_toggled = Signal()
    evidence_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._point: CardPoint | None = None
        self._is_locked = False
        self._wants_reason = False
        self._with_examples = False
        self.levels: list[LevelButton] = []
        self.place = PlainLabel("", "caption")
        self.title = PlainLabel("", "strong", wrap=True)
        self.wording = PlainLabel("", wrap=True)
        self.offer = self._chip("", self.tr("Give the grade that you gave an identical answer"))
        self.not_applicable = LevelButton(look)
        self.unsure = self._chip(self.tr("Unsure  U"), self.tr("I am unsure of this point"), checkable=True)
        self.why = self._chip(self.tr("Say why  R"), self.tr("Say why"))
        self.passage = self._chip(
            self.tr("Passage  E"), self.tr("Attach a passage of the answer"), checkable=True
        )
        self.examples = self._chip(self.tr("Examples  A"), self.tr("Examples of the grades"), checkable=True)
        self.precedents = self._chip("", self.tr("Your earlier marks on this point"), checkable=True)
        self.reason = ReasonBox(look)
        self.evidence = EvidenceList(look)
        self.earlier = PrecedentsList(look)
        self._connect()
        self._lay_out()

    def show_point(self, point: CardPoint, *, locked: bool) -> None:
        """Show a point; another one begins at its top, with the reason folded unless there is one."""
        before = self._point
        if point == before and locked == self._is_locked:
            return
        if before is None or before.key != point.key:
            self._wants_reason = False
            self.verticalScrollBar().setValue(0)
        self._point, self._is_locked = point, locked
        self.place.setText(point.place)
        self.title.setText(point.title)
        self.wording.setText(point.wording)
        self.wording.setVisible(bool(point.wording))
        self._fill_levels(point)
        self._fill_chips(point)
        self.reason.show_reason(point.reason)
        self.reason.setReadOnly(locked)
        self._fold_reason()
        self.evidence.show_spans(point.evidence, can_remove=not locked)

    def point(self) -> CardPoint | None:
        """Return what is shown."""
        return self._point

    def ask_why(self, *, take_keyboard: bool = True) -> None:
        """Open the reason and put the keyboard into it."""
        self._wants_reason = True
        self._fold_reason()
        if take_keyboard:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._look.turns.later(self._reveal_reason)

    def _reveal_reason(self) -> None:
        """Scroll to the reason once it has its place."""
        if self.reason.hasFocus():
            self.ensureWidgetVisible(self.reason)

    def toggle_examples(self) -> None:
        """Show or fold the examples of every grade."""
        self._with_examples = not self._with_examples
        if self._point is not None:
            self._fill_levels(self._point)
            self._fill_chips(self._point)

    def has_grades_under_the_fold(self) -> bool:
        """Whether some grade cannot be seen whole without scrolling; only asked once it is laid out."""
        shown = [button for button in (*self.levels, self.not_applicable) if not button.isHidden()]
        return bool(shown) and max(each.geometry().bottom() for each in shown) > self.viewport().height()

    def scroll_by(self, step: int) -> None:
        """Scroll a part of a screen down or up."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep() // 2)

    def begin_anew(self) -> None:
        """Fold what was opened for the answer before."""
        self._wants_reason = False
        self._fold_reason()
        self.verticalScrollBar().setValue(0)

    # ---- inside

    def _fill_levels(self, point: CardPoint) -> None:
        while len(self.levels) < len(point.grades):
            self._add_level()
        for place, button in enumerate(self.levels):
            if place < len(point.grades):
                grade = point.grades[place]
                examples = grade.examples if self._with_examples else ()
                chosen = point.chosen == grade.level
                button.show_level(grade.key, grade.name, grade.text, examples, grade.shape, chosen=chosen)
                button.setEnabled(not self._is_locked)
                button.setFocusPolicy(
                    Qt.FocusPolicy.TabFocus if place >= 10 or self._is_locked else Qt.FocusPolicy.NoFocus
                )
            button.setVisible(place < len(point.grades))
        name = heading("shape.not_applicable")
        self.not_applicable.show_level("N", name, "", (), Shape.NOT_APPLICABLE, chosen=point.not_applicable)
        self.not_applicable.setVisible(point.may_not_apply)
        self.not_applicable.setEnabled(not self._is_locked)

    def _fill_chips(self, point: CardPoint) -> None:
        self.offer.setText(button_text(self.tr("Same as an identical answer: {0}  I").format(point.offer)))
        self.offer.setVisible(bool(point.offer) and not self._is_locked)
        self.unsure.setChecked(point.unsure)
        self.unsure.setEnabled(not self._is_locked)
        self.why.setVisible(not self._is_locked)
        self.passage.setVisible(not self._is_locked)
        has_examples = any(grade.examples for grade in point.grades)
        self.examples.setVisible(has_examples)
        self.examples.setChecked(self._with_examples)
        words = self.tr("Your earlier marks ({0})  P").format(point.precedents)
        self.precedents.setText(button_text(words))
        self.precedents.setEnabled(bool(point.precedents))

    def _fold_reason(self) -> None:
        reason = self._point.reason if self._point else ""
        shown = bool(reason) or (self._wants_reason and not self._is_locked) or self.reason.hasFocus()
        self.reason.setVisible(shown)
        self.why.setVisible(not shown and not self._is_locked)

    def _add_level(self) -> None:
        place = len(self.levels)
        button = LevelButton(self._look, self._content)
        button.clicked.connect(lambda: self._on_level_clicked(place))
        self.levels.append(button)
        self._grades.addWidget(button)

    def _on_level_clicked(self, place: int) -> None:
        point = self._point
        if point is not None and place < len(point.grades):
            self.levels[place].setChecked(point.chosen == point.grades[place].level)
            self.level_chosen.emit(point.grades[place].level)

    def _on_not_applicable_clicked(self) -> None:
        self.not_applicable.setChecked(self._point is not None and self._point.not_applicable)
        self.not_applicable_chosen.emit()

    def _on_unsure_clicked(self) -> None:
        self.unsure.setChecked(self._point is not None and self._point.unsure)
        self.unsure_toggled.emit()

    def _connect(self) -> None:
        self.not_applicable.clicked.connect(self._on_not_applicable_clicked)
        self.unsure.clicked.connect(self._on_unsure_clicked)
        self.offer.clicked.connect(self.offer_taken)
        self.why.clicked.connect(lambda: self.ask_why())
        self.passage.clicked.connect(self.evidence_requested)
        self.examples.clicked.connect(self.toggle_examples)
        self.precedents.clicked.connect(self.precedents_toggled)

    def _chip(self, text: str, name: str, *, checkable: bool = False) -> QPushButton:
        button = QPushButton(button_text(text))
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(name)
        dress(button, "chip")
        return button

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = QWidget()
        self._content.setProperty("kind", "plain")
        self._grades = QVBoxLayout()
        self._grades.setSpacing(space.tiny)
        self._chips = chips = FlowLayout(spacing=space.small)
        for chip in (self.offer, self.unsure, self.why, self.passage, self.examples, self.precedents):
            chips.addWidget(chip)
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(space.small, space.small, space.small, space.small)
        layout.setSpacing(space.small)
        for widget in (self.place, self.title, self.wording):
            layout.addWidget(widget)
        layout.addLayout(self._grades)
        layout.addWidget(self.not_applicable)
        layout.addWidget(self.reason)
        layout.addWidget(self.evidence)
        layout.addLayout(chips)
        layout.addWidget(self.earlier)
        layout.addStretch(1)
        self.setWidget(self._content)
        self.earlier.hide()
