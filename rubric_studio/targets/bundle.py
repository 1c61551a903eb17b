"""Writes a bundle: one folder with everything a trainer needs and the proof that it is whole.

The same content makes the same bytes: sorted keys, LF, 12 decimals, no time of export.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from rubric_studio.domain.bundle import BundleContent, BundleReport, RecordedSample
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.kinds import GraderKind, Kind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.untrainable import asked_row, untrainable_rows
from rubric_studio.targets.asking import form_to_show, messages_of, prompt_files
from rubric_studio.targets.inline import grade_source
from rubric_studio.targets.json_bytes import json_file, jsonl_file, rounded
from rubric_studio.targets.manifest import MANIFEST, manifest_files, sha256_of
from rubric_studio.targets.output_schema import ANY_TEXT
from rubric_studio.targets.own_code import own_code_files, packages_needed
from rubric_studio.targets.pages import readme, rubric_page
from rubric_studio.targets.registry import target_named
from rubric_studio.targets.sources import MEASURES_VERSION, grader_source, template

Progress = Callable[[int, int, str], None]

MESSAGES = "messages"

GRADER_OPENING = (
    "grader.py: the rubric as one function, grade(sample, item) -> float; verify.py calls score_plan."
)


def write_bundle(content: BundleContent, directory: Path, progress: Progress | None = None) -> BundleReport:
    """Write the bundle into a new or empty folder, whole or not at all.

    Args:
        content: what goes out; its targets must have no objection and its rows must be able to score.
        directory: where; made if it is not there.
        progress: called before each file; raises `Cancelled` to stop.

    Raises:
        StudioError: when the folder is not empty or cannot be written, a target objects, or a row cannot score.
    """
    tell = progress or unheard
    _refuse_objections(content)
    directory = Path(os.path.abspath(directory))  # noqa: PTH100 - resolve() would follow a link given as DIR
    _refuse_occupied(directory)
    files = bundle_files(content)
    try:
        with _written_beside(directory) as beside:
            for number, path in enumerate(sorted(files)):
                tell(number, len(files), path)
                target = beside / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(files[path])
    except OSError as error:
        raise StudioError(
            "The bundle could not be written",
            f"{error.strerror or error}",
            "Nothing was left behind. Choose another folder, or make room.",
            file=directory,
        ) from error
    return _report(content, directory, files)


def unheard(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""
    del done, total, what


def bundle_files(content: BundleContent) -> dict[str, bytes]:
    """Every file of the bundle by relative path, manifest files included."""
    files = dict(_neutral_files(content))
    for name in content.options.targets:
        files |= target_named(name).files(content)
    facts: dict[str, Any] = {
        "measures_version": MEASURES_VERSION,
        "needs": list(needs(content.rubric)),
        "rubric": content.rubric_id,
        "targets": sorted(content.options.targets),
    }
    if content.prompt is not None:
        facts["prompt"] = content.prompt.hash
    return files | manifest_files(files, facts)


def needs(rubric: Rubric) -> tuple[str, ...]:
    """What grading needs beyond the standard library."""
    kinds = [criterion.kind for criterion in rubric.criteria()]
    fuzzy = any(kind.type == "similar" or _is_fuzzy(kind) for kind in kinds)
    return tuple(sorted(packages_needed(rubric) | ({"rapidfuzz"} if fuzzy else set[str]())))


def _is_fuzzy(kind: Kind) -> bool:
    return isinstance(kind, GraderKind) and kind.grader.get("evaluation_metric") == "fuzzy_match"


def _neutral_files(content: BundleContent) -> Iterator[tuple[str, bytes]]:
    yield "grader/grader.py", grader_file(content.rubric)
    yield "grader/measures.py", grader_source("measures.py").encode()
    yield "rubric.json", json_file(content.rubric.to_json())
    yield "rubric.html", rubric_page(content)
    yield "schema.json", json_file(form_to_show(content) or ANY_TEXT, sort_keys=False)
    yield "rows/train.jsonl", jsonl_file(_row_line(content, row) for row in content.part("train"))
    yield "rows/validation.jsonl", jsonl_file(_row_line(content, row) for row in content.part("validation"))
    yield "samples.jsonl", jsonl_file(map(_sample_line, content.samples))
    yield "evidence.json", json_file(rounded(content.evidence))
    titles = {name: target_named(name).title for name in sorted(content.options.targets)}
    yield "README.md", readme(content, needs(content.rubric), titles)
    yield "verify.py", template("verify.py").encode()
    yield from own_code_files(content.rubric)
    yield from prompt_files(content)


def grader_file(rubric: Rubric) -> bytes:
    """grader/grader.py for a rubric."""
    return grade_source(plan_of(rubric), GRADER_OPENING).encode()


def _row_line(content: BundleContent, row: Row) -> dict[str, Any]:
    """A row in no trainer's form; `messages` is what the model gets, where that is more than its prompt."""
    messages = {} if content.prompt is None else {MESSAGES: messages_of(content, row)}
    return messages | {
        "id": row.id,
        "prompt": [message.model_dump(mode="json") for message in row.prompt],
        "reference": row.reference,
        "criteria": [criterion.model_dump(mode="json") for criterion in row.criteria],
    }


