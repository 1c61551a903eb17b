"""What is dropped on a page or pasted on it that can be brought in: files, or the text of a range."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from rubric_studio.domain.packet import PACKET_ENDING

PROJECT_ENDING = ".rubric"
OPENED = (PROJECT_ENDING, PACKET_ENDING)


def incoming(data: QMimeData) -> Path | list[Path] | str | None:
    """Return a file, several, or a text; None where there is nothing to bring in.

    Projects and packets are opened, not brought in: the window does that.
    """
    urls = data.urls() if data.hasUrls() else []
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if any(path.suffix.lower() in OPENED for path in files):
        return None
    if files:
        return files[0] if len(files) == 1 else files
    text = data.text() if data.hasText() else ""
    return text if text.strip() else None
