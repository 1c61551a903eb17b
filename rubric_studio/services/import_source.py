"""What is brought in - a file or a pasted range - and how it is read. The reading itself is in the adapters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rubric_studio.domain.table import Complaint, FileFacts, Progress, ReadItem, ReadOptions, silent


@dataclass(frozen=True)
class FileReading:
    """The reading functions; `wiring.py` fills it with the real ones.

    `describe` may take a while, `fingerprint` gives the SHA-256 of a file's bytes.
    """

    describe: Callable[[Path, ReadOptions | None], FileFacts]
    read: Callable[[Path, ReadOptions | None, Progress], Iterator[ReadItem]]
    describe_pasted: Callable[[str, ReadOptions | None], FileFacts]
    read_pasted: Callable[[str, ReadOptions | None], Iterator[ReadItem]]
    fingerprint: Callable[[Path], str]
    save_complaints: Callable[[Path, Iterable[Complaint]], None]


@dataclass(frozen=True)
class ImportSource:
    """One file, or the text of a pasted range where `path` is None."""

    reading: FileReading
    path: Path | None = None
    text: str = ""

    def describe(self, options: ReadOptions | None = None) -> FileFacts:
        """Say how it would be read and show its first lines.

        Raises:
            StudioError: it cannot be opened, or is no table.
        """
        if self.path is None:
            return self.reading.describe_pasted(self.text, options)
        return self.reading.describe(self.path, options)

    def read(self, options: ReadOptions, progress: Progress = silent) -> Iterator[ReadItem]:
        """Yield its lines, and complaints between them."""
        if self.path is None:
            return self.reading.read_pasted(self.text, options)
        return self.reading.read(self.path, options, progress)

    def fingerprint(self) -> str:
        """The SHA-256 of the file's bytes; "" for a pasted range."""
        return "" if self.path is None else self.reading.fingerprint(self.path)
