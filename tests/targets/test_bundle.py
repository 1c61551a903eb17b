"""Writing a bundle: whole or not at all, the same bytes each time, and it proves itself anywhere."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.bundle import BundleContent
from rubric_studio.domain.errors import Cancelled, StudioError
from rubric_studio.domain.rubric import Rubric
from rubric_studio.targets.bundle import bundle_files, write_bundle
from tests.targets.contents import checks_rubric, content, judged_rubric, row_with_own_criteria, rows

FILES = {
    "README.md",
    "evidence.json",
    "grader/grader.py",
    "grader/measures.py",
    "manifest.json",
    "manifest.sha256",
    "openai/NOTICE.md",
    "openai/grader.json",
    "openai/job.json",
    "openai/response_format.json",
    "openai/train.jsonl",
    "openai/validation.jsonl",
    "rows/train.jsonl",
    "rows/validation.jsonl",
    "rubric.html",
    "rubric.json",
    "samples.jsonl",
    "schema.json",
    "trl/README.md",
    "trl/rewards.py",
    "trl/train.jsonl",
    "trl/validation.jsonl",
    "verify.py",
}


def unheard(done: int, total: int, what: str) -> None:
    """Nobody watches."""


def written(folder: Path, made: BundleContent | None = None) -> Path:
    write_bundle(made or content(), folder, unheard)
    return folder


def run_verify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The bundle's own verify.py in an interpreter without any package, called from elsewhere."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder.parent)


def verified(folder: Path) -> tuple[int, dict[str, Any]]:
    run = run_verify(folder, "--json")
    return run.returncode, json.loads(run.stdout)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("bundles") / "eu")


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_bundle_has_every_file_and_no_other(bundle):
    assert set(files_of(bundle)) == FILES


def test_two_exports_are_byte_equal(bundle, tmp_path):
    assert files_of(written(tmp_path / "again")) == files_of(bundle)


def test_no_file_has_a_carriage_return_or_the_name_of_a_folder(bundle):
    for path, held in files_of(bundle).items():
        assert b"\r\n" not in held, path
        assert str(bundle.parent).encode() not in held, path


def test_computed_numbers_have_12_decimals(bundle):
    assert json.loads((bundle / "evidence.json").read_bytes()) == {"reasoning": {"n": 4, "alpha": 0.3}}


def test_the_report_names_what_was_written(tmp_path):
    report = write_bundle(content(), tmp_path / "eu", unheard)
    assert set(report.files) == FILES
    assert (report.train, report.validation, report.samples) == (2, 1, 18)
    line = (tmp_path / "eu" / "manifest.sha256").read_text()
    assert line == f"{report.manifest_sha256}  manifest.json\n"


def test_the_bundle_proves_itself_without_our_package_and_from_anywhere(bundle, tmp_path):
    moved = tmp_path / "elsewhere" / "moved"
    shutil.copytree(bundle, moved)
    code, report = verified(moved)
    assert (code, report["whole"], report["rescored"]) == (0, True, 18)
    assert "This bundle is whole." in run_verify(moved).stdout
    assert set(files_of(moved)) == FILES  # proving leaves nothing behind


def test_a_bundle_with_judged_points_and_points_of_single_rows_proves_itself(tmp_path):
    own = content(judged_rubric(), "openai", judge_model="j")
    assert verified(written(tmp_path / "judged", own))[0] == 0
    assert any(value is not None for value in (sample.score for sample in own.samples))


def test_changed_marks_are_found_even_where_somebody_made_the_hashes_fit(tmp_path):
    files = bundle_files(content())
    recorded = [json.loads(line) for line in files["samples.jsonl"].decode().split("\n") if line]
    recorded[0]["score"] = 0.123
    lines = "".join(json.dumps(line, sort_keys=True) + "\n" for line in recorded)
    folder = written(tmp_path / "eu")
    (folder / "samples.jsonl").write_bytes(lines.encode())
    _rewrite_manifest(folder)
    code, report = verified(folder)
    assert (code, report["whole"]) == (1, False)
    assert [(each["row"], each["run"], each["recorded"]) for each in report["differing"]] == [
        ("t1", 0, 0.123)
    ]


def _rewrite_manifest(folder: Path) -> None:
    import hashlib

    manifest = json.loads((folder / "manifest.json").read_bytes())
    for path in manifest["files"]:
        manifest["files"][path] = hashlib.sha256((folder / path).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    (folder / "manifest.sha256").write_bytes(f"{digest}  manifest.json\n".encode())


@pytest.mark.parametrize("text", ["[]", "{}", '{"files": {}}', "{", "[" * 100_000])
def test_a_manifest_in_another_form_is_no_crash_of_its_own_proof(text, bundle, tmp_path):
    import hashlib

    copy = Path(shutil.copytree(bundle, tmp_path / "copy"))
    (copy / "manifest.json").write_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    (copy / "manifest.sha256").write_bytes(f"{digest}  manifest.json\n".encode())
    code, report = verified(copy)
    assert (code, report["changed"]) == (1, ["manifest.json"])


@pytest.mark.parametrize("path", sorted(FILES))
def test_one_changed_byte_is_found_by_the_bundle_itself(path, bundle, tmp_path):
    folder = tmp_path / "eu"
    shutil.copytree(bundle, folder)
    held = bytearray((folder / path).read_bytes())
    held[len(held) // 2 if path != "verify.py" else 5] ^= 1  # a letter of its docstring: it must still run
    (folder / path).write_bytes(held)
    code, report = verified(folder)
    assert (code, report["whole"], report["rescored"]) == (1, False, None)
    assert path in report["changed"]


def test_missing_and_extra_files_are_named_and_what_python_compiled_is_not(bundle, tmp_path):
    folder = tmp_path / "eu"
    shutil.copytree(bundle, folder)
    (folder / "trl" / "__pycache__").mkdir()
    (folder / "trl" / "__pycache__" / "rewards.pyc").write_bytes(b"compiled")
    assert verified(folder)[0] == 0
    (folder / "schema.json").unlink()
    (folder / "trl" / "more.py").write_text("")
    code, report = verified(folder)
    assert (code, report["missing"], report["extra"]) == (1, ["schema.json"], ["trl/more.py"])


def test_a_wrong_call_of_verify_is_code_2(bundle):
    assert run_verify(bundle, "--help-me").returncode == 2


def test_a_rubric_that_compares_texts_says_what_it_needs(tmp_path):
    alike = {"key": "alike", "kind": {"type": "similar", "reference": "ideal"}}
    rubric = Rubric.model_validate({"strata": [{"key": "s", "criteria": [alike]}]})
    own = tuple(
        entry.model_copy(update={"row": entry.row.model_copy(update={"reference": {"ideal": "a b"}})})
        for entry in rows()
    )
    folder = written(tmp_path / "similar", content(rubric, "trl", rows=own))
    run = run_verify(folder)  # -S: no site-packages, so no rapidfuzz
    assert (run.returncode, "pip install rapidfuzz" in run.stderr) == (2, True)
    with_packages = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], check=False, capture_output=True
    )
    assert with_packages.returncode == 0


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StudioError, match="not empty"):
        write_bundle(content(), tmp_path, unheard)
    assert set(files_of(tmp_path)) == {"mine.txt"}


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "eu").mkdir()
    assert set(files_of(written(tmp_path / "eu"))) == FILES


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "eu").write_text("mine")
    with pytest.raises(StudioError, match="Not a folder"):
        write_bundle(content(), tmp_path / "eu", unheard)


@pytest.mark.parametrize("was_there", [True, False])
def test_stopping_leaves_nothing_behind(tmp_path, was_there):
    folder = tmp_path / "new" / "eu"
    if was_there:
        folder.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))

    def stopped(done: int, total: int, what: str) -> None:
        if done == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_bundle(content(), folder, stopped)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_target_that_objects_is_refused_with_the_way_on(tmp_path):
    with pytest.raises(StudioError, match="reasoning") as refused:
        write_bundle(content(judged_rubric(), "trl"), tmp_path / "eu", unheard)
    assert "--leave-out reasoning" in refused.value.hint
    assert not (tmp_path / "eu").exists()


def test_a_row_that_cannot_score_is_refused_by_name(tmp_path):
    bare = rows()[0].row.model_copy(update={"reference": {"task": "topics"}})
    made = content().model_copy(update={"rows": (rows()[0].model_copy(update={"row": bare}),), "samples": ()})
    with pytest.raises(StudioError, match="row t1"):
        write_bundle(made, tmp_path / "eu", unheard)


def test_row_criteria_travel_with_their_rows(tmp_path):
    own = (*rows(), row_with_own_criteria())
    made = content(checks_rubric().model_copy(update={"row_criteria": None}), "trl", rows=own)
    folder = written(tmp_path / "eu", made)
    line = [json.loads(each) for each in (folder / "rows/train.jsonl").read_text().splitlines()][-1]
    assert [(each["key"], each["weight"]) for each in line["criteria"]] == [("a 1", 1.0), ("b", -0.5)]
