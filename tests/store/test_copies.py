import os
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.store.copies import back_up
from rubric_studio.store.project_file import ProjectFile, open_project
from tests.store.material import FixedClock, bring_in, row


def test_a_copy_is_self_contained_and_holds_what_is_not_yet_checkpointed(store: ProjectFile, tmp_path: Path):
    bring_in(store, "S", [row("r1")])
    target = tmp_path / "copy" / "b.rubric"
    store.copy_to(target)
    assert [file.name for file in target.parent.iterdir()] == ["b.rubric"]
    with open_project(target) as copy:
        assert list(copy.rows()) == [row("r1")]


def test_backups_have_names_of_their_own(store: ProjectFile, path: Path, tmp_path: Path):
    raw = store.connection.raw
    made = [back_up(raw, path, tmp_path / "b", "before format 2", FixedClock()) for _ in range(2)]
    stem = "Tax law 2026-09-21 141320 before format 2"
    assert [each.name for each in made] == [f"{stem}.rubric", f"{stem} 2.rubric"]


def test_a_damaged_project_never_replaces_a_good_backup(store: ProjectFile, path: Path, tmp_path: Path):
    bring_in(store, "S", [row(f"r{n}", "long " * 200) for n in range(200)])
    backup = tmp_path / "backup.rubric"
    store.copy_to(backup)
    store.close()
    good = backup.read_bytes()
    torn = bytearray(path.read_bytes())
    half = len(torn) // 2
    torn[half:] = os.urandom(len(torn) - half)
    path.write_bytes(torn)
    with open_project(path, read_only=True) as again, pytest.raises(StudioError, match="damaged"):
        again.copy_to(backup)
    assert backup.read_bytes() == good
    assert sorted(file.name for file in tmp_path.iterdir()) == ["backup.rubric", "work"]


def test_a_copy_that_cannot_be_written_says_so(store: ProjectFile, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StudioError, match="could not be written"):
        store.copy_to(tmp_path / "file" / "b.rubric")
