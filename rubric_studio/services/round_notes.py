"""What a lead should know of a round before it starts, as codes with facts. The words are the window's."""

from collections.abc import Sequence
from math import floor

from rubric_studio.domain.round import RoundPlan
from rubric_studio.domain.values import JsonObject
from rubric_studio.services.dealing import Dealt
from rubric_studio.services.held_out import Held
from rubric_studio.services.round_start import NoteCode, RoundNote, RoundStart, Workload

LONG_MINUTES = 240
"""From four hours on the lead is asked whether fewer would do."""


def notes_on(
    start: RoundStart, plan: RoundPlan, dealt: Dealt, held: Held, work: Sequence[Workload]
) -> list[RoundNote]:
    """Everything worth a sentence before the round starts; the codes are those of `RoundNote`."""
    return [
        *_about_samples(start, dealt),
        *_about_people(start, dealt, work),
        *_about_rows(plan, held),
    ]


def _about_samples(start: RoundStart, dealt: Dealt) -> list[RoundNote]:
    found, picked = dealt.candidates, dealt.picked
    left_out = {"dropped": found.dropped, "no_point": found.no_point, "scored": found.scored}
    wanted = len(set(start.pick.samples)) if start.pick.how == "chosen" else start.pick.count
    notes = [_note("left_out", **left_out)] if any(left_out.values()) else []
    if len(picked.samples) < wanted:
        notes.append(_note("fewer_samples", wanted=wanted, found=len(picked.samples)))
    if picked.lacks_scores:
        notes.append(_note("no_scores"))
    return notes


def _about_people(start: RoundStart, dealt: Dealt, work: Sequence[Workload]) -> list[RoundNote]:
    unread, fewer = dealt.assignment.unread, dealt.assignment.fewer
    notes = [_note("one_expert")] if len(start.experts) < 2 or start.overlap == 1 else []
    if unread:
        rows = list(dict.fromkeys(dealt.rows[key] for key in unread))
        languages = sorted({language for row in rows for language in dealt.languages[row]})
        notes.append(_note("unreadable", samples=len(unread), rows=rows, languages=languages))
    if fewer:
        notes.append(_note("fewer_readers", samples=len(fewer), wanted=start.overlap))
    least, most = min(each.samples for each in work), max(each.samples for each in work)
    if most - least > 1:
        notes.append(_note("uneven", least=least, most=most))
    short = {each.name: each.repeats for each in work if each.repeats < start.repeats}
    if short:
        notes.append(_note("fewer_repeats", wanted=start.repeats, experts=short))
    return notes + _too_long(dealt, work)


def _too_long(dealt: Dealt, work: Sequence[Workload]) -> list[RoundNote]:
    """Who has most to do, and how many samples would fit into the limit at that pace, for her and in the round."""
    longest = max(work, key=lambda each: each.minutes)
    if longest.minutes <= LONG_MINUTES:
        return []
    samples, share = len(dealt.given), LONG_MINUTES / longest.minutes
    return [
        _note(
            "too_long",
            person=longest.person,
            name=longest.name,
            minutes=round(longest.minutes),
            limit=LONG_MINUTES,
            samples=samples,
            fits=max(1, floor(longest.samples * share)),
            round_fits=max(1, floor(samples * share)),
        )
    ]


def _about_rows(plan: RoundPlan, held: Held) -> list[RoundNote]:
    notes: list[RoundNote] = []
    if held.kept:
        notes.append(_note("kept_held_out", rows=list(held.kept)))
    if held.tuned:
        notes.append(_note("already_tuned", rows=list(held.tuned)))
    if held.spent:
        notes.append(_note("spent", rows=list(held.spent)))
    if not plan.held_out:
        notes.append(_note("nothing_held_out"))
    elif not plan.tuned:
        notes.append(_note("all_held_out"))
    return notes


def _note(code: NoteCode, **facts: object) -> RoundNote:
    found: JsonObject = dict(facts)
    return RoundNote(code=code, facts=found)
