"""What each command of the command line does; reading the call is in `cli.py`."""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rubric_studio import wiring
from rubric_studio.domain.bundle import BundleOptions
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.table import Complaint
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.exporting import bundle_content
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.imported_graders import takes_raw_marks
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.own_code import OwnCode, Trust, hash_of, sources_of
from rubric_studio.services.own_code_agreement import agreements, obstacles
from rubric_studio.services.planning import plan_import
from rubric_studio.services.ports import Store, no_progress
from rubric_studio.services.rubric_exchange_import import guide_or_stop, read_guide_file
from rubric_studio.services.scores import project_scores
from rubric_studio.services.showing import project_facts, score_summary, scores_json
from rubric_studio.services.understanding import Mapping, Shape, understand
from rubric_studio.services.versions import newest_version, saved_version

SHAPES: dict[str, Shape] = {"rows": "question", "samples": "answer", "verdicts": "mark"}
SHOWN_COMPLAINTS = 20
LEAST_DIGITS = 12
"""How many digits of a code's hash name it on the command line, at least."""
CALL_AT_FAULT = 2


def run_new(call: argparse.Namespace) -> int:
    """Make an empty project file."""
    wiring.new_project(call.project).close()
    print(f"Made {call.project}.")
    return 0


def run_demo(call: argparse.Namespace) -> int:
    """Make an example project file."""
    wiring.make_example(call.project, with_rounds=True)
    print(f"Made {call.project}: everything in it is made up.")
    return 0


def run_import(call: argparse.Namespace) -> int:
    """Bring a file in, all or nothing."""
    with wiring.project(call.project, write=not call.dry_run) as store:
        author = wiring.command_line_author(store) if not call.dry_run else wiring.passing_author()
        if call.shape == "rubric":
            return _import_rubric(store, call, author)
        return _import_table(store, call, author)


def run_show(call: argparse.Namespace) -> int:
    """Counts, versions, score summary."""
    with wiring.project(call.project, write=True) as store:
        version = newest_version(store)
        if version is not None:
            _check(store, version.rubric, None)
        facts = project_facts(store, rater_choice(store))
    if call.json:
        _print_json(facts)
    else:
        _print_facts(facts)
    return 0


def run_score(call: argparse.Namespace) -> int:
    """Score all samples with the newest saved rubric."""
    if call.json is not None and call.json.suffix.lower() == ".rubric":
        print(f"rubric-studio score: {call.json} is a project's name; scores go elsewhere", file=sys.stderr)
        return CALL_AT_FAULT
    with wiring.project(call.project, write=True) as store:
        version = saved_version(store)
        choice = rater_choice(store, call.rater)
        _check(store, version.rubric, _own_code(store, version.rubric, call.trust_code))
        scores = list(project_scores(store, version.rubric, choice))
        names = {str(person.id): person.name for person in store.people()}
    if call.json is not None:
        written = scores_json(version.id, version.rubric, scores, names)
        if str(call.json) == "-":
            _print_json(written)
        else:
            wiring.write_json(call.json, written)
        return 0
    _print_scores(version.number, call.rater, score_summary(scores))
    return 0


def run_export(call: argparse.Namespace) -> int:
    """Write a bundle."""
    options = BundleOptions(
        targets=tuple(dict.fromkeys(call.target)),
        seed=call.seed,
        leave_out=tuple(dict.fromkeys(call.leave_out)),
        judge_model=call.judge_model,
        base_model=call.base_model,
    )
    unknown = [name for name in options.targets if name not in wiring.bundles().targets()]
    if unknown:
        known = ", ".join(wiring.bundles().targets())
        print(f"rubric-studio export: no target {', '.join(unknown)}; there are: {known}", file=sys.stderr)
        return CALL_AT_FAULT
    with wiring.project(call.project, write=True) as store:
        rubric = saved_version(store).rubric
        own_code = _own_code(store, rubric, call.trust_code)
        _check(store, rubric, own_code)
        compared = _compared(store, rubric, own_code)
        content = bundle_content(store, options, rater_choice(store, AS_TRAINED), own_code=compared)
    report = wiring.bundles().write(content, call.directory, no_progress)
    for note in content.notes:
        print(f"Left out {note}")
    print(
        f"Wrote {call.directory}: {report.train} rows to train, {report.validation} to validate, "
        f"{report.samples} recorded samples, {len(report.files)} files."
    )
    return 0


