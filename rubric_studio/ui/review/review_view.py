"""What the board shows of a packet: lines, evidence, progress, earlier marks. No widget, nothing of anybody else."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.verdict import Verdict
from rubric_studio.grader.plan import with_row_stratum
from rubric_studio.services.asked import Asked
from rubric_studio.services.precedents import Precedent
from rubric_studio.services.review_tasks import ReviewTask, Turn
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


class PointLines:
    """The points of a task as lines; those of the same task whose mark is the same are not made anew."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._titles = _part_titles(review)
        self._turn: Turn | None = None
        self._known: dict[str, tuple[Verdict | None, bool, PointLine]] = {}

    def of(self, task: ReviewTask) -> list[PointLine]:
        """Return the points of a task with her marks; parts have headings where there are several."""
        if task.turn != self._turn:
            self._turn, self._known = task.turn, {}
        review, known = self._review, self._known
        points = review.points(task)
        marks, unsure = review.marks[task.turn], review.unsure[task.turn]
        several = len({point.asked.stratum for point in points}) > 1
        part = ""
        for point in points:
            begins, part = several and point.asked.stratum != part, point.asked.stratum
            key = point.key
            said = (marks.get(key), key in unsure)
            if known.get(key, _NOTHING)[:2] != said:
                known[key] = (
                    *said,
                    _line(point.asked, *said, self._titles.get(part, part) if begins else ""),
                )
        return [known[point.key][2] for point in points]


_NOTHING = (None, None, None)


def _part_titles(review: Review) -> dict[str, str]:
    rubric = review.asking.rubric
    return {str(stratum.key): part_title(stratum, rubric) for stratum in with_row_stratum(rubric)}


def _line(asked: Asked, mark: Verdict | None, unsure: bool, heading: str) -> PointLine:
    return PointLine(
        key=asked.key,
        title=asked.title,
        shape=grade_shape(asked, mark),
        word=grade_word(asked, mark),
        unsure=unsure,
        heading=heading,
    )


def evidence_of(review: Review, task: ReviewTask, marking: BlindMarking) -> list[Evidence]:
    """Return every passage that she attached, in its grade's shape."""
    found: list[Evidence] = []
    for point in review.points(task):
        mark = review.mark(task, point.key)
        spans = mark.evidence if mark is not None else marking.waiting(task, point.key).evidence
        if not spans:
            continue
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
