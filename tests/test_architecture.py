"""The package keeps to the plan of the house, and the rules catch made-up modules that do not."""

from pathlib import Path

import pytest

from tests import architecture

PACKAGE = Path(__file__).resolve().parents[1] / "rubric_studio"
TITLE = '"""A made-up module."""\n'


def test_the_package_keeps_to_the_plan_of_the_house():
    assert architecture.findings(PACKAGE) == []


def test_every_exception_names_a_file_that_is_there():
    places = [*architecture.LONGER_FILES, *architecture.CARRIED, *architecture.INSIDE_A_FUNCTION]
    assert [place for place in places if not (PACKAGE / place).exists()] == []


@pytest.mark.parametrize(
    ("place", "source"),
    [
        # No arrow upward, in whatever form it is written.
        ("domain/a.py", "import rubric_studio.grader"),
        ("domain/a.py", "import rubric_studio.store.reading as reading"),
        ("domain/a.py", "from rubric_studio.services import ports"),
        ("domain/a.py", "from rubric_studio import services"),
        ("domain/a.py", "from .. import services"),
        ("domain/a.py", "from ..services import ports"),
        ("domain/deep/a.py", "from ...services.ports import Store"),
        (
            "domain/a.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from rubric_studio.ui import page",
        ),
        ("domain/a.py", "def late():\n    from rubric_studio import ui"),
        ("domain/a.py", "import importlib\nimportlib.import_module('rubric_studio.ui')"),
        ("domain/a.py", "__import__('rubric_studio.ui')"),
        ("grader/a.py", "from rubric_studio.store import project"),
        ("store/a.py", "from rubric_studio.services import ports"),
        ("services/a.py", "from rubric_studio.store import project"),
        ("services/a.py", "from rubric_studio.ui import page"),
        ("ui/a.py", "from rubric_studio.sandbox import limited_executor"),
        ("ui/a.py", "from rubric_studio import app"),
        ("app.py", "from rubric_studio.cli import main"),
        ("app.py", "from rubric_studio.store import project"),
        ("cli.py", "from rubric_studio.ui import page"),
        ("parts.py", "from rubric_studio.app import run"),
        ("cupboard/a.py", "x = 1"),
        # Adapters never import each other.
        ("store/a.py", "from rubric_studio.files import csv_file"),
        ("targets/a.py", "from ..sandbox import limited_executor"),
        # Domain is pure.
        ("domain/a.py", "import PySide6.QtCore"),
        ("domain/a.py", "import openpyxl"),
        ("domain/a.py", "import time"),
        ("domain/a.py", "import os.path"),
        ("domain/a.py", "from pathlib import Path"),
        ("domain/a.py", "import sqlite3"),
        ("domain/a.py", "import socket"),
        ("domain/a.py", "from random import shuffle"),
        ("domain/a.py", "import random\nrandom.random()"),
        ("domain/a.py", "import random\nchance = random.Random()"),
        ("domain/a.py", "import numpy as np\nnp.random.rand(3)"),
        ("domain/a.py", "import numpy as np\nnp.random.default_rng()"),
        ("domain/a.py", "import datetime\ndatetime.datetime.now(datetime.UTC)"),
        ("domain/a.py", "from datetime import date\ndate.today()"),
        ("domain/a.py", "open('x')"),
        # The files a bundle carries stand alone.
        ("grader/measures.py", "from rubric_studio.grader import formula"),
        ("grader/measures.py", "from rubric_studio.domain.row import Row"),
        ("grader/measures.py", "import numpy"),
        ("grader/measures.py", "import rapidfuzz"),
        ("grader/measures.py", "from __future__ import annotations"),
        ("grader/measures.py", "try:\n    pass\nexcept* ValueError:\n    pass"),
        ("grader/formula.py", "def late():\n    import rapidfuzz"),
        ("grader/formula.py", "from .measures import measure"),
        ("grader/scoring.py", "from rubric_studio.grader.plan import plan"),
        # Qt has one room.
        ("services/a.py", "from PySide6.QtCore import QObject"),
        ("grader/a.py", "import pyqtgraph"),
        ("cli.py", "def window():\n    import shiboken6"),
        # Manners.
        ("services/a.py", "print('hello')"),
        ("services/utils.py", "x = 1"),
        ("ui/page_helpers.py", "x = 1"),
        ("store/common/a.py", "x = 1"),
        ("ui/a.py", "x = 1\n" * 400),
    ],
)
def test_a_breach_is_found(tmp_path: Path, place: str, source: str):
    found = architecture.findings(_package(tmp_path, {place: TITLE + source}))
    assert {finding.split(":")[0] for finding in found} == {place}


def test_a_module_without_a_docstring_is_found(tmp_path: Path):
    assert len(architecture.findings(_package(tmp_path, {"domain/a.py": "x = 1\n"}))) == 1


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("domain/a.py", "import datetime, re\nimport numpy as np\nfrom pydantic import BaseModel"),
        ("domain/a.py", "import random\nrandom.Random(7).shuffle([1])"),
        ("domain/a.py", "import numpy as np\nnp.random.default_rng(7).random(3)"),
        ("domain/a.py", "from pathlib import PurePath"),
        ("domain/a.py", "from .row import Row\nfrom rubric_studio import __version__"),
        ("grader/measures.py", "def similar():\n    import rapidfuzz"),
        ("grader/measures.py", "x = 1\n" * 500),
        ("grader/scoring.py", "from rubric_studio.grader.measures import measure"),
        ("store/a.py", "from rubric_studio.grader import plan\nfrom ..domain import row"),
        ("services/a.py", "from . import ports\nfrom rubric_studio.domain.row import Row"),
        ("ui/a.py", "from PySide6.QtCore import QObject\nfrom rubric_studio.services import edits"),
        ("parts.py", "from rubric_studio.store import project"),
        ("app.py", "from rubric_studio import parts, ui"),
        ("cli.py", "from rubric_studio import app, parts\nprint('done')"),
        ("__main__.py", "from rubric_studio.cli import main"),
    ],
)
def test_what_is_allowed_is_not_found(tmp_path: Path, place: str, source: str):
    assert architecture.findings(_package(tmp_path, {place: TITLE + source})) == []


def _package(folder: Path, files: dict[str, str]) -> Path:
    package = folder / "rubric_studio"
    for place, source in files.items():
        path = package / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return package