def run_verify(call: argparse.Namespace) -> int:
    """Prove a bundle whole."""
    found = wiring.bundles().verify(call.directory, no_progress)
    if call.json:
        _print_json(found.model_dump(mode="json"))
        return 0 if found.whole else 1
    for what, names in (("changed", found.changed), ("missing", found.missing), ("extra", found.extra)):
        for name in names:
            print(f"{what}: {name}")
    for name in found.differing:
        print(f"scores otherwise: {name}")
    if found.note:
        print(found.note)
    rescored = "" if found.rescored is None else f" {found.rescored} samples scored again."
    unproven = " Nothing was proven of its scores." if found.whole and found.rescored is None else ""
    print(f"{'Whole.' if found.whole else 'NOT whole.'}{rescored}{unproven}")
    return 0 if found.whole else 1


def run_agreement(call: argparse.Namespace) -> int:
    """Say how far raters agree under the newest saved rubric."""
    from rubric_studio.services.agreement import AgreementChoice, agreement_report  # brings numpy
    from rubric_studio.services.agreement_showing import (
        agreement_json,
        agreement_lines,
        criterion_called,
        raters_called,
    )

    with wiring.project(call.project, write=False) as store:
        version = saved_version(store)
        key = None if call.criterion is None else criterion_called(store, version.rubric, call.criterion)
        raters = raters_called(store, call.raters or ())
        choice = AgreementChoice(raters=raters, criterion=key, draws=not call.json, totals=False)
        report = agreement_report(store, version.rubric, choice)
    if call.json:
        _print_json(agreement_json(report, version.rubric))
        return 0
    print(f"version {version.number}, all marks under its words")
    print("\n".join(agreement_lines(report, version.rubric)))
    return 0


