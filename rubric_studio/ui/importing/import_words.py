"""The sentences of the import: what stands on lines, what was found, what was brought in. Decides nothing."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.services.importing import Difference, ImportPlan, ImportReport
from rubric_studio.services.mapping import Shape
from rubric_studio.ui.labels import counted, heading
from rubric_studio.ui.number_text import count_text

SHAPES: tuple[Shape, ...] = ("question", "question_with_answers", "answer", "mark")
LONGEST = 220


def shape_words(shape: Shape) -> tuple[str, str]:
    """Return a shape's name and an example of such a line."""
    return {
        "question": (_tr("A question"), _tr("Perhaps with its ideal answer, topic and more beside it")),
        "question_with_answers": (
            _tr("A question with several answers"),
            _tr("The usual office sheet: question, ideal answer, GPT, mark, Claude, mark"),
        ),
        "answer": (_tr("One answer"), _tr("Which question, which model, and what it answered")),
        "mark": (_tr("One mark"), _tr("Which answer, which point, the mark and why")),
    }[shape]


def field_words(shape: Shape, field: str) -> str:
    """Return what people see for a field."""
    about_question = shape in ("question", "question_with_answers")
    return {
        "id": _tr("Its number or id"),
        "row": _tr("Number or id of the question"),
        "prompt": _tr("The question") if about_question else _tr("The question's words"),
        "reference": _tr("The ideal answer"),
        "criteria": _tr("The question's own points"),
        "model": _tr("The model that answered"),
        "run": _tr("Number of the try"),
        "text": _tr("The answer"),
        "criterion": _tr("The point that was marked"),
        "value": _tr("The mark"),
        "reason": _tr("The reason"),
        "rater": _tr("Who gave the mark") if shape == "mark" else _tr("Who marked, if a column says so"),
    }[field]


def lines_text(count: int) -> str:
    """Return "1 line" or "1,200 lines"."""
    return _tr("1 line") if count == 1 else _tr("{n} lines").format(n=count_text(count))


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return the beginning of a text on one line; no megabyte may reach a label."""
    start = " ".join(text[: longest * 2].split())
    return start if len(start) <= longest and len(text) <= longest * 2 else start[: longest - 1] + "…"


def finding(plan: ImportPlan) -> str:
    """Say how the check of the whole file ended."""
    if plan.stops:
        return _tr("This file cannot come in as it is. Nothing is saved.")
    if plan.faulty_lines:
        faulty, total = len(plan.faulty_lines), count_text(plan.lines)
        if faulty == 1:
            return _tr("1 of {total} lines needs a look. Nothing is saved yet.").format(total=total)
        return _tr("{n} of {total} lines need a look. Nothing is saved yet.").format(
            n=count_text(faulty), total=total
        )
    if plan.adds_nothing:
        return _tr("Everything in this file is in the project already.")
    return _tr("All of it was understood. Nothing is saved yet.")


def difference_lines(plan: ImportPlan) -> list[str]:
    """Say per kind of thing what is new, changed, the same and missing."""
    parts = (
        ("row", plan.row_difference),
        ("sample", plan.sample_difference),
        ("verdict", plan.mark_difference),
    )
    return [_difference(word, each) for word, each in parts if each.new or each.overlaps]


def _difference(word: str, difference: Difference) -> str:
    counts = [
        _tr("{n} new").format(n=count_text(len(difference.new))),
        _tr("{n} changed").format(n=count_text(len(difference.changed))) if difference.changed else "",
        _tr("{n} as before").format(n=count_text(difference.same)) if difference.same else "",
    ]
    if difference.overlaps and difference.missing:
        missing = _tr("{n} in the project but not in this file; they stay")
        counts.append(missing.format(n=count_text(len(difference.missing))))
    return _tr("{what}: {counts}").format(
        what=heading(word, 2), counts=", ".join(count for count in counts if count)
    )


def accept_words(plan: ImportPlan) -> str:
    """Name the button that brings the file in."""
    good = count_text(max(0, plan.lines - len(plan.faulty_lines)))
    if not plan.faulty_lines:
        return _tr("Bring in {n}").format(n=good)
    if len(plan.faulty_lines) == 1:
        return _tr("Leave out this line and bring in {n}").format(n=good)
    faulty = count_text(len(plan.faulty_lines))
    return _tr("Leave out these {faulty} lines and bring in {n}").format(faulty=faulty, n=good)


def brought_in(plan: ImportPlan, report: ImportReport) -> list[str]:
    """Say what came in."""
    people = ", ".join(report.people)
    found = [
        counted("row", report.rows) if report.rows else "",
        counted("sample", report.samples) if report.samples else "",
        counted("verdict", report.verdicts) if report.verdicts and not people else "",
    ]
    if report.verdicts and people:
        marks = _tr("{marks} by {people}")
        found.append(marks.format(marks=counted("verdict", report.verdicts), people=people))
    if plan.guide is not None:
        found.append(_tr("A new point in the scoring guide, which these marks speak of"))
    if plan.left_out:
        found.append(_tr("Left out: {lines}").format(lines=lines_text(len(plan.left_out))))
    return [line for line in found if line] or [_tr("Nothing new was in it.")]


def _tr(text: str) -> str:
    return QCoreApplication.translate("import_words", text)
