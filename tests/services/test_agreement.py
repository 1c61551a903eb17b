"""Agreement over a project: whose verdicts, on which samples, under which words; figures worked out by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import CriterionKey
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.agreement import AgreementChoice, AgreementReport, PointFigures, agreement_report
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import KeepMarks, perform
from rubric_studio.services.marks import EXPERTS, rater_choice
from rubric_studio.services.scores import project_scores
from rubric_studio.services.versions import reworded
from tests.services.rated_project import ANNA, BRUNO, CLARA, RatedProject, guide


@pytest.fixture
def project(tmp_path: Path) -> Iterator[RatedProject]:
    made = RatedProject(tmp_path, 4)
    yield made
    made.store.close()


def report(project: RatedProject, rubric: Rubric, **choice: object) -> AgreementReport:
    return agreement_report(project.store, rubric, AgreementChoice(**choice))  # type: ignore[arg-type]


def point(found: AgreementReport, key: str = "good") -> PointFigures:
    figures = found.point(key)
    assert figures is not None
    return figures


def lines(figures: PointFigures) -> dict[str, list[float | None]]:
    """The table by row, in what codes are worth."""
    scale = figures.table.scale
    return {
        str(sample.row): [None if code < 0 else scale[code] for code in codes]
        for sample, codes in zip(figures.samples, figures.table.codes.tolist(), strict=True)
    }


# ---- tables


def test_levels_are_codes_by_value_and_a_missing_mark_is_missing(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.mark(rubric, {ANNA: {"good": [1, 0.5, 0]}, BRUNO: {"good": [1, 0, None, 1]}})
    found = point(report(project, rubric))
    assert found.table.scale == (0.0, 0.5, 1.0)
    assert [rater.name for rater in found.raters] == ["Anna", "Bruno"]
    assert lines(found) == {"q0000": [1, 1], "q0001": [0.5, 0], "q0002": [0, None], "q0003": [None, 1]}
    # Two samples have two grades, one the same.
    assert (found.statistics.n, found.statistics.percent.value) == (2, 0.5)


def test_not_applicable_is_no_rating_and_is_told(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.mark(rubric, {ANNA: {"good": [1, "absent", "absent"]}, BRUNO: {"good": [1, 1, "absent"]}})
    found = point(report(project, rubric))
    assert lines(found) == {"q0000": [1, 1], "q0001": [None, 1]}
    assert found.na_differs == 1


def test_a_criterion_without_levels_has_the_values_that_were_given(project: RatedProject) -> None:
    plain = {"strata": [{"key": "case", "criteria": [{"key": "good"}]}]}
    rubric = project.save(Rubric.model_validate(plain))
    project.mark(rubric, {ANNA: {"good": [1, 0.5]}, BRUNO: {"good": [1, 1]}})
    # The levels of the mark are none of the criterion's: a grade that is no longer there is no rating.
    assert point(report(project, rubric)).samples == ()


def test_a_later_mark_takes_the_place_of_the_earlier(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.mark(rubric, {ANNA: {"good": [0]}})
    project.mark(rubric, {ANNA: {"good": [1]}})
    assert lines(point(report(project, rubric))) == {"q0000": [1]}


def test_nothing_marked_gives_reasons_and_no_figures(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    found = report(project, rubric)
    assert (found.raters, found.n_samples, found.same.value) == ((), 0, None)
    percent = point(found).statistics.percent
    assert (percent.n, percent.value) == (0, None)
    assert percent.reason


# ---- whose verdicts


def test_rounds_count_what_their_closings_name_and_all_counts_everything(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, {ANNA: {"good": [1, 1]}, BRUNO: {"good": [1, 0]}})
    project.mark(
        rubric, {CLARA: {"good": [0, 0]}, BRUNO: {"good": [1, 1]}}
    )  # afterwards, having seen the others
    assert lines(point(report(project, rubric, basis="rounds"))) == {"q0000": [1, 1], "q0001": [1, 0]}
    assert lines(point(report(project, rubric, basis="all"))) == {"q0000": [1, 1, 0], "q0001": [1, 1, 0]}


def test_an_open_round_counts_nothing(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, {ANNA: {"good": [1]}, BRUNO: {"good": [1]}}, closed=False)
    assert report(project, rubric, basis="rounds").n_samples == 0
    assert report(project, rubric, basis="all").n_samples == 0


def test_one_round_can_be_looked_at_alone(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    both = {ANNA: {"good": [1, 1]}, BRUNO: {"good": [1, 0]}}
    first = project.round(rubric, both, only=[0, 1])
    project.round(rubric, {ANNA: {"good": [None, None, 0]}, BRUNO: {"good": [None, None, 0]}}, only=[2])
    assert list(lines(point(report(project, rubric, basis="rounds", round=first)))) == ["q0000", "q0001"]
    assert report(project, rubric, basis="rounds").n_samples == 3


def test_a_hidden_repeat_counts_neither_for_agreement_nor_for_the_score(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    again = {ANNA: {"good": [0]}}
    project.round(rubric, {ANNA: {"good": [1]}, BRUNO: {"good": [1]}}, again=again)
    for basis in ("rounds", "all"):
        assert lines(point(report(project, rubric, basis=basis))) == {"q0000": [1, 1]}
    scores = list(project_scores(project.store, rubric, rater_choice(project.store, EXPERTS)))
    assert scores[0].score == 1


def test_judges_are_compared_where_they_are_named(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.mark(rubric, {ANNA: {"good": [1, 0]}})
    asked = questionnaire(project.store, rubric).criteria()[0]
    sample = project.samples[0]
    said = Verdict(
        sample=sample.key,
        criterion=CriterionKey("good"),
        question=asked.question.on_row(project.rows[sample.row]),
        rater=Rater(kind="judge", name="gpt"),
        state=State.SCORED,
        value=0.5,
        level="partly",
    )
    with project.store.writing() as writer:
        writer.source(Source(id="judged", kind="verdicts", name="judged"))
        writer.judge_verdicts([said])
    assert [rater.kind for rater in report(project, rubric).raters] == ["expert"]
    found = point(report(project, rubric, raters=(ANNA, "gpt")))
    assert [(rater.name, rater.kind) for rater in found.raters] == [("Anna", "expert"), ("gpt", "judge")]
    assert lines(found) == {"q0000": [1, 0.5], "q0001": [0, None]}


def test_a_stranger_is_refused(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    with pytest.raises(StudioError, match="Nobody"):
        report(project, rubric, raters=("Nobody",))


# ---- under which words


def test_an_old_wording_is_left_out_unless_it_was_only_a_typo(project: RatedProject) -> None:
    old = project.save(guide(good="Good"))
    project.mark(old, {ANNA: {"good": [1, 1]}, BRUNO: {"good": [1, 0]}})
    new = project.save(guide(good="Good?"))
    project.mark(new, {BRUNO: {"good": [0]}})
    assert lines(point(report(project, new))) == {"q0000": [0]}
    (change,) = reworded(old, new)
    perform(project.store, KeepMarks(criterion="good", old=change.old, new=change.new), project.authors[ANNA])
    # Bruno's mark under the newest words stands where he gave two.
    assert lines(point(report(project, new))) == {"q0000": [1, 0], "q0001": [1, 0]}


# ---- strata, total, rows' own criteria


def test_strata_and_total_are_each_raters_own(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?", brief="Brief?"))
    project.mark(rubric, {
        ANNA: {"good": [1, 1, 0], "brief": [1, 0, 0]},
        BRUNO: {"good": [1, 0.5, 0], "brief": [1, 0, None]},
    })  # fmt: skip
    found = report(project, rubric)
    assert found.total is not None
    # Means of the two criteria; Bruno's third has a mark missing and so no total.
    assert lines(found.total) == {"q0000": [1, 1], "q0001": [0.5, 0.25], "q0002": [0, None]}
    assert [(part.key, part.title) for part in found.strata] == [("case", "The case"), ("row", "row")]
    assert lines(found.strata[0]) == lines(found.total)
    assert found.strata[1].samples == ()


def test_the_share_of_same_grades_is_over_all_pairs(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?", brief="Brief?"))
    project.mark(rubric, {
        ANNA: {"good": [1, 1], "brief": [1]},
        BRUNO: {"good": [1, 0], "brief": [1]},
        CLARA: {"good": [1]},
    })  # fmt: skip
    # good: 3 of 3 pairs and 0 of 1; brief: 1 of 1.
    same = report(project, rubric).same
    assert (same.n, same.value) == (5, 0.8)


def test_rows_own_criteria_stand_by_key_and_together(tmp_path: Path) -> None:
    project = RatedProject(tmp_path, 3, {0: ["a", "b"], 1: ["a"], 2: ["c"]})
    rubric = project.save(guide(good="Good?"))
    project.mark(rubric, {ANNA: {"row:a": [1, 0], "row:b": [1]}, BRUNO: {"row:a": [1, 1], "row:b": [1]}})
    found = report(project, rubric)
    project.store.close()
    assert [each.key for each in found.points] == ["good", "row:a", "row:b"]
    assert point(found, "row:a").statistics.percent.value == 0.5
    # Three lines of two samples: a on both, b on the first.
    assert found.own is not None
    assert found.own.statistics.percent.value == pytest.approx(2 / 3)
    assert [sample.row for sample in found.own.samples] == ["q0000", "q0001", "q0000"]


# ---- what may be quoted


def test_without_a_held_out_part_nothing_may_be_quoted(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, {ANNA: {"good": [1]}, BRUNO: {"good": [1]}})
    assert report(project, rubric, basis="rounds").final.reason == "nothing held out"


def test_the_final_figure_is_of_the_held_out_part_only(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    said = {ANNA: {"good": [1, 1, 0, 1]}, BRUNO: {"good": [0, 0, 0, 0]}}
    project.round(rubric, said, held_out=[2, 3])
    found = report(project, rubric, basis="rounds", part="tuned")
    # On the tuned part nothing is the same, on the held-out part one of two.
    assert found.same.value == 0
    assert (found.final.reason, found.final.rows, found.final.samples, found.final.experts) == ("", 2, 2, 2)
    assert found.final.same is not None
    assert (found.final.same.n, found.final.same.value) == (2, 0.5)
    assert [each.key for each in found.final.points] == ["good"]
    assert report(project, rubric, basis="rounds", part="held_out").same.value == 0.5


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({ANNA: {"good": [1, 1]}, BRUNO: {"good": [1, 1]}}, "not scored"),
        ({ANNA: {"good": [1, 1, 1]}, BRUNO: {"good": [1, 1]}}, "one expert"),
    ],
)
def test_why_there_is_no_final_figure(project: RatedProject, said: dict, reason: str) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, said, held_out=[2, 3])
    assert report(project, rubric, basis="rounds").final.reason == reason


def test_a_held_out_part_scored_under_old_words_is_not_quoted(project: RatedProject) -> None:
    old = project.save(guide(good="Good"))
    project.round(old, {ANNA: {"good": [1, 1, 1]}, BRUNO: {"good": [1, 1, 1]}}, held_out=[2])
    new = project.save(guide(good="Good indeed?"))
    assert report(project, new, basis="rounds").final.reason == "other wording"
