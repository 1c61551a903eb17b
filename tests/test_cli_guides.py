"""`import --as rubric` takes sheets of points and benchmarks' lists, all or nothing."""

import json
from pathlib import Path

import pytest

from rubric_studio import wiring
from rubric_studio.cli import main
from rubric_studio.services.versions import newest_version
from tests.files.guides import given, guide_rubric


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.rubric"
    wiring.new_project(path).close()
    return path


def _saved(project: Path):
    with wiring.project(project, write=False) as store:
        return newest_version(store)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_our_own_sheets_make_a_version(project, tmp_path, format, capsys):
    file = tmp_path / f"g.{format}"
    wiring.guide_files().writers[format](file, given())
    assert main(["import", str(project), str(file), "--as", "rubric"]) == 0
    assert "Saved version 1: 2 strata, 4 criteria." in capsys.readouterr().out
    version = _saved(project)
    assert version is not None
    assert [c.key for c in version.rubric.criteria()] == [c.key for c in guide_rubric().criteria()]


def test_a_benchmarks_list_makes_a_version(project, tmp_path):
    file = tmp_path / "health.json"
    file.write_text(json.dumps([{"criterion": "Advises care.", "points": 7, "tags": []}]), encoding="utf-8")
    assert main(["import", str(project), str(file), "--as", "rubric"]) == 0
    version = _saved(project)
    assert version is not None
    assert version.rubric.aggregation == "points_clipped"


def test_complaints_name_line_and_column_and_nothing_is_written(project, tmp_path, capsys):
    file = tmp_path / "bad.csv"
    file.write_text("point,weight,grade,value\nYear,many,full,2\n", encoding="utf-8")
    assert main(["import", str(project), str(file), "--as", "rubric"]) == 1
    told = capsys.readouterr().err
    assert 'bad.csv: line 2, field weight: "many" is not a number. Write a number.' in told
    assert "bad.csv: line 2, field value: 2 is not from 0 to 1." in told
    assert _saved(project) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"strata":\n [{"key": "a", "key": "b"}]}', "stands twice"),
        ('{"strata": [{"key": "a", "weight": NaN}]}', "NaN is no JSON value"),
        ('{"strata": [{"key": "a", "weight": 1' + "0" * 5000 + "}]}", "Not JSON"),
        ("[" * 200_000, "nested more than"),
        ('{"strata":\n [}', "line 2: Not JSON"),
        ('{"strata": [{"key": "a", "title": "\\ud83d"}]}', "field strata.0.title"),
        ('{"type": "python", "name": "p", "source": "x = \'\\udc00\'"}', "field source"),
        ('[{"criterion": "Half \\ud83d", "points": 1}]', "field 0.criterion"),
    ],
)
def test_what_no_bundle_could_hold_is_refused_by_its_place(project, tmp_path, capsys, text, said):
    file = tmp_path / "guide.json"
    file.write_text(text, encoding="utf-8")
    assert main(["import", str(project), str(file), "--as", "rubric"]) == 1
    told = capsys.readouterr().err
    assert "guide.json" in told
    assert said in told
    assert _saved(project) is None
