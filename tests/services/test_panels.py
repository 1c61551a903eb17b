"""Panels: what they make of their members' marks, and that they can be chosen wherever a judge can."""

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import CriterionKey
from rubric_studio.domain.judge import Panel
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.verdict import Rater, Span, State, Verdict
from rubric_studio.grader.verdict_column import SCORED
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import Author, ChangeSetting, GiveMark, perform
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.judges import ChooseJudge, RemovePanel, SavePanel
from rubric_studio.services.mark import Mark
from rubric_studio.services.marks import AS_TRAINED, CHOSEN_JUDGE, rater_choice
from rubric_studio.services.panels import judge_names, panel_mark, panels
from rubric_studio.services.scores import project_scores
from rubric_studio.services.version_marks import mark_points
from rubric_studio.store.project_file import ProjectFile

RUBRIC = Rubric.model_validate(
    {"row_criteria": None, "strata": [{"key": "all", "criteria": [{"key": "steps", "levels": [
        {"key": "fully", "value": 1, "text": "All."}, {"key": "partly", "value": 0.5, "text": "Some."},
        {"key": "no", "value": 0, "text": "None."}]}]}]}
)  # fmt: skip
NAMES = ("A", "B", "C")
LEVELS = {"fully": 1.0, "partly": 0.5, "no": 0.0}


def mark(level: str) -> Mark:
    if level == "n/a":
        return Mark(State.NOT_APPLICABLE, at="1")
    if level == "":
        return Mark(State.UNSCORED, reason="not rated yet")
    return Mark(State.SCORED, LEVELS[level], level, f"{level} it is", at="1")


def said(rule: str, *levels: str) -> Mark:
    panel = Panel.model_validate({"name": "P", "members": NAMES[: len(levels)], "rule": rule})
    return panel_mark(panel, dict(zip(NAMES, map(mark, levels), strict=False)))


@pytest.mark.parametrize(
    ("rule", "levels", "value"),
    [
        ("mean", ("fully", "partly", "no"), 0.5),  # (1 + .5 + 0) / 3
        ("mean", ("fully", "fully", "partly"), 2.5 / 3),
        ("median", ("fully", "fully", "no"), 1.0),
        ("median", ("fully", "partly"), 0.75),  # the middle of two
        ("majority", ("fully", "fully", "no"), 1.0),
        ("mean", ("fully", "n/a"), 1.0),  # as many say it applies: their mean
    ],
)
def test_a_panel_takes_the_mean_the_median_or_the_majority(rule: str, levels: tuple[str, ...], value: float):
    found = said(rule, *levels)
    assert (found.state, found.value) == (State.SCORED, pytest.approx(value))
    assert found.raters == (Rater(kind="judge", name="P"),)


def test_the_reason_names_who_said_what():
    assert said("mean", "fully", "no").reason == "A: fully it is\nB: no it is"


def test_a_level_that_all_or_most_gave_is_kept():
    assert said("mean", "partly", "partly").level == "partly"
    assert said("mean", "fully", "no").level is None
    assert said("majority", "no", "partly", "no").level == "no"


@pytest.mark.parametrize("rule", ["mean", "median", "majority"])
def test_most_saying_that_it_does_not_apply_is_not_applicable(rule: str):
    assert said(rule, "n/a", "n/a", "fully").state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("levels", "reason"),
    [
        (("fully", "no"), "the panel is split: A says fully, B says no"),
        (("fully", "partly", "no"), "the panel is split: A says fully, B says partly, C says no"),
        (("fully", "n/a"), "the panel is split: A says fully, B says does not apply"),
    ],
)
def test_a_split_majority_is_unscored(levels: tuple[str, ...], reason: str):
    found = said("majority", *levels)
    assert (found.state, found.value, found.reason) == (State.UNSCORED, None, reason)