def _sample_line(sample: RecordedSample) -> dict[str, Any]:
    return rounded(sample.model_dump(mode="json"))


def _refuse_objections(content: BundleContent) -> None:
    for name in content.options.targets:
        target = target_named(name)
        objections = target.objections(content)
        if objections:
            told = "; ".join(f"{each.criterion or 'the bundle'}: {each.message}" for each in objections)
            keys = " ".join(f"--leave-out {each.criterion}" for each in objections if each.can_leave_out)
            hint = f"Leave out with {keys}, or choose another target." if keys else "Choose another target."
            raise StudioError(f"{target.title} cannot take all of it", told, hint)
    asked = (asked_row(entry.row, content.prompt) for entry in content.rows)
    for row in untrainable_rows(content.rubric, asked):
        raise StudioError(
            "A row that cannot score", f"row {row.row}: {row.reason}", "Correct it or leave it out."
        )
    known = {entry.row.id for entry in content.rows}
    strangers = sorted({sample.row for sample in content.samples} - known)
    if strangers:
        raise StudioError("A sample without its row", f"no row {strangers[0]} goes out, but its sample does")


def _refuse_occupied(directory: Path) -> None:
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise StudioError("Not a folder", "a bundle is written into a folder of its own", file=directory)
    if directory.is_dir() and any(directory.iterdir()):
        raise StudioError(
            "The folder is not empty",
            "a bundle is written into a new or empty folder",
            "Choose another name.",
            file=directory,
        )


@contextmanager
def _written_beside(directory: Path) -> Iterator[Path]:
    """A new folder beside `directory` that takes its place at the end, or vanishes with all its files."""
    was_there = directory.exists()
    new_parents = [parent for parent in directory.parents if not parent.exists()]
    beside = directory.parent / f".{directory.name}.{secrets.token_hex(4)}.partial"
    try:
        beside.mkdir(parents=True)
        yield beside
        if was_there:
            directory.rmdir()  # it is empty; Windows does not rename onto a folder
        beside.rename(directory)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        if was_there:
            directory.mkdir(exist_ok=True)
        _remove_empty(new_parents)
        raise


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _report(content: BundleContent, directory: Path, files: Mapping[str, bytes]) -> BundleReport:
    return BundleReport(
        directory=str(directory),
        files=tuple(sorted(str(PurePosixPath(path)) for path in files)),
        manifest_sha256=sha256_of(files[MANIFEST]),
        train=len(content.part("train")),
        validation=len(content.part("validation")),
        samples=len(content.samples),
    )
