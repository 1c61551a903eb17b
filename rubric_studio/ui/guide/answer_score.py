"""An answer's total in the window's words: the badge, and how many points are left to mark. No widget."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.verdict import State
from rubric_studio.grader.scoring import NO_CRITERIA, NO_WEIGHT, UNSCORED
from rubric_studio.services.mark import NOT_RATED
from rubric_studio.services.scores import SampleScore
from rubric_studio.ui.guide.question_marks import NOT_CHECKED
from rubric_studio.ui.guide.scored_question import ScoredQuestion
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.score_badge import BadgeScore
from rubric_studio.ui.state_shape import Shape, shape_of


def badge_score(question: ScoredQuestion, id: int, model: int | None = None) -> BadgeScore:
    """Return what the badge of an answer shows."""
    score = question.score(id)
    return BadgeScore(
        value=score.score,
        low=None if score.score is not None else score.low,
        high=None if score.score is not None else score.high,
        reason=reason_text(score),
        difference=question.difference(id),
        model=model,
    )


def to_mark_text(question: ScoredQuestion, id: int) -> str:
    """Return how many points wait for a mark: "2 points to mark", "" where none does."""
    waiting = len(question.to_mark(id))
    if waiting:
        return _tr("1 point to mark") if waiting == 1 else _tr("{count} points to mark").format(count=waiting)
    missing = [question.score(id).marks[key] for key in question.score(id).missing]
    if any(mark.reason == NOT_CHECKED for mark in missing):
        return _tr("being checked")
    return _tr("could not be marked") if missing else ""


def reason_text(score: SampleScore) -> str:
    """Return why there is no total yet; "" where there is one."""
    if score.score is not None:
        return ""
    if score.missing and score.low is not None and score.high is not None:
        among = sum(mark.state is not State.NOT_APPLICABLE for mark in score.marks.values())
        words = _tr(
            "No score yet: {missing} of {among} points are unmarked. It will lie between {low} and {high}."
        )
        return words.format(
            missing=len(score.missing), among=among, low=score_text(score.low), high=score_text(score.high)
        )
    if f" {UNSCORED}: " in score.reason:  # an imported formula reads what may be any number
        return _tr("{reason}. Between which numbers the score will lie cannot be told.").format(
            reason=score.reason
        )
    known = {
        NO_CRITERIA: _tr("No score: no point applies to this answer."),
        NO_WEIGHT: _tr("No score: the points that apply have no weight."),
    }
    return known.get(score.reason, score.reason)


def answer_shape(question: ScoredQuestion, id: int) -> Shape:
    """Return the state of an answer as a whole: how good, or that it waits for a person or could not be scored."""
    score = question.score(id)
    if score.score is not None:
        return shape_of(score.score)
    if not score.missing:
        return Shape.NOT_APPLICABLE
    reasons = {score.marks[key].reason for key in score.missing}
    return Shape.PERSON if reasons & {NOT_RATED, NOT_CHECKED} else Shape.FAULT


def _tr(text: str) -> str:
    return QCoreApplication.translate("answer_score", text)
