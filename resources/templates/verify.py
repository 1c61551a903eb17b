"""Proves this bundle whole: every file is what the manifest says, and every recorded score comes out again.

    python verify.py [--json]

Standard library only, CPython 3.10 or later (and rapidfuzz, where the rubric compares texts). The bundle may lie
anywhere. Nothing of it is run before all hashes are right. Exit code 0: whole; 1: not whole; 2: called wrongly, or
something this needs is not installed.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MANIFEST = "manifest.json"
MANIFEST_HASH = "manifest.sha256"
TOLERANCE = 1e-9


def files_here():
    """Every file of the bundle by its relative path; what Python compiled on import is passed over."""
    found = set()
    for folder, folders, names in os.walk(ROOT):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        found.update((Path(folder) / name).relative_to(ROOT).as_posix() for name in (*names, *links))
    return found


def sha256_of(path):
    """SHA-256 of a file of the bundle."""
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


def compared_with_manifest():
    """What is changed, missing or extra, as a dict of lists; and the manifest, None where it cannot be trusted."""
    found = files_here()
    missing = [path for path in (MANIFEST, MANIFEST_HASH) if path not in found]
    if missing:
        return {"changed": [], "missing": missing, "extra": []}, None
    told = (ROOT / MANIFEST_HASH).read_bytes()
    if told != f"{sha256_of(MANIFEST)}  {MANIFEST}\n".encode():
        return {
            "changed": [MANIFEST, MANIFEST_HASH],
            "missing": [],
            "extra": [],
        }, None  # either may be the one
    try:
        manifest = json.loads((ROOT / MANIFEST).read_bytes())
        hashes = manifest["files"]
        hashes.keys()
        list(manifest["needs"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {
            "changed": [MANIFEST],
            "missing": [],
            "extra": [],
        }, None  # its hash is right, but it is no manifest
    return {
        "changed": [path for path in sorted(found & hashes.keys()) if sha256_of(path) != hashes[path]],
        "missing": sorted(hashes.keys() - found),
        "extra": sorted(found - hashes.keys() - {MANIFEST, MANIFEST_HASH}),
    }, manifest


def read_lines(path):
    """The values of a JSONL file of the bundle."""
    return [json.loads(line) for line in (ROOT / path).read_text(encoding="utf-8").split("\n") if line]


def bundled_grader():
    """The names that grader/grader.py defines."""
    path = ROOT / "grader" / "grader.py"
    names = {"__name__": "bundled_grader", "__file__": str(path)}
    exec(compile(path.read_bytes(), str(path), "exec"), names)
    return names


def same(recorded, computed):
    """Whether two scores agree; None agrees with None only."""
    if recorded is None or computed is None:
        return recorded is computed
    return abs(recorded - computed) <= TOLERANCE


def scored_otherwise():
    """Score every recorded sample again: how many there were, and those that came out otherwise."""
    grader = bundled_grader()
    rows = {row["id"]: row for part in ("train", "validation") for row in read_lines(f"rows/{part}.jsonl")}
    samples = read_lines("samples.jsonl")
    differing = []
    for sample in samples:
        row = rows[sample["row"]]
        graded = grader["score_plan"](
            grader["PLAN"], sample["text"], row["reference"], sample["marks"], row["criteria"]
        )
        strata_agree = all(same(value, graded.strata.get(key)) for key, value in sample["strata"].items())
        if not (strata_agree and same(sample["score"], graded.score)):
            where = {name: sample[name] for name in ("row", "model", "run")}
            differing.append({**where, "recorded": sample["score"], "computed": graded.score})
    return len(samples), differing


def verified():
    """Everything this looks at, as the dict that --json writes."""
    report, manifest = compared_with_manifest()
    report.update({"rescored": None, "differing": [], "note": ""})
    if report["changed"] or report["missing"] or report["extra"]:
        report.update(
            {"whole": False, "note": "scores were not computed: the files are not those of the manifest"}
        )
        return report
    absent = [name for name in manifest["needs"] if importlib.util.find_spec(name) is None]
    if absent:
        raise SystemExit(wrong_call(f"this rubric needs {', '.join(absent)}: pip install {' '.join(absent)}"))
    with (
        Path(os.devnull).open("w", encoding="utf-8", errors="replace") as nowhere,
        contextlib.redirect_stdout(nowhere),
    ):
        report["rescored"], report["differing"] = scored_otherwise()  # own code may print
    report["whole"] = not report["differing"]
    return report


def wrong_call(message):
    """Say what is wrong with the call; the exit code for it."""
    sys.stderr.write(f"verify.py: {message}\n")
    return 2


def in_words(report):
    """The report for people."""
    lines = [f"{word}: {path}" for word in ("changed", "missing", "extra") for path in report[word]]
    lines += [
        "scores otherwise: row {row}, {model}, run {run}: {recorded} recorded, {computed} now".format(**each)
        for each in report["differing"]
    ]
    if report["rescored"] is not None:
        lines.append(f"{report['rescored']} recorded samples scored again, {len(report['differing'])} differ")
    lines.append(report["note"])
    lines.append("This bundle is whole." if report["whole"] else "This bundle is NOT whole.")
    return "\n".join(line for line in lines if line) + "\n"


def main(arguments):
    """Verify and report; the exit code."""
    if arguments not in ([], ["--json"]):
        return wrong_call("usage: python verify.py [--json]")
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may not know every letter of a row's id
    report = verified()
    as_json = json.dumps(report, sort_keys=True, indent=2) + "\n"
    sys.stdout.write(as_json if arguments else in_words(report))
    return 0 if report["whole"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
