"""Own code on the command line: scored in the sandbox, handed over only by whoever trusts that very text."""

import json
from pathlib import Path

import pytest

from rubric_studio import wiring
from rubric_studio.cli import main

SOURCE = "def grade(sample, item):\n    return 1 / item['n']\n"
RUBRIC = {
    "row_criteria": None,
    "strata": [{"key": "all", "criteria": [{"key": "code", "kind": {"type": "python", "source": SOURCE}}]}],
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "own.rubric"
    rows = [json.dumps({"id": f"r{n}", "prompt": "Why?", "n": n}) for n in range(1, 7)]
    samples = [json.dumps({"row": f"r{n}", "model": "m", "text": "Because."}) for n in range(1, 7)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    (tmp_path / "samples.jsonl").write_text("\n".join(samples))
    (tmp_path / "rubric.json").write_text(json.dumps(RUBRIC))
    assert main(["new", str(path)]) == 0
    for kind, file in (("rows", "rows.jsonl"), ("samples", "samples.jsonl"), ("rubric", "rubric.json")):
        assert main(["import", str(path), str(tmp_path / file), "--as", kind]) == 0
    return path


def scores(project: Path, capsys: pytest.CaptureFixture[str]) -> list[float | None]:
    capsys.readouterr()
    assert main(["score", str(project), "--json", "-"]) == 0
    return [sample["score"] for sample in json.loads(capsys.readouterr().out)["samples"]]


def test_show_runs_no_code_and_score_runs_it_in_the_sandbox(project, capsys):
    assert main(["show", str(project)]) == 0
    assert "0 scored" in capsys.readouterr().out
    with wiring.project(project, write=False) as store:
        wiring.own_code().trust.allow_python(store.first_edit(), SOURCE)
    assert main(["show", str(project)]) == 0  # nor does it run code that is trusted
    assert "0 scored" in capsys.readouterr().out
    assert scores(project, capsys) == [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6]


def test_a_bundle_waits_for_trust_in_the_text_that_was_shown(project, tmp_path, capsys):
    export = ["export", str(project), str(tmp_path / "out"), "--target", "trl"]
    assert main(export) == 1
    said = capsys.readouterr().err
    assert SOURCE in said
    assert main([*export, "--trust-code", "0123456789ab"]) == 1  # another text's
    digits = said.split("--trust-code ")[1][:12]
    assert main([*export, "--trust-code", digits]) == 0
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "out"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["whole"], found["note"]) == (True, "")
    assert found["rescored"] > 0
