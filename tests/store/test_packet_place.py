"""Where a packet can be worked in, and the copy of one that cannot: taken up again, never mixed with another."""

from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.store.packet_place import packet_copy, packet_place
from tests.ui.review.packet_room import make_packet, small_answers, small_rows


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    (tmp_path / "mail").mkdir()
    return make_packet(tmp_path / "mail" / "Round 1.review", small_rows(), small_answers())


def test_a_folder_of_ones_own_is_fine(packet: Path):
    assert packet_place(packet) == "fine"


@pytest.mark.parametrize("folder", ["INetCache/Content.Outlook/AB12", "Library/Mail Downloads/x"])
def test_what_was_opened_out_of_an_e_mail_lies_in_passing(tmp_path: Path, folder: str):
    path = tmp_path / folder / "Round 1.review"
    path.parent.mkdir(parents=True)
    path.touch()
    assert packet_place(path) == "passing"


def test_what_is_not_there_cannot_be_written(tmp_path: Path):
    assert packet_place(tmp_path / "none" / "Round 1.review") == "closed"


def test_a_copy_of_the_same_packet_is_taken_up_as_it_is(packet: Path, tmp_path: Path):
    own = tmp_path / "Documents"
    first = packet_copy(packet, own)
    assert first == own / "Round 1.review"
    before = first.read_bytes()
    assert packet_copy(packet, own) == first
    assert first.read_bytes() == before


def test_another_packet_of_the_same_name_gets_a_name_of_its_own(packet: Path, tmp_path: Path):
    own = tmp_path / "Documents"
    first = packet_copy(packet, own)
    (tmp_path / "later").mkdir()
    other = make_packet(tmp_path / "later" / "Round 1.review", small_rows(), small_answers())
    assert packet_copy(other, own) == own / "Round 1 (2).review"
    assert packet_copy(packet, own) == first


def test_a_folder_that_cannot_be_made_is_told_plainly(packet: Path, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StudioError) as told:
        packet_copy(packet, tmp_path / "file" / "Documents")
    assert told.value.title == "The copy could not be made"
