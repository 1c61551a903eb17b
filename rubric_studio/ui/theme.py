"""A theme as one frozen value, read from `resources/themes/`: colors by role, sizes, spaces."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PySide6.QtGui import QColor

from rubric_studio.resources import resource

THEME_NAMES = ("light", "dark", "contrast")


@dataclass(frozen=True)
class Sizes:
    """Type sizes in pixels, already at the chosen percent; what a line of reading text measures."""

    caption: int
    control: int
    reading: int
    title: int
    number: int
    line_height: float
    characters: int


@dataclass(frozen=True)
class Space:
    """The only distances there are, in pixels."""

    tiny: int
    small: int
    medium: int
    large: int
    wide: int
    page: int


@dataclass(frozen=True)
class Shape:
    """Corners, lines and icons, in pixels; icons grow with the type."""

    corner: int
    hair: int
    focus: int
    edge: int
    icon: int


@dataclass(frozen=True)
class Theme:
    """All tokens of the house at one font size."""

    name: str
    dark: bool
    percent: int
    roles: Mapping[str, str]
    models: tuple[str, ...]
    sizes: Sizes
    space: Space
    shape: Shape

    def color(self, role: str) -> QColor:
        """Return the color of a role ("text", "met_soft"); KeyError for a role that is not in the file."""
        return QColor(self.roles[role])

    def model_color(self, index: int) -> QColor:
        """Return the color of the model at a fixed place; after the eighth the colors begin again."""
        return QColor(self.models[index % len(self.models)])


def load_theme(name: str, percent: int = 100) -> Theme:
    """Read a theme of the house; `percent` is the font size asked for (100 = as drawn)."""
    data = _read(name)
    palette: dict[str, str] = data["palette"]

    def scaled(size: int) -> int:
        return max(1, round(size * percent / 100))

    sizes = {key: scaled(size) if isinstance(size, int) else size for key, size in data["sizes"].items()}
    sizes["characters"] = data["sizes"]["characters"]
    shape = {**data["shape"], "icon": scaled(data["shape"]["icon"])}
    return Theme(
        name=name,
        dark=data["dark"],
        percent=percent,
        roles=MappingProxyType({role: palette[color] for role, color in data["roles"].items()}),
        models=tuple(data["models"]["colors"]),
        sizes=Sizes(**sizes),
        space=Space(**data["space"]),
        shape=Shape(**shape),
    )


def _read(name: str) -> dict[str, Any]:
    data = tomllib.loads(resource(f"themes/{name}.toml").read_text("utf-8"))
    if "inherits" not in data:
        return data
    inherited = _read(data.pop("inherits"))
    for key, own in data.items():
        both_are_tables = isinstance(own, dict) and isinstance(inherited.get(key), dict)
        inherited[key] = {**inherited[key], **own} if both_are_tables else own
    return inherited


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast ratio of two opaque colors, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    """Relative luminance in [0, 1] (WCAG 2.2): linear red, green and blue, weighted by what the eye sees."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
