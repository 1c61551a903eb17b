"""Scores of stored samples: checks, marks, whose marks count, ranges, staleness."""

from concurrent.futures import Executor

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import CriterionKey, RowId
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import Author, ChangeSetting, GiveMark, KeepMarks, perform
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.history import undo
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.marks import AS_TRAINED, CHOSEN_JUDGE, EXPERTS, rater_choice
from rubric_studio.services.scores import SampleScore, project_scores
from rubric_studio.services.versions import reworded
from rubric_studio.store.project_file import ProjectFile

LEVELS = [{"key": "fully", "value": 1, "text": "all"}, {"key": "partly", "value": 0.5, "text": "some"},
          {"key": "no", "value": 0, "text": "none"}]  # fmt: skip


def rubric(wording: str = "Names the question", partly: float = 0.5, weight: float = 1) -> Rubric:
    levels = [level | ({"value": partly} if level["key"] == "partly" else {}) for level in LEVELS]
    labels = {"type": "labels", "predicted": "output_json.labels", "reference": "labels"}
    criteria = [
        {"key": "topics", "kind": labels},
        {"key": "issue", "wording": wording, "weight": weight, "levels": levels, "allow_na": True},
    ]
    return Rubric.model_validate({"row_criteria": None, "strata": [{"key": "all", "criteria": criteria}]})


def scored(store: ProjectFile, of: Rubric, rater: str = AS_TRAINED) -> dict[str, SampleScore]:
    scores = project_scores(store, of, rater_choice(store, rater))
    return {f"{each.sample.row} {each.sample.model}": each for each in scores}


def mark(store: ProjectFile, author: Author, place: tuple[str, str], level: str, of: Rubric) -> None:
    """Mark the criterion `issue` on the sample of (row, model)."""
    row = next(store.rows([RowId(place[0])]))
    sample = next(s for _, s in store.samples_of(row.id) if s.model == place[1])
    asked = next(each for each in questionnaire(store, of).on(row) if each.key == "issue")
    state = State.NOT_APPLICABLE if level == "n/a" else State.SCORED
    edit = GiveMark(
        sample=sample.key,
        criterion="issue",
        question=asked.question.on_row(row),
        person=author.person,
        state=state,
        level=level if state is State.SCORED else None,
        value=asked.level_value(level),
        reason=f"{level} it is",
    )
    perform(store, edit, author)


def judge(
    store: ProjectFile, author: Author, values: dict[tuple[str, str], float | None], name: str = "judge"
) -> None:
    """Bring in a judge's verdicts on `issue`."""
    verdicts = []
    for (row_id, model), value in values.items():
        row = next(store.rows([RowId(row_id)]))
        sample = next(s for _, s in store.samples_of(row.id) if s.model == model)
        asked = next(each for each in questionnaire(store, rubric()).on(row) if each.key == "issue")
        verdicts.append(
            Verdict(
                sample=sample.key,
                criterion=CriterionKey("issue"),
                question=asked.question.on_row(row),
                rater=Rater(kind="judge", name=name),
                state=State.UNSCORED if value is None else State.SCORED,
                value=value,
                reason="timed out" if value is None else "",
            )
        )
    carry_out(store, ImportPlan(ImportedFile(name="judge", kind="verdicts"), judged=tuple(verdicts)), author)


