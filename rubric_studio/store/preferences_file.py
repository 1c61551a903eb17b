"""Where one person's preferences are kept: a small JSON file. What they mean is not known here."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from rubric_studio.domain.errors import StudioError


class PreferencesFile:
    """The file at `path`; its folder is made when something is first kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Any]:
        """What was kept; nothing where there is no file, or a damaged one, which is put aside."""
        try:
            kept = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            kept = None
        if isinstance(kept, dict):
            return kept
        self.put_aside()
        return {}

    def write(self, values: dict[str, Any]) -> None:
        """Keep the values: the old file stays until the new one is whole.

        Raises:
            StudioError: the folder cannot be written to.
        """
        beside = self._path.with_name(self._path.name + ".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("w", encoding="utf-8") as file:
                json.dump(values, file, ensure_ascii=False, indent=2)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            raise StudioError(
                "Preferences not kept",
                f"The file could not be written: {error.strerror}.",
                "Everything else works; your choices last until you close the window.",
                file=self._path,
            ) from error

    def put_aside(self) -> None:
        """Move a file that makes no sense out of the way, and keep it."""
        with suppress(OSError):  # it stays where it is then, until new preferences take its place
            self._path.replace(self._path.with_name(self._path.name + ".damaged"))
