"""Choosing a passage of the answer by keys: sentence by sentence, longer or shorter. It attaches nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument

from rubric_studio.ui.reading_view import ReadingView
from rubric_studio.ui.review.sentences import sentences

Key, Modifier = Qt.Key, Qt.KeyboardModifier


class PassageChoosing(QObject):
    """While it is on, its keys move the selection in a view; `switched` tells that it begins or ends.

    Down and Up go to another sentence, with Shift they add or drop one at the end; Right and Left add or drop a
    word at the end, with Shift at the beginning; Page Down and Page Up go on a screen.

    Args:
        view: gives the view in sight, for two take turns.
    """

    switched = Signal(bool)

    def __init__(self, view: Callable[[], ReadingView], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._document: QTextDocument | None = None
        self._spans: list[tuple[int, int]] = []
        self.is_on = False

    def begin(self) -> None:
        """Select the sentence at the cursor where it is in sight, else the first one in sight."""
        self._read()
        if not self._spans:
            return
        first, last = self._in_sight()
        at = self._view().textCursor().position()
        place = (
            bisect_left(self._spans, (at, 0)) if first < at <= last else bisect_left(self._spans, (first, 0))
        )
        self._switch(on=True)
        self._select(*self._spans[min(place, len(self._spans) - 1)])

    def end(self) -> None:
        """Go back to marking; what is selected stays for whoever asks."""
        if self.is_on:
            self._switch(on=False)

    def takes(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False where it is none of these keys."""
        move = self._moves().get((event.modifiers() & ~Modifier.KeypadModifier, Key(event.key())))
        if not self.is_on or move is None:
            return False
        self._read()
        if self._spans:
            move()
        return True

    def _moves(self) -> dict[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], None]]:
        plain, shift = Modifier.NoModifier, Modifier.ShiftModifier
        return {
            (plain, Key.Key_Down): lambda: self._go(1),
            (plain, Key.Key_Up): lambda: self._go(-1),
            (shift, Key.Key_Down): lambda: self._grow(1),
            (shift, Key.Key_Up): lambda: self._grow(-1),
            (plain, Key.Key_Right): self._add_word,
            (plain, Key.Key_Left): self._drop_word,
            (shift, Key.Key_Right): lambda: self._move_begin(QTextCursor.MoveOperation.NextWord),
            (shift, Key.Key_Left): lambda: self._move_begin(QTextCursor.MoveOperation.PreviousWord),
            (plain, Key.Key_PageDown): lambda: self._page(1),
            (plain, Key.Key_Space): lambda: self._page(1),
            (plain, Key.Key_PageUp): lambda: self._page(-1),
        }

    def _go(self, step: int) -> None:
        begin, end = self._selected()
        place = bisect_left(self._spans, (end, 0)) if step > 0 else bisect_left(self._spans, (begin, 0)) - 1
        self._select(*self._spans[min(len(self._spans) - 1, max(0, place))])

    def _grow(self, step: int) -> None:
        """Let the passage end with the next sentence, or with the one before the last."""
        begin, end = self._selected()
        ends = [stop for _, stop in self._spans if stop > begin]
        place = bisect_right(ends, end) if step > 0 else bisect_left(ends, end) - 1
        if 0 <= place < len(ends):
            self._select(begin, ends[place])

    def _add_word(self) -> None:
        begin, end = self._selected()
        next_word = self._moved(end, QTextCursor.MoveOperation.NextWord)
        longer = self._trimmed(self._moved(next_word, QTextCursor.MoveOperation.EndOfWord))
        if longer > end:
            self._select(begin, longer)

    def _drop_word(self) -> None:
        begin, end = self._selected()
        shorter = self._trimmed(self._moved(end, QTextCursor.MoveOperation.PreviousWord))
        if shorter > begin:
            self._select(begin, shorter)

    def _move_begin(self, move: QTextCursor.MoveOperation) -> None:
        begin, end = self._selected()
        begin = self._moved(begin, move)
        if begin < end:
            self._select(begin, end)

    def _page(self, step: int) -> None:
        view = self._view()
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + step * round(0.9 * bar.pageStep()))
        place = bisect_left(self._spans, (self._in_sight()[0], 0))
        self._select(*self._spans[min(place, len(self._spans) - 1)])

    def _moved(self, at: int, move: QTextCursor.MoveOperation) -> int:
        cursor = QTextCursor(self._view().document())
        cursor.setPosition(at)
        cursor.movePosition(move)
        return cursor.position()

    def _trimmed(self, end: int) -> int:
        """Leave the space before a place out: a passage ends with a word."""
        document = self._view().document()
        while end > 0 and document.characterAt(end - 1).isspace():
            end -= 1
        return end

    def _selected(self) -> tuple[int, int]:
        cursor = self._view().textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def _select(self, begin: int, end: int) -> None:
        view = self._view()
        cursor = view.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)  # scrolls to its end; then to its beginning, which one reads first
        top = view.cursorRect(_at(view, begin)).top()
        if top < 0:
            view.verticalScrollBar().setValue(view.verticalScrollBar().value() + top)

    def _in_sight(self) -> tuple[int, int]:
        view = self._view()
        last = QPoint(view.viewport().width() - 1, view.viewport().height() - 1)
        return view.cursorForPosition(QPoint(0, 0)).position(), view.cursorForPosition(last).position()

    def _switch(self, *, on: bool) -> None:
        self.is_on = on
        self.switched.emit(on)

    def _read(self) -> None:
        """Find the sentences of the document in sight, once for each document."""
        document = self._view().document()
        if document is self._document:
            return
        self._document, self._spans = document, []
        block = document.begin()
        while block.isValid():
            text, start = block.text(), block.position()
            places = _utf16_places(text)
            self._spans += [(start + places[begin], start + places[end]) for begin, end in sentences(text)]
            block = block.next()


def _at(view: ReadingView, position: int) -> QTextCursor:
    cursor = QTextCursor(view.document())
    cursor.setPosition(position)
    return cursor


def _utf16_places(text: str) -> list[int]:
    """Return where each letter begins as Qt counts, and where the last one ends."""
    places = [0]
    for letter in text:
        places.append(places[-1] + (2 if letter > "\uffff" else 1))
    return places
