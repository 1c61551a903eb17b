"""The way from a point's form to the comments on its wording, with how many are open. It reads none."""

from PySide6.QtWidgets import QPushButton, QWidget

from rubric_studio.ui.actions import key_text
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text, set_tip

COMMENTS_KEY = "Ctrl+Shift+C"


class CommentLink(QPushButton):
    """A quiet link under the wording."""

    def __init__(self, look: Look, desk: GuideDesk, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._desk, self._key = look, desk, key
        dress(self, "link")
        set_tip(self, self.tr("Read and write comments on these words ({0})").format(key_text(COMMENTS_KEY)))
        self.clicked.connect(lambda: desk.comments_requested.emit(key))
        desk.comments_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        count = self._desk.open_comments(self._key)
        words = self.tr("Comments ({0} open)").format(count) if count else self.tr("Comment on these words")
        self.setText(button_text(words))
