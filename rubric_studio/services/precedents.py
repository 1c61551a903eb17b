"""An expert's own earlier marks on the same point: precedents to look up, and marks that identical answers offer.

Nothing of a sample is shown on the sample itself: when it comes a second time, hidden, that must not show.
"""

import re
from dataclasses import dataclass

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.packet import Told
from rubric_studio.domain.verdict import Verdict
from rubric_studio.services.asked import accepted_questions
from rubric_studio.services.ports import Store
from rubric_studio.services.review_tasks import ReviewPoint, ReviewTask
from rubric_studio.services.reviewing import Review

MOST = 40
EXCERPT = 220
"""Characters of an answer without evidence that stand for it."""
_MARKUP = re.compile(r"(?m)^[#>\s]+|\*\*|`+")
"""Signs that lay a text out; an excerpt is read without."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """One earlier mark. `excerpt` is its evidence, or how the answer begins; `told` what was decided on it."""

    verdict: Verdict
    row: RowId
    excerpt: str
    is_old_wording: bool
    is_earlier_round: bool
    told: Told | None = None


def count_precedents(review: Review, task: ReviewTask, key: str) -> int:
    """How many earlier marks there are on a point, without reading any text."""
    return len(_verdicts(review, task, key))


def precedents(store: Store, review: Review, task: ReviewTask, key: str) -> list[Precedent]:
    """Her earlier marks on the same point, newest first, at most `MOST`."""
    found = _verdicts(review, task, key)[:MOST]
    ids = [review.ids[verdict.sample] for verdict, _ in found if verdict.sample in review.ids]
    texts = {id: (row, text) for id, row, text in store.sample_texts(ids)} if ids else {}
    told = {(each.sample, each.criterion, each.question): each for each in review.packet.told}
    own = _text(store, review, task).strip()
    shown: list[Precedent] = []
    for verdict, is_earlier in found:
        row, text = texts.get(review.ids.get(verdict.sample, -1), (RowId(""), ""))
        if is_earlier and row == task.row and text.strip() == own:
            continue  # an earlier round may know the very same sample under another name
        shown.append(
            Precedent(
                verdict=verdict,
                row=row,
                excerpt=_excerpt(verdict, text),
                is_old_wording=not _is_asked_now(review, row, verdict),
                is_earlier_round=is_earlier,
                told=told.get((verdict.sample, str(verdict.criterion), verdict.question)),
            )
        )
    return shown


def offered_mark(review: Review, task: ReviewTask, point: ReviewPoint) -> Verdict | None:
    """The newest mark of this round on an identical answer to the same question; None on a marked point.

    A sample is no twin of itself, so its second time is offered nothing of its first.
    """
    if review.mark(task, point.key) is not None:
        return None
    given = [
        verdict
        for twin in review.twins.get(task.sample, ())
        for repeat in (0, 1)
        if (verdict := _marked(review, twin, repeat, point.key)) is not None
        and verdict.question in point.questions
    ]
    return max(given, key=lambda verdict: verdict.at, default=None)


def _verdicts(review: Review, task: ReviewTask, key: str) -> list[tuple[Verdict, bool]]:
    """(verdict, whether an earlier round's) on the point, of other samples, newest first."""
    now = [
        (marks[key], False) for turn, marks in review.marks.items() if key in marks and turn[0] != task.sample
    ]
    before = [
        (verdict, True)
        for verdict in review.earlier
        if verdict.criterion == key and verdict.sample != task.sample
    ]
    return sorted([*now, *before], key=lambda found: found[0].at, reverse=True)


def _marked(review: Review, sample: SampleKey, repeat: int, key: str) -> Verdict | None:
    return review.marks[(sample, repeat)].get(key) if (sample, repeat) in review.marks else None


def _text(store: Store, review: Review, task: ReviewTask) -> str:
    id = review.ids.get(task.sample)
    return "" if id is None else next((text for _, _, text in store.sample_texts([id])), "")


def _excerpt(verdict: Verdict, text: str) -> str:
    quotes = [span.quote for span in verdict.evidence if span.quote]
    words = " ".join(_MARKUP.sub("", " … ".join(quotes) if quotes else text[: 4 * EXCERPT]).split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rstrip() + "…"


def _is_asked_now(review: Review, row: RowId, verdict: Verdict) -> bool:
    known = review.rows.get(row)
    if known is None:
        return True
    asked = [each for each in review.asking.on(known) if each.key == verdict.criterion]
    return any(verdict.question in hashes for hashes in accepted_questions(asked, known).values())
