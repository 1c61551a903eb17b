"""Takes from the process that calls it what trusted own code does not need. For good: it is never given back.

Limits wherever the system knows them; on Linux also landlock (files) and seccomp (network, processes, the system),
through ctypes. `missing_protection` says in words what this system cannot do. Time is watched by the parent.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rubric_studio.sandbox.system_calls import NEWEST, REFUSED

MEMORY = 1024 * 1024 * 1024
LARGEST_FILE = 1024 * 1024
OPEN_FILES = 64
PROCESSOR_SECONDS = 3600

NO_FILES = "it could read and change the files that you can"
NO_CALLS = "it could use the network and start programs"
NO_LIMITS = "it could use up this computer's memory"

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT, _SECCOMP = 444, 445, 446, {"x86_64": 317, "aarch64": 277}
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE = {"x86_64": (56, 435, 62, 234), "aarch64": (220, 435, 129, 131)}  # clone, clone3, kill, tgkill
_READ = 1 << 2 | 1 << 3  # files, folders
_WRITE = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8  # write, remove a folder or file, make a folder or file
_TRUNCATE = 1 << 14  # from the third version on


def missing_protection() -> list[str]:
    """Say in words what trusted code could do here because this system lacks a measure against it; [] on Linux."""
    return [words for name, words in _WORDS.items() if name not in measures_here()]


def measures_here() -> frozenset[str]:
    """Name the measures that this system has."""
    found: set[str] = set()
    if _resource() is not None:
        found.add("limits")
    if sys.platform.startswith("linux"):
        if _landlock_version() > 0:
            found.add("landlock")
        if _machine() in _AUDIT and _prctl(21) >= 0:  # PR_GET_SECCOMP
            found.add("seccomp")
    return frozenset(found)


_WORDS = {"landlock": NO_FILES, "seccomp": NO_CALLS, "limits": NO_LIMITS}


def confine(folder: Path, libraries: Sequence[Path], measures: frozenset[str]) -> None:
    """Take all of the named measures.

    Args:
        folder: the one place where files may be written.
        libraries: what may be read besides.
        measures: of `measures_here()`.

    Raises:
        OSError: a measure could not be taken; the process should end.
        ValueError: there is no measure of that name.
    """
    if measures - _WORDS.keys():
        raise ValueError(f"no measures: {', '.join(sorted(measures - _WORDS.keys()))}")
    if "limits" in measures:
        _limit()
    if sys.platform.startswith("linux") and measures & {"landlock", "seccomp"}:
        _checked(_prctl(38, 1), "no new privileges")  # PR_SET_NO_NEW_PRIVS
    if "landlock" in measures:
        _landlock(folder, libraries)
    if "seccomp" in measures:
        _seccomp()


def _resource():
    try:
        import resource
    except ImportError:
        return None
    return resource


def _limit() -> None:
    resource = _resource()
    assert resource is not None
    wanted = {
        "RLIMIT_AS": MEMORY,
        "RLIMIT_FSIZE": LARGEST_FILE,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_CPU": PROCESSOR_SECONDS,
        "RLIMIT_CORE": 0,
    }
    for name, most in wanted.items():
        which = getattr(resource, name, None)
        if which is None:
            continue
        hard = resource.getrlimit(which)[1]
        kept = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(which, (kept, kept))
        except (OSError, ValueError):
            if name != "RLIMIT_AS" or sys.platform != "darwin":  # macOS takes no limit of memory
                raise


# ---- Linux


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _machine() -> str:
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())


def _prctl(*arguments: int) -> int:
    return _library().prctl(*(ctypes.c_ulong(each) for each in (*arguments, 0, 0, 0, 0)[:5]))


def _call(*arguments: object) -> int:
    library = _library()
    library.syscall.restype = ctypes.c_long
    return library.syscall(*arguments)


def _checked(result: int, what: str) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def _landlock_version() -> int:
    return _call(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))


def _landlock(folder: Path, libraries: Sequence[Path]) -> None:
    """Leave of the file system the folder, and the libraries to read. See the kernel's landlock(7)."""
    version = _checked(_landlock_version(), "landlock")
    handled = (1 << 13) - 1
    handled |= (1 << 13 if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    handled |= 1 << 15 if version >= 5 else 0  # ioctl on devices
    fields = [
        handled,
        0b11 if version >= 4 else 0,
        0b11 if version >= 6 else 0,
    ]  # files; TCP; sockets, signals
    used = 1 if version < 4 else 2 if version < 6 else 3
    attribute = struct.pack(f"={used}Q", *fields[:used])
    rules = _checked(
        _call(_LANDLOCK_CREATE, attribute, ctypes.c_size_t(len(attribute)), ctypes.c_uint(0)), "landlock"
    )
    try:
        own = _READ | _WRITE | (_TRUNCATE if version >= 3 else 0)
        for path, allowed in ((folder, own), *((library, _READ) for library in libraries)):
            _allow(rules, path, allowed)
        _checked(_call(_LANDLOCK_RESTRICT, ctypes.c_int(rules), ctypes.c_uint(0)), "landlock")
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, allowed: int) -> None:
    if not path.exists():
        return
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not path.is_dir():
            allowed &= ~(1 << 3 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8)
        rule = struct.pack("=Qi", allowed, opened)
        added = _call(_LANDLOCK_ADD, ctypes.c_int(rules), ctypes.c_int(1), rule, ctypes.c_uint(0))
        _checked(added, f"landlock: {path}")
    finally:
        os.close(opened)


