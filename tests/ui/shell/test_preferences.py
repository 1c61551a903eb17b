"""Preferences are kept at once, survive damage, and never lose what a person wrote."""

import json
from pathlib import Path

import pytest

from rubric_studio.store.preferences_file import PreferencesFile
from rubric_studio.ui.preferences import MOST_RECENT, Preferences, Preferred


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "preferences.json"


def test_preferences_come_back_in_the_next_window(path, anna):
    wanted = Preferences(person=anna, theme="dark", font_percent=125, tours_seen=("own",))
    Preferred(PreferencesFile(path)).use(wanted)
    assert Preferred(PreferencesFile(path)).value == wanted


@pytest.mark.parametrize("text", ["{not json", "[1, 2]", '{"theme": "purple"}', ""])
def test_a_damaged_file_gives_defaults_and_is_kept_aside(path, text):
    path.parent.mkdir()
    path.write_text(text)
    assert Preferred(PreferencesFile(path)).value == Preferences()
    assert path.with_name("preferences.json.damaged").read_text() == text


def test_what_a_newer_program_kept_is_passed_over(path):
    path.parent.mkdir()
    path.write_text(json.dumps({"theme": "contrast", "sounds": True}))
    assert Preferred(PreferencesFile(path)).value == Preferences(theme="contrast")


def test_a_folder_that_cannot_be_written_is_told_and_the_choice_still_holds(tmp_path):
    (tmp_path / "config").write_text("a file where the folder should be")
    preferred = Preferred(PreferencesFile(tmp_path / "config" / "preferences.json"))
    told = []
    preferred.failed.connect(told.append)
    preferred.use(Preferences(theme="dark"))
    assert [error.title for error in told] == ["Preferences not kept"]
    assert preferred.value.theme == "dark"


def test_recent_projects_stand_once_and_newest_first():
    value = Preferences()
    for number in range(MOST_RECENT + 3):
        value = value.with_recent(Path(f"/p/{number}.rubric"))
    value = value.with_recent(Path("/p/5.rubric"))
    assert value.recent[0] == str(Path("/p/5.rubric"))
    assert len(value.recent) == len(set(value.recent)) == MOST_RECENT
    assert str(Path("/p/5.rubric")) not in value.without_recent(Path("/p/5.rubric")).recent


def test_font_steps_go_along_the_list_and_stop_at_its_ends():
    assert Preferences(font_percent=100).with_font_step(1).font_percent == 110
    assert Preferences(font_percent=100).with_font_step(-1).font_percent == 90
    assert Preferences(font_percent=137).with_font_step(1).font_percent == 150
    assert Preferences(font_percent=200).with_font_step(1).font_percent == 200
    assert Preferences(font_percent=80).with_font_step(-1).font_percent == 80
    assert Preferences(font_percent=175).with_font_step(0).font_percent == 100
