"""The look in use: one theme put on the application, and one signal when it changes. Holds no widget."""

from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, QTemporaryDir
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QIcon, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from rubric_studio.resources import resource
from rubric_studio.ui.followers import Followers
from rubric_studio.ui.icons import Icons
from rubric_studio.ui.restyling import Restyling
from rubric_studio.ui.theme import Theme, load_theme
from rubric_studio.ui.turns import Turns

_SHEET_ICONS = {
    "up": "text_muted",
    "down": "text_muted",
    "check": "on_accent",
    "dot": "on_accent",
    "minus": "on_accent",
}

_PALETTE = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "window",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "text_muted",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "on_selection",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "tip",
    QPalette.ColorRole.ToolTipText: "on_tip",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "sunken",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "control_line",
    QPalette.ColorRole.Shadow: "line",
}


class Look(QObject):
    """What every widget of the house is handed: the theme, icons and fonts in use.

    What is heavy to show anew waits for its turn in `turns`, which all widgets share.
    """

    def __init__(self, application: QApplication, name: str = "light", percent: int = 100) -> None:
        super().__init__()
        self._application = application
        self._family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
        self._sheet_icons = QTemporaryDir()
        self.turns = Turns(self)
        self.changed = Followers(self.turns)
        self._restyling = Restyling(application)
        application.setStyle("Fusion")
        self.use(name, percent)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    def use(self, name: str, percent: int = 100) -> None:
        """Put a theme at a font size on the application and tell every widget, all at once."""
        self.turn_to(name, percent)
        self.turns.finish()

    def turn_to(self, name: str, percent: int = 100) -> None:
        """Begin to put a theme on the application; its widgets follow in the next turns of the event loop."""
        self._theme = load_theme(name, percent)
        self._icons = Icons(self._theme)
        self.turns.later(self._begin)

    def _begin(self) -> None:
        self._restyling.begin(self.font("control"), _palette(self._theme), self._style_sheet())
        self.turns.later(self._go_on)

    def _go_on(self) -> None:
        if self._restyling.go_on():
            self.turns.later(self._go_on)
        else:
            self.changed.tell(then=self._restyling.end)

    def icon(self, name: str, role: str = "text_muted") -> QIcon:
        """Return an icon of the house in the color of a role."""
        return self._icons.icon(name, role)

    def icons(self) -> Icons:
        """Return the icons in the colors of the theme in use."""
        return self._icons

    def font(self, size: str, *, bold: bool = False) -> QFont:
        """Return the interface font at a named size ("caption", "reading" ...), figures all of one width."""
        font = QFont(self._family)
        font.setPixelSize(getattr(self._theme.sizes, size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def metrics(self, size: str, *, bold: bool = False) -> QFontMetrics:
        """Return how wide and high text of a named size is."""
        return QFontMetrics(self.font(size, bold=bold))

    def _style_sheet(self) -> str:
        theme = self._theme
        slots: dict[str, object] = dict(theme.roles)
        for prefix, group in (("size", theme.sizes), ("space", theme.space), ("shape", theme.shape)):
            slots.update({f"{prefix}_{key}": value for key, value in vars(group).items()})
        slots.update({f"icon_{name}": self._icon_file(name, role) for name, role in _SHEET_ICONS.items()})
        return Template(resource("themes/style.qss").read_text("utf-8")).substitute(slots)

    def _icon_file(self, name: str, role: str) -> str:
        """Write a recolored icon where the style sheet can find it: it takes pictures from files only."""
        path = Path(self._sheet_icons.path()) / f"{name}-{self._theme.name}.svg"
        path.write_bytes(self._icons.svg(name, role))
        return path.as_posix()


def dress(widget: QWidget, kind: str) -> None:
    """Give a widget one of the style sheet's kinds ("primary", "quiet", "link", "card", "title" ...)."""
    widget.setProperty("kind", kind)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the first showing does it, once
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def paint_focus(painter: QPainter, widget: QWidget, theme: Theme) -> None:
    """Draw the ring that shows where the keyboard is, inside the widget's edge."""
    inset = (theme.shape.focus + 1) // 2
    painter.setPen(QPen(theme.color("focus"), theme.shape.focus))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = widget.rect().adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(ring, theme.shape.corner, theme.shape.corner)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, name in _PALETTE.items():
        palette.setColor(role, theme.color(name))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, theme.color("text_disabled"))
    return palette
