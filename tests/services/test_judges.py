"""Judges in a project: versions by what they ask, names that are free, and copies that clash."""

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.judge import JudgeConfig, Panel
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.history import undo
from rubric_studio.services.judges import (
    SaveJudge,
    SavePanel,
    judge_of,
    judges,
    mixed_raters,
    name_trouble,
    newest_judges,
    removing_judge,
    saving_judge,
    saving_panel,
)
from rubric_studio.services.panels import panels
from rubric_studio.store.project_file import ProjectFile
from tests.services.judge_fake import first_grade, judged

CAREFUL = JudgeConfig(name="Careful", model="small")
STRICT = CAREFUL.model_copy(update={"instructions": "Be strict."})


def save(store: ProjectFile, author: Author, judge: JudgeConfig) -> None:
    perform(store, saving_judge(store, judge), author)


def raters(store: ProjectFile) -> list[str]:
    return [judge.rater for judge in judges(store)]


def test_another_way_of_asking_is_another_version(store: ProjectFile, author: Author):
    save(store, author, CAREFUL)
    save(store, author, STRICT)
    assert raters(store) == ["Careful", "Careful (2)"]
    assert [judge.instructions for judge in newest_judges(store)] == ["Be strict."]
    found = judge_of(store, "Careful")
    assert found == CAREFUL
    assert judge_of(store, "Nobody") is None


def test_what_does_not_change_the_question_changes_the_version_itself(store: ProjectFile, author: Author):
    save(store, author, CAREFUL)
    save(store, author, CAREFUL.model_copy(update={"connection": "elsewhere", "repeats": 3}))
    assert [(judge.rater, judge.repeats) for judge in judges(store)] == [("Careful", 3)]


def test_going_back_to_an_older_way_is_that_version_again(store: ProjectFile, author: Author):
    for judge in (CAREFUL, STRICT, CAREFUL):
        save(store, author, judge)
    assert raters(store) == ["Careful (2)", "Careful"]
    assert [judge.number for judge in newest_judges(store)] == [1]


def test_a_removed_judge_keeps_its_numbers(store: ProjectFile, author: Author):
    save(store, author, CAREFUL)
    perform(store, removing_judge(store, "Careful"), author)
    assert not judges(store)
    save(store, author, STRICT)
    assert raters(store) == ["Careful (2)"]
    save(store, author, CAREFUL)
    assert raters(store) == ["Careful (2)", "Careful"]


def test_removing_takes_every_version_and_can_be_undone(store: ProjectFile, author: Author):
    save(store, author, CAREFUL)
    save(store, author, STRICT)
    perform(store, removing_judge(store, "Careful"), author)
    assert not judges(store)
    undo(store, author)
    assert sorted(raters(store)) == ["Careful", "Careful (2)"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("experts", "a word that the program uses itself"),
        ("Anna", "A person here"),
        ("Careful", "Marks under the name"),
        ("Kept", 'There is a judge "Kept" already.'),
        ("Both", 'There is a panel "Both" already.'),
        ("Free", ""),
    ],
)
def test_a_name_that_means_somebody_else_is_refused(
    store: ProjectFile, author: Author, name: str, words: str
):
    judged(store, author, first_grade, criteria=("steps",))  # marks of "Careful", kept as no judge here
    save(store, author, CAREFUL.model_copy(update={"name": "Kept"}))
    perform(store, SavePanel(panel=Panel(name="Both", members=("Careful", "Kept"))), author)
    trouble = name_trouble(store, name)
    assert words in trouble
    assert bool(words) == bool(trouble)
    if words and name != "Kept":
        with pytest.raises(StudioError):
            saving_judge(store, CAREFUL.model_copy(update={"name": name}))


@pytest.mark.parametrize("members", [("A", "A"), ("A", "Both"), ("A", "New")])
def test_panels_of_panels_and_members_named_twice_are_refused(
    store: ProjectFile, author: Author, members: tuple[str, ...]
):
    perform(store, SavePanel(panel=Panel(name="Both", members=("A", "B"))), author)
    with pytest.raises(StudioError):
        saving_panel(store, Panel(name="New", members=members))
    assert saving_panel(store, Panel(name="Both", members=("A", "C"))).panel.members == ("A", "C")


def test_two_judges_of_one_name_in_merged_copies_are_told_of(store: ProjectFile, author: Author):
    save(store, author, CAREFUL)
    assert not mixed_raters(store)
    # A copy made its own first version of that name: after the merge both stand as number 1.
    perform(store, SaveJudge(judge=STRICT), author)
    (sentence,) = mixed_raters(store)
    assert sentence.startswith('"Careful" stands for 2 judges that ask in different ways')


def test_a_run_of_another_judge_of_that_name_is_told_of_too(store: ProjectFile, author: Author):
    save(store, author, STRICT)
    judged(store, author, first_grade, criteria=("steps",))
    assert len(mixed_raters(store)) == 1


def test_what_a_newer_program_wrote_of_judges_and_panels_is_passed_over(store: ProjectFile, author: Author):
    save(store, author, CAREFUL)
    perform(store, SavePanel(panel=Panel(name="All", members=("A", "B"))), author)
    store.connection.run("update record set body = replace(body, 'small', '') where kind = 'judge'")
    store.connection.run("update record set body = '{}' where kind = 'panel'")
    assert (judges(store), panels(store)) == ([], [])
    save(store, author, CAREFUL)
    assert raters(store) == ["Careful"]
