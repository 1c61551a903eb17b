"""Where a packet lies, and a copy of it where one can work: e-mails are opened in folders that are no place to stay."""

import os
from itertools import count
from pathlib import Path

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.packet import PACKET_SUBJECT, Packet, PacketPlace
from rubric_studio.domain.record import RecordKind
from rubric_studio.store.project_file import open_project

PASSING = ("content.outlook", "inetcache", "temporary internet files", "mail downloads", "com.apple.mail")
"""Folders in which mail programs lay what is opened out of a message; they empty them when they like."""


def packet_place(path: Path) -> PacketPlace:
    """Say whether a packet can be worked in where it lies."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return "closed"
    parts = [part.casefold() for part in path.absolute().parts]
    return "passing" if any(name in part for part in parts for name in PASSING) else "fine"


def packet_copy(path: Path, folder: Path) -> Path:
    """Copy a packet into a folder; a copy of the same one that is there already is taken up as it is.

    Raises:
        StudioError: it cannot be read, or the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open_project(path, read_only=True) as store:
            for number in count(1):
                name = path.name if number == 1 else f"{path.stem} ({number}){path.suffix}"
                target = folder / name
                if not target.exists():
                    store.copy_to(target)
                    return target
                if _identity(target) == _identity(path):
                    return target
    except OSError as error:
        raise StudioError(
            "The copy could not be made",
            f"{path.name} could not be copied to {folder}: {error.strerror}.",
            "Copy it yourself to a folder of your own, and open it there.",
            file=path,
        ) from error
    raise AssertionError("unreachable")


def _identity(path: Path) -> tuple[str, ...] | None:
    """What makes two files the same packet: its round, its person and when it was made; None for another file."""
    try:
        with open_project(path, read_only=True) as store:
            heads = store.heads(RecordKind.PACKET, subjects=[PACKET_SUBJECT])
            packet = Packet.model_validate(heads[-1].body) if heads else None
    except (StudioError, ValueError):
        return None
    return (packet.round, packet.expert.person, packet.made_at) if packet else None
