"""Reasons given with marks as material for points: grouped, newest first, without what the guide says already."""

# Plain texts stand for keys.
# pyright: reportArgumentType=false

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.edits import Author, GiveMark, perform
from rubric_studio.services.mined_points import mined_reasons, proposed_title, wording_of_passage
from rubric_studio.store.project_file import ProjectFile


def guide(*wordings: str) -> Rubric:
    criteria = [
        {"key": f"c{at}", "title": f"Point {at}", "wording": text} for at, text in enumerate(wordings)
    ]
    return Rubric.model_validate({"strata": [{"key": "all", "criteria": criteria}]})


def say(store: ProjectFile, author: Author, reason: str, criterion: str = "c0", sample: str = "s") -> None:
    edit = GiveMark(
        sample=sample, criterion=criterion, question=reason, person=author.person, value=1.0, reason=reason
    )
    perform(store, edit, author)


def test_near_identical_reasons_are_one_newest_first(store: ProjectFile, author: Author, bruno: Author):
    say(store, author, "Cites no authority at all.")
    say(store, author, "Takes the wrong tax year", "c1")
    say(store, bruno, "cites no authority at all", "c1", "t")
    say(store, author, "ok")
    found = mined_reasons(store, guide("Names the question"))
    assert [(each.text, each.count) for each in found] == [
        ("cites no authority at all", 2),
        ("Takes the wrong tax year", 1),
    ]
    assert (found[0].criteria, found[0].samples) == (("c1", "c0"), ("t", "s"))


def test_a_reason_that_a_point_says_already_is_left_out(store: ProjectFile, author: Author):
    # Longer words of the reason by their first six letters: wrong, year(s), taken: 2 of 3 stand in the point.
    say(store, author, "Wrong year taken")
    say(store, author, "Forgets the exemption for small traders")
    found = mined_reasons(store, guide("The answer does not use the wrong year."))
    assert [each.text for each in found] == ["Forgets the exemption for small traders"]


def test_a_reason_taken_back_is_no_reason(store: ProjectFile, author: Author):
    from rubric_studio.services.history import undo

    say(store, author, "Cites no authority at all.")
    undo(store, author)
    assert mined_reasons(store, guide()) == []


def test_words_for_a_new_point_are_proposed():
    assert (
        proposed_title("“The tax is due under Sec. 5 of the Act of 2024.”") == "The tax is due under Sec. 5…"
    )
    assert proposed_title("no authority.") == "No authority"
    assert wording_of_passage(" The tax\n is due. ") == "Says, in these or other words: “The tax is due.”"
