"""What each rater alone would make of a sample."""

from pathlib import Path

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.agreement_choice import AgreementChoice, chosen_verdicts
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.expert_ratings import PointRatings
from rubric_studio.services.rater_scores import rater_ratings
from tests.services.rated_project import ANNA, BRUNO, LEVELS, RatedProject, guide

KEYS = ("a", "b", "c", "d", "e")


def totals(project: RatedProject, rubric: Rubric) -> PointRatings:
    verdicts = chosen_verdicts(project.store, AgreementChoice())
    found = rater_ratings(project.store, rubric, questionnaire(project.store, rubric), verdicts)
    assert found[-1].key == ""
    return found[-1]


def test_a_rater_with_a_mark_missing_has_no_total(tmp_path: Path) -> None:
    project = RatedProject(tmp_path, 2)
    rubric = project.save(guide(good="Good?", brief="Brief?"))
    project.mark(
        rubric, {ANNA: {"good": [1, 1], "brief": [0.5]}, BRUNO: {"good": [0, "absent"], "brief": [1, 1]}}
    )
    found = totals(project, rubric)
    project.store.close()
    # What does not apply drops out: Bruno's second is 1 of 1.
    assert [dict(line.given) for line in found.lines] == [{ANNA: 0.75, BRUNO: 0.5}, {BRUNO: 1.0}]


def test_more_than_a_hundred_different_totals_are_told_in_hundredths(tmp_path: Path) -> None:
    criteria = [{"key": key, "title": key, "levels": LEVELS, "weight": 3**at} for at, key in enumerate(KEYS)]
    rubric = Rubric.model_validate({"strata": [{"key": "case", "criteria": criteria}]})
    project = RatedProject(tmp_path, 121)
    project.save(rubric)
    said = {key: [(at // 3**place % 3) / 2 for at in range(121)] for place, key in enumerate(KEYS)}
    project.mark(rubric, {ANNA: said})
    found = totals(project, rubric)
    project.store.close()
    # The sum of (digit / 2) * 3^place is at / 2, out of 121.
    assert [line.given[ANNA] for line in found.lines] == [round(at / 2 / 121, 2) for at in range(121)]
