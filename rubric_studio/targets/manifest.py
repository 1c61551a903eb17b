"""The manifest: what a bundle's files must hash to. The bundle's own verify.py reads it by the same rules."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rubric_studio.targets.json_bytes import json_file

MANIFEST = "manifest.json"
MANIFEST_HASH = "manifest.sha256"
FORMAT = "rubric-studio bundle 1"

COMPILED = "__pycache__"
"""Python writes such folders where rewards.py or grader.py is imported: no fault of the bundle."""


class Differences(NamedTuple):
    """Relative paths of files that are not as the manifest says."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def sha256_of(content: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def manifest_files(files: Mapping[str, bytes], facts: Mapping[str, Any]) -> dict[str, bytes]:
    """The two manifest files: SHA-256 of every other file, and of the manifest in the form of `sha256sum -c`."""
    hashes = {path: sha256_of(content) for path, content in files.items()}
    manifest = json_file({"format": FORMAT, "files": hashes, **facts})
    return {MANIFEST: manifest, MANIFEST_HASH: _hash_line(manifest)}


def differences(directory: Path, look: Callable[[str], None]) -> Differences:
    """Compare a folder with its manifest; `look` hears of each file before it is read.

    A manifest that does not fit its own hash is told as two changed files, for either may be the one.
    """
    found = _files_in(directory)
    missing = [path for path in (MANIFEST, MANIFEST_HASH) if path not in found]
    if missing:
        return Differences(missing=tuple(missing))
    manifest = (directory / MANIFEST).read_bytes()
    if (directory / MANIFEST_HASH).read_bytes() != _hash_line(manifest):
        return Differences(changed=(MANIFEST, MANIFEST_HASH))
    hashes = _hashes(manifest)
    if hashes is None:
        return Differences(changed=(MANIFEST,))
    changed: list[str] = []
    for path in sorted(found & hashes.keys()):
        look(path)
        if sha256_of((directory / path).read_bytes()) != hashes[path]:
            changed.append(path)
    extra = found - hashes.keys() - {MANIFEST, MANIFEST_HASH}
    return Differences(tuple(changed), tuple(sorted(hashes.keys() - found)), tuple(sorted(extra)))


def _hash_line(manifest: bytes) -> bytes:
    return f"{sha256_of(manifest)}  {MANIFEST}\n".encode()


def _hashes(manifest: bytes) -> dict[str, str] | None:
    """{path: hash} of a manifest; None where it is not one of ours."""
    try:
        told = json.loads(manifest)
    except (ValueError, RecursionError):
        return None
    files = told.get("files") if isinstance(told, dict) and told.get("format") == FORMAT else None
    return files if isinstance(files, dict) else None


def _files_in(directory: Path) -> set[str]:
    """Every file below the folder by its relative path with "/"; links count as files and are not followed."""
    found: set[str] = set()
    for folder, folders, names in os.walk(directory):
        if COMPILED in folders:
            folders.remove(COMPILED)
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        found.update((Path(folder) / name).relative_to(directory).as_posix() for name in (*names, *links))
    return found
