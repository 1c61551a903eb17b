"""What goes into a bundle: which rows train, which scores are recorded, what is told of them."""

from concurrent.futures import Executor

import pytest

from rubric_studio.domain.bundle import BundleOptions
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.prompt import PromptTemplate, TemplateMessage
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.splitting import Shares
from rubric_studio.services.asking_evidence import SampledWith, judge_evidence, said_of
from rubric_studio.services.edits import Author, ChangeRow, DecideRows, SaveVersion, perform
from rubric_studio.services.evidence import headroom, wilson_interval
from rubric_studio.services.exporting import bundle_content
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.handover import label_fields
from rubric_studio.services.history import undo
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.prompts import ChoosePrompt, SavePrompt, prompts
from rubric_studio.services.scores import project_scores
from rubric_studio.store.project_file import ProjectFile

Q1, Q2 = RowId("q1"), RowId("q2")
EVERYTHING = Shares(validation=0, test=0)
GUIDE = Rubric.model_validate(
    {
        "row_criteria": None,
        "strata": [
            {
                "key": "all",
                "criteria": [
                    {
                        "key": "topics",
                        "kind": {"type": "labels", "predicted": "output_json.labels", "reference": "labels"},
                    }
                ],
            }
        ],
    }
)


@pytest.fixture
def saved(store: ProjectFile, author: Author, executor: Executor) -> ProjectFile:
    perform(store, SaveVersion(rubric=GUIDE, number=1), author)
    grade_checks(store, GUIDE, executor)
    return store


def content(store: ProjectFile, shares: Shares = EVERYTHING, seed: int = 0):
    options = BundleOptions(targets=("trl",), seed=seed)
    return bundle_content(store, options, rater_choice(store, AS_TRAINED), shares)


def rows_of(store: ProjectFile) -> set[str]:
    return {entry.row.id for entry in content(store).rows}


def test_dropped_rows_stay_out_until_the_decision_is_undone(saved: ProjectFile, author: Author) -> None:
    perform(saved, DecideRows(rows=(Q1,), decision="drop"), author)
    assert rows_of(saved) == {Q2}
    assert content(saved).notes == ("q1: dropped",)
    assert {sample.row for sample in content(saved).samples} == {Q2}
    undo(saved, author)
    assert rows_of(saved) == {Q1, Q2}


def test_a_row_to_be_fixed_waits_until_it_is_edited(saved: ProjectFile, author: Author) -> None:
    perform(saved, DecideRows(rows=(Q1,), decision="fix"), author)
    assert rows_of(saved) == {Q2}
    row = next(saved.rows([Q1]))
    mended = row.model_copy(update={"reference": {"labels": ["tax"]}})
    perform(saved, ChangeRow(row=mended), author)
    assert rows_of(saved) == {Q1, Q2}


def test_a_row_without_its_reference_stays_out_by_name(saved: ProjectFile, author: Author) -> None:
    bare = Row(id=RowId("q3"), prompt=user_prompt("And this?"), reference={"labels": None})
    carry_out(saved, ImportPlan(ImportedFile(name="more", kind="rows"), (bare,)), author)
    assert rows_of(saved) == {Q1, Q2}
    assert "q3: cannot be marked: reference missing: labels" in content(saved).notes


def test_recorded_scores_are_those_of_the_project(saved: ProjectFile) -> None:
    recorded = {(s.row, s.model): s.score for s in content(saved).samples}
    # q1 alder names both labels, birch one of two: F1 = 2/3; q2's answer is no JSON: 0.
    assert recorded == {("q1", "alder"): 1.0, ("q1", "birch"): pytest.approx(2 / 3), ("q2", "alder"): 0.0}


def test_a_project_of_nothing_but_dropped_rows_says_so(saved: ProjectFile, author: Author) -> None:
    perform(saved, DecideRows(rows=(Q1, Q2), decision="drop"), author)
    with pytest.raises(StudioError, match="2 dropped"):
        content(saved)


def test_nothing_goes_out_without_a_saved_version(store: ProjectFile) -> None:
    with pytest.raises(StudioError, match="no saved version"):
        content(store)


BRIEF = PromptTemplate(
    name="Brief", messages=(TemplateMessage(), TemplateMessage(content="In {{ item.language }}, please."))
)


