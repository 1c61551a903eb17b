"""Passages of samples as examples of a level ("this is a 0.45"): giving one, taking it away, a note on it.

An anchor is part of the rubric being edited and no part of a criterion's question: no mark ages by it.
"""

from collections.abc import Sequence
from typing import Any

from rubric_studio.domain.question import question_of
from rubric_studio.domain.record import DRAFT_SUBJECT, RecordKind
from rubric_studio.domain.rubric import ANSWER_LEVELS, Anchor, Criterion, Rubric
from rubric_studio.domain.rubric_edits import changed, with_criterion
from rubric_studio.domain.values import Value
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.services.edits import Proposal, same_meaning

MOST_LETTERS = 2_000
CUT = "…"


class AddAnchor(Value):
    """Make a passage an example of a level, in the rubric being edited.

    A criterion without levels of its own gets yes and no as its own; that they mean what they meant goes with the
    same step, so that marks given before stay.
    """

    rubric: Rubric
    criterion: str
    level: str
    anchor: Anchor
    title: str = ""

    @property
    def label(self) -> str:
        return f'Example of a grade of "{self.title or self.criterion}"'

    def proposals(self) -> Sequence[Proposal]:
        before = self.rubric.criterion(self.criterion)
        rubric = with_anchor(self.rubric, self.criterion, self.level, self.anchor)
        after = rubric.criterion(self.criterion)
        if before is None or after is None or rubric == self.rubric:
            return ()
        draft = Proposal(RecordKind.DRAFT, DRAFT_SUBJECT, {"rubric": rubric.to_json()})
        old, new = (question_of(each, MEASURES_VERSION).definition for each in (before, after))
        return (draft,) if old == new else (draft, same_meaning(self.criterion, old, new))


def anchor_text(passage: str) -> str:
    """A passage as an example holds it: no space around it, at most 2,000 letters."""
    text = passage.strip()
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - len(CUT)].rstrip() + CUT


def with_anchor(rubric: Rubric, criterion: str, level: str, anchor: Anchor) -> Rubric:
    """Add an example to a level, the last of them; the same passage of the same sample is not added twice.

    ValueError where the criterion or level is no more.
    """
    anchor = changed(anchor, text=anchor_text(anchor.text))
    anchors = _anchors(rubric, criterion, level)
    if any((each.sample, each.text) == (anchor.sample, anchor.text) for each in anchors):
        return rubric
    return _with_anchors(rubric, criterion, level, (*anchors, anchor))


def without_anchor(rubric: Rubric, criterion: str, level: str, place: int) -> Rubric:
    """Take an example away."""
    anchors = _anchors(rubric, criterion, level)
    return _with_anchors(rubric, criterion, level, anchors[:place] + anchors[place + 1 :])


def with_anchor_note(rubric: Rubric, criterion: str, level: str, place: int, note: str) -> Rubric:
    """Say in a note what an example shows."""
    anchors = list(_anchors(rubric, criterion, level))
    anchors[place] = changed(anchors[place], note=note.strip())
    return _with_anchors(rubric, criterion, level, tuple(anchors))


def _anchors(rubric: Rubric, criterion: str, level: str) -> tuple[Anchor, ...]:
    found = next((each for each in _found(rubric, criterion) if each.key == level), None)
    if found is None:
        raise ValueError(f"There is no grade {level} any more")
    return found.anchors


def _with_anchors(rubric: Rubric, criterion: str, level: str, anchors: tuple[Anchor, ...]) -> Rubric:
    levels: list[Any] = [
        changed(each, anchors=anchors) if each.key == level else each for each in _found(rubric, criterion)
    ]
    return with_criterion(rubric, criterion, levels=tuple(levels))


def _found(rubric: Rubric, key: str) -> tuple[Any, ...]:
    criterion: Criterion | None = rubric.criterion(key)
    if criterion is None:
        raise ValueError(f"There is no point {key} any more")
    return criterion.levels or ANSWER_LEVELS
