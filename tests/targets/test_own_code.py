"""Own code in bundles: carried as it is, in its own namespace, scored by every part of the bundle as here."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.bundle import BundleContent, RecordedSample
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.measures import Answer
from rubric_studio.grader.own_code import Program, Told, fresh, grade_with_own_code, sample_of
from rubric_studio.grader.plan import plan_of
from rubric_studio.targets.bundle import needs, write_bundle
from rubric_studio.targets.openai import OpenaiTarget
from rubric_studio.targets.openai_multi import grader_of
from rubric_studio.targets.openai_rows import flat_row, row_form
from rubric_studio.targets.trl import TrlTarget
from rubric_studio.targets.verify import verify_bundle
from tests.targets.contents import JSON_FORM, REASONING, content, rows
from tests.targets.test_bundle import _rewrite_manifest, verified
from tests.targets.test_trl import called

FIRST = """
BONUS = 0.25

def told(sample):
    return len(sample["output_text"])

def grade(sample, item):
    if not sample["output_text"]:
        raise ValueError("an 'empty' answer")
    item["labels"].clear()
    return min(1, told(sample) / 100 + BONUS)
"""
SECOND = """
BONUS = 0.5
def told(sample): return "another function of that name"
def grade(sample, item):
    added = "row_id" in item or item.get("messages", "a clash") != "a clash"
    return BONUS if item["labels"] and not added else 0.0
"""
AGREED = {"first": "", "second": ""}


def own(key: str, source: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": {"type": "python", "source": source}, **more}


def rubric(*more: dict[str, Any]) -> Rubric:
    criteria = [own("first", FIRST), own("second", SECOND, weight=2), JSON_FORM, *more]
    return Rubric.model_validate({"row_criteria": None, "strata": [{"key": "all", "criteria": criteria}]})


def made(
    of: Rubric | None = None, *targets: str, own_code: dict[str, str] | None = None, **options: Any
) -> BundleContent:
    """A bundle's content whose samples were scored with own code run."""
    of = of or rubric()
    plain = content(of, *targets, **options)
    references: dict[str, dict[str, Any]] = {entry.row.id: entry.row.reference for entry in plain.rows}
    samples = [
        scored(of, sample, references[sample.row]) for sample in plain.samples if "\ud83d" not in sample.text
    ]
    agreed = AGREED if own_code is None else own_code
    return plain.model_copy(update={"samples": tuple(samples), "own_code": agreed})


def scored(of: Rubric, sample: RecordedSample, reference: dict[str, Any]) -> RecordedSample:
    graded = grade_with_own_code(plan_of(of), sample.text, reference, sample.marks)
    return sample.model_copy(update={"score": graded.score, "reason": graded.reason, "strata": graded.strata})


def sandbox(source: str, cases: Any) -> tuple[list[Told], str]:
    program = Program(source)
    return [program.says(sample_of(Answer(text)), fresh(item)) for text, item in cases], ""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "eu"
    write_bundle(made(), folder)
    return folder


@pytest.mark.parametrize("target", [TrlTarget(), OpenaiTarget()], ids=["trl", "openai"])
def test_own_code_that_was_not_compared_or_differs_is_refused_in_plain_words(target):
    told = {
        each.criterion: each.message
        for each in target.objections(made(own_code={"first": "both ways differ"}))
    }
    assert told["first"] == "both ways differ"
    assert "not been run yet" in told["second"]
    assert target.objections(made()) == ()


def test_the_sources_stand_in_the_bundle_as_they_are(bundle):
    assert (bundle / "own_code" / "first.py").read_text() == FIRST
    assert (bundle / "own_code" / "second.py").read_text() == SECOND


def test_the_bundles_own_proof_scores_it_again(bundle):
    code, report = verified(bundle)
    assert (code, report["whole"], report["differing"]) == (0, True, [])


def test_code_that_is_not_what_we_write_is_named_though_the_hashes_fit(bundle, tmp_path):
    copy = Path(shutil.copytree(bundle, tmp_path / "copy"))
    for name in ("own_code/first.py", "trl/rewards.py"):
        (copy / name).write_text((copy / name).read_text() + "# harmless\n")
    _rewrite_manifest(copy)
    found = verify_bundle(copy, None, sandbox)
    assert found.note.endswith("read before you run: own_code/first.py, trl/rewards.py")


def test_own_code_that_prints_leaves_the_proof_readable(tmp_path):
    source = "print('at the start')\ndef grade(sample, item):\n    print('x' * 100)\n    return 0.5\n"
    of = Rubric.model_validate({"strata": [{"key": "all", "criteria": [own("loud", source)]}]})
    write_bundle(made(of, "trl", own_code={"loud": ""}), tmp_path / "bundle")
    assert verified(tmp_path / "bundle")[0] == 0


def test_our_proof_runs_it_in_the_sandbox_or_says_that_it_did_not(bundle):
    found = verify_bundle(bundle, None, sandbox)
    assert (found.whole, found.rescored, found.note) == (True, len(made().samples), "")
    for found in (
        verify_bundle(bundle),
        verify_bundle(bundle, None, lambda source, cases: ([], "it imports numpy")),
    ):
        assert (found.whole, found.rescored) == (True, None)
        assert "run the bundle's own verify.py" in found.note
    lying = verify_bundle(bundle, None, lambda source, cases: ([Told(0.0)] * len(cases), ""))
    assert not lying.whole


def test_rewards_are_the_scores_seen_here_and_an_exception_is_none(bundle):
    reference = rows()[1].row.reference
    texts = ["{}", "", '{"labels": ["tax"]}']
    answered = called(bundle / "trl", texts, item=[json.dumps(reference)] * 3)
    expected = [grade_with_own_code(plan_of(rubric()), text, reference).score for text in texts]
    assert answered["rewards"] == expected
    assert expected[1] is None


def run_grader(grader: dict[str, Any], text: str, item: dict[str, Any]) -> float:
    lines = "import json, sys\nnames = {}\nsource, sample, item = json.load(sys.stdin)\nexec(source, names)\n"
    command = [sys.executable, "-I", "-S", "-c", lines + "print(names['grade'](sample, item))"]
    told = json.dumps([grader["source"], {"output_text": text}, item])
    run = subprocess.run(command, input=told, capture_output=True, text=True, check=True)
    return float(run.stdout)


def test_openais_grader_gives_the_scores_seen_here_and_0_for_an_exception():
    shown = made()
    form = row_form([entry.row for entry in shown.rows], ())
    grader = grader_of(shown, form)
    row = rows()[1].row
    expected = grade_with_own_code(plan_of(rubric()), "{}", row.reference).score
    assert run_grader(grader, "{}", flat_row(row, form)) == expected
    assert run_grader(grader, "", flat_row(row, form)) == 0.0


def test_beside_a_judge_each_code_is_a_grader_of_its_own():
    shown = made(rubric(REASONING), judge_model="j")
    form = row_form([entry.row for entry in shown.rows], shown.rubric.criteria())
    graders = grader_of(shown, form)["graders"]
    row = rows()[1].row
    assert run_grader(graders["first"], "{}", flat_row(row, form)) == 0.27  # 2 / 100 + 0.25
    assert run_grader(graders["second"], "{}", flat_row(row, form)) == 0.5


def test_packages_that_own_code_imports_are_named():
    assert needs(rubric(own("third", "import json, numpy.linalg\nfrom rapidfuzz import fuzz"))) == (
        "numpy",
        "rapidfuzz",
    )
    assert needs(rubric()) == ()
