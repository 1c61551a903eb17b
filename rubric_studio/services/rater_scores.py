"""What each rater alone would make of a sample: its total and the value of each part. Compares nobody."""

from collections.abc import Mapping, Sequence

from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.plan import Plan, plan_of, with_row_stratum
from rubric_studio.grader.scoring import Graded, criterion_states, total
from rubric_studio.services.asked import Asked, Questionnaire, accepted_questions
from rubric_studio.services.expert_ratings import Line, PointRatings, Verdicts, marked_rows
from rubric_studio.services.marks import Counting, Mark, MarkBook, RaterChoice, combined
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
        asked, counting = asking.on(row), Counting(_checks(store, infos), NOBODY)
        for info in infos:
            by_rater = _marks(row, asked, counting, verdicts, info)
            graded = {rater: _graded(plan, row, marks) for rater, marks in by_rater.items()}
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


def _graded(plan: Plan, row: Row, marks: Mapping[str, Mark]) -> Graded:
    own = [{"key": each.key, "weight": each.weight} for each in row.criteria]
    given = {key: (mark.state.value, mark.value, mark.reason) for key, mark in marks.items()}
    return total(plan, criterion_states(plan, row.reference, given, own), own)


def read_strata(rubric: Rubric) -> dict[str, str]:
    """The strata in which somebody reads and judges, with their titles, in guide order."""
    return {
        str(stratum.key): stratum.title or str(stratum.key)
        for stratum in with_row_stratum(rubric)
        if stratum.key == rubric.row_criteria or any(each.is_judged for each in stratum.criteria)
    }


def _checks(store: Store, infos: Sequence[SampleInfo]) -> MarkBook:
    book = MarkBook()
    for check in store.check_verdicts([info.id for info in infos]):
        book.checks[(check.sample, check.question)] = check
    return book


def _marks(
    row: Row, asked: Sequence[Asked], counting: Counting, verdicts: Verdicts, info: SampleInfo
) -> dict[str, dict[str, Mark]]:
    """For each rater who said something of the sample, the mark on every criterion."""
    questions = accepted_questions(asked, row)
    sample = (info.id, info.key)
    checks = {
        each.key: counting.mark(each, questions[each.key], sample) for each in asked if not each.is_judged
    }
    judged = {each.key: each for each in asked if each.is_judged}
    said = {key: verdicts.on(questions[key], info.key) for key in judged}
    raters = dict.fromkeys(rater for by_rater in said.values() for rater in by_rater)
    return {
        rater: checks
        | {key: combined(judged[key], [by[rater]] if rater in by else []) for key, by in said.items()}
        for rater in raters
    }
