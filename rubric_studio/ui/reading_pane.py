"""A text to read, untrusted: plain or as Markdown, with its evidence, found places and differences marked.

Offsets are code points of the text as it was given, however it is displayed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.display_text import Mapping, displayed, shown_range, source_range, utf16
from rubric_studio.ui.evidence_ruler import EvidenceRuler, Tick
from rubric_studio.ui.find_bar import FindBar
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.reading_view import Mark, ReadingView
from rubric_studio.ui.safe_markdown import SafeDocument, is_safe_to_render, markdown_document
from rubric_studio.ui.text_alignment import Alignment

PART = 30_000
MOST_FOUND = 1_000


class Ink(Protocol):
    """In which role of the theme a passage shows: a state's shape, or whose evidence it is."""

    @property
    def role(self) -> str: ...


@dataclass(frozen=True)
class Evidence:
    """A passage that speaks for a point's mark; `key` is the point's."""

    key: str
    start: int
    end: int
    shape: Ink


@dataclass(frozen=True)
class Difference:
    """A passage that another text has not; `role` is ADDED, or REMOVED for what another text has instead."""

    start: int
    end: int
    role: str


class ReadingPane(QFrame):
    """Shows the first part of a very long text, the rest on demand."""

    text_selected = Signal(int, int, str)
    evidence_chosen = Signal(str)
    link_requested = Signal(str)
    scrolled = Signal(float)

    def __init__(
        self,
        look: Look,
        name: str = "",
        parent: QWidget | None = None,
        *,
        view: ReadingView | None = None,
        ruler: EvidenceRuler | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._text, self._formatted, self._shown = "", False, PART
        self._mappings: tuple[Mapping, ...] = ()
        self._evidence: tuple[Evidence, ...] = ()
        self._differences: tuple[Difference, ...] = ()
        self._selected: str | None = None
        self._found: list[tuple[int, int]] = []
        self._found_at = 0
        dress(self, "pane")
        self.view = view or ReadingView(look)
        self.view.setAccessibleName(name or self.tr("Text"))
        self.ruler = ruler or EvidenceRuler(look)
        self.find_bar = FindBar(look)
        self.find_bar.hide()
        self.more_button = QPushButton()
        dress(self.more_button, "link")
        self._lay_out()
        self._connect()
        self.set_text("")

    def set_text(self, text: str, *, formatted: bool = False) -> None:
        """Show another text from its beginning; its evidence and differences are gone until they are set."""
        self._text, self._formatted, self._shown = text, formatted, PART
        self._evidence, self._differences, self._selected = (), (), None
        self._show()
        self.view.verticalScrollBar().setValue(0)

    def text(self) -> str:
        """Return the text as it was given."""
        return self._text

    def shows(self, text: str, *, formatted: bool) -> bool:
        """Whether this text is shown in this way already."""
        return text == self._text and formatted == self._formatted

    def set_formatted(self, formatted: bool) -> None:
        """Show the same text as Markdown, or letter by letter."""
        self._formatted = formatted
        self._show()

    def is_formatted(self) -> bool:
        """Whether the text is shown as Markdown: not where that would take too long."""
        return self._formatted and is_safe_to_render(self._text)

    def set_evidence(self, evidence: Sequence[Evidence], *, selected: str | None = None) -> None:
        """Underline these passages in their points' state colors, those of the selected point filled."""
        wanted = (tuple(evidence), self._selected if selected is None else selected)
        if wanted != (self._evidence, self._selected):
            self._evidence, self._selected = wanted
            self._mark()

    def select_evidence(self, key: str | None, index: int = 0, *, scroll: bool = True) -> None:
        """Fill one point's passages and scroll to one of them; None fills nothing."""
        is_other, self._selected = key != self._selected, key
        own = [passage for passage in self._evidence if passage.key == key]
        if own and scroll:
            self.reveal(own[index].start, own[index].end)
        if is_other:
            self._mark()

    def set_differences(self, differences: Sequence[Difference]) -> None:
        """Tint the words in which this text differs from another."""
        self._differences = tuple(differences)
        self._mark()

    def reveal(self, start: int, end: int) -> None:
        """Scroll to a passage, showing more of the text where it lies further down."""
        if end > self._shown and not self.is_formatted():
            self._shown = end + PART
            self._show()
        shown = shown_range(self._mappings, start, end)
        if shown is not None:
            self.view.reveal(*shown)

    def selection(self) -> tuple[int, int, str] | None:
        """Return start, end and words of what is selected, None where nothing is."""
        cursor = self.view.textCursor()
        return self._quoted(cursor.selectionStart(), cursor.selectionEnd()) if cursor.hasSelection() else None

    def clear_selection(self) -> None:
        """Select nothing; the cursor stays."""
        cursor = self.view.textCursor()
        cursor.clearSelection()
        self.view.setTextCursor(cursor)

    def open_find(self) -> None:
        """Open the bar in which one types what to find."""
        self.find_bar.show()
        self.find_bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_bar.field.selectAll()

    def find(self, words: str) -> int:
        """Mark every place of some words, whatever their case; return how many there are."""
        matches = re.finditer(re.escape(words), self._text, re.IGNORECASE) if words else iter(())
        self._found = [match.span() for match, _ in zip(matches, range(MOST_FOUND), strict=False)]
        self._found_at = 0
        self._go_to_found()
        return len(self._found)

    def scroll_to(self, share: float) -> None:
        """Scroll to a share of the whole, 0 to 1, as `scrolled` tells it."""
        bar = self.view.verticalScrollBar()
        bar.setValue(round(share * bar.maximum()))

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.view, 1)
        beside.addWidget(self.ruler)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.find_bar)
        layout.addLayout(beside, 1)
        layout.addWidget(self.more_button)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.view.link_requested.connect(self.link_requested)
        self.view.range_selected.connect(self._on_view_range_selected)
        self.view.place_clicked.connect(self._on_view_place_clicked)
        self.view.verticalScrollBar().valueChanged.connect(self._on_view_scrolled)
        self.ruler.tick_chosen.connect(self._on_ruler_tick_chosen)
        self.more_button.clicked.connect(self._on_more_clicked)
        self.find_bar.changed.connect(self.find)
        self.find_bar.next_requested.connect(lambda: self._step_found(1))
        self.find_bar.previous_requested.connect(lambda: self._step_found(-1))
        self.find_bar.closed.connect(self._on_find_closed)
        self._look.changed.connect(self._on_look_changed)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open_find)

    def _show(self) -> None:
        """Make the document for the text and the mappings between their offsets."""
        self.view.set_marks(())
        if self.is_formatted():
            shown, stretch = displayed(self._text)
            document = markdown_document(shown, self.view)
            rendered = document.toRawText()
            self._mappings = (stretch, Alignment(shown, rendered), utf16(rendered))
        else:
            shown, stretch = displayed(self._text[: self._shown])
            document = SafeDocument(self.view)
            document.setPlainText(shown)
            self._mappings = (stretch, utf16(shown))
        self.view.show_document(document, formatted=self.is_formatted())
        self._tell_rest()
        self._mark()

    def _tell_rest(self) -> None:
        rest = 0 if self.is_formatted() else len(self._text) - self._shown
        self.more_button.setVisible(rest > 0)
        if rest > 0:
            words = self.tr("Show more: {shown} of {total} characters are shown")
            self.more_button.setText(
                words.format(shown=count_text(self._shown), total=count_text(len(self._text)))
            )

    def _mark(self) -> None:
        marks = [
            mark
            for change in self._differences
            for mark in self._marks(change.start, change.end, change.role)
        ]
        for start, end, role, filled in self._ranges():
            marks += self._marks(start, end, role, filled=filled)
        for index, (start, end) in enumerate(self._found):
            marks += self._marks(start, end, "found_current" if index == self._found_at else "found")
        self.view.set_marks(marks)
        length = max(1, len(self._text))
        self.ruler.set_ticks(
            [
                Tick(
                    passage.key,
                    min(1.0, passage.start / length),
                    passage.shape.role,
                    passage.key == self._selected,
                )
                for passage in self._evidence
            ]
        )

    def _ranges(self) -> dict[tuple[int, int, str, bool], None]:
        """Return where and how evidence shows, each once: many points often rest on the same words."""
        ranges: dict[tuple[int, int, str, bool], None] = {}
        for passage in self._evidence:
            if passage.key == self._selected:
                ranges[passage.start, passage.end, f"{passage.shape.role}_soft", True] = None
            ranges[passage.start, passage.end, passage.shape.role, False] = None
        return ranges

    def _marks(self, start: int, end: int, role: str, *, filled: bool = True) -> list[Mark]:
        """Return the mark for a passage, none where it is not displayed."""
        if end > self._shown and not self.is_formatted():
            end = self._shown
        shown = shown_range(self._mappings, start, end) if start < end else None
        return [] if shown is None else [Mark(*shown, role, filled)]

    def _quoted(self, start: int, end: int) -> tuple[int, int, str] | None:
        source = source_range(self._mappings, start, end)
        if source is None or source[0] >= source[1]:
            return None
        return (*source, self._text[slice(*source)])

    def _go_to_found(self) -> None:
        if self._found:
            self.reveal(*self._found[self._found_at])
        self.find_bar.show_count(self._found_at + 1, len(self._found))
        self._mark()

    def _step_found(self, step: int) -> None:
        if self._found:
            self._found_at = (self._found_at + step) % len(self._found)
            self._go_to_found()

    def _on_find_closed(self) -> None:
        self.find_bar.hide()
        self._found = []
        self._mark()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_more_clicked(self) -> None:
        share = self.view.verticalScrollBar().value()
        self._shown *= 2
        self._show()
        self.view.verticalScrollBar().setValue(share)

    def _on_view_range_selected(self, start: int, end: int) -> None:
        quoted = self._quoted(start, end)
        if quoted is not None:
            self.text_selected.emit(*quoted)

    def _on_view_place_clicked(self, position: int) -> None:
        for passage in self._evidence:
            shown = shown_range(self._mappings, passage.start, min(passage.end, self._end()))
            if shown is not None and shown[0] <= position <= shown[1]:
                self.evidence_chosen.emit(passage.key)
                return

    def _end(self) -> int:
        return len(self._text) if self.is_formatted() else min(self._shown, len(self._text))

    def _on_view_scrolled(self, value: int) -> None:
        self.scrolled.emit(value / max(1, self.view.verticalScrollBar().maximum()))

    def _on_ruler_tick_chosen(self, key: str) -> None:
        self.select_evidence(key)
        self.evidence_chosen.emit(key)

    def _on_look_changed(self) -> None:
        self._look.turns.later(self._show_in_new_look)

    def _show_in_new_look(self) -> None:
        self.view.fit_width()
        self._show()
