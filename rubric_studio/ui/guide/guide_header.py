"""The line over the guide: its name, which version it is, save, older versions, files."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from rubric_studio.ui.actions import key_text
from rubric_studio.ui.guide.fields import Commit
from rubric_studio.ui.guide.title_field import TitleField
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip

SAVE_KEY = "Ctrl+S"
VERSIONS_KEY = "Ctrl+H"
DRAWER_KEY = "Ctrl+E"


class GuideHeader(QFrame):
    """Tells wishes; what they mean is the page's."""

    save_requested = Signal()
    version_requested = Signal(str)
    import_requested = Signal()
    export_requested = Signal()
    drawer_toggled = Signal(bool)

    def __init__(self, look: Look, on_name: Commit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, "bar")
        self.name = TitleField(self.tr("Name of the guide"), on_name)
        self.name.setPlaceholderText(self.tr("Name of the guide"))
        dress(self.name, "bare")
        self.state = PlainLabel("", "muted")
        self.drawer_button = QPushButton(button_text(f"{self.tr('Edit guide')}  {key_text(DRAWER_KEY)}"))
        self.drawer_button.setCheckable(True)
        self.drawer_button.toggled.connect(self.drawer_toggled)
        dress(self.drawer_button, "chip")
        self.versions_button = self._menu_button("history", self.tr("Versions"))
        self.files_button = self._menu_button("handover", self.tr("Files"))
        self.files_button.setAccessibleName(self.tr("Guides as files"))
        set_tip(self.files_button, self.tr("Word, Excel and other files: give this guide away, bring one in"))
        files = QMenu(self.files_button)
        files.addAction(self.tr("Bring in a guide…"), self.import_requested.emit)
        files.addAction(self.tr("Save as file…"), self.export_requested.emit)
        self.files_button.setMenu(files)
        self.versions_menu = QMenu(self.versions_button)
        self.versions_button.setMenu(self.versions_menu)
        self.save_button = QPushButton(button_text(f"{self.tr('Save')}  {key_text(SAVE_KEY)}"))
        self.save_button.clicked.connect(self.save_requested)
        self._lay_out()
        self._draw()
        look.changed.connect(self._draw)

    def show_state(self, text: str, *, can_save: bool) -> None:
        """Say which version this is and whether there is something to save."""
        self.state.setText(text)
        self.save_button.setEnabled(can_save)
        dress(self.save_button, "primary" if can_save else "")

    def show_versions(self, versions: Sequence[tuple[str, str]]) -> None:
        """Offer the saved versions as (id, words), the newest first, and the view of all of them (id "")."""
        self.versions_menu.clear()
        for id, words in versions:
            self.versions_menu.addAction(button_text(words), lambda id=id: self.version_requested.emit(id))
        self.versions_menu.addSeparator()
        words = f"{self.tr('What versions changed…')}\t{key_text(VERSIONS_KEY)}"
        self.versions_menu.addAction(words, lambda: self.version_requested.emit(""))

    def show_drawer(self, shown: bool | None) -> None:
        """Show whether the drawer is open; None where the editor is no drawer."""
        self.drawer_button.setVisible(shown is not None)
        if shown is not None:
            self.drawer_button.setChecked(shown)

    def _menu_button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("icon-name", icon)
        button.setAccessibleName(name)
        button.setText(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_tip(button, name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _hold_save_wide(self) -> None:
        """Leave room for the bold words of a guide that can be saved: they come before the line is laid out anew."""
        kind = self.save_button.property("kind") or ""
        self.save_button.setMinimumWidth(0)
        self.save_button.ensurePolished()
        dress(self.save_button, "primary")
        width = self.save_button.sizeHint().width()
        dress(self.save_button, kind)
        self.save_button.setMinimumWidth(width)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        line = QHBoxLayout()
        line.setSpacing(space.small)
        line.addWidget(self.name, 1)
        line.addWidget(self.state)
        for button in (self.drawer_button, self.versions_button, self.files_button, self.save_button):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.medium, space.small)
        layout.setSpacing(space.tiny)
        layout.addLayout(line)
        layout.addWidget(self.name.problem)

    def _draw(self) -> None:
        self._hold_save_wide()
        self.name.setFont(self._look.font("title", bold=True))
        for button in (self.versions_button, self.files_button):
            button.setIcon(self._look.icon(button.property("icon-name")))
