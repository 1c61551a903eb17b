"""The grades of one judged point: what each is worth and when it applies."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import STARTING_LEVELS, Criterion, Level
from rubric_studio.domain.rubric_edits import (
    nudged_level,
    with_criterion,
    with_level,
    with_new_level,
    without_level,
)
from rubric_studio.ui.guide.anchor_list import AnchorList
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.fields import LineField, NumberField, TextField, digits_wide, with_problem
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip


class LevelLine(QWidget):
    """One grade: value, text, and its key behind More. The editor's Alt+Up and Alt+Down move it."""

    removal_requested = Signal(int)

    def __init__(
        self, look: Look, desk: GuideDesk, key: str, place: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._desk, self._key, self._place = look, desk, key, place
        self.value = NumberField(self.tr("What the grade is worth, from 0 to 1"), self._on_value)
        self.text = TextField(self.tr("When the grade applies"), self._on_text, most_lines=6)
        self.name: LineField | None = None
        self.anchors = AnchorList(look, desk, key)
        self.remove_button = QToolButton()
        self.remove_button.clicked.connect(lambda: self.removal_requested.emit(place))
        set_tip(self.remove_button, self.tr("Take this grade away"))
        self._lay_out()
        self._draw()
        look.changed.connect(self._draw)

    def show_level(self, level: Level, *, with_key: bool, removable: bool) -> None:
        """Show the saved grade."""
        self.value.show_number(level.value)
        self.text.show_value(level.text)
        self.text.setPlaceholderText(self.tr("{grade}: when?").format(grade=level_name(level)))
        self.anchors.show_level(level)
        self._show_key(level.key, shown=with_key)
        self.remove_button.setVisible(removable)
        said = self.tr("Take away the grade {0}").format(level_name(level))
        self.remove_button.setAccessibleName(said)

    def commit(self) -> None:
        """Hand in what is being typed: grades are about to change places."""
        for field in (self.value, self.text, self.name):
            if field is not None:
                field.commit()

    def _show_key(self, key: str, *, shown: bool) -> None:
        """Show the grade's key where somebody asked for more."""
        if self.name is None and shown:
            self.name = LineField(self.tr("Key of the grade"), self._on_name)
            self._name_box = with_problem(self.name, self.tr("Key of the grade above"))
            self._rows.addWidget(self._name_box)
        if self.name is not None:
            self._name_box.setVisible(shown)
            self.name.show_value(key)

    def nudge(self, step: int) -> None:
        """Move the grade one up (-1) or down (+1)."""
        key, place = self._key, self._place
        self._desk.change(lambda r: nudged_level(r, key, place, step), self.tr("Move a grade"))

    def _lay_out(self) -> None:
        space = self._look.theme.space
        line = QHBoxLayout()
        line.setSpacing(space.small)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self.value, 0, top)
        line.addWidget(self.text, 1, top)
        line.addWidget(self.remove_button, 0, top)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.tiny)
        layout.addLayout(line)
        for widget in (self.value.problem, self.text.problem, self.anchors):
            layout.addWidget(widget)

    def _draw(self) -> None:
        self.remove_button.setIcon(self._look.icon("close"))
        digits_wide(self.value, self._look, 4)

    def _on_value(self, number: float | None) -> str:
        if number is None:
            return self.tr("A number from 0 to 1, please.")
        key, place = self._key, self._place
        return self._desk.change(
            lambda r: with_level(r, key, place, value=number), self.tr("What a grade is worth")
        )

    def _on_text(self, text: str) -> str:
        key, place = self._key, self._place
        return self._desk.change(
            lambda r: with_level(r, key, place, text=text.strip()), self.tr("Words of a grade")
        )

    def _on_name(self, text: str) -> str:
        key, place = self._key, self._place
        return self._desk.change(
            lambda r: with_level(r, key, place, key=text.strip()), self.tr("Key of a grade")
        )


class LevelsForm(QWidget):
    """All grades of a point, best first as they were written."""

    def __init__(self, look: Look, desk: GuideDesk, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._desk, self._key = look, desk, key
        self.lines: list[LevelLine] = []
        self._none = PlainLabel(
            self.tr("Without grades of its own it is answered yes or no."), "muted", wrap=True
        )
        self.add_button = QPushButton(self.tr("Add a grade"))
        dress(self.add_button, "link")
        self.add_button.clicked.connect(self._on_added)
        self._held = QVBoxLayout()
        self._held.setSpacing(look.theme.space.small)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addWidget(PlainLabel(heading("level", 2), "caption"))
        layout.addWidget(self._none)
        layout.addLayout(self._held)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_levels(self, criterion: Criterion, *, with_keys: bool) -> None:
        """Show the saved grades; lines are kept by their place."""
        levels = criterion.levels
        while len(self.lines) > len(levels):
            line = self.lines.pop()
            line.hide()
            line.deleteLater()
        while len(self.lines) < len(levels):
            line = LevelLine(self._look, self._desk, self._key, len(self.lines))
            line.removal_requested.connect(self._on_removal_requested)
            self.lines.append(line)
            self._held.addWidget(line)
            line.show()
        for line, level in zip(self.lines, levels, strict=True):
            line.show_level(level, with_key=with_keys, removable=True)
        self._none.setVisible(not levels)
        self.add_button.setText(self.tr("Add a grade") if levels else self.tr("Write grades of its own"))

    def _commit(self) -> None:
        for line in self.lines:
            line.commit()

    def _on_removal_requested(self, place: int) -> None:
        self._commit()
        key = self._key
        self._desk.change(lambda r: without_level(r, key, place), self.tr("Take a grade away"))

    def _on_added(self) -> None:
        self._commit()
        key, has_levels = self._key, bool(self.lines)
        words = self.tr("Add a grade")
        if has_levels:
            self._desk.change(lambda r: with_new_level(r, key), words)
            at = max(0, len(self.lines) - 2)
        else:
            self._desk.change(lambda r: with_criterion(r, key, levels=STARTING_LEVELS), words)
            at = 0
        if self.lines:
            self.lines[min(at, len(self.lines) - 1)].text.setFocus(Qt.FocusReason.OtherFocusReason)


def level_name(level: Level) -> str:
    """Return what people call a grade: its word, or its key where it has none."""
    known = ("fully", "partly", "no", "yes")
    if level.key in known:
        return heading(f"level.{level.key}")
    return level.key[:1].upper() + level.key[1:].replace("_", " ")