# seccomp: a small program for each system call, in the kernel's classic BPF (see seccomp(2))

_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_ALLOW, _KILL_PROCESS, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026  # EPERM, ENOSYS
_NUMBER, _ARCHITECTURE, _FIRST_LOW = 0, 4, 16


def _seccomp() -> None:
    program = b"".join(struct.pack("=HBBI", *step) for step in _steps(_machine(), os.getpid()))
    held = ctypes.create_string_buffer(program)
    filter = struct.pack("@HP", len(program) // 8, ctypes.addressof(held))
    number = _SECCOMP[_machine()]
    _checked(_call(number, ctypes.c_uint(1), ctypes.c_uint(1), filter), "seccomp")  # filter, all threads


def _steps(machine: str, own_id: int) -> Iterator[tuple[int, int, int, int]]:
    """The filter as (code, steps to skip if so, if not, operand)."""
    clone, clone3, kill, tgkill = _CLONE[machine]
    yield _LOAD, 0, 0, _ARCHITECTURE
    yield _EQUAL, 1, 0, _AUDIT[machine]
    yield _RETURN, 0, 0, _KILL_PROCESS  # another machine's calls have other numbers
    yield _LOAD, 0, 0, _NUMBER
    yield _GREATER, 0, 1, NEWEST  # x32's numbers too
    yield _RETURN, 0, 0, _UNKNOWN
    yield _EQUAL, 0, 1, clone3
    yield _RETURN, 0, 0, _UNKNOWN  # its flags cannot be looked at: glibc then uses clone
    column = 0 if machine == "x86_64" else 1
    for numbers in REFUSED.values():
        number = numbers[column]
        if number is not None:
            yield _EQUAL, 0, 1, number
            yield _RETURN, 0, 0, _REFUSE
    yield _EQUAL, 0, 4, clone  # threads yes, processes no
    yield _LOAD, 0, 0, _FIRST_LOW
    yield _ANY_BIT, 1, 0, 0x10000  # CLONE_THREAD
    yield _RETURN, 0, 0, _REFUSE
    yield _RETURN, 0, 0, _ALLOW
    for number in (kill, tgkill):  # signals to itself only
        yield _EQUAL, 0, 4, number
        yield _LOAD, 0, 0, _FIRST_LOW
        yield _EQUAL, 1, 0, own_id
        yield _RETURN, 0, 0, _REFUSE
        yield _RETURN, 0, 0, _ALLOW
    yield _RETURN, 0, 0, _ALLOW