@pytest.mark.parametrize("rule", ["mean", "median", "majority"])
def test_a_member_that_has_not_marked_leaves_the_panel_unscored_and_is_named(rule: str):
    found = said(rule, "fully", "", "fully")
    assert (found.state, found.reason) == (State.UNSCORED, "the panel has no mark of B (not rated yet)")


# ---- in a project


def give(store: ProjectFile, author: Author, judge: str, levels: dict[str, str]) -> None:
    """Bring in one judge's marks by the sample's model (of the row q1)."""
    row = next(row for row in store.rows() if row.id == "q1")
    asked = questionnaire(store, RUBRIC).on(row)[0]
    samples = {sample.model: sample for _, sample in store.samples_of(row.id)}
    verdicts = [
        Verdict(
            sample=samples[model].key,
            criterion=CriterionKey("steps"),
            question=asked.question.on_row(row),
            rater=Rater(kind="judge", name=judge),
            state=State.SCORED,
            value=LEVELS[level],
            level=level,
            evidence=(Span(start=0, end=1),),
        )
        for model, level in levels.items()
    ]
    carry_out(store, ImportPlan(ImportedFile(name=judge, kind="verdicts"), judged=tuple(verdicts)), author)


@pytest.fixture
def marked(store: ProjectFile, author: Author) -> ProjectFile:
    give(store, author, "A", {"alder": "fully", "birch": "fully"})
    give(store, author, "B", {"alder": "partly"})
    perform(store, SavePanel(panel=Panel(name="Both", members=("A", "B"))), author)
    return store


def scores(store: ProjectFile, rater: str = AS_TRAINED) -> dict[str, float | None]:
    found = project_scores(store, RUBRIC, rater_choice(store, rater))
    return {f"{each.sample.row} {each.sample.model}": each.score for each in found}


def test_scores_of_a_panel_are_those_of_its_members_marks(marked: ProjectFile):
    assert scores(marked, "Both") == {"q1 alder": 0.75, "q1 birch": None, "q2 alder": None}
    birch = next(each for each in project_scores(marked, RUBRIC, rater_choice(marked, "Both"))
                 if each.sample.model == "birch")  # fmt: skip
    assert birch.marks["steps"].reason == "the panel has no mark of B (not rated yet)"


def test_a_chosen_panel_counts_as_trained_and_people_close_what_it_left_open(
    marked: ProjectFile, author: Author
):
    perform(marked, ChooseJudge(rater="Both"), author)
    choice = rater_choice(marked)
    assert (choice.judge, choice.panel and choice.panel.members) == ("Both", ("A", "B"))
    row = next(row for row in marked.rows() if row.id == "q1")
    asked = questionnaire(marked, RUBRIC).on(row)[0]
    birch = next(sample for _, sample in marked.samples_of(row.id) if sample.model == "birch")
    mark = GiveMark(sample=birch.key, criterion="steps", question=asked.question.on_row(row),
                    person=author.person, level="no", value=0.0)  # fmt: skip
    perform(marked, mark, author)
    assert scores(marked) == {"q1 alder": 0.75, "q1 birch": 0.0, "q2 alder": None}


def test_columns_of_marks_follow_a_panel_too(marked: ProjectFile):
    points = mark_points(marked, [RUBRIC], rater_choice(marked, "Both"))
    (entries,) = points.entries.values()
    assert entries.values[entries.states == SCORED].tolist() == [0.75]


def test_a_panel_can_be_taken_away(marked: ProjectFile, author: Author):
    assert judge_names(marked) == ["A", "B", "Both"]
    perform(marked, RemovePanel(name="Both"), author)
    assert not panels(marked)
    with pytest.raises(StudioError) as caught:
        rater_choice(marked, "Both")
    assert caught.value.hint == "Raters: A, B, Anna, Bruno."


def test_projects_without_panels_choose_as_before(marked: ProjectFile, author: Author):
    perform(marked, ChangeSetting(name=CHOSEN_JUDGE, value="A"), author)
    choice = rater_choice(marked)
    assert (choice.judge, choice.panel) == ("A", None)
