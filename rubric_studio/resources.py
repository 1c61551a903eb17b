"""Finds what lies in `resources/`: in the source tree, the wheel and a frozen program."""

import sys
from pathlib import Path


def _folders() -> tuple[Path, ...]:
    """Where resources may lie, most certain first: a stranger's `resources` may stand beside a wheel."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    unpacked = (Path(frozen) / "resources",) if frozen else ()
    return (package / "_resources", *unpacked, package.parent / "resources")


def resource(name: str) -> Path:
    """Return the path of the file or folder `name` ("themes/light.toml") below `resources/`.

    Raises FileNotFoundError where it is in none of the places, which means a broken installation.
    """
    for folder in _folders():
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from the program's resources")
