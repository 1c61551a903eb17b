"""Looks at somebody's bundle: hashes first, then scores through our own grader. It runs no code from the bundle."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from rubric_studio.domain.bundle import RecordedSample, Verification
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.formula import FormulaError
from rubric_studio.grader.own_code import Told
from rubric_studio.grader.plan import Plan, plan_of, row_criteria_of
from rubric_studio.grader.scoring import SCORED, UNSCORED, CheckMark, grade
from rubric_studio.targets.bundle import MESSAGES, Progress, grader_file, unheard
from rubric_studio.targets.inline import rewards_source
from rubric_studio.targets.manifest import Differences, differences, sha256_of
from rubric_studio.targets.own_code import own_code_files, own_code_sources
from rubric_studio.targets.sources import grader_source, template
from rubric_studio.targets.trl import OPENING as REWARDS_OPENING

TOLERANCE = 1e-9

Sandbox = Callable[[str, Sequence[tuple[str, dict[str, Any]]]], tuple[list[Told], str]]
"""(source, [(text, reference fields)]) -> (what the code says of each, "") or ([], why it cannot run there)."""

NOT_SCORED = "scores were not computed: "
FILES_DIFFER = NOT_SCORED + "the files are not those of the manifest"
RUN_ITS_OWN = "; where you trust its maker, run the bundle's own verify.py"
OTHER_MEASURES = NOT_SCORED + "the bundle's checks are not those of this program" + RUN_ITS_OWN
OTHER_GRADER = (
    NOT_SCORED + "the bundle's grader is not the one this program makes of its rubric" + RUN_ITS_OWN
)
OWN_CODE = NOT_SCORED + "{why}" + RUN_ITS_OWN
OTHER_CODE = "not what this program writes for this rubric, so read before you run: {names}"
UNREADABLE = NOT_SCORED + "rubric, rows or samples are not in the form of a bundle"


class _Recorded(NamedTuple):
    """What is needed to score again."""

    rubric: Rubric
    rows: dict[RowId, Row]
    samples: list[RecordedSample]


def verify_bundle(
    directory: Path, progress: Progress | None = None, sandbox: Sandbox | None = None
) -> Verification:
    """Verify a bundle that may have come from anywhere.

    Scores are computed again by this program's own checks, where the bundle's measures.py and grader.py are
    byte by byte those that this program writes; otherwise the note says that they were not. The rubric's
    patterns run in this process: call it where a slow one does no harm. Own code runs in `sandbox` alone, and
    where that cannot run it, the note says that no score was computed.

    Raises:
        StudioError: when there is no such folder, or it cannot be read.
    """
    if not directory.is_dir():
        raise StudioError("Not a bundle", "there is no such folder", file=directory)
    tell = progress or unheard
    try:
        found = differences(directory, lambda path: tell(0, 0, path))
        return _not_whole(found) if any(found) else _scored_again(directory, tell, sandbox)
    except OSError as error:
        raise StudioError(
            "The bundle could not be read", f"{error.strerror or error}", file=directory
        ) from error


def _not_whole(found: Differences) -> Verification:
    return Verification(
        whole=False, changed=found.changed, missing=found.missing, extra=found.extra, note=FILES_DIFFER
    )


def _scored_again(directory: Path, progress: Progress, sandbox: Sandbox | None) -> Verification:
    if sha256_of((directory / "grader/measures.py").read_bytes()) not in known_measures():
        return Verification(whole=True, note=OTHER_MEASURES)
    try:
        recorded = _read(directory)
        if (directory / "grader/grader.py").read_bytes() != grader_file(recorded.rubric):
            return Verification(whole=True, note=OTHER_GRADER)
        own_code = _own_code_marks(recorded, sandbox)
        if isinstance(own_code, str):
            return Verification(whole=True, note=OWN_CODE.format(why=own_code))
        differing = tuple(_differing(recorded, own_code, progress))
    except (ValidationError, FormulaError, KeyError, TypeError, ValueError, RecursionError) as error:
        return Verification(whole=False, note=f"{UNREADABLE} ({type(error).__name__})")
    others = ", ".join(_other_code(directory, recorded.rubric))
    note = OTHER_CODE.format(names=others) if others else ""
    return Verification(whole=not differing, rescored=len(recorded.samples), differing=differing, note=note)


def _other_code(directory: Path, rubric: Rubric) -> Iterator[str]:
    """Name the files of code, beside the grader, that are not what this program would write."""
    ours = {
        "verify.py": template("verify.py").encode(),
        "trl/rewards.py": rewards_source(plan_of(rubric), REWARDS_OPENING).encode(),
        **dict(own_code_files(rubric)),
    }
    for name, written in sorted(ours.items()):
        if (directory / name).is_file() and (directory / name).read_bytes() != written:
            yield name


def known_measures() -> frozenset[str]:
    """Hashes of the measures.py files whose checks this program can compute: its own."""
    return frozenset({sha256_of(grader_source("measures.py").encode())})


def _read(directory: Path) -> _Recorded:
    rubric = Rubric.model_validate(json.loads((directory / "rubric.json").read_bytes()))
    lines = [line for part in ("train", "validation") for line in _lines(directory / f"rows/{part}.jsonl")]
    rows = {row.id: row for row in map(_row, lines)}
    samples = [RecordedSample.model_validate(line) for line in _lines(directory / "samples.jsonl")]
    return _Recorded(rubric, rows, samples)


def _row(line: Any) -> Row:
    """A row as it was; its messages were made for a model and grade nothing."""
    if isinstance(line, dict):
        line = {name: value for name, value in line.items() if name != MESSAGES}
    return Row.model_validate(line)


def _lines(path: Path) -> Iterator[Any]:
    """The values of a JSONL file; only LF ends a line, a text may hold any other separator."""
    for line in path.read_bytes().split(b"\n"):
        if line:
            yield json.loads(line)


def _own_code_marks(recorded: _Recorded, sandbox: Sandbox | None) -> list[dict[str, CheckMark]] | str:
    """The marks of own code on every sample, in order; or why there are none."""
    marks: list[dict[str, CheckMark]] = [{} for _ in recorded.samples]
    for key, source in own_code_sources(recorded.rubric).items():
        if sandbox is None:
            return f"the code of {key} was not run"
        cases = [(each.text, dict(recorded.rows[RowId(each.row)].reference)) for each in recorded.samples]
        said, lacking = sandbox(source, cases)
        if lacking:
            return f"the code of {key} cannot run in the sandbox: {lacking}"
        for place, (value, reason, _) in enumerate(said):
            marks[place][key] = (UNSCORED if value is None else SCORED, value, reason, ())
    return marks


def _differing(
    recorded: _Recorded, own_code: Sequence[dict[str, CheckMark]], progress: Progress
) -> Iterator[str]:
    """Name the samples whose score or strata come out otherwise."""
    plan = plan_of(recorded.rubric)
    for number, sample in enumerate(recorded.samples):
        progress(number, len(recorded.samples), "scoring again")
        if not _agrees(plan, recorded.rows[RowId(sample.row)], sample, own_code[number]):
            yield f"row {sample.row}, {sample.model}, run {sample.run}"


def _agrees(plan: Plan, row: Row, sample: RecordedSample, own_code: dict[str, CheckMark]) -> bool:
    marks = {**sample.marks, **own_code}
    graded = grade(plan, sample.text, row.reference, marks, row_criteria_of(row))
    strata = all(_same(value, graded.strata.get(key)) for key, value in sample.strata.items())
    return strata and _same(sample.score, graded.score)


def _same(recorded: float | None, computed: float | None) -> bool:
    if recorded is None or computed is None:
        return recorded is computed
    return abs(recorded - computed) <= TOLERANCE
