"""Experts among themselves beside a judge with them, on the same samples; figures worked out by hand."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import CriterionKey
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.human_ceiling import human_ceiling
from tests.services.rated_project import ANNA, BRUNO, NAMES, RatedProject, guide


@pytest.fixture
def project(tmp_path: Path) -> Iterator[RatedProject]:
    made = RatedProject(tmp_path, 4)
    yield made
    made.store.close()


def judge_says(project: RatedProject, rubric: Rubric, grades: Sequence[float]) -> None:
    asked = questionnaire(project.store, rubric).criteria()[0]
    said = [
        Verdict(
            sample=sample.key,
            criterion=CriterionKey(asked.key),
            question=asked.question.on_row(project.rows[sample.row]),
            rater=Rater(kind="judge", name="gpt"),
            state=State.SCORED,
            value=grade,
            level=NAMES[grade],
        )
        for sample, grade in zip(project.samples, grades, strict=False)
    ]
    with project.store.writing() as writer:
        writer.source(Source(id="judged", kind="verdicts", name="judged"))
        writer.judge_verdicts(said)


def test_only_samples_with_two_experts_and_the_judge_are_compared(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.mark(rubric, {ANNA: {"good": [1, 1, 0, 0]}, BRUNO: {"good": [1, 0, 0.5]}})
    judge_says(project, rubric, [1, 0.5])
    found = human_ceiling(project.store, rubric, "gpt")
    (point,) = found.points
    # First: all the same. Second: experts 1 and 0 are a whole scale apart, the judge's .5 is half from each.
    assert (point.key, point.samples) == ("good", 2)
    assert (point.experts.value, point.judge.value) == (0.5, 0.75)
    assert (point.experts_same.value, point.judge_same.value) == (0.5, 0.5)
    assert point.difference is not None
    assert (point.difference.n, point.difference.mean) == (2, 0.25)
    assert found.whole.experts == point.experts


def test_without_common_samples_there_is_no_point(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.mark(rubric, {ANNA: {"good": [1]}})
    judge_says(project, rubric, [1])
    found = human_ceiling(project.store, rubric, "gpt")
    assert found.points == ()
    assert (found.whole.samples, found.whole.experts.value, found.whole.difference) == (0, None, None)


def test_an_unknown_judge_is_refused(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    with pytest.raises(StudioError, match="nobody"):
        human_ceiling(project.store, rubric, "nobody")