def choose(store: ProjectFile, author: Author, template: PromptTemplate) -> None:
    perform(store, SavePrompt(template=template), author)
    (kept,) = prompts(store)
    perform(store, ChoosePrompt(subject=kept.subject, title=template.title), author)


def test_without_a_chosen_way_of_asking_nothing_is_told_of_one(saved: ProjectFile, author: Author) -> None:
    perform(saved, SavePrompt(template=BRIEF), author)
    made = content(saved)
    assert made.prompt is None
    assert not {"prompt", "judge_configuration"} & made.evidence.keys()


def test_the_chosen_way_of_asking_goes_out_with_how_many_answers_were_sampled_with_it(
    saved: ProjectFile, author: Author
) -> None:
    told = {"prompt": BRIEF.title, "prompt_hash": BRIEF.hash, "run": "R1"}
    samples = [
        Sample(row=Q1, model="cedar", run=run, text="{}", facts=told if run else {"prompt_hash": "other"})
        for run in range(3)
    ]
    carry_out(saved, ImportPlan(ImportedFile(name="more", kind="samples"), (), tuple(samples)), author)
    choose(saved, author, BRIEF)
    made = content(saved)
    assert made.prompt == BRIEF
    # Beside the two there is one of another way, and the small project's three came from elsewhere.
    assert made.evidence["prompt"] == {
        "title": "Brief 1",
        "hash": BRIEF.hash,
        "recorded": {"n": 6, "sampled_with_it": 2, "sampled_otherwise": 1, "not_known": 3},
        "said": "2 of 6 answers were sampled with it. 3 were brought in, and nobody knows how they were asked for.",
    }
    undo(saved, author)
    assert content(saved).prompt is None


def test_the_sentence_says_nothing_of_what_was_brought_in_where_nothing_was() -> None:
    assert said_of(SampledWith(180, 60, 0)) == "180 of 240 answers were sampled with it."
    assert said_of(SampledWith()) == "No answer was recorded."


def test_a_row_without_a_prompt_trains_where_the_way_of_asking_says_everything(
    saved: ProjectFile, author: Author
) -> None:
    bare = Row(id=RowId("q3"), reference={"labels": ["tax"], "language": "en"})
    carry_out(saved, ImportPlan(ImportedFile(name="more", kind="rows"), (bare,)), author)
    assert "q3: cannot be marked: it has no prompt" in content(saved).notes
    choose(saved, author, BRIEF)
    assert rows_of(saved) == {Q1, Q2, "q3"}


def test_a_judge_is_told_of_without_what_belongs_to_one_computer() -> None:
    judge = JudgeConfig(name="Ada", number=2, connection="C1", model="m", instructions="Be strict.")
    told = judge_evidence(judge)
    assert "connection" not in told
    assert (told["rater"], told["hash"], told["instructions"]) == ("Ada (2)", judge.hash, "Be strict.")


def test_headroom_counts_each_row_once(saved: ProjectFile) -> None:
    room = headroom(project_scores(saved, GUIDE, rater_choice(saved)))
    # q1: mean (1 + 2/3) / 2 = 5/6, best 1; q2: 0 and 0. Means: 5/12 and 1/2, headroom 1/12.
    assert room == {
        "n": 2,
        "mean": pytest.approx(5 / 12),
        "best": pytest.approx(1 / 2),
        "headroom": pytest.approx(1 / 12),
    }


def test_headroom_of_nothing_is_withheld_with_a_reason() -> None:
    assert headroom([])["headroom"] is None
    assert headroom([])["reason"]


def test_the_wilson_interval_is_that_of_the_textbook() -> None:
    # By hand for 8 of 10 with z = 1.95996:
    # middle (.8 + z^2/20) / (1 + z^2/10) = .7167, half width .2268 -> .490 to .943.
    low, high = wilson_interval(8, 10)
    assert (low, high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))
    assert wilson_interval(0, 5)[0] == 0.0
    assert wilson_interval(5, 5)[1] == pytest.approx(1.0)


def test_labels_are_fields_with_few_values_and_lists_come_first() -> None:
    rows = [
        Row(
            id=RowId(str(n)),
            reference={"id_of": f"x{n}", "language": "en" if n % 2 else "el", "topics": ["a", "bc"[n % 2]]},
        )
        for n in range(6)
    ]
    assert label_fields(rows) == ["topics", "language"]
