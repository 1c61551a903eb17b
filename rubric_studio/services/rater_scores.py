"""What each rater alone would make of a sample: its total and the value of each part. Compares nobody."""

from collections.abc import Mapping, Sequence

from rubric_studio.domain.given_mark import GivenMark
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject
from rubric_studio.grader.plan import Plan, plan_of, with_row_stratum
from rubric_studio.grader.scoring import NOT_RATED, SCORED, UNSCORED, Graded, State, criterion_states, total
from rubric_studio.services.asked import Asked, Questionnaire, accepted_questions
from rubric_studio.services.expert_ratings import (
    Line,
    PointRatings,
    Verdicts,
    grade_worth,
    level_worths,
    marked_rows,
)
from rubric_studio.services.marks import Counting, MarkBook, RaterChoice
from rubric_studio.services.ports import Progress, Store, no_progress

NOBODY = RaterChoice("", None, several_judges=False, person=None)
"""For checks: they count whoever is chosen."""
TOTAL = ""
MOST_VALUES = 100
COARSE = 2


def rater_ratings(
    store: Store, rubric: Rubric, asking: Questionnaire, verdicts: Verdicts, progress: Progress = no_progress
) -> list[PointRatings]:
    """Score every sample on which any of the raters said something, by each rater's own verdicts and the checks.

    It is the formula by which everything is scored. One entry for each stratum in which somebody judges, in guide
    order, the total last (key ""). A rater with a mark missing has no value there.
    """
    strata = read_strata(rubric)
    lines: dict[str, list[Line]] = {key: [] for key in (*strata, TOTAL)}
    plan = plan_of(rubric)
    for row, infos in marked_rows(store, verdicts, progress):
        asked, counting = _Asking(row, asking.on(row)), Counting(_checks(store, infos), NOBODY)
        own: list[JsonObject] = [{"key": each.key, "weight": each.weight} for each in row.criteria]
        for info in infos:
            by_rater = asked.states(counting, verdicts, info)
            graded = {rater: _graded(plan, row, own, states) for rater, states in by_rater.items()}
            for key, found in lines.items():
                values = {
                    rater: each.score if key == TOTAL else each.strata.get(key)
                    for rater, each in graded.items()
                }
                given = {rater: value for rater, value in values.items() if value is not None}
                if given:
                    found.append(Line(info, given))
    titles = strata | {TOTAL: ""}
    return [PointRatings(key, titles[key], key, (), _coarse(found)) for key, found in lines.items()]


def _coarse(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines as they are; in hundredths where there are more different values than anybody could tell apart."""
    values = {value for line in lines for value in line.given.values()}
    if len(values) <= MOST_VALUES:
        return tuple(lines)
    return tuple(
        Line(sample, {rater: value and round(value, COARSE) for rater, value in given.items()})
        for sample, given in lines
    )


def _graded(plan: Plan, row: Row, own: Sequence[JsonObject], given: Mapping[str, State]) -> Graded:
    return total(plan, criterion_states(plan, row.reference, given, own), own)


def read_strata(rubric: Rubric) -> dict[str, str]:
    """The strata whose value depends on what somebody judges, with their titles, in guide order.

    Faults count against the total only: where nothing but faults is judged, the value is the program's, and that
    raters agree on it says nothing of them.
    """
    return {
        str(stratum.key): stratum.title or str(stratum.key)
        for stratum in with_row_stratum(rubric)
        if stratum.key == rubric.row_criteria
        or any(each.is_judged and each.weight > 0 for each in stratum.criteria)
    }


def _checks(store: Store, infos: Sequence[SampleInfo]) -> MarkBook:
    book = MarkBook()
    for check in store.check_verdicts([info.id for info in infos]):
        book.checks[(check.sample, check.question)] = check
    return book


class _Asking:
    """What is asked of one row, ready for its samples: questions and what grades are worth."""

    def __init__(self, row: Row, asked: Sequence[Asked]) -> None:
        self.questions = accepted_questions(asked, row)
        self.checks = [each for each in asked if not each.is_judged]
        self.judged = [
            (each.key, self.questions[each.key], level_worths(each)) for each in asked if each.is_judged
        ]

    def states(self, counting: Counting, verdicts: Verdicts, info: SampleInfo) -> dict[str, dict[str, State]]:
        """For each rater who said something of the sample, the state of every criterion."""
        sample = (info.id, info.key)
        marks = {each.key: counting.mark(each, self.questions[each.key], sample) for each in self.checks}
        checked = {key: (str(mark.state.value), mark.value, mark.reason) for key, mark in marks.items()}
        unsaid = dict.fromkeys((key for key, _, _ in self.judged), (UNSCORED, None, NOT_RATED))
        found: dict[str, dict[str, State]] = {}
        for key, questions, levels in self.judged:
            for rater, verdict in verdicts.on(questions, info.key).items():
                if rater not in found:
                    found[rater] = checked | unsaid
                found[rater][key] = _state(levels, verdict)
        return found


def _state(levels: Mapping[str, float], verdict: GivenMark) -> State:
    """What one rater's verdict makes of a criterion, as `combined` has it of several."""
    if verdict.state.value != SCORED:
        return verdict.state.value, None, ""
    value = grade_worth(levels, verdict)
    return (UNSCORED, None, "") if value is None else (SCORED, value + 0.0, "")
