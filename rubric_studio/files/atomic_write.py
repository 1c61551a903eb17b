"""Write a file so that it is either all there or not there: beside its place first, then renamed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rubric_studio.domain.errors import StudioError


@contextmanager
def written_atomically(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder; on leaving without an error it takes the place of `path`.

    Raises:
        StudioError: the folder cannot be written, or the file is held open by another program.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
        os.close(handle)
    except OSError as error:
        raise _not_written(path, error) from error
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> StudioError:
    reason = error.strerror or str(error)
    return StudioError(
        "File not written", f"{reason}.", "Close it elsewhere, or choose another folder.", file=path.name
    )
