"""How high the lines of points are at a width, measured without making one. It paints nothing."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from rubric_studio.ui.look import Look

WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)

MOST_KNOWN = 4000


class LineSize:
    """The measures of one look: made anew when the look changes, for the fonts are kept."""

    def __init__(self, look: Look) -> None:
        self._space, self._icon = look.theme.space, look.theme.shape.icon
        self._title, self._caption = look.metrics("control"), look.metrics("caption")
        self._long: dict[tuple[bool, str], int] = {}
        self._known: dict[tuple[str, str, int], int] = {}
        self.number_width = look.metrics("control", bold=True).horizontalAdvance("\N{MINUS SIGN}0.25")

    @property
    def text_left(self) -> int:
        """Where the texts begin, behind the icon."""
        return self._space.medium + self._icon + self._space.small

    def bar(self, width: int) -> tuple[int, int]:
        """Where the bar of the weight begins in a line of that width, and how wide it is."""
        wide = max(40, min(80, width // 6))
        return width - 2 * self._space.small - self.number_width - wide, wide

    def text_width(self, width: int) -> int:
        """How much of a line of that width the texts have."""
        return self.bar(width)[0] - self.text_left - self._space.medium

    def title_height(self, title: str, width: int) -> int:
        """How high a title is when it wraps beside the weight."""
        return self._text_height(self._title, title, max(40, self.text_width(width)))

    def height(self, title: str, caption: str, width: int) -> int:
        """How high a line of that width is."""
        room = max(40, self.text_width(width))
        known = self._known.get((title, caption, room))
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            words = self._text_height(self._title, title, room) + self._text_height(
                self._caption, caption, room
            )
            known = self._known[title, caption, room] = words + self._space.small + 2
        return known

    def _text_height(self, metrics: QFontMetrics, text: str, width: int) -> int:
        """Most texts stand on one line, which is known without breaking them into lines."""
        which = (metrics is self._title, text)
        long = self._long.get(which)
        if long is None:
            if len(self._long) >= MOST_KNOWN:
                self._long.clear()
            long = self._long[which] = 10**9 if "\n" in text else metrics.horizontalAdvance(text)
        if long <= width:
            return metrics.height()
        return metrics.boundingRect(QRect(0, 0, width, 9999), WRAP, text).height()
