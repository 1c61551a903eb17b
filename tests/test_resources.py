"""Resources are found in the source tree and in a frozen program, and their absence is said."""

import sys
from pathlib import Path

import pytest

from rubric_studio.resources import resource


def test_resource_is_found_in_the_source_tree():
    assert resource("themes/light.toml").is_file()


def test_resource_is_found_in_a_frozen_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "only_there.txt").write_text("here", "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("only_there.txt").read_text("utf-8") == "here"


def test_missing_resource_is_named():
    with pytest.raises(FileNotFoundError, match=r"no_such\.svg"):
        resource("icons/no_such.svg")
