"""Marks under the old words are counted in a real project."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from pathlib import Path

from rubric_studio import wiring
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import ChangeDraft, GiveMark, SaveVersion, perform
from rubric_studio.services.reworded_marks import old_marks, reworded_marks
from rubric_studio.services.versions import newest_version


def test_the_examples_marks_on_one_point_are_those_of_its_wording(tmp_path: Path):
    path = tmp_path / "Example.rubric"
    wiring.make_example(path)
    with wiring.project(path, write=False) as store:
        rubric = newest_version(store).rubric
        judged = [verdict.criterion for _, verdict in store.judge_verdicts()]
        by_people = [head.body["criterion"] for head in store.heads("verdict")]
        counted = old_marks(store, rubric, ["invents", "found"])
        assert counted["invents"] == judged.count("invents") + by_people.count("invents") > 0
        assert counted["found"] == 0  # a program marks it
        other = with_criterion(rubric, "invents", wording="Words under which nobody ever marked.")
        assert old_marks(store, other, ["invents"]) == {"invents": 0}


# ---- what is asked on saving


def _guide(wording: str) -> Rubric:
    levels = [{"key": "yes", "value": 1, "text": "it is"}, {"key": "no", "value": 0, "text": "it is not"}]
    criterion = {"key": "issue", "title": "Issue", "wording": wording, "levels": levels}
    return Rubric.model_validate(
        {"row_criteria": None, "strata": [{"key": "all", "criteria": [criterion, {"key": "other"}]}]}
    )


def _mark(store, author, of: Rubric, row_id: str, model: str) -> None:
    row = next(store.rows([row_id]))
    sample = next(s for _, s in store.samples_of(row_id) if s.model == model)
    asked = questionnaire(store, of).criteria()[0]
    perform(
        store,
        GiveMark(
            sample=sample.key, criterion="issue", question=asked.question.on_row(row), person=author.person,
            value=1.0, level="yes",
        ),
        author,
    )  # fmt: skip


def _asked(store, of: Rubric) -> list[tuple[str, str, int]]:
    return [(each.old_wording, each.new_wording, count) for each, count in reworded_marks(store, of)]


def test_marks_under_the_versions_words_and_under_those_of_the_draft_are_asked_about(store, author):
    one, two, three = _guide("one"), _guide("two"), _guide("three")
    perform(store, SaveVersion(rubric=one, number=1), author)
    _mark(store, author, one, "q1", "alder")
    _mark(store, author, one, "q1", "birch")
    perform(store, ChangeDraft(rubric=two), author)
    _mark(store, author, two, "q2", "alder")
    perform(store, ChangeDraft(rubric=three), author)
    assert _asked(store, three) == [("one", "three", 2), ("two", "three", 1)]
    assert _asked(store, one) == [("two", "one", 1)]  # back at the old words: their marks count again


def test_before_the_first_version_the_drafts_words_are_asked_about_too(store, author):
    one, two = _guide("one"), _guide("two")
    perform(store, ChangeDraft(rubric=one), author)
    _mark(store, author, one, "q1", "alder")
    perform(store, ChangeDraft(rubric=two), author)
    assert _asked(store, two) == [("one", "two", 1)]
    assert _asked(store, one) == []


def test_what_was_answered_is_not_asked_again(store, author):
    one, two, three = _guide("one"), _guide("two"), _guide("three")
    perform(store, SaveVersion(rubric=one, number=1), author)
    _mark(store, author, one, "q1", "alder")
    old = reworded_marks(store, two)[0][0]
    perform(
        store,
        SaveVersion(rubric=two, number=2, same_meaning=((old.criterion, old.old, old.new),)),
        author,
    )
    assert _asked(store, two) == []  # only a typo
    assert _asked(store, three) == [("two", "three", 1)]  # the mark counts as one under "two"
    perform(store, SaveVersion(rubric=three, number=3), author)  # the meaning changed
    assert _asked(store, three) == []
    assert _asked(store, _guide("four")) == []  # nobody marked under "three"
