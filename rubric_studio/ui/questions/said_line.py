"""One thing that somebody said of a row: a sign, what, why, who and when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


class SaidLine(QFrame):
    """A flag or a decision; `beside` takes a button at its end."""

    def __init__(
        self,
        look: Look,
        icon: str,
        role: str,
        what: str,
        who: str,
        why: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        space = look.theme.space
        self.beside = QHBoxLayout(self)
        self.beside.setContentsMargins(space.medium, space.small, space.small, space.small)
        self.beside.setSpacing(space.small)
        sign = PlainLabel()
        sign.setPixmap(look.icon(icon, role).pixmap(look.theme.shape.icon))
        self.beside.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(what, "strong", wrap=True))
        if why:
            words.addWidget(PlainLabel(why, wrap=True))
        words.addWidget(PlainLabel(who, "caption", wrap=True))
        self.beside.addLayout(words, 1)
