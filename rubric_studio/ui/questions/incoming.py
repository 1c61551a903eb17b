"""What is dropped on a page or pasted on it that can be brought in: a file, or the text of a range."""

from pathlib import Path

from PySide6.QtCore import QMimeData

PROJECT_ENDING = ".rubric"


def incoming(data: QMimeData) -> Path | str | None:
    """Return a file or a text; None where there is nothing to bring in. Projects are opened, not brought in."""
    for url in data.urls() if data.hasUrls() else ():
        if url.isLocalFile():
            path = Path(url.toLocalFile())
            return None if path.suffix == PROJECT_ENDING else path
    text = data.text() if data.hasText() else ""
    return text if text.strip() else None