def run_snapshot(call: argparse.Namespace) -> int:
    """Write a PNG of every page, without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from rubric_studio.app import snapshot

    for path in snapshot(call.project, call.directory):
        print(path)
    return 0


def _import_rubric(store: Store, call: argparse.Namespace, author: Author) -> int:
    read = read_guide_file(call.file, wiring.guide_files())
    _show_complaints(read.complaints, call.file)
    for note in read.notes:
        print(note)
    rubric = guide_or_stop(read, call.file)
    before = newest_version(store)
    if before is not None and before.rubric == rubric:
        print(f"Nothing new: version {before.number} says the same.")
        return 0
    number = 1 if before is None else before.number + 1
    if call.dry_run:
        print(f"Would save version {number}: {_size(rubric)}. Nothing was written.")
        return 0
    perform(store, SaveVersion(rubric=rubric, number=number, note=f"from {call.file.name}"), author)
    print(f"Saved version {number}: {_size(rubric)}.")
    return 0


def _size(rubric: Any) -> str:
    return f"{len(rubric.strata)} strata, {sum(1 for _ in rubric.criteria())} criteria"


def _import_table(store: Store, call: argparse.Namespace, author: Author) -> int:
    newest = newest_version(store)
    raw = takes_raw_marks(newest and newest.rubric)
    mapping = Mapping(SHAPES[call.shape], dict(call.map), raw=raw)
    understood = understand(wiring.read_table(call.file), mapping)
    file = ImportedFile(name=call.file.name, kind=call.shape, sha256=_sha256(call.file))
    plan = plan_import(store, file, understood, call.rater_kind, call.rater, mapping=mapping)
    for note in understood.notes:
        print(note)
    _stop_on_errors(plan, call.file)
    print(_what_it_changes(plan, understood.lines))
    if call.dry_run:
        print("Nothing was written.")
        return 0
    report = carry_out(store, plan, author)
    print(f"Brought in: {report.rows} rows, {report.samples} samples, {report.verdicts} verdicts.")
    return 0


def _stop_on_errors(plan: ImportPlan, file: Path) -> None:
    _show_complaints(plan.complaints, file)
    errors = plan.errors
    if errors:
        first = errors[0]
        raise StudioError(
            "Nothing was brought in",
            first.message if len(errors) == 1 else f"{len(errors)} complaints, the first: {first.message}",
            first.hint or "Mend the file and try again.",
            file=file,
            line=first.line,
            field=first.column,
        )


def _show_complaints(complaints: Sequence[Complaint], file: Path) -> None:
    for complaint in complaints[:SHOWN_COMPLAINTS]:
        where = ", ".join(
            part
            for part in (
                f"line {complaint.line}" if complaint.line else "",
                complaint.cell,
                f"field {complaint.column}" if complaint.column else "",
            )
            if part
        )
        kind = "" if complaint.severity == "error" else "note: "
        place = f"{where}: " if where else ""
        print(f"{file.name}: {kind}{place}{complaint.message} {complaint.hint}".rstrip(), file=sys.stderr)


def _what_it_changes(plan: ImportPlan, lines: int) -> str:
    parts = [f"{lines} lines"]
    for what, difference in (("rows", plan.row_difference), ("samples", plan.sample_difference)):
        if difference.new or difference.changed or difference.same:
            parts.append(
                f"{what}: {len(difference.new)} new, {len(difference.changed)} changed, {difference.same} as before, "
                f"{len(difference.missing)} in the project but not in the file"
            )
    marks = len(plan.judged) + len(plan.expert)
    if marks:
        parts.append(f"{marks} verdicts")
    return "; ".join(parts) + "."


def _own_code(store: Store, rubric: Rubric, trusted: Sequence[str]) -> OwnCode:
    """How own code runs for this call: whoever calls asks for it, so the sandbox may; the rest needs their trust."""
    own_code = wiring.own_code(asked=True)
    for source in sources_of(rubric):
        if any(len(told) >= LEAST_DIGITS and hash_of(source).startswith(told) for told in trusted):
            own_code.trust.allow_python(store.first_edit(), source)
    return own_code


def _compared(store: Store, rubric: Rubric, own_code: OwnCode) -> dict[str, str]:
    """Own code run both ways; what still needs trust is shown, as nobody should trust what they have not read."""
    if not sources_of(rubric):
        return {}
    for source in sources_of(rubric):
        if own_code.trust_in(store.first_edit(), source) is not Trust.PYTHON:
            digits = hash_of(source)[:LEAST_DIGITS]
            print(f"This code has not run outside the sandbox yet:\n\n{source}\n", file=sys.stderr)
            print(f"To let it, read it, and add --trust-code {digits}.", file=sys.stderr)
            for lacking in own_code.python.missing_protection():
                print(f"On this computer {lacking}.", file=sys.stderr)
    with wiring.workers() as executor:
        return obstacles(agreements(store, rubric, executor, own_code))


def _check(store: Store, rubric: Rubric, own_code: OwnCode | None) -> None:
    with wiring.workers() as executor:
        report = grade_checks(store, rubric, executor, own_code=own_code)
    for key, times in report.slow.items():
        print(f"{key}: too slow on {times} samples; those are unscored.", file=sys.stderr)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True))


def _print_facts(facts: dict[str, Any]) -> None:
    print(f"{facts['project']}: {facts['rows']} rows, {facts['samples']} samples, {facts['flags']} flags")
    decisions = ", ".join(f"{count} {word}" for word, count in facts["decisions"].items())
    print(f"decisions: {decisions or 'none'}")
    for version in facts["versions"]:
        print(f"version {version['number']} of {version['at'][:10]}: {version['note'] or 'no note'}")
    if facts["scores"]:
        _print_scores(len(facts["versions"]), facts["scores"]["rater"], facts["scores"])
    else:
        print("No saved version of a rubric yet.")


def _print_scores(version: int, rater: str, summary: dict[str, Any]) -> None:
    print(
        f"version {version}, rater {rater}: {summary['scored']} scored, {summary['unscored']} without a score"
    )
    for model, facts in summary["models"].items():
        mean = "no score" if facts["mean"] is None else f"mean {facts['mean']:.3f}"
        print(f"  {model}: {mean}, n = {facts['n']}")
    room = summary["headroom"]
    if room["headroom"] is not None:
        print(
            f"  mean {room['mean']:.3f}, best {room['best']:.3f}, headroom {room['headroom']:.3f}, n = {room['n']} rows"
        )
