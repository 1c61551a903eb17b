"""What an open round needs stays; what no round needs goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.taking_away import look_at_taking_away, take_away
from rubric_studio.store.project_file import ProjectFile, create_project

from .judged_project import fill
from .round_room import begin, expert


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "taken.rubric") as project:
        fill(project, author)
        yield project


def test_what_an_open_round_scores_is_not_taken_away(store: ProjectFile, author: Author):
    round, _ = begin(store, author, RoundStart(pick=Pick(count=4), experts=(expert("Anna"), expert("Bruno"))))
    before = store.sample_infos()
    with pytest.raises(StudioError, match=r"4 of its answers are scored in .*, which is open"):
        look_at_taking_away(store, "answers")
    with pytest.raises(StudioError, match="which is open"):
        take_away(store, "answers")
    assert store.sample_infos() == before
    close_round(store, round, author)
    take_away(store, "answers")
    assert store.sample_infos() == []


def test_without_a_round_an_import_goes(store: ProjectFile):
    assert look_at_taking_away(store, "answers").samples == 12
    take_away(store, "answers")
    assert store.counts().samples == 0
