"""The strip under the parts: add a point, add a part, More; what is worth saying about the whole guide."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.guide.editor_menu import with_key
from rubric_studio.ui.guide.editor_name import NewName
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text


class EditorBar(QFrame):
    """Stays in view while the parts scroll."""

    point_requested = Signal()
    part_requested = Signal()
    more_toggled = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, "strip")
        self.point_button = QPushButton(button_text(with_key(self.tr("Point"), "point")))
        self.part_button = QPushButton(button_text(with_key(self.tr("Part"), "part")))
        self.point_button.setAccessibleName(self.tr("Add a point"))
        self.part_button.setAccessibleName(self.tr("Add a part"))
        self.more_button = QPushButton(self.tr("More"))
        self.more_button.setCheckable(True)
        self.point_button.clicked.connect(self.point_requested)
        self.part_button.clicked.connect(self.part_requested)
        self.more_button.toggled.connect(self._on_more_toggled)
        for button in (self.point_button, self.part_button, self.more_button):
            dress(button, "quiet")
        self.totals = PlainLabel("", wrap=True)
        self._totals_icon = PlainLabel()
        self._totals_line = QWidget()
        self._lay_out()
        self._draw()
        look.changed.connect(self._draw)
        self.show_totals(None)

    def show_totals(self, count: int | None) -> None:
        """Say that there are few totals; None says nothing."""
        self._totals_line.setVisible(count is not None)
        if count is not None:
            one = self.tr("Your guide can give only one total.")
            many = self.tr("Your guide can give only {0} different totals.").format(count)
            self.totals.setText(one if count == 1 else many)

    def put_first(self, widget: QWidget) -> None:
        """Give a place above everything else to what somebody has to say about the guide."""
        self._said.addWidget(widget)

    def put_over_buttons(self, widget: QWidget) -> None:
        """Give a place right over the buttons to what "More" brings."""
        self._more.addWidget(widget)

    def ask_name(self, placeholder: str, on_named: Callable[[str, bool], object]) -> NewName:
        """Open a line for a new title over the buttons."""
        line = NewName(placeholder)
        self._naming.addWidget(line)
        line.show()
        line.left.connect(line.hide)
        line.left.connect(line.deleteLater)
        line.named.connect(on_named)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        return line

    def _lay_out(self) -> None:
        space = self._look.theme.space
        totals = QHBoxLayout(self._totals_line)
        totals.setContentsMargins(space.small, 0, 0, 0)
        totals.setSpacing(space.small)
        totals.addWidget(self._totals_icon)
        totals.addWidget(self.totals, 1)
        self._said = QVBoxLayout()
        self._naming = QVBoxLayout()
        buttons = FlowLayout(spacing=space.tiny)
        for button in (self.point_button, self.part_button, self.more_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.small, space.small, space.small, space.small)
        layout.setSpacing(space.small)
        layout.addLayout(self._said)
        layout.addWidget(self._totals_line)
        layout.addLayout(self._naming)
        self._more = QVBoxLayout()
        layout.addLayout(self._more)
        layout.addLayout(buttons)

    def _draw(self) -> None:
        self.point_button.setIcon(self._look.icon("plus"))
        self.part_button.setIcon(self._look.icon("plus"))
        self.more_button.setIcon(self._look.icon("up" if self.more_button.isChecked() else "down"))
        size = self._look.theme.shape.icon
        ratio = self.devicePixelRatioF()
        self._totals_icon.setPixmap(self._look.icons().pixmap("warning", "partly", size, ratio))

    def _on_more_toggled(self, on: bool) -> None:
        self._draw()
        self.more_toggled.emit(on)
