"""A packet's file is a fresh database that appears whole, or does not appear."""

from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.store.packet_file import make_packet_file
from rubric_studio.store.project_file import ProjectFile, open_project
from tests.store.material import FixedClock, bring_in, row


def fill(store: ProjectFile) -> None:
    bring_in(store, "S", [row("r1")])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_is_one_self_contained_file(tmp_path: Path):
    path = tmp_path / "anna.review"
    size = make_packet_file(path, fill, FixedClock())
    assert names(tmp_path) == ["anna.review"]
    assert size == path.stat().st_size
    with open_project(path) as packet:
        assert [each.id for each in packet.rows()] == ["r1"]


def test_the_folder_is_made_where_it_is_missing(tmp_path: Path):
    path = tmp_path / "rounds" / "anna.review"
    make_packet_file(path, fill)
    assert path.exists()


def test_what_was_there_is_replaced_with_all_that_belonged_to_it(tmp_path: Path):
    """A log left behind by a kill would be read into the new file."""
    path = tmp_path / "anna.review"
    path.write_bytes(b"something else")
    log = path.with_name("anna.review-wal")
    log.write_bytes(b"left behind")
    make_packet_file(path, fill)
    assert names(tmp_path) == ["anna.review"]
    with open_project(path) as packet:
        assert packet.problem() is None


def test_a_packet_that_is_open_is_not_replaced(tmp_path: Path):
    path = tmp_path / "anna.review"
    make_packet_file(path, fill)
    with open_project(path, who="Anna") as packet:
        with pytest.raises(StudioError, match="Anna"):
            make_packet_file(path, lambda store: bring_in(store, "S", [row("r2")]))
        assert [each.id for each in packet.rows()] == ["r1"]
    assert names(tmp_path) == ["anna.review"]


def test_filling_that_fails_leaves_nothing_behind(tmp_path: Path):
    def fails(store: ProjectFile) -> None:
        fill(store)
        raise StudioError("The round's scoring guide is missing", "It is not here.")

    with pytest.raises(StudioError, match="scoring guide is missing"):
        make_packet_file(tmp_path / "anna.review", fails)
    assert names(tmp_path) == []


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StudioError, match="The packet could not be written"):
        make_packet_file(tmp_path / "file" / "anna.review", fill)
