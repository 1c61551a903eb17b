"""A layout that sets widgets in columns of one width, as many as fit. It stretches them to the whole line."""

from PySide6.QtCore import QRect

from rubric_studio.ui.flow_layout import FlowLayout

MOST = 4
LEAST = 2


class EvenColumns(FlowLayout):
    """Items that are wider than a column are cut to it; there are always two columns at least."""

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        items = self._shown()
        if not items:
            return 0
        gap = self.spacing()
        widest = max(item.sizeHint().width() for item in items)
        count = max(LEAST, min(MOST, len(items), (rect.width() + gap) // (widest + gap)))
        width = max(1, (rect.width() - (count - 1) * gap) // count)
        height = max(item.sizeHint().height() for item in items)
        if move:
            for at, item in enumerate(items):
                line, column = divmod(at, count)
                left, top = rect.left() + column * (width + gap), rect.top() + line * (height + gap)
                item.setGeometry(QRect(left, top, width, height))
        lines = -(-len(items) // count)
        return lines * (height + gap) - gap
