"""The house's one-color icons, recolored when they are loaded."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from rubric_studio.resources import resource
from rubric_studio.ui.theme import Theme


class Icons:
    """Icons in the colors of one theme; each file is read once, each icon drawn once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawings: dict[str, bytes] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}

    def svg(self, name: str, role: str) -> bytes:
        """Return the drawing with its one color replaced by a role's."""
        if name not in self._drawings:
            self._drawings[name] = resource(f"icons/{name}.svg").read_bytes()
        return self._drawings[name].replace(b"currentColor", self._theme.roles[role].encode())

    def icon(self, name: str, role: str = "text_muted") -> QIcon:
        """Return an icon, sharp at one, one and a half and three icon sizes, gray when disabled."""
        if (name, role) not in self._icons:
            self._icons[name, role] = self._made(name, role)
        return self._icons[name, role]

    def pixmap(self, name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Draw an icon `size` logical pixels wide and high for a screen of that pixel ratio."""
        pixmap = _drawn(self._renderer(name, role), QSize(size, size) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _made(self, name: str, role: str) -> QIcon:
        icon, usual = QIcon(), self._theme.shape.icon
        for mode, color in ((QIcon.Mode.Normal, role), (QIcon.Mode.Disabled, "text_disabled")):
            renderer = self._renderer(name, color)
            for size in (usual, usual * 3 // 2, usual * 3):
                icon.addPixmap(_drawn(renderer, QSize(size, size)), mode)
        return icon

    def _renderer(self, name: str, role: str) -> QSvgRenderer:
        return QSvgRenderer(QByteArray(self.svg(name, role)))


def _drawn(renderer: QSvgRenderer, size: QSize) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
