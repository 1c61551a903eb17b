"""Ctrl+F in the guide: the bar, the places found, the one it stands at, the marks in lines and forms."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.find_bar import FindBar
from rubric_studio.ui.guide.editor_finding import Hit, hits_in
from rubric_studio.ui.guide.editor_part import PartCard
from rubric_studio.ui.guide.editor_point import PointForm
from rubric_studio.ui.guide.fields import TextField
from rubric_studio.ui.guide.marked_words import places_of
from rubric_studio.ui.look import Look, dress

LONGEST_TEXT = 20_000  # letters of one text in which places are marked while it is written


class EditorSearch(QObject):
    """`hit_shown` asks to bring a place into sight; `left` tells where the search ended, None for nowhere."""

    hit_shown = Signal(object)
    left = Signal(object)

    def __init__(self, look: Look, cards: dict[str, PartCard], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._cards = look, cards
        self._rubric = Rubric()
        self._hits: list[Hit] = []
        self._at = 0
        self.bar = FindBar(look)
        name = self.tr("Find in the guide: titles, wordings, grades")
        self.bar.field.setPlaceholderText(name)
        self.bar.field.setAccessibleName(name)
        self.bar.hide()
        self.bar.changed.connect(self._on_words_changed)
        self.bar.next_requested.connect(lambda: self.step(1))
        self.bar.previous_requested.connect(lambda: self.step(-1))
        self.bar.closed.connect(self.end)

    def begin(self) -> None:
        """Open the bar, what was searched for last in it and selected."""
        was_open = not self.bar.isHidden()
        self.bar.show()
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()
        if not was_open and self.bar.field.text():
            self._find(self._at)

    def end(self) -> None:
        """Close the bar; the marks go."""
        here = self._hits[self._at] if self._hits else None
        self._hits = []
        self.bar.hide()
        self.mark()
        self.left.emit(here)

    def step(self, step: int) -> None:
        """Go to the next place (+1) or the one before (-1), around the end too."""
        if self.bar.isHidden():
            self.begin()
        elif self._hits:
            self._at = (self._at + step) % len(self._hits)
            self._show_place()

    def show_rubric(self, rubric: Rubric) -> None:
        """Search what was changed too; nothing is scrolled."""
        self._rubric = rubric
        if not self.bar.isHidden() and self.bar.field.text():
            self._hits = hits_in(rubric, self.bar.field.text())
            self._at = min(self._at, max(0, len(self._hits) - 1))
            self._show_count()
            self.mark()

    def mark_form(self, form: PointForm) -> None:
        """Mark the words in the texts of an open point."""
        needle = self._hits[self._at].needle if self._hits else ""
        for field in form.findChildren(TextField):
            field.setExtraSelections(self._selections(field, needle))

    def _on_words_changed(self) -> None:
        self._find(0)

    def _find(self, at: int) -> None:
        self._hits = hits_in(self._rubric, self.bar.field.text())
        self._at = min(at, max(0, len(self._hits) - 1))
        self._show_count()
        self.mark()
        if self._hits:
            self.hit_shown.emit(self._hits[self._at])

    def _show_place(self) -> None:
        self._show_count()
        self.mark()
        self.hit_shown.emit(self._hits[self._at])

    def _show_count(self) -> None:
        self.bar.show_count(self._at + 1 if self._hits else 0, len(self._hits))

    def mark(self) -> None:
        """Mark every place; the one where the search stands more strongly."""
        here = self._hits[self._at] if self._hits else None
        for key, card in self._cards.items():
            found = {hit.key: hit._replace(is_current=hit is here) for hit in self._hits if hit.part == key}
            title = found.pop("", None)
            mark = "" if title is None else "current" if title.is_current else "other"
            if card.title.property("found") != mark:
                card.title.setProperty("found", mark)
                dress(card.title, "bare")
            card.stack.show_found(found)
            if card.form is not None:
                self.mark_form(card.form)

    def _selections(self, field: TextField, needle: str) -> list[QTextEdit.ExtraSelection]:
        text = field.toPlainText()[:LONGEST_TEXT]
        selections: list[QTextEdit.ExtraSelection] = []
        for at in places_of(needle, text):
            cursor = QTextCursor(field.document())
            cursor.setPosition(at)
            cursor.setPosition(at + len(needle), QTextCursor.MoveMode.KeepAnchor)
            place = QTextEdit.ExtraSelection()
            place.cursor = cursor  # type: ignore[attr-defined]
            place.format.setBackground(self._look.theme.color("found"))  # type: ignore[attr-defined]
            selections.append(place)
        return selections
