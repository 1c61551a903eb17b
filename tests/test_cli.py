"""The command line: what each command says, writes and answers with; every call as a script makes it."""

import json
from pathlib import Path

import pytest

from rubric_studio.cli import main

RUBRIC = {
    "name": "topics",
    "strata": [
        {
            "key": "all",
            "criteria": [
                {"key": "named", "levels": [{"key": "yes", "value": 1}, {"key": "half", "value": 0.5}]},
                {"key": "topics", "kind": {"type": "labels", "reference": "labels"}},
            ],
        }
    ],
}


class Desk:
    """A folder with a project and the files to bring in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "p.rubric"

    def file(self, name: str, *lines: object) -> Path:
        path = self.folder / name
        path.write_text(
            "\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), encoding="utf-8"
        )
        return path

    def run(self, command: str, *words: object) -> int:
        return main([command, str(self.project), *map(str, words)])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    assert desk.run("new") == 0
    return desk


@pytest.fixture
def filled(desk: Desk) -> Desk:
    rows = desk.file("rows.csv", "id;Frage;labels", "1;Which?;tax", "2;Which else?;law")
    samples = [{"row": "1", "model": "m", "text": "tax"}, {"row": "2", "model": "m", "run": 1, "text": "tax"}]
    marks = [{"row": "1", "model": "m", "criterion": "named", "value": "half", "reason": "only so"}]
    assert desk.run("import", desk.file("guide.json", RUBRIC), "--as", "rubric") == 0
    assert desk.run("import", desk.file("samples.jsonl", *samples), "--as", "samples") == 0
    assert desk.run("import", rows, "--as", "rows", "--map", "prompt=Frage") == 0
    assert desk.run("import", desk.file("marks.jsonl", *marks), "--as", "verdicts", "--rater", "judge") == 0
    return desk


def scores(desk: Desk, *words: str) -> dict[str, dict]:
    out = desk.folder / "out.json"
    assert desk.run("score", "--json", out, *words) == 0
    return {sample["row"]: sample for sample in json.loads(out.read_text("utf-8"))["samples"]}


def test_score_writes_what_the_design_says(filled: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    found = scores(filled)
    assert capsys.readouterr().out == ""
    # "half" is worth .5, the one label is right: (.5 + 1) / 2 = .75.
    assert found["1"] == {
        "row": "1",
        "model": "m",
        "run": 0,
        "score": 0.75,
        "reason": None,
        "strata": {"all": 0.75},
        "criteria": {
            "named": {"value": 0.5, "state": "scored", "rater": "judge", "reason": "only so"},
            "topics": {"value": 1.0, "state": "scored", "rater": "program", "reason": "found 1 of 1: tax"},
        },
    }
    assert found["2"]["score"] is None
    assert "named" in found["2"]["reason"]
    assert found["2"]["criteria"]["named"]["state"] == "unscored"


def test_a_judges_empty_mark_names_the_judge_and_its_reason(filled: Desk) -> None:
    mark = {"row": "2", "model": "m", "run": 1, "criterion": "named", "value": None, "reason": "refused"}
    words = ["--as", "verdicts", "--rater", "judge"]
    assert filled.run("import", filled.file("failed.jsonl", mark), *words) == 0
    told = {"value": None, "state": "unscored", "rater": "judge", "reason": "refused"}
    assert scores(filled)["2"]["criteria"]["named"] == told


def test_scores_are_never_written_over_a_project(filled: Desk) -> None:
    before = filled.project.read_bytes()
    assert filled.run("score", "--json", filled.project) == 2
    assert filled.project.read_bytes() == before


def test_experts_count_by_choice_and_keep_their_names(filled: Desk) -> None:
    mark = {"row": "1", "model": "m", "criterion": "named", "value": 1, "rater": "Eva"}
    words = ["--as", "verdicts", "--map", "rater=rater", "--rater-kind", "expert"]
    assert filled.run("import", filled.file("eva.jsonl", mark), *words) == 0
    assert filled.run("import", filled.file("eva.jsonl", mark), *words) == 0
    assert scores(filled)["1"]["score"] == 0.75
    assert scores(filled, "--rater", "experts")["1"]["score"] == 1.0
    assert scores(filled, "--rater", "Eva")["1"]["criteria"]["named"]["rater"] == "Eva"


@pytest.mark.parametrize(
    ("name", "lines", "shape", "said"),
    [
        ("marks", [{"row": "1", "model": "m", "criterion": "named", "value": 7}], "verdicts", "line 1"),
        ("marks", [{"row": "9", "model": "m", "criterion": "named", "value": 1}], "verdicts", "field row"),
        (
            "marks",
            [{"row": "1", "model": "m", "criterion": "topics", "value": 1}],
            "verdicts",
            "by the program",
        ),
        ("samples", [{"row": "1", "model": "m", "text": "other"}], "samples", "another answer"),
        ("rows", [{"id": "3", "prompt": "a"}, "{broken"], "rows", "line 2"),
        ("rows", ['{"id": "\\ud83d", "prompt": "a"}'], "rows", "line 1, field id: The text holds half"),
        ("samples", ['{"row": "\\ud83d", "model": "m", "text": "t"}'], "samples", "line 1, field row"),
        ("guide", [{"strata": [{"key": "S!"}]}], "rubric", "strata.0.key"),
    ],
)
def test_input_at_fault_is_named_and_nothing_is_written(
    filled: Desk, capsys: pytest.CaptureFixture[str], name: str, lines: list, shape: str, said: str
) -> None:
    before = scores(filled)
    path = filled.file(f"{name}-bad.{'json' if shape == 'rubric' else 'jsonl'}", *lines)
    assert filled.run("import", path, "--as", shape, "--rater", "judge") == 1
    message = capsys.readouterr().err
    assert said in message
    assert path.name in message
    assert scores(filled) == before


def test_a_dry_run_writes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    rows = desk.file("rows.jsonl", {"id": "1", "prompt": "a"})
    before = desk.project.read_bytes()
    assert desk.run("import", rows, "--as", "rows", "--dry-run") == 0
    assert "1 new" in capsys.readouterr().out
    assert desk.project.read_bytes() == before


def test_calls_at_fault_answer_2(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unheard-of"]) == 2
    assert main(["import", str(desk.project)]) == 2
    assert main(["import", str(desk.project), "x", "--as", "rows", "--map", "no-equals"]) == 2
    assert desk.run("export", desk.folder / "out", "--target", "nobody") == 2
    assert "trl" in capsys.readouterr().err


def test_scoring_without_a_guide_says_what_to_do(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("score") == 1
    assert "import P FILE --as rubric" in capsys.readouterr().err


def test_a_project_is_never_made_over_a_file(desk: Desk) -> None:
    before = desk.project.read_bytes()
    assert desk.run("new") == 1
    assert desk.project.read_bytes() == before


def test_show_gives_json_and_nothing_else(filled: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert filled.run("show", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["rows"], facts["samples"], facts["judges"]) == (2, 2, ["judge"])
    assert facts["scores"]["models"]["m"] == {"n": 1, "mean": 0.75}


def test_without_a_screen_the_window_says_so(
    filled: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main([str(filled.project)]) == 1
    assert "needs a screen" in capsys.readouterr().err


def test_a_bundle_goes_out_and_is_proven(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(tmp_path)
    assert desk.run("demo") == 0
    refused = desk.run("export", tmp_path / "refused", "--target", "trl")
    assert refused == 1
    assert "--leave-out invents" in capsys.readouterr().err
    assert not (tmp_path / "refused").exists()
    judged = [
        word for key in ("invents", "turning_point", "steps", "unknown") for word in ("--leave-out", key)
    ]
    for name in ("one", "two"):
        assert desk.run("export", tmp_path / name, "--target", "trl", "--target", "openai", *judged) == 0
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "one"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["whole"]
    changed = tmp_path / "one" / "trl" / "train.jsonl"
    changed.write_bytes(changed.read_bytes().replace(b"a", b"b", 1))
    assert main(["verify", str(tmp_path / "one")]) == 1
    assert "trl/train.jsonl" in capsys.readouterr().out
