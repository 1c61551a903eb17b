"""One window per project: a lock of the operating system on a side file, with who holds it and since when.

A kill releases it. It protects windows from each other; the database protects itself.
"""

import errno
import json
import os
import platform
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.packet import PACKET_ENDING

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

BEYOND_THE_TEXT = 1 << 30  # Windows locks are mandatory: lock a byte that nobody needs to read
TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class Clock(Protocol):
    """Where time comes from."""

    def milliseconds(self) -> int:
        """UTC milliseconds since 1970."""
        ...


class Holder(NamedTuple):
    """Who has a project open. `since` is UTC in ISO 8601, "" where it is not known."""

    who: str
    computer: str
    since: str


class ProjectLock:
    """A lock that is held until `release`, or until the process ends."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the next one in, and take the side file away."""
        # Removed before it is let go, so that nobody locks a file that is about to vanish. Windows removes
        # no open file: there it goes afterwards, unless the next one has it open already.
        with suppress(OSError):
            self._path.unlink()
        os.close(self._descriptor)
        if fcntl is None:
            with suppress(OSError):
                self._path.unlink()


def lock_path(project: Path) -> Path:
    """The side file of a project."""
    return project.with_name(project.name + ".lock")


def take_lock(project: Path, who: str = "", clock: Clock | None = None) -> ProjectLock:
    """Lock a project for one window.

    Raises:
        StudioError: somebody has it open (says who, and since when), or the folder allows no lock.
    """
    path = lock_path(project)
    while True:
        descriptor = _opened(path, project)
        try:
            taken = _try_to_lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise _no_lock(project) from error
        if not taken:
            holder = _read_holder(path)
            os.close(descriptor)
            raise _in_use(project, holder)
        if _is_still_there(path, descriptor):
            _write_holder(descriptor, who, clock)
            return ProjectLock(path, descriptor)
        os.close(descriptor)  # its last holder removed the file while we waited: take the new one


def holder_of(project: Path) -> Holder | None:
    """Who has the project open now, or None. Takes no lock that would outlast the call."""
    path = lock_path(project)
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _try_to_lock(descriptor) else _read_holder(path)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _opened(path: Path, project: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise StudioError(
            "This folder cannot be written to",
            f"{project.name} cannot be opened for writing: {error.strerror}.",
            "Open it to read only, or copy it to a folder of your own.",
            file=project,
        ) from error


def _try_to_lock(descriptor: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            os.lseek(descriptor, BEYOND_THE_TEXT, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # pyright: ignore[reportAttributeAccessIssue]
    except OSError as error:
        if error.errno not in TAKEN:
            raise
        return False
    return True


def _is_still_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def _write_holder(descriptor: int, who: str, clock: Clock | None) -> None:
    milliseconds = clock.milliseconds() if clock else time.time_ns() // 1_000_000
    since = datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    holder = {"who": who, "computer": platform.node(), "since": since.replace("+00:00", "Z")}
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(holder, ensure_ascii=False).encode("utf-8", "replace"))


def _read_holder(path: Path) -> Holder:
    try:
        told = json.loads(path.read_text("utf-8"))
        return Holder(str(told["who"]), str(told["computer"]), str(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder("", "", "")  # locked a moment ago, not yet signed


def _in_use(project: Path, holder: Holder) -> StudioError:
    who = holder.who or "Another window"
    where = f" on {holder.computer}" if holder.computer else ""
    since = f" since {holder.since[:16].replace('T', ' ')} UTC" if holder.since else ""
    is_packet = project.suffix.lower() == PACKET_ENDING
    return StudioError(
        "These answers are open already" if is_packet else "This project is open already",
        f"{who}{where} has {project.name} open{since}.",
        "Open it to read, or close the other window first.",
        file=project,
    )


def _no_lock(project: Path) -> StudioError:
    return StudioError(
        "This folder allows no locks",
        f"Nothing would keep two people from writing to {project.name} at once.",
        "Work on a copy on this computer and save it back, or open it to read only.",
        file=project,
    )
