"""The real files of rounds: packets that are made, opened and refused, each in its place."""

from pathlib import Path

import pytest

from rubric_studio import wiring
from rubric_studio.domain.errors import StudioError
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.store.project_file import create_project
from tests.services.conftest import ANNA, Author, TickingClock
from tests.services.judged_project import fill
from tests.services.round_room import FOUR, NOON, begin


def test_ones_own_packet_lies_on_this_computer_and_can_be_worked_in(tmp_path: Path, home_of_its_own: Path):
    files, author = wiring.round_files(), Author(ANNA, TickingClock())
    with create_project(tmp_path / "lead.rubric") as store:
        fill(store, author)
        round, _ = begin(store, author, RoundStart(experts=FOUR[:2], pick=Pick(count=4)))
        path = files.own_packet(round, ANNA)
        assert path.is_relative_to(home_of_its_own)
        assert files.make_packet(path, fill_packet(store, round, ANNA, NOON)) == path.stat().st_size
    packet = files.open_packet(path, "Anna")
    made = packet_of(packet)
    packet.close()
    assert made is not None
    assert made.round == round
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_project_is_not_opened_as_a_packet(tmp_path: Path):
    path = tmp_path / "lead.rubric"
    create_project(path).close()
    with pytest.raises(StudioError, match="This is no packet"):
        wiring.round_files().open_packet(path, "Anna")
    assert [each.name for each in tmp_path.iterdir()] == ["lead.rubric"]  # and no lock is left


def test_ids_that_are_no_file_names_stay_in_the_folder():
    files = wiring.round_files()
    usual, odd = files.own_packet("R", "P"), files.own_packet("../..", "C:\\x\ud83d")
    assert odd.parent == usual.parent
    assert odd.name != usual.name
