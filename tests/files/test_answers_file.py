"""Answer files are written whole, found by their ending, and read up to a limit."""

import os
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.files.answers_file import listed_answers, read_answers, write_answers


def test_what_is_written_is_read_again_and_nothing_lies_beside_it(tmp_path: Path):
    path = tmp_path / "Bruno.answers"
    for content in (b"first", b"second"):
        write_answers(path, content)
        assert read_answers(path) == content
    assert [each.name for each in tmp_path.iterdir()] == ["Bruno.answers"]


def test_a_file_that_is_missing_is_told(tmp_path: Path):
    with pytest.raises(StudioError, match="could not be read"):
        read_answers(tmp_path / "Bruno.answers")


def test_a_file_without_end_is_not_read(tmp_path: Path):
    path = tmp_path / "Bruno.answers"
    path.write_bytes(bytes(1_048_577))
    with pytest.raises(StudioError, match="larger than 1 MB"):
        read_answers(path, largest=2**20)


def test_only_answer_files_are_listed(tmp_path: Path):
    for name in ("b.answers", "a.answers", ".c.answers", "~d.answers", "letter.docx", "a.answers.part"):
        (tmp_path / name).write_bytes(b"123")
    assert [(name, size) for name, size, _ in listed_answers(tmp_path)] == [
        ("a.answers", 3),
        ("b.answers", 3),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipes_folders_and_links_that_lead_nowhere_do_not_disturb_a_shared_folder(tmp_path: Path):
    write_answers(tmp_path / "anna.answers", b"here")
    os.mkfifo(tmp_path / "pipe.answers")
    (tmp_path / "folder.answers").mkdir()
    (tmp_path / "link.answers").symlink_to(tmp_path / "gone.answers")
    assert [name for name, _, _ in listed_answers(tmp_path)] == ["anna.answers"]
    for name in ("pipe", "folder", "link"):
        with pytest.raises(StudioError, match="could not be read"):
            read_answers(tmp_path / f"{name}.answers")
