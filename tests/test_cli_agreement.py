"""The command `agreement`: marks of several experts through the import, figures out as JSON and as a table."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.cli import main

PUBLISHED = Path(__file__).parents[2] / "shared" / "data" / "agreement" / "published.json"
Table = Sequence[Sequence[float | None]]


class Desk:
    """A folder with a project, and the files to bring in."""

    def __init__(self, folder: Path, *criteria: dict[str, Any], row_criteria: str | None = "row") -> None:
        self.folder = folder
        self.project = folder / "p.rubric"
        assert self.run("new") == 0
        guide = {"row_criteria": row_criteria, "strata": [{"key": "all", "criteria": list(criteria)}]}
        assert self.run("import", self.file("guide.json", json.dumps(guide)), "--as", "rubric") == 0

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, command: str, *words: object) -> int:
        return main([command, str(self.project), *map(str, words)])

    def answers(self, count: int) -> None:
        """So many questions, each with one answer."""
        rows = [json.dumps({"id": f"q{at}", "prompt": f"Case {at}?"}) for at in range(count)]
        samples = [json.dumps({"row": f"q{at}", "model": "m", "text": f"answer {at}"}) for at in range(count)]
        assert self.run("import", self.file("rows.jsonl", "\n".join(rows)), "--as", "rows") == 0
        assert self.run("import", self.file("samples.jsonl", "\n".join(samples)), "--as", "samples") == 0

    def marks(self, lines: Sequence[dict[str, Any]], *words: str, name: str = "marks.jsonl") -> None:
        told = "\n".join(json.dumps({"model": "m", **line}) for line in lines)
        assert self.run("import", self.file(name, told), "--as", "verdicts", *words) == 0

    def table(self, table: Table, criterion: str = "good") -> None:
        """A published table: one line of the file for each cell, several experts in one file."""
        self.marks(
            [
                {"row": f"q{unit}", "criterion": criterion, "value": value, "who": f"R{rater}"}
                for unit, line in enumerate(table)
                for rater, value in enumerate(line, start=1)
                if value is not None
            ],
            "--rater-kind",
            "expert",
            "--map",
            "rater=who",
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, {"key": "good", "title": "Good"})


def agreement(desk: Desk, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert desk.run("agreement", "--json", *words) == 0
    return json.loads(capsys.readouterr().out)


def refusal(desk: Desk, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert desk.run("agreement", *words) == 1
    found = capsys.readouterr()
    assert found.out == ""
    return found.err


def published(name: str) -> dict[str, Any]:
    if not PUBLISHED.exists():
        pytest.skip("the published tables are not here")
    return json.loads(PUBLISHED.read_text("utf-8"))[name]


def stretched(table: Table, least: float, most: float) -> list[list[float | None]]:
    """The same table in [0, 1]: no coefficient depends on the unit."""
    return [[None if v is None else (v - least) / (most - least) for v in line] for line in table]


# ---- published tables, end to end


def test_krippendorffs_table_gives_his_alphas(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    told = published("krippendorff_canonical")
    desk.answers(12)
    desk.table(stretched(told["units_x_coders"], 1, 5))
    alpha = agreement(desk, capsys)["good"]["alpha"]
    assert alpha["nominal"] == pytest.approx(told["recomputed"]["nominal"], abs=1e-6)
    assert alpha["ordinal"] == pytest.approx(told["recomputed"]["ordinal"], abs=1e-6)
    assert alpha["interval"] == pytest.approx(told["recomputed"]["interval"], abs=1e-6)


def test_gwets_table_gives_his_figures(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    told = published("gwet_raw4raters")
    desk.answers(12)
    desk.table(stretched(told["units_x_raters"], 1, 5))
    found = agreement(desk, capsys)["good"]
    assert found["percent"] == pytest.approx(told["published"]["pa"], abs=1e-6)
    assert found["ac1"] == pytest.approx(told["published"]["AC1"], abs=5e-6)
    assert found["fleiss"] == pytest.approx(told["published"]["fleiss"], abs=5e-6)
    assert found["alpha"]["nominal"] == pytest.approx(told["published"]["alpha"], abs=5e-6)
    # One unit of twelve has a single rating.
    assert (found["n"], found["raters"]) == (11, 4)


def test_shrout_and_fleiss_table_gives_their_six_correlations(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    told = published("shrout_fleiss_1979")
    desk.answers(6)
    desk.table(stretched(told["targets_x_judges"], 1, 10))
    found = agreement(desk, capsys)["good"]["icc"]
    assert found == {
        form: pytest.approx(told["recomputed"][f"ICC({form})"], abs=1e-6)
        for form in ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
    }


def test_fleiss_table_of_counts_gives_his_kappa(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    told = published("fleiss_1971")
    desk.answers(30)
    expanded = [[at for at, often in enumerate(line) for _ in range(often)] for line in told["counts"]]
    desk.table(stretched(expanded, 0, 4))
    found = agreement(desk, capsys)["good"]
    assert found["fleiss"] == pytest.approx(told["recomputed"]["fleiss_kappa"], abs=1e-6)
    assert (found["n"], found["raters"]) == (30, 6)


# ---- the shape of the answer


def test_two_raters_on_four_answers(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    # Same on 3 of 4. Shares of 1: 3/4 and 2/4; expected 3/4 * 2/4 + 1/4 * 2/4 = .5; kappa (.75 - .5) / .5 = .5.
    desk.answers(4)
    desk.table([[1, 1], [1, 1], [1, 0], [0, 0]])
    found = agreement(desk, capsys)["good"]
    assert (found["n"], found["raters"], found["percent"]) == (4, 2, 0.75)
    assert found["cohen"] == {"R1|R2": pytest.approx(0.5)}
    assert set(found) == {
        "n",
        "raters",
        "percent",
        "cohen",
        "fleiss",
        "alpha",
        "ac1",
        "ac2",
        "icc",
        "reasons",
    }
    assert set(found["alpha"]) == {"nominal", "ordinal", "interval"}
    assert set(found["icc"]) == {"1,1", "2,1", "3,1", "1,k", "2,k", "3,k"}
    assert found["reasons"] == {}


def test_what_has_no_meaning_is_null_with_the_reason(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.answers(3)
    desk.table([[1, 1], [1, 1], [1, 1]])
    found = agreement(desk, capsys)["good"]
    assert (found["percent"], found["fleiss"], found["alpha"]["ordinal"]) == (1.0, None, None)
    assert found["reasons"]["alpha.ordinal"] == "all grades that it compares are the same"
    assert found["reasons"]["fleiss"] == "all grades that it compares are the same"
    assert "percent" not in found["reasons"]


def test_a_criterion_that_nobody_marked_is_there_with_nulls(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.answers(2)
    found = agreement(desk, capsys)["good"]
    assert (found["n"], found["raters"], found["percent"], found["cohen"]) == (0, 0, None, {})
    assert found["reasons"]["percent"]


def test_levels_and_their_keys_land_on_the_same_grade(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    levels = [{"key": "fully", "value": 1}, {"key": "partly", "value": 0.5}, {"key": "no", "value": 0}]
    desk = Desk(tmp_path, {"key": "good", "levels": levels})
    desk.answers(2)
    desk.table([["fully", 1], [0.5, "partly"]])  # type: ignore[list-item]
    found = agreement(desk, capsys)["good"]
    assert (found["n"], found["percent"]) == (2, 1.0)


def test_an_unused_level_counts_as_a_category(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Two answers, same on one. pa = .5; shares 3/4 and 1/4. AC1 with q = 2: pe = 2 * 3/16 = .375, (.5 - .375) / .625
    # = .2; with the third level q = 3: pe = .375 / 2 = .1875, .3125 / .8125 = 5/13.
    levels = [{"key": "fully", "value": 1}, {"key": "partly", "value": 0.5}, {"key": "no", "value": 0}]
    desk = Desk(tmp_path, {"key": "good"}, {"key": "graded", "levels": levels})
    desk.answers(2)
    desk.table([[1, 1], [1, 0]])
    desk.table([[1, 1], [1, 0]], "graded")
    found = agreement(desk, capsys)
    assert found["good"]["ac1"] == pytest.approx(0.2)
    assert found["graded"]["ac1"] == pytest.approx(5 / 13)


def test_criteria_without_any_words_keep_their_own_marks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, {"key": "one"}, {"key": "other"})
    desk.answers(2)
    desk.table([[1, 1], [0, 0]], "one")
    desk.table([[1, 0], [0, 1]], "other")
    found = agreement(desk, capsys)
    assert (found["one"]["percent"], found["other"]["percent"]) == (1.0, 0.0)


def test_marks_brought_in_one_file_for_each_expert(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.answers(2)
    lines = [{"row": "q0", "criterion": "good", "value": 1}, {"row": "q1", "criterion": "good", "value": 0}]
    desk.marks(lines, "--rater", "Anna", "--rater-kind", "expert")
    desk.marks(lines, "--rater", "Bruno", "--rater-kind", "expert")
    desk.marks(lines[:1], "--rater", "Bruno", "--rater-kind", "expert", name="again.jsonl")
    found = agreement(desk, capsys)["good"]
    assert (found["n"], found["raters"], list(found["cohen"])) == (2, 2, ["Anna|Bruno"])


# ---- whose marks, which criterion


@pytest.fixture
def several(desk: Desk) -> Desk:
    desk.answers(3)
    desk.table([[1, 1, 0], [0, 0, 0], [1, 0, 1]])
    judged = [{"row": f"q{at}", "criterion": "good", "value": value} for at, value in enumerate((1, 0, 1))]
    desk.marks(judged, "--rater", "gpt")
    return desk


def test_judges_count_only_where_they_are_named(several: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert agreement(several, capsys)["good"]["raters"] == 3
    found = agreement(several, capsys, "--raters", "gpt,R1")["good"]
    assert (found["percent"], found["cohen"]) == (1.0, {"R1|gpt": 1.0})
    assert agreement(several, capsys, "--raters", "experts,gpt")["good"]["raters"] == 4


def test_an_unknown_rater_is_told_who_there_is(several: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    told = refusal(several, capsys, "--raters", "R1,Nobody")
    assert "Nobody" in told
    assert "R1, R2, R3, gpt" in told


def test_an_unknown_criterion_is_told_what_there_is(
    several: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refusal(several, capsys, "--criterion", "bad", "--json")
    assert "bad" in told
    assert "good" in told


def test_a_criterion_that_a_program_marks_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, {"key": "good"}, {"key": "long", "kind": {"type": "format", "min_chars": 1}})
    assert "marked by a program" in refusal(desk, capsys, "--criterion", "long")
    assert list(agreement(desk, capsys)) == ["good"]


def test_two_experts_of_one_name_stay_two(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    from rubric_studio.domain.ids import PersonId
    from rubric_studio.domain.record import Person
    from rubric_studio.store.project_file import open_project

    desk.answers(2)
    desk.table([[1, 1], [0, 1]])
    store = open_project(desk.project)
    for person in store.people():
        store.add_person(Person(id=PersonId(person.id), name="Kim"))
    ids = [str(person.id) for person in store.people()]
    store.close()
    found = agreement(desk, capsys)["good"]
    assert found["raters"] == 2
    (pair,) = found["cohen"]
    names = {f"Kim ({id[-6:]})" for id in ids}  # the one at the keyboard is a third, who marked nothing
    assert len(set(pair.split("|")) & names) == 2


def test_an_old_wording_is_not_mixed_in(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.answers(2)
    desk.table([[1, 1], [0, 1]])
    guide = {
        "strata": [{"key": "all", "criteria": [{"key": "good", "title": "Good", "wording": "New words"}]}]
    }
    assert desk.run("import", desk.file("other.json", json.dumps(guide)), "--as", "rubric") == 0
    assert agreement(desk, capsys)["good"]["n"] == 0


def test_rows_own_criteria_go_by_their_own_keys(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    own = [{"id": "a1", "title": "Cites the ruling", "weight": 1}]
    rows = [json.dumps({"id": f"q{at}", "prompt": "?", "criteria": own}) for at in range(2)]
    samples = [json.dumps({"row": f"q{at}", "model": "m", "text": str(at)}) for at in range(2)]
    assert desk.run("import", desk.file("rows.jsonl", "\n".join(rows)), "--as", "rows") == 0
    assert desk.run("import", desk.file("samples.jsonl", "\n".join(samples)), "--as", "samples") == 0
    assert agreement(desk, capsys, "--criterion", "a1")["a1"]["n"] == 0
    desk.table([[1, 1], [0, 1]], "a1")
    found = agreement(desk, capsys)
    assert list(found) == ["a1", "good"]
    assert (found["a1"]["n"], found["a1"]["percent"]) == (2, 0.5)
    assert list(agreement(desk, capsys, "--criterion", "a1")) == ["a1"]


# ---- for people


def test_the_table_names_what_to_trust_with_its_n(several: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert several.run("agreement") == 0
    told = capsys.readouterr().out
    assert "3 raters: R1, R2, R3." in told
    assert "good: n = 3, 3 raters" in told
    assert "trust the share of equal grades: only 3 answers were marked twice" in told


def test_icc_names_its_own_n_where_not_everybody_marked_everything(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.answers(4)
    desk.table([[1, 1, None], [0, 0, 0], [1, 0, 1], [0, None, 0]])
    capsys.readouterr()
    assert desk.run("agreement") == 0
    told = capsys.readouterr().out
    assert "good: n = 4, 3 raters" in told
    (icc,) = [line for line in told.splitlines() if "ICC(2,1)" in line]
    assert icc.endswith("(n = 2)")


def test_what_nobody_marked_has_one_line_and_its_reason(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.answers(1)
    desk.table([[1]])
    capsys.readouterr()
    assert desk.run("agreement") == 0
    told = capsys.readouterr().out
    assert "good: n = 0, 1 rater\n  no figure: fewer than two raters marked this" in told
    assert "kappa" not in told


def test_a_judge_who_is_called_like_an_expert_is_said_to_be_one(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.answers(2)
    desk.table([[1], [0]])
    lines = [{"row": "q0", "criterion": "good", "value": 1}, {"row": "q1", "criterion": "good", "value": 0}]
    desk.marks(lines, "--rater", "R1")
    (pair,) = agreement(desk, capsys, "--raters", "R1")["good"]["cohen"]
    assert "R1 (judge)" in pair.split("|")


def test_a_fault_that_nobody_commits_has_gwets_coefficient(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    levels = [{"key": "yes", "value": 1}, {"key": "no", "value": 0}]
    desk = Desk(tmp_path, {"key": "graded", "levels": levels}, {"key": "number"})
    desk.answers(3)
    desk.table([["no", "no"]] * 3, "graded")  # type: ignore[list-item]
    desk.table([[0, 0]] * 3, "number")
    found = agreement(desk, capsys)
    assert (found["graded"]["ac1"], found["graded"]["ac2"], found["graded"]["fleiss"]) == (1.0, 1.0, None)
    assert found["number"]["ac1"] is None  # nobody said that there is another value


def test_without_a_saved_guide_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "p.rubric")]) == 0
    capsys.readouterr()
    assert main(["agreement", str(tmp_path / "p.rubric"), "--json"]) == 1
    assert "no saved version" in capsys.readouterr().err


def test_nothing_after_raters_is_a_wrong_call(desk: Desk) -> None:
    assert desk.run("agreement", "--raters", ",") == 2


def test_ten_thousand_marks_take_a_moment(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.answers(2500)
    desk.table([[at % 2, at % 3 % 2, at % 5 % 2, 1] for at in range(2500)])
    started = time.perf_counter()
    assert agreement(desk, capsys)["good"]["n"] == 2500
    assert time.perf_counter() - started < 20  # about one second on a quiet machine