def test_checks_and_an_experts_mark_make_the_score(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    grade_checks(store, rubric(), executor)
    mark(store, author, ("q1", "birch"), "partly", rubric())
    scores = scored(store, rubric())
    # birch names 1 of 2 labels: precision 1, recall 1/2, F1 = 2/3. (2/3 + 1/2) / 2 = 7/12.
    assert scores["q1 birch"].score == pytest.approx(7 / 12)
    assert scores["q1 birch"].marks["issue"].raters == (Rater(kind="expert", name=author.person),)


def test_a_missing_mark_leaves_a_range_and_no_score(store: ProjectFile, executor: Executor) -> None:
    grade_checks(store, rubric(), executor)
    birch = scored(store, rubric())["q1 birch"]
    # F1 = 2/3 known, the other half open: from (2/3 + 0) / 2 to (2/3 + 1) / 2.
    assert birch.score is None
    assert (birch.low, birch.high) == (pytest.approx(1 / 3), pytest.approx(5 / 6))
    assert birch.missing == ("issue",)
    assert "issue" in birch.reason


def test_no_json_where_json_is_needed_is_0_with_a_reason(store: ProjectFile, executor: Executor) -> None:
    grade_checks(store, rubric(), executor)
    topics = scored(store, rubric())["q2 alder"].marks["topics"]
    assert (topics.state, topics.value) == (State.SCORED, 0.0)
    assert topics.reason


def test_a_levels_value_moves_the_score_and_keeps_the_mark(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    grade_checks(store, rubric(), executor)
    mark(store, author, ("q1", "alder"), "partly", rubric())
    # alder names both labels: F1 = 1. (1 + .5) / 2, then (1 + .8) / 2.
    assert scored(store, rubric())["q1 alder"].score == pytest.approx(0.75)
    assert scored(store, rubric(partly=0.8))["q1 alder"].score == pytest.approx(0.9)


def test_not_applicable_leaves_the_criterion_out(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    grade_checks(store, rubric(), executor)
    mark(store, author, ("q1", "birch"), "n/a", rubric())
    assert scored(store, rubric())["q1 birch"].score == pytest.approx(2 / 3)


def test_the_mean_of_the_experts_counts(
    store: ProjectFile, author: Author, bruno: Author, executor: Executor
) -> None:
    grade_checks(store, rubric(), executor)
    mark(store, author, ("q1", "alder"), "fully", rubric())
    mark(store, bruno, ("q1", "alder"), "no", rubric())
    assert scored(store, rubric())["q1 alder"].marks["issue"].value == pytest.approx(0.5)
    assert scored(store, rubric(), "Bruno")["q1 alder"].marks["issue"].value == 0.0


def test_the_only_judge_counts_as_trained_and_experts_by_choice(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    grade_checks(store, rubric(), executor)
    judge(store, author, {("q1", "alder"): 0.0, ("q1", "birch"): None})
    mark(store, author, ("q1", "alder"), "fully", rubric())
    assert scored(store, rubric())["q1 alder"].marks["issue"].value == 0.0
    assert scored(store, rubric(), EXPERTS)["q1 alder"].marks["issue"].value == 1.0
    assert scored(store, rubric())["q1 birch"].marks["issue"].reason == "timed out"


def test_a_person_closes_what_the_judge_left_open(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    grade_checks(store, rubric(), executor)
    judge(store, author, {("q1", "birch"): None})
    mark(store, author, ("q1", "birch"), "fully", rubric())
    assert scored(store, rubric())["q1 birch"].score == pytest.approx(5 / 6)
    assert scored(store, rubric(), "judge")["q1 birch"].score is None


def test_of_two_judges_none_counts_until_one_is_chosen(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    grade_checks(store, rubric(), executor)
    judge(store, author, {("q1", "alder"): 0.0}, "first")
    judge(store, author, {("q1", "alder"): 1.0}, "second")
    assert "none is chosen" in scored(store, rubric())["q1 alder"].marks["issue"].reason
    perform(store, ChangeSetting(name=CHOSEN_JUDGE, value="second"), author)
    assert scored(store, rubric())["q1 alder"].marks["issue"].value == 1.0
    assert scored(store, rubric(), "first")["q1 alder"].marks["issue"].value == 0.0


def test_an_unknown_rater_is_named_with_those_there_are(store: ProjectFile) -> None:
    with pytest.raises(StudioError, match=r"Carla.*Anna, Bruno"):
        rater_choice(store, "Carla")


def test_new_words_make_marks_stale_until_somebody_says_only_a_typo(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    old, new = rubric(), rubric("Names the questoin")
    grade_checks(store, old, executor)
    mark(store, author, ("q1", "alder"), "fully", old)
    assert scored(store, new)["q1 alder"].score is None
    change = reworded(old, new)[0]
    perform(store, KeepMarks(criterion="issue", old=change.old, new=change.new), author)
    assert scored(store, new)["q1 alder"].score == 1.0
    assert scored(store, old)["q1 alder"].score == 1.0
    undo(store, author)
    assert scored(store, new)["q1 alder"].score is None


def test_a_changed_weight_needs_no_new_marks(store: ProjectFile, author: Author, executor: Executor) -> None:
    grade_checks(store, rubric(), executor)
    mark(store, author, ("q1", "birch"), "no", rubric())
    assert scored(store, rubric(weight=3))["q1 birch"].score == pytest.approx((2 / 3) / 4)
    assert grade_checks(store, rubric(weight=3), executor).measured == 0
