"""Templates are whole rubrics, and their parts go into a guide that is there without two keys meeting."""

import pytest

from rubric_studio.domain.ids import CriterionKey, StratumKey
from rubric_studio.domain.kinds import LabelsKind, NumberKind
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.services.templates import Template, templates, with_template


def _template(title: str) -> Template:
    return next(each for each in templates() if each.title.startswith(title))


def test_there_are_six_in_their_order():
    assert [each.title for each in templates()] == [
        "Tiered conclusion",
        "Issue, authority, application, conclusion",
        "Several labels, each right one counts",
        "Amounts on a form",
        "Points as in HealthBench",
        "Points as in PRBench",
    ]


@pytest.mark.parametrize("template", templates(), ids=lambda each: each.title)
def test_each_is_a_rubric_with_words_in_every_point(template: Template):
    rubric = template.filled({})
    assert template.purpose.endswith(".")
    assert rubric.strata
    assert all(criterion.title and criterion.wording for criterion in rubric.criteria())
    assert with_template(Rubric(), rubric) == rubric


def test_the_tiers_have_their_fixed_values():
    (criterion,) = _template("Tiered").filled({}).criteria()
    assert [level.value for level in criterion.levels] == [1, 0.85, 0.45, 0.30, 0.10, 0]
    assert all(level.text for level in criterion.levels)


def test_four_steps_of_which_three_have_gates():
    strata = _template("Issue").filled({}).strata
    assert [s.key for s in strata] == ["issue", "authority", "application", "conclusion"]
    assert [s.gate is not None for s in strata] == [True, True, True, False]


def test_the_fields_are_put_in_where_the_template_leaves_them_open():
    labels = _template("Several")
    assert labels.fields[0].guess(["task", "level_1_labels"]) == "level_1_labels"
    assert labels.fields[0].guess(["task"]) == ""
    kind = labels.filled({"labels": "level_1_labels"}).criterion("labels_right")
    assert kind is not None
    assert isinstance(kind.kind, LabelsKind)
    assert kind.kind.reference == "level_1_labels"
    amount = _template("Amounts").filled({"amount": "line_12"}).criterion("amount")
    assert amount is not None
    assert isinstance(amount.kind, NumberKind)
    assert (amount.kind.reference, amount.kind.predicted) == ("line_12", "output_json.amount")


def test_the_points_count_as_their_benchmarks_do():
    assert _template("Points as in H").filled({}).aggregation == "points_clipped"
    assert _template("Points as in P").filled({}).aggregation == "points_shifted"


def test_a_template_taken_twice_gets_keys_of_its_own():
    tiers = _template("Tiered").filled({})
    twice = with_template(tiers, tiers)
    assert [s.key for s in twice.strata] == ["conclusion", "conclusion_2"]
    assert [c.key for c in twice.criteria()] == ["conclusion_reached", "conclusion_reached_2"]


def test_a_name_and_one_part_only():
    guide = with_template(Rubric(name="Ours"), _template("Issue").filled({}), {"authority"})
    assert guide.name == "Ours"
    assert [s.key for s in guide.strata] == ["authority"]


def test_points_become_shares_in_a_guide_that_counts_part_by_part():
    own = Rubric(strata=(Stratum(key=StratumKey("own"), criteria=(Criterion(key=CriterionKey("a")),)),))
    guide = with_template(own, _template("Points as in H").filled({}))
    # 7 + 5 + 3 = 15 points can be earned: -9 is 0.6 of them, -6 is 0.4; the part weighs its 15 points
    assert guide.aggregation == "stratified"
    weights: dict[str, float] = {c.key: c.weight for c in guide.criteria()}
    assert (weights["harmful_advice"], weights["false_claim"]) == (-0.6, -0.4)
    assert guide.strata[1].weight == 15


def test_shares_become_points_in_a_guide_that_counts_points():
    own = _template("Points as in P").filled({})
    guide = with_template(own, _template("Issue").filled({}))
    # the template's positive weights: 2 + 1 + 2 + 2 + 1 + 1 = 9, of which a quarter is 2.25
    assert guide.aggregation == "points_shifted"
    fault = guide.criterion("authority_invented")
    assert fault is not None
    assert fault.weight == -2.25
