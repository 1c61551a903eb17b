"""One point of the guide, opened: everything about it as a form. Only one is open, for forms are heavy."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.kind_choice import CHOSEN_BY_HAND, STARTING_CODE, with_kind_chosen
from rubric_studio.domain.rubric import Criterion, GraderCriterion, Rubric
from rubric_studio.domain.rubric_edits import share_of, with_criterion
from rubric_studio.ui.guide.choices import ChoiceBox
from rubric_studio.ui.guide.comment_link import CommentLink
from rubric_studio.ui.guide.criterion_words import scale_of, unit_of
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.editor_commands import weight_label
from rubric_studio.ui.guide.editor_kind import KindForm
from rubric_studio.ui.guide.editor_levels import LevelsForm
from rubric_studio.ui.guide.editor_menu import MenuButton
from rubric_studio.ui.guide.editor_more import MoreForm
from rubric_studio.ui.guide.fields import TextField, with_problem
from rubric_studio.ui.guide.kind_words import kind_sentence
from rubric_studio.ui.guide.title_field import TitleField
from rubric_studio.ui.guide.weights import WeightControl
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import weight_text
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip


class PointForm(QFrame):
    """Title, weight, wording, what marks it and how, the grades; the rest behind More. Esc leaves, then folds."""

    fold_requested = Signal(str)
    asked = Signal(str, str)
    """(what, key) of something from the menu: "copy", "up", "down", "remove"."""

    def __init__(
        self, look: Look, desk: GuideDesk, criterion: Criterion, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._desk, self.key = look, desk, criterion.key
        self._criterion = criterion
        self.setObjectName("open-point")
        dress(self, "pane")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title = TitleField(self.tr("Title of the point"), self._on_title)
        self.title.setPlaceholderText(self.tr("Title"))
        self.weight = WeightControl(look, self.tr("Weight"), self._on_weight, self._on_weight_slid)
        self.offer = QPushButton()
        self.offer.clicked.connect(self._on_offer_taken)
        self.wording = TextField(self.tr("Wording"), self._on_wording)
        self.wording.setPlaceholderText(
            self.tr("What must be true of the answer? Whoever marks reads these words.")
        )
        kinds = [(name, heading(f"kind.{name}")) for name in CHOSEN_BY_HAND]
        self.kind = ChoiceBox(heading("rater"), kinds, self._on_kind)
        self.kind.setEnabled(not isinstance(criterion, GraderCriterion))
        self.kind_sentence = PlainLabel("", "muted", wrap=True)
        self.levels = LevelsForm(look, desk, criterion.key)
        self.comments = CommentLink(look, desk, criterion.key)
        self.more = MoreForm(look, desk, criterion)
        self.fold_button = QToolButton()
        self.menu = MenuButton(look, self.tr("What can be done with this point"))
        self.kind_form: KindForm | None = None
        self._weight_caption = PlainLabel("", "caption")
        self._hint = PlainLabel("", "problem", wrap=True)
        self._lay_out()
        self._wire()
        self._draw()
        look.changed.connect(self._draw)

    def show_criterion(self, criterion: Criterion, rubric: Rubric) -> None:
        """Show the criterion as it is saved; what somebody is typing stays."""
        self._criterion = criterion
        self.setAccessibleName(criterion.title or criterion.key)
        self.title.show_value(criterion.title)
        self.wording.show_value(criterion.wording)
        self._show_weight(criterion, rubric)
        self.kind.show_value(criterion.kind.type)
        self.kind_sentence.setText(kind_sentence(criterion.kind.type))
        self._show_kind(criterion)
        self.levels.setVisible(criterion.is_judged)
        self.levels.show_levels(criterion, with_keys=self.more.is_open())
        self.more.show_criterion(criterion)
        forbids = criterion.is_fault and criterion.kind.type == "forbids"
        self._hint.setText(
            self.tr('A fault is there when it is found: choose "Must mention" for it.') if forbids else ""
        )
        self._hint.setVisible(forbids)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.hasFocus():
            self.fold_requested.emit(self.key)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_weight(self, criterion: Criterion, rubric: Rubric) -> None:
        unit = unit_of(criterion, rubric)
        points = rubric.aggregation in ("points_clipped", "points_shifted")
        caption = (
            self.tr("Costs up to")
            if criterion.is_fault
            else heading("criterion", 2)
            if points
            else self.tr("Weight")
        )
        self._weight_caption.setText(caption)
        self.weight.show_weight(abs(criterion.weight), unit, scale_of(criterion, rubric))
        self.offer.hide()

    def _show_kind(self, criterion: Criterion) -> None:
        """Make the form anew only where the kind is another."""
        if self.kind_form is None or self.kind_form.type != criterion.kind.type:
            if self.kind_form is not None:
                self.kind_form.hide()
                self.kind_form.deleteLater()
            self.kind_form = KindForm(self._look, self._desk, self.key, criterion.kind)
            self._kind_place.addWidget(self.kind_form)
            self.kind_form.show()
        self.kind_form.show_kind(criterion.kind)

    # ---- what was done

    def _on_title(self, text: str) -> str:
        title = " ".join(text.split())
        if not title:
            return self.tr("A title, please.")
        return self._change(self.tr('Title "{0}"').format(title), title=title)

    def _on_wording(self, text: str) -> str:
        return self._change(self.tr('Wording of "{0}"').format(self._name()), wording=text.strip())

    def _on_kind(self, name: str) -> str:
        key = self.key
        field = next(iter(self._desk.fields), "reference")
        if name == "python" and self._desk.code is not None:
            self._desk.code.allow_sandbox(STARTING_CODE)  # before the answers are marked with it
        label = self.tr('What marks "{0}"').format(self._name())
        return self._desk.change(lambda r: with_kind_chosen(r, key, name, field), label)

    def _on_weight(self, value: float) -> str:
        if not self._criterion.is_fault:
            return self._change(weight_label(self, self._criterion, value), weight=value)
        if value == 0:
            return self.tr("A fault costs something. Under More it can become an ordinary point.")
        if value > 1 and self._desk.rubric.aggregation == "stratified":
            self._points = value
            share = weight_text(abs(share_of(value, self._desk.rubric)))
            words = self.tr("Turn {0} points into {1} of the final score")
            self.offer.setText(button_text(words.format(weight_text(value), share)))
            self.offer.show()
            return self.tr("A fault costs at most 1, the whole score.")
        return self._change(weight_label(self, self._criterion, -value), weight=-value)

    def _on_weight_slid(self, value: float) -> None:
        key, weight = self.key, -value if self._criterion.is_fault else value
        self._desk.preview(lambda rubric: with_criterion(rubric, key, weight=weight))

    def _on_offer_taken(self) -> None:
        weight = share_of(self._points, self._desk.rubric)
        self.weight.number.type_in(self.weight.number.saved())
        self.weight.number.set_problem(
            self._change(weight_label(self, self._criterion, weight), weight=weight)
        )

    def _change(self, label: str, **fields: object) -> str:
        key = self.key
        return self._desk.change(lambda rubric: with_criterion(rubric, key, **fields), label)

    def _name(self) -> str:
        return self._criterion.title or self.key

    # ---- layout

    def _lay_out(self) -> None:
        space = self._look.theme.space
        dress(self.title, "bare")
        dress(self.offer, "link")
        head = QHBoxLayout()
        head.setSpacing(space.tiny)
        head.addWidget(self.title, 1)
        head.addWidget(self.menu)
        head.addWidget(self.fold_button)
        weight = QVBoxLayout()
        weight.setSpacing(space.tiny)
        for widget in (self._weight_caption, self.weight, self.offer):
            weight.addWidget(widget)
        self._kind_place = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.small, space.medium)
        layout.setSpacing(space.medium)
        layout.addLayout(head)
        layout.addWidget(self.title.problem)
        layout.addWidget(with_problem(self.wording, self.tr("Wording")))
        layout.addWidget(self.comments, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(weight)
        layout.addWidget(self._marked_by())
        layout.addLayout(self._kind_place)
        layout.addWidget(self.levels)
        layout.addWidget(self.more)

    def _marked_by(self) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._look.theme.space.tiny)
        layout.addWidget(PlainLabel(heading("rater"), "caption"))
        for widget in (self.kind, self.kind.problem, self.kind_sentence, self._hint):
            layout.addWidget(widget)
        return box

    def _wire(self) -> None:
        self.fold_button.clicked.connect(lambda: self.fold_requested.emit(self.key))
        name = self.tr("Fold (Esc)")
        self.fold_button.setAccessibleName(name)
        set_tip(self.fold_button, name)
        self.menu.asked.connect(lambda what: self.asked.emit(what, self.key))
        self.more.toggled.connect(lambda on: self.levels.show_levels(self._criterion, with_keys=on))

    def _draw(self) -> None:
        self.fold_button.setIcon(self._look.icon("up"))
        self.title.setFont(self._look.font("control", bold=True))
