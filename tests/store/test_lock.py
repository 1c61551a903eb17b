import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.store.lock import Holder, holder_of, lock_path, take_lock
from rubric_studio.store.project_file import ProjectFile, open_project
from tests.store.material import FixedClock

OTHER_WINDOW = """
import sys
from pathlib import Path
from rubric_studio.store.lock import take_lock
lock = take_lock(Path(sys.argv[1]), "Berta")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def other_window(project: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", OTHER_WINDOW, str(project)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "locked\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_window_is_told_who_has_the_project_open(tmp_path: Path):
    project = tmp_path / "a.rubric"
    lock = take_lock(project, "Anna Müller", FixedClock())
    # 1,790,000,000 s after 1970 is 2026-09-21 14:13:20 UTC (20,717 days and 51,200 s).
    with pytest.raises(StudioError, match=r"Anna Müller.* has a\.rubric open since 2026-09-21 14:13 UTC"):
        take_lock(project)
    lock.release()
    assert not lock_path(project).exists()
    take_lock(project).release()


def test_another_process_holds_the_lock_until_it_is_killed(store: ProjectFile, path: Path):
    store.close()
    with other_window(path) as process:
        with pytest.raises(StudioError, match="Berta"):
            open_project(path)
        holder = holder_of(path)
        assert holder is not None
        assert holder.who == "Berta"
        open_project(path, read_only=True).close()
        process.kill()
        process.wait()
        assert holder_of(path) is None
        open_project(path).close()


def test_a_side_file_that_nobody_holds_is_no_lock(tmp_path: Path):
    project = tmp_path / "a.rubric"
    lock_path(project).write_text('{"who": "Ghost"}')
    assert holder_of(project) is None
    take_lock(project).release()


def test_a_lock_not_yet_signed_is_a_lock(tmp_path: Path):
    project = tmp_path / "a.rubric"
    lock = take_lock(project)
    lock_path(project).write_text("")
    assert holder_of(project) == Holder("", "", "")
    with pytest.raises(StudioError, match=r"Another window has a\.rubric open"):
        take_lock(project)
    lock.release()


def test_of_a_packet_it_says_that_the_answers_are_open(tmp_path: Path):
    lock = take_lock(tmp_path / "round 1.review", "Petra", FixedClock())
    with pytest.raises(StudioError, match=r"Petra.* has round 1\.review open") as told:
        take_lock(tmp_path / "round 1.review")
    assert told.value.title == "These answers are open already"
    lock.release()
