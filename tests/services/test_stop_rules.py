"""Whether a round reached what it had set itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.estimate import Estimate
from rubric_studio.domain.round import StopRule
from rubric_studio.services.stop_rules import missing_for, standing_of, stop_state
from tests.services.rated_project import ANNA, BRUNO, RatedProject, guide

RULE = StopRule(statistic="percent", target=0.8, lower=0.6, least=10)
MIXED = [1, 0, 0.5, 1] * 3


@pytest.fixture
def project(tmp_path: Path) -> Iterator[RatedProject]:
    made = RatedProject(tmp_path, 12)
    yield made
    made.store.close()


@pytest.mark.parametrize(
    ("figure", "n", "missing"),
    [
        (Estimate(40, 0.9, 0.7, 0.95), 40, ()),
        (Estimate(40, 0.8, 0.6, 0.95), 40, ()),
        (Estimate(40, 0.79, 0.7, 0.9), 40, ("value",)),
        (Estimate(40, 0.9, 0.5, 0.95), 40, ("lower bound",)),
        (Estimate(9, 0.9, 0.7, 0.95), 9, ("samples",)),
        (Estimate(40, 0.9), 40, ("interval",)),
        (Estimate(40, None, reason="one level"), 40, ("withheld",)),
        (Estimate(3, 0.2), 3, ("samples", "value", "interval")),
    ],
)
def test_what_a_figure_lacks(figure: Estimate, n: int, missing: tuple[str, ...]) -> None:
    assert missing_for(RULE, figure, n) == missing


def test_every_criterion_must_reach_the_rule() -> None:
    assert standing_of(["reached", "reached"]) == "reached"
    assert standing_of(["reached", "not yet", "cannot be said"]) == "not yet"
    assert standing_of(["reached", "cannot be said"]) == "cannot be said"
    assert standing_of([]) == "cannot be said"


def test_a_round_that_agrees_reaches_its_rule(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    round = project.round(rubric, {ANNA: {"good": MIXED}, BRUNO: {"good": MIXED}}, stop=RULE)
    state = stop_state(project.store, round)
    # Twelve of twelve: Wilson's lower end is 12 / (12 + 3.84) = .757.
    assert (state.standing, state.reason, state.part) == ("reached", "", "all")
    assert state.points[0].figure.low == pytest.approx(0.757, abs=1e-3)


def test_one_criterion_that_falls_short_keeps_it_open(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?", brief="Brief?"))
    said = {ANNA: {"good": MIXED, "brief": MIXED}, BRUNO: {"good": MIXED, "brief": [0.5] * 12}}
    state = stop_state(project.store, project.round(rubric, said, stop=RULE))
    assert state.standing == "not yet"
    assert [each.standing for each in state.points] == ["reached", "not yet"]
    assert state.weakest is not None
    assert state.weakest.key == "brief"


def test_missing_samples_are_counted(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    said = {ANNA: {"good": MIXED[:7]}, BRUNO: {"good": MIXED[:7]}}
    (point,) = stop_state(project.store, project.round(rubric, said, stop=RULE)).points
    assert (point.standing, point.more_samples) == ("not yet", 3)
    assert "samples" in point.missing


def test_it_is_measured_on_what_is_held_out(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    other = [0, 1, *MIXED[2:]]
    said = {ANNA: {"good": MIXED}, BRUNO: {"good": other}}
    state = stop_state(project.store, project.round(rubric, said, stop=RULE, held_out=range(2, 12)))
    assert (state.part, state.points[0].figure.n, state.points[0].figure.value) == ("held_out", 10, 1.0)


def test_where_all_grades_are_one_it_cannot_be_said(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    rule = StopRule(statistic="alpha_ordinal", least=10)
    said = {ANNA: {"good": [1] * 12}, BRUNO: {"good": [1] * 12}}
    state = stop_state(project.store, project.round(rubric, said, stop=rule))
    assert (state.standing, state.points[0].missing) == ("cannot be said", ("withheld",))
    assert state.points[0].figure.reason == "one level"


def test_without_a_rule_or_before_the_end_it_cannot_be_said(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    assert stop_state(project.store, project.round(rubric, {ANNA: {"good": [1]}})).reason == "no rule"
    open_round = project.round(rubric, {ANNA: {"good": [1]}}, stop=RULE, closed=False)
    assert stop_state(project.store, open_round).reason == "still open"
    nobody = project.round(rubric, {ANNA: {"good": []}}, stop=RULE)
    assert stop_state(project.store, nobody).reason == "nothing scored"
