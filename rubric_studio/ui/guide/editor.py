"""The form editor of the scoring guide: parts as cards, points inside, every finished gesture told once."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.editor_bar import EditorBar
from rubric_studio.ui.guide.editor_cards import EditorCards
from rubric_studio.ui.guide.editor_commands import EditorCommands
from rubric_studio.ui.guide.editor_counting import CountingCard
from rubric_studio.ui.guide.editor_drag import Dragging
from rubric_studio.ui.guide.editor_finding import Hit
from rubric_studio.ui.guide.editor_levels import LevelLine
from rubric_studio.ui.guide.editor_line import PointLine
from rubric_studio.ui.guide.editor_menu import add_keys
from rubric_studio.ui.guide.editor_name import NewName
from rubric_studio.ui.guide.editor_part import PartCard
from rubric_studio.ui.guide.editor_point import PointForm
from rubric_studio.ui.guide.editor_search import EditorSearch
from rubric_studio.ui.guide.editor_templates import ask_for_template
from rubric_studio.ui.guide.editor_tools import EditorTools
from rubric_studio.ui.guide.fields import LineField, TextField
from rubric_studio.ui.guide.formula_form import FormulaForm
from rubric_studio.ui.guide.sight_area import SightArea
from rubric_studio.ui.guide.template_dialog import TemplateDialog
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.tab_order import in_reading_order, let_tab_follow


class GuideEditor(QWidget):
    """Shows a rubric and tells what people make of it; whoever saves it shows it again with `show_rubric`."""

    changed = Signal(object, str)
    previewed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.desk = GuideDesk(self)
        self.desk.changed.connect(self.changed)
        self.desk.previewed.connect(self.previewed)
        self._open = ""
        self._held = QVBoxLayout()
        self._cards = EditorCards(look, self.desk, self._held, self)
        self._cards.made.connect(self._on_card_made)
        self._cards.shown.connect(self._on_card_shown)
        self._ordering = QTimer(self, singleShot=True, interval=0)  # once everything is laid out
        self._ordering.timeout.connect(self._order_stops)
        self.commands = EditorCommands(self.desk, self)
        self.commands.line_requested.connect(self._go_to_line)
        self.commands.form_requested.connect(self._begin_wording)
        self.commands.naming_requested.connect(self._ask_name_in)
        self.search = EditorSearch(look, self._cards.built, self)
        self.search.hit_shown.connect(self._show_hit)
        self.search.left.connect(self._on_search_left)
        self.counting = CountingCard(look, self.desk)
        self.formula = FormulaForm(look, self.desk)
        self.bar = EditorBar(look)
        self.bar.point_requested.connect(self.ask_new_point)
        self.bar.part_requested.connect(self.ask_new_part)
        self.bar.more_toggled.connect(self.counting.setVisible)
        self.tools = EditorTools(look)
        self.tools.requested.connect(self._on_key)
        self.tools.hide()
        self.bar.put_over_buttons(self.tools)
        self.bar.more_toggled.connect(self.tools.setVisible)
        self._lay_out()
        self.counting.hide()
        self._dragging = Dragging(look, self.area, self._content, lambda: self._cards.boxes(self._content))
        self._dragging.dropped.connect(self.commands.drop)
        add_keys(self, self._on_key)

    # ---- showing

    def show_rubric(self, rubric: Rubric) -> None:
        """Show the rubric as it is saved: focus, scroll position and the open point stay."""
        key, was_open = self._key_in_focus(), bool(self.form())
        self.desk.rubric = rubric
        if self.formula.takes_over(rubric, self.bar, (self.area, self.empty, self.search.bar)):
            self._cards.drop_others(set())
            return
        self._cards.show_rubric(rubric)
        self._open = self._open if rubric.criterion(self._open) else ""
        if self._open and self.form() is None:
            self._open_form(self._open)
        self.counting.show_rubric(rubric)
        self.search.show_rubric(rubric)
        is_empty = not rubric.strata
        self.empty.set_sentence(self._sentence())
        self.empty.setVisible(is_empty)
        self.area.setVisible(not is_empty)
        self._settle()
        self._refocus(key, was_open=was_open)
        self._ordering.start()

    def _sentence(self) -> str:
        """Say what counts while the guide is empty."""
        if self.desk.questions_have_points and self.desk.rubric.row_criteria is not None:
            return self.tr("This guide has no points of its own: each question's own points count.")
        return self.tr("Write down what you look at in a good answer. Three points are a start.")

    @property
    def cards(self) -> dict[str, PartCard]:
        """The cards of all parts by their keys."""
        return self._cards.all()

    def form(self) -> PointForm | None:
        """Return the form of the open point."""
        return next((card.form for card in self._cards.built.values() if card.form is not None), None)

    def line(self, key: str) -> PointLine | None:
        """Return the line of a point, built now if it was out of sight."""
        stratum = self.desk.rubric.stratum_of(key)
        return self.cards[stratum.key].stack.line(key) if stratum is not None else None

    def open_point(self, key: str) -> PointForm | None:
        """Open one point, folding the one before."""
        self.commit_pending()
        form = None if self.formula.opens(key) else self._open_form(key)
        if form is not None:
            form.title.setFocus(Qt.FocusReason.OtherFocusReason)
            form.title.end(False)
            self._bring_into_sight(form)
        return form

    def fold_point(self, key: str) -> None:
        """Fold a point and go on from its line."""
        self.commit_pending()
        self._fold_all()
        self._go_to_line(key)

    def commit_pending(self) -> None:
        """Hand in what is being typed."""
        field = self.focusWidget()
        if isinstance(field, LineField | TextField):
            field.commit()

    # ---- adding

    def ask_new_point(self) -> NewName:
        """Ask for the title of a new point, in the part where somebody works."""
        self.commit_pending()
        part = self._part_in_focus()
        if part:
            return self._ask_name_in(part)
        return self.bar.ask_name(
            self.tr("Title of the first point, then Enter"), self.commands.add_first_point
        )

    def ask_new_part(self) -> NewName:
        """Ask for the title of a new part."""
        self.commit_pending()
        return self.bar.ask_name(self.tr("Title of the new part, then Enter"), self.commands.add_part)

    def ask_template(self) -> TemplateDialog:
        """Offer rubrics to begin with, or to take parts from."""
        self.commit_pending()
        return ask_for_template(self, self._look, self.desk, self.commands.begin_at)

    def _ask_name_in(self, part: str) -> NewName:
        line = self.cards[part].ask_name(
            lambda title, by_enter: self.commands.add_point(part, title, by_enter)
        )
        self._settle()
        self.area.ensureWidgetVisible(line)
        return line

    def _begin_wording(self, key: str) -> None:
        form = self._open_form(key)
        if form is not None:
            form.wording.setFocus(Qt.FocusReason.OtherFocusReason)
            self._bring_into_sight(form)

    def _bring_into_sight(self, form: PointForm) -> None:
        """Show as much of a form as there is room for, from its title down."""

        def scroll() -> None:
            self._settle()
            self.area.ensureWidgetVisible(form.levels)
            self.area.ensureWidgetVisible(form.title)

        scroll()
        QTimer.singleShot(0, form, scroll)  # its texts take their height only once they are laid out

    # ---- where somebody is

    def _key_in_focus(self) -> str:
        """Return the key of the point on which the keyboard was last."""
        widget = self.focusWidget()
        while widget is not None and widget is not self:
            if isinstance(widget, PointLine | PointForm):
                return widget.key
            widget = widget.parentWidget()
        return ""

    def _part_in_focus(self) -> str:
        """Return the key of the part in which the keyboard was last; the last part otherwise."""
        widget = self.focusWidget()
        while widget is not None and widget is not self:
            if isinstance(widget, PartCard):
                return widget.key
            widget = widget.parentWidget()
        stratum = self.desk.rubric.stratum_of(self._open) if self._open else None
        if stratum is not None:
            return stratum.key
        return self.desk.rubric.strata[-1].key if self.desk.rubric.strata else ""

    def _refocus(self, key: str, *, was_open: bool) -> None:
        """Go on where somebody was, if that widget went away."""
        focused = self.focusWidget()
        if key and (focused is None or not self._key_in_focus() or not focused.isVisibleTo(self)):
            form = self.form()
            if form is not None and form.key == key and was_open:
                form.setFocus(Qt.FocusReason.OtherFocusReason)
            elif self.line(key) is not None:
                self._go_to_line(key)

    def _go_to_line(self, key: str) -> None:
        form = self.form()
        stratum = self.desk.rubric.stratum_of(key)
        if stratum is not None and stratum.key in self.cards:
            self.cards[stratum.key].set_folded(False)
        self._settle()  # before a line is taken: one out of sight could be another point's afterwards
        target = form if form is not None and form.key == key else self.line(key)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(target, 0, self._look.theme.space.wide)

    def _settle(self) -> None:
        """Let the layout take new widgets in before something is scrolled to."""
        for card in self._cards.built.values():
            card.settle()
        self._inside.activate()
        self._content.resize(self._content.width(), self._inside.totalHeightForWidth(self._content.width()))

    # ---- keys

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go on in reading order: whatever was made or moved since the last Tab has found its place by now."""
        self._order_stops()
        return super().focusNextPrevChild(next)

    def _order_stops(self) -> None:
        """Qt goes in the order in which widgets were made; here they come and go."""
        first = self.counting.way  # made before all others, and shown above them
        rest = (stop for part in (self._content, self.bar) for stop in in_reading_order(part))
        let_tab_follow([first, *(stop for stop in rest if stop is not first)])

    def _on_key(self, what: str) -> None:
        self.commit_pending()
        if self.desk.rubric.has_graders:
            return
        level = self._level_in_focus()
        if what in ("find", "next", "previous"):
            self.search.begin() if what == "find" else self.search.step(1 if what == "next" else -1)
        elif what in ("fold", "fold_all"):
            self.fold_parts(all_of_them=what == "fold_all")
        elif what == "template":
            self.ask_template()
        elif what == "point":
            self.ask_new_point()
        elif what == "part":
            self.ask_new_part()
        elif level is not None and what in ("up", "down"):
            level.nudge(-1 if what == "up" else 1)
        elif self._key_in_focus():
            self.commands.do_with_point(what, self._key_in_focus())
        elif self.desk.rubric.strata:
            self.commands.do_with_part(what, self._part_in_focus())

    def _level_in_focus(self) -> LevelLine | None:
        widget = self.focusWidget()
        while widget is not None and not isinstance(widget, LevelLine):
            widget = widget.parentWidget()
        return widget

    # ---- folding and finding

    def fold_parts(self, *, all_of_them: bool) -> None:
        """Fold or unfold the part in which somebody works, or all: they unfold where all are folded."""
        self.commit_pending()
        part = self._part_in_focus()
        cards = list(self.cards.values()) if all_of_them else [self.cards[part]] if part else []
        on = not all(card.is_folded for card in cards)
        had_keyboard = bool(self._key_in_focus())
        for card in cards:
            card.set_folded(on)
        if had_keyboard and part and on:
            self.cards[part].fold_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.cards[part].fold_button)
        self._ordering.start()

    def _do_with_part(self, what: str, key: str) -> None:
        if what == "fold_all":
            self.fold_parts(all_of_them=True)
        else:
            self.commands.do_with_part(what, key)

    def _show_hit(self, hit: Hit) -> None:
        card = self.cards[hit.part]
        if hit.key:
            card.set_folded(False)
        self._settle()
        form = card.form if card.form is not None and card.form.key == hit.key else None
        target = form or (card.stack.line(hit.key) if hit.key else card.title)
        if target is not None:
            self.area.ensureWidgetVisible(target, 0, self._look.theme.space.page)

    def _on_search_left(self, hit: Hit | None) -> None:
        if hit is not None and hit.key:
            self._go_to_line(hit.key)
        elif hit is not None:
            self.cards[hit.part].title.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sight_changed(self) -> None:
        for card in self._cards.built.values():
            card.stack.settle()

    # ---- cards

    def _on_card_made(self, card: PartCard) -> None:
        key = card.key
        card.part_asked.connect(self._do_with_part)
        card.line_made.connect(self._on_line_made)
        card.form_made.connect(self._on_form_made)
        card.grip.drag_began.connect(lambda at: self._dragging.begin(key, at, is_part=True))
        card.grip.drag_moved.connect(self._dragging.move)
        card.grip.drag_ended.connect(self._dragging.end)

    def _on_card_shown(self) -> None:
        self.search.mark()
        self._ordering.start()

    def _open_form(self, key: str) -> PointForm | None:
        rubric = self.desk.rubric
        criterion, stratum = rubric.criterion(key), rubric.stratum_of(key)
        if criterion is None or stratum is None:
            return None
        self._fold_all()
        self._open = key
        self._ordering.start()
        return self.cards[stratum.key].open(criterion, rubric)

    def _fold_all(self) -> None:
        self._open = ""
        for card in self._cards.built.values():
            card.fold()

    def _on_line_made(self, line: PointLine) -> None:
        line.open_comments = self.desk.open_comments
        self.desk.comments_changed.connect(line.update)
        line.open_requested.connect(self.open_point)
        line.removal_requested.connect(lambda key: self.commands.do_with_point("remove", key))
        line.weight_slid.connect(self.commands.preview_weight)
        line.weight_left.connect(self.commands.weigh)
        line.drag_began.connect(lambda key, at: self._dragging.begin(key, at, is_part=False))
        line.drag_moved.connect(self._dragging.move)
        line.drag_ended.connect(self._dragging.end)

    def _on_form_made(self, form: PointForm) -> None:
        form.fold_requested.connect(self.fold_point)
        form.asked.connect(self.commands.do_with_point)
        self.search.mark_form(form)

    # ---- layout

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._content = QWidget()
        dress(self._content, "plain")
        self._inside = inside = QVBoxLayout(self._content)
        inside.setContentsMargins(space.medium, space.medium, space.medium, space.large)
        inside.setSpacing(space.medium)
        self._held.setSpacing(space.medium)
        inside.addWidget(self.counting)
        inside.addLayout(self._held)
        inside.addStretch(1)
        self.area = SightArea()
        self.area.sight_changed.connect(self._on_sight_changed)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._content)
        main = self.tr("Write the first point")
        self.empty = EmptyState(
            self._look, self._sentence(), main=main, link=self.tr("Begin with a template"), icon="guide"
        )
        self.empty.main_requested.connect(self.ask_new_point)
        self.empty.link_requested.connect(self.ask_template)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        growing = (self.formula, self.area, self.empty)
        for widget in (self.search.bar, *growing, self.bar):
            layout.addWidget(widget, int(widget in growing))
