from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from rubric_studio.store.place import Place, network_drive, place_of, synced_by

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/tax /mnt/tax\\040cases cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/anna/local ext4 rw 0 0
anna@server: /mnt/ssh fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/data/a.rubric", ""),
        ("/mnt/tax cases/a.rubric", "//server/tax"),
        ("/mnt/tax casesuite/a.rubric", ""),
        ("/home/anna/a.rubric", "server:/home"),
        ("/home/anna/local/a.rubric", ""),
        ("/mnt/ssh/deep/a.rubric", "anna@server:"),
        ("/run/user/1000/gvfs/smb-share/a.rubric", "gvfsd-fuse"),
    ],
)
def test_linux_knows_a_network_drive_by_its_mount(path: str, drive: str):
    assert network_drive(PurePosixPath(path), "linux", MOUNTS) == drive


def test_windows_knows_a_network_drive_by_its_double_backslash():
    assert network_drive(PureWindowsPath(r"\\server\tax\a.rubric"), "win32", "") == "\\\\server\\tax"


def test_macos_takes_every_other_volume_for_a_network_drive():
    assert network_drive(PurePosixPath("/Volumes/tax/a.rubric"), "darwin", "") == "tax"
    assert network_drive(PurePosixPath("/Users/anna/a.rubric"), "darwin", "") == ""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/anna/Documents/a.rubric", ""),
        ("/home/anna/OneDrive/a.rubric", "OneDrive"),
        ("/Users/anna/Library/CloudStorage/OneDrive-Firm/a.rubric", "a synced folder"),
        ("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/a.rubric", "iCloud"),
        ("/home/anna/Dropbox (Firm)/deep/a.rubric", "Dropbox"),
        ("/home/anna/Google Drive/a.rubric", "Google Drive"),
        ("/home/anna/Nextcloud2/a.rubric", "Nextcloud"),
        ("/home/anna/Dropbox", ""),
        ("/home/anna/dropboxes/a.rubric", ""),
        ("/firm/cloud/cases/a.rubric", "OneDrive"),
    ],
)
def test_a_synced_folder_is_known_by_its_name_or_by_onedrive_itself(path: str, name: str):
    assert synced_by(PurePosixPath(path), {"OneDriveCommercial": "/firm/cloud", "HOME": "/home"}) == name


def test_a_synced_folder_is_known_by_its_mark(tmp_path: Path):
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "cases").mkdir()
    assert place_of(tmp_path / "cases" / "a.rubric") == Place("synced", "Syncthing")


def test_a_folder_on_this_computer_is_local(tmp_path: Path):
    assert place_of(tmp_path / "a.rubric").is_local
