"""How far single marks can move a total."""

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.influence import influence
from rubric_studio.store.project_file import ProjectFile
from tests.services.judged_project import GUIDE

ROW = Row(id=RowId("r"), prompt=user_prompt("A case?"))


def test_influence_is_how_far_a_mark_moves_the_total(store: ProjectFile) -> None:
    assert influence(GUIDE, questionnaire(store, GUIDE).on(ROW)) == {"good": 1.0, "bad": 0.25}


def test_of_points_those_that_are_gained_make_the_whole(store: ProjectFile) -> None:
    points = Rubric.model_validate(GUIDE.to_json() | {"aggregation": "points_clipped"})
    # 3 of 3, and .25 of 3.
    assert influence(points, questionnaire(store, points).on(ROW))["bad"] == pytest.approx(0.25 / 3)
