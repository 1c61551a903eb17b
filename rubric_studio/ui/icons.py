"""The house's one-color icons, recolored when they are loaded."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from rubric_studio.resources import resource
from rubric_studio.ui.theme import Theme


class Icons:
    """Icons in the colors of one theme; each drawn once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._icons: dict[tuple[str, str], QIcon] = {}

    def svg(self, name: str, role: str) -> bytes:
        """Return the drawing with its one color replaced by a role's."""
        drawing = resource(f"icons/{name}.svg").read_bytes()
        return drawing.replace(b"currentColor", self._theme.roles[role].encode())

    def icon(self, name: str, role: str = "text_muted") -> QIcon:
        """Return an icon, sharp at one, one and a half and three icon sizes, gray when disabled."""
        if (name, role) not in self._icons:
            self._icons[name, role] = self._drawn(name, role)
        return self._icons[name, role]

    def pixmap(self, name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Draw an icon `size` logical pixels wide and high for a screen of that pixel ratio."""
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(self.svg(name, role))).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _drawn(self, name: str, role: str) -> QIcon:
        icon = QIcon()
        for size in (self._theme.shape.icon, self._theme.shape.icon * 3 // 2, self._theme.shape.icon * 3):
            icon.addPixmap(self.pixmap(name, role, size))
            icon.addPixmap(self.pixmap(name, "text_disabled", size), QIcon.Mode.Disabled)
        return icon
