"""Where a project file lies: on this computer, on a network drive, or in a folder that is synced.

WAL needs one computer's shared memory, and a syncing program may carry the file away without it: in the
latter two places a project is kept without WAL, and work on a copy is offered (`working_copy.py`).
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath, PureWindowsPath
from typing import Literal, NamedTuple

Kind = Literal["local", "network", "synced"]

NETWORK_TYPES = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|afs|afpfs|9p|davfs|ceph|glusterfs|lustre|ncpfs"
    r"|fuse\.(sshfs|gvfsd-fuse|rclone|davfs2?|s3fs|smbnetfs|glusterfs|google-drive-ocamlfuse)"
)
SYNCED_FOLDERS = (
    ("OneDrive", re.compile(r"onedrive( - .*)?|onedrive-.*")),
    ("Dropbox", re.compile(r"dropbox( \(.*\))?|dropbox-.*")),
    ("iCloud", re.compile(r"icloud ?drive|icloud~.*|com~apple~clouddocs|mobile documents")),
    ("Google Drive", re.compile(r"google ?drive(-.*)?|googledrive-.*|my drive|drivefs")),
    ("Nextcloud", re.compile(r"nextcloud\d*|owncloud\d*|nextcloud-.*")),
    ("Box", re.compile(r"box( sync)?|box-box")),
    ("a synced folder", re.compile(r"cloudstorage|pclouddrive|seafile|syncthing|sync\.com|magentacloud")),
)
SYNC_MARKS = ((".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".nextcloudsync.log", "Nextcloud"))
DRIVE_REMOTE = 4


class Place(NamedTuple):
    """Where a file lies. `name` is whose folder or drive it is, "" for this computer."""

    kind: Kind
    name: str = ""

    @property
    def is_local(self) -> bool:
        """Whether the file stays on this computer and WAL is safe."""
        return self.kind == "local"


def place_of(path: Path) -> Place:
    """Find out where a file lies (or would lie)."""
    whole = path.expanduser().resolve()
    network = network_drive(whole, sys.platform, _mounts())
    if network:
        return Place("network", network)
    synced = synced_by(whole, os.environ) or _marked_by(whole)
    return Place("synced", synced) if synced else Place("local")


def network_drive(path: PurePath, platform: str, mounts: str) -> str:
    """The network drive a path lies on, "" if none.

    Args:
        path: absolute.
        platform: as `sys.platform`.
        mounts: the text of /proc/mounts, "" where there is none.
    """
    if platform == "win32":
        drive = PureWindowsPath(path).drive
        return drive if drive.startswith("\\\\") or _is_remote(drive) else ""
    if platform == "darwin":
        # Asking for a volume's kind needs a program of its own. Everything but the start volume counts as
        # a network drive: at worst a disk on the desk goes without WAL, which costs a little speed.
        return path.parts[2] if path.parts[:2] == ("/", "Volumes") and len(path.parts) > 3 else ""
    return _network_mount(path, mounts)


def synced_by(path: PurePath, environment: Mapping[str, str]) -> str:
    """The program that syncs a folder on the path, by the folder's name or by what OneDrive told Windows."""
    for variable, folder in environment.items():
        if variable.upper().startswith("ONEDRIVE") and folder and path.is_relative_to(folder):
            return "OneDrive"
    for part in path.parts[:-1]:
        for name, pattern in SYNCED_FOLDERS:
            if pattern.fullmatch(part.casefold()):
                return name
    return ""


def _marked_by(path: Path) -> str:
    for folder in path.parents:
        for mark, name in SYNC_MARKS:
            # ~/.dropbox is where the program keeps its settings: it marks no synced folder.
            if folder != Path.home() and (folder / mark).exists():
                return name
    return ""


def _network_mount(path: PurePath, mounts: str) -> str:
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        device, mount, kind = (_unescaped(field) for field in fields[:3])
        if path.is_relative_to(mount) and len(mount) >= best:
            best, found = len(mount), device if NETWORK_TYPES.fullmatch(kind) else ""
    return found


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)


def _mounts() -> str:
    mounts = Path("/proc/mounts")
    return mounts.read_text("utf-8", "replace") if mounts.exists() else ""


def _is_remote(drive: str) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == DRIVE_REMOTE
