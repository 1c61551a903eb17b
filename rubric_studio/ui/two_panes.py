"""Two panes beside each other with a handle between them. What is in them is others' business."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look


class TwoPanes(QSplitter):
    """Neither can be dragged away whole. `shares` part what room there is beyond the `widths` of the beginning."""

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        shares: tuple[int, int],
        widths: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setChildrenCollapsible(False)
        for at, pane in enumerate((left, right)):
            self.addWidget(pane)
            self.setStretchFactor(at, shares[at])
        if widths:
            self.setSizes(widths)


class ListColumn(QWidget):
    """A left pane: a list and what belongs to it, added to `column` before it is put beside another (Tab's order)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = look.theme.space
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, space.small, 0)
        self.column.setSpacing(space.small)
