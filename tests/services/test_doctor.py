"""The doctor in a project: marks at hand, nothing before the first save, remarks waved off and taken back."""

# Plain texts stand for keys.
# pyright: reportArgumentType=false

from pathlib import Path

import pytest

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import Person
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Criterion, Gate, Level, Rubric, Stratum
from rubric_studio.domain.rubric_edits import with_criterion, without_criterion
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.doctor import (
    TakeBackWaiver,
    examination,
    mark_findings,
    wave_off,
    word_findings,
)
from rubric_studio.services.edits import Author, GiveMark, SaveVersion, perform
from rubric_studio.services.history import undo
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.marks_for_doctor import gather_marks
from rubric_studio.store.project_file import ProjectFile, create_project

YES_NO = (Level(key="yes", value=1), Level(key="no", value=0))
ROWS, MODELS = 6, ("a", "b")


def guide() -> Rubric:
    form = Criterion(key="form", wording="The answer names its author.", levels=YES_NO)
    issue = Criterion(
        key="issue", wording="The answer names the rule and explains the exemption.", levels=YES_NO
    )
    parts = (
        Stratum(key="first", gate=Gate(at=1.0), criteria=(form,)),
        Stratum(key="second", criteria=(issue,)),
    )
    return Rubric(name="guide", strata=parts)


@pytest.fixture
def project(tmp_path: Path, author: Author):
    """Six questions with two answers each."""
    store = create_project(tmp_path / "Doctor.rubric")
    store.add_person(Person(id=PersonId(author.person), name="Anna"))
    with store.writing() as writer:
        writer.source(Source(id="s", kind="rows", name="rows", at=author.now(), person=author.person))
        writer.rows([Row(id=f"q{at}", prompt=user_prompt(f"Why {at}?")) for at in range(ROWS)])
        writer.samples(
            [Sample(row=f"q{at}", model=m, text=f"Because {at} {m}") for at in range(ROWS) for m in MODELS]
        )
    yield store
    store.close()


def mark_all(store: ProjectFile, author: Author, rubric: Rubric, **values: float) -> None:
    """Give every answer the same mark on each of the criteria named."""
    asking = questionnaire(store, rubric)
    for row in store.rows():
        for _, sample in store.samples_of(row.id):
            for asked in asking.on(row):
                if asked.key in values:
                    value = values[asked.key]
                    perform(
                        store,
                        GiveMark(
                            sample=sample.key,
                            criterion=asked.key,
                            question=asked.question.on_row(row),
                            person=author.person,
                            value=value,
                            level="yes" if value else "no",
                        ),
                        author,
                    )


def test_marks_are_gathered_by_criterion_and_by_gate(project: ProjectFile, author: Author):
    mark_all(project, author, guide(), form=0.0, issue=1.0)
    marks = gather_marks(project, guide(), rater_choice(project, AS_TRAINED))
    assert {key: column.values.tolist() for key, column in marks.criteria.items()} == {
        "form": [0.0] * 12,
        "issue": [1.0] * 12,
    }
    assert list(marks.reached) == ["first"]  # the second part has no gate
    assert marks.reached["first"].tolist() == [0.0] * 12


def test_only_some_rows_are_read_of_a_large_project(project: ProjectFile, author: Author):
    mark_all(project, author, guide(), form=0.0)
    marks = gather_marks(project, guide(), rater_choice(project, AS_TRAINED), most=4)
    # Twelve samples, at most four: every third of six rows, two rows with two samples each.
    assert marks.criteria["form"].samples.tolist() == [0, 1, 2, 3]


def test_an_unmarked_answer_says_nothing_of_a_gate(project: ProjectFile, author: Author):
    mark_all(project, author, guide(), issue=1.0)
    marks = gather_marks(project, guide(), rater_choice(project, AS_TRAINED))
    assert "form" not in marks.criteria
    assert marks.reached == {}


def test_the_marks_show_an_unreached_gate_and_points_without_signal(project: ProjectFile, author: Author):
    mark_all(project, author, guide(), form=0.0, issue=1.0)
    found = {
        (each.detector, each.criterion or each.stratum): each for each in mark_findings(project, guide())
    }
    assert set(found) == {("unreached_gate", "first"), ("no_signal", "form"), ("no_signal", "issue")}
    assert found["unreached_gate", "first"].details["n"] == "12"


def test_nothing_is_remarked_on_before_the_first_save(project: ProjectFile, author: Author):
    assert examination(project, guide(), word_findings(guide()), ()).found == ()
    perform(project, SaveVersion(rubric=guide(), number=1), author)
    found = examination(project, guide(), word_findings(guide()), ()).found
    assert [each.detector for each in found] == ["joined_facts"]


def test_a_remark_is_waved_off_taken_back_and_undone(project: ProjectFile, author: Author):
    perform(project, SaveVersion(rubric=guide(), number=1), author)

    def look(rubric: Rubric = guide()):  # noqa: B008 - a value that never changes
        return examination(project, rubric, word_findings(rubric), ())

    finding = look().shown[0]
    edit = wave_off(finding, guide(), "one fact to us")
    assert edit.label == 'Wave off a remark on "issue"'
    perform(project, edit, author)
    assert (look().shown, look().open) == ((), 0)
    assert [(each.reason, each.text) for each in look().waived] == [("one fact to us", finding.text)]
    reworded = with_criterion(
        guide(), "issue", wording="The answer names the rule and explains the exception."
    )
    assert (len(look(reworded).shown), look(reworded).waived) == (1, ())
    perform(project, TakeBackWaiver(finding=finding.id, scope="issue"), author)
    assert (len(look().shown), look().waived) == (1, ())
    undo(project, author)
    assert len(look().waived) == 1
    undo(project, author)
    assert look().waived == ()


def test_a_waiver_of_the_marks_stays_listed_until_its_point_goes(project: ProjectFile, author: Author):
    perform(project, SaveVersion(rubric=guide(), number=1), author)
    mark_all(project, author, guide(), issue=1.0)
    finding = mark_findings(project, guide())[0]
    perform(project, wave_off(finding, guide(), "more answers will come"), author)
    assert len(examination(project, guide(), (), ()).waived) == 1
    assert examination(project, without_criterion(guide(), "issue"), (), ()).waived == ()
