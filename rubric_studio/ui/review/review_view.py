"""What the board shows of a packet: lines, evidence, progress, earlier marks. No widget, nothing of anybody else."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.grader.plan import with_row_stratum
from rubric_studio.services.asked import Asked
from rubric_studio.services.precedents import Precedent
from rubric_studio.services.review_tasks import ReviewTask
from rubric_studio.services.reviewing import Review
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.guide.part_segments import part_title
from rubric_studio.ui.reading_pane import Evidence
from rubric_studio.ui.review.blind_marking import BlindMarking
from rubric_studio.ui.review.points_list import PointLine
from rubric_studio.ui.review.precedents_list import PrecedentLine
from rubric_studio.ui.review.progress_line import Progress
from rubric_studio.ui.review.review_words import grade_shape, grade_word
from rubric_studio.ui.review.sitting import Sitting


def point_lines(review: Review, task: ReviewTask) -> list[PointLine]:
    """Return the points of a task with her marks; parts have headings where there are several."""
    points = review.points(task)
    rubric = review.asking.rubric
    titles = {str(stratum.key): part_title(stratum, rubric) for stratum in with_row_stratum(rubric)}
    several = len({point.asked.stratum for point in points}) > 1
    lines: list[PointLine] = []
    part = ""
    for point in points:
        begins, part = several and point.asked.stratum != part, point.asked.stratum
        mark = review.mark(task, point.key)
        lines.append(
            PointLine(
                key=point.key,
                title=point.asked.title,
                shape=grade_shape(point.asked, mark),
                word=grade_word(point.asked, mark),
                unsure=point.key in review.unsure[task.turn],
                heading=titles.get(part, part) if begins else "",
            )
        )
    return lines


def evidence_of(review: Review, task: ReviewTask, marking: BlindMarking) -> list[Evidence]:
    """Return every passage that she attached, in its grade's shape."""
    found: list[Evidence] = []
    for point in review.points(task):
        mark = review.mark(task, point.key)
        spans = mark.evidence if mark is not None else marking.waiting(task, point.key).evidence
        shape = grade_shape(point.asked, mark)
        found += [Evidence(point.key, span.start, span.end, shape) for span in spans]
    return found


def progress_of(review: Review, sitting: Sitting, left: str, saved: str) -> Progress:
    """Return how far she is."""
    words = _tr("Answer {number} of {total}")
    return Progress(
        place=words.format(number=sitting.task.number + 1, total=len(review.tasks)),
        done=review.done(),
        total=len(review.tasks),
        left=left,
        saved=saved,
        unsure=len(sitting.waiting_unsure()),
        skipped=len(sitting.waiting_skipped()),
    )


def precedent_line(asked: Asked, found: Precedent, decided: str) -> PrecedentLine:
    """Return an earlier mark in words."""
    when = day_text(found.verdict.at)
    if found.is_old_wording:
        when = _tr("{day}, under other words").format(day=when)
    elif found.is_earlier_round:
        when = _tr("{day}, in an earlier round").format(day=when)
    return PrecedentLine(
        grade=grade_word(asked, found.verdict),
        shape=grade_shape(asked, found.verdict),
        when=when,
        excerpt=found.excerpt,
        reason=found.verdict.reason,
        decided=decided,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("review_view", text)
