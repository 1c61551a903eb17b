from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.store.project_file import ProjectFile, open_project
from rubric_studio.store.working_copy import save_back, take_working_copy, working_copy_of
from tests.store.material import bring_in, row


@pytest.fixture
def original(store: ProjectFile, path: Path) -> Path:
    bring_in(store, "S1", [row("r1")])
    store.close()
    return path


def test_work_on_a_copy_is_saved_back_also_twice_and_after_a_restart(original: Path, tmp_path: Path):
    take_working_copy(original, tmp_path / "here")
    copy = tmp_path / "here" / original.name
    for number in (2, 3):
        with open_project(copy) as store:
            bring_in(store, f"S{number}", [row(f"r{number}")])
            working = working_copy_of(copy)
            assert working is not None
            save_back(working)
    with open_project(original) as store:
        assert [each.id for each in store.rows()] == ["r1", "r2", "r3"]
    assert [file.name for file in original.parent.iterdir()] == [original.name]


def test_an_original_that_changed_meanwhile_is_not_overwritten(original: Path, tmp_path: Path):
    working = take_working_copy(original, tmp_path / "here")
    with open_project(original) as store:
        bring_in(store, "theirs", [row("theirs")])
    before = original.read_bytes()
    with pytest.raises(StudioError, match="changed by somebody else"):
        save_back(working)
    assert original.read_bytes() == before


def test_an_original_that_vanished_is_not_made_again(original: Path, tmp_path: Path):
    working = take_working_copy(original, tmp_path / "here")
    original.unlink()
    with pytest.raises(StudioError, match="no longer there"):
        save_back(working)
    assert not original.exists()


def test_a_copy_with_unsaved_work_is_not_overwritten(original: Path, tmp_path: Path):
    take_working_copy(original, tmp_path / "here")
    with pytest.raises(StudioError, match="a copy already"):
        take_working_copy(original, tmp_path / "here")


def test_an_ordinary_project_is_no_working_copy(original: Path):
    assert working_copy_of(original) is None
