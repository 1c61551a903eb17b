"""A new project for each test of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.store.project_file import ProjectFile, create_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work" / "Tax law.rubric"


@pytest.fixture
def store(path: Path) -> Iterator[ProjectFile]:
    path.parent.mkdir()
    with create_project(path) as project:
        yield project
