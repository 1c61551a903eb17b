"""Whether what an answer file says may be believed: its people, its records, its marks. It changes nothing."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from pydantic import ValidationError

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.half_characters import half_character_field
from rubric_studio.domain.handed_in import HandedIn
from rubric_studio.domain.ids import PersonId, RecordId, SampleKey
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.round import RoundPlan
from rubric_studio.domain.verdict import Span, State
from rubric_studio.services.asked import Asked
from rubric_studio.services.edits import MARK_FIELDS
from rubric_studio.services.handing_in import SENT_KINDS
from rubric_studio.services.packet_names import Meaning
from rubric_studio.services.ports import Store
from rubric_studio.services.round_questions import RoundQuestions

ULID = re.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
LONGEST = 1_000_000
"""Characters of a reason, a note, a label."""
LARGEST_NUMBER = 1e15
"""Of seconds and counts, and of the raw numbers of imported graders."""
LONGEST_NAME = 64
"""Of a record that is not in the file."""
MOST_PASSAGES = 1_000
"""Marked for one point."""
ON_SAMPLES = (RecordKind.VERDICT, RecordKind.DOUBT)
ON_ROWS = (RecordKind.NOTE, RecordKind.FLAG)
_FIELDS: Mapping[RecordKind, frozenset[str]] = {
    RecordKind.VERDICT: frozenset(MARK_FIELDS | {"round"}),
    RecordKind.DOUBT: frozenset({"sample", "criterion", "question", "repeat", "round", "unsure"}),
    RecordKind.NOTE: frozenset({"text", "round"}),
    RecordKind.FLAG: frozenset({"row", "round"}),
    RecordKind.HANDING_IN: frozenset({"done", "total", "seconds", "finished", "source"}),
}


class Refused(ValueError):
    """A record that must not be taken in, and why, as the rest of a sentence."""


class AnswerChecks:
    """Checks one expert's answers against the round's plan and the lead's project.

    Args:
        real: what a packet's names of samples stand for.
    """

    def __init__(
        self, store: Store, plan: RoundPlan, round: str, person: PersonId, real: Mapping[SampleKey, Meaning]
    ) -> None:
        self._store = store
        self._round = round
        self._person = person
        self._real = real
        self._rows = {sample.row for sample in real.values()}
        self._questions = RoundQuestions(store, plan, self._rows)
        again = set(plan.repeats.get(person, ()))
        self._tasks = len(plan.assigned.get(person, ())) + len(again)
        self._again = {alias for alias, sample in real.items() if sample.key in again}

    def check(self, handed_in: HandedIn, name: str = "") -> None:
        """Check everything.

        Raises:
            StudioError: names the first thing that is wrong.
        """
        try:
            self._check_frame(handed_in)
            own = self._own_here(handed_in.records)
            for record in handed_in.records:
                self._check_record(record, own)
        except Refused as error:
            raise StudioError(
                "These answers were not taken in",
                f"{_capital(str(error))}. Nothing was changed.",
                "Ask for them to be sent again from the packet, as the program saves them.",
                file=name or None,
            ) from error

    def _check_frame(self, handed_in: HandedIn) -> None:
        _refuse_unless(is_time(handed_in.made_at), "the time at which they were made is none")
        _refuse_unless(handed_in.done <= handed_in.total, "more is done than there is to do")
        _refuse_unless(handed_in.total <= self._tasks, "they tell of more answers than this expert was sent")
        _refuse_unless(handed_in.seconds <= LARGEST_NUMBER, "the time that they took is none")
        edits = {entry.id for entry in handed_in.edits}
        _refuse_unless(len(edits) == len(handed_in.edits), "a step stands twice in them")
        ids = {record.id for record in handed_in.records}
        _refuse_unless(len(ids) == len(handed_in.records), "a record stands twice in them")
        for entry in handed_in.edits:
            whole = half_character_field(entry.label) is None and len(entry.label) <= LONGEST
            named = ULID.fullmatch(entry.id) and is_time(entry.at) and _is_name(entry.target or "")
            _refuse_unless(bool(whole and named), "a step in them is not as the program writes it")
            _refuse_unless(entry.person == handed_in.person, "a step in them was done by somebody else")
        used = {record.edit for record in handed_in.records}
        _refuse_unless(used == edits, "steps and records in them do not belong together")

    def _own_here(self, records: Sequence[Record]) -> dict[RecordId, Record]:
        """The records of this project that those replace or are; another person's are refused."""
        wanted = {id for record in records for id in record.replaces} | {record.id for record in records}
        here = {record.id: record for record in self._store.records(sorted(wanted))}
        foreign = [record for record in here.values() if record.person != self._person]
        _refuse_unless(not foreign, "they would replace what somebody else said")
        return here

    def _check_record(self, record: Record, here: Mapping[RecordId, Record]) -> None:
        _refuse_unless(record.person == self._person, "a record in them was made by somebody else")
        _refuse_unless(record.kind in SENT_KINDS, f"they hold a record ({record.kind}) that no expert sends")
        named = ULID.fullmatch(record.id) and is_time(record.at) and len(record.reason) <= LONGEST
        _refuse_unless(bool(named), "a record in them is not as the program writes it")
        _refuse_unless(all(map(_is_name, record.replaces)), "a record in them replaces what has no name")
        _refuse_unless(set(record.body or {}) <= _FIELDS[record.kind], "a record in them has unknown fields")
        before = [here[id] for id in record.replaces if id in here]
        _refuse_unless(
            all(each.kind is record.kind for each in before), "a record in them replaces one of another kind"
        )
        if record.kind in ON_SAMPLES:
            self._check_on_sample(record, here)
        elif record.kind in ON_ROWS:
            self._check_on_row(record)
        else:
            self._check_handing_in(record)

    # ---- marks and doubts

    def _check_on_sample(self, record: Record, here: Mapping[RecordId, Record]) -> None:
        alias, question, repeat = self._subject(record)
        sample = self._real.get(alias)
        if sample is None:
            raise Refused("they speak of an answer that is not, or no longer, this expert's in this round")
        _refuse_unless(
            repeat == 0 or alias in self._again, "they mark an answer again that does not come again"
        )
        body = record.body
        if body is None or _says_again(body, f"{sample.key}/{question}/{self._person}/{repeat}", here):
            return
        place = (body.get("sample"), body.get("question"), body.get("repeat"))
        fits = place == (alias, question, repeat) and type(place[2]) is int  # True is 1 too
        _refuse_unless(fits, "a mark in them contradicts itself")
        _refuse_unless(body.get("round") == self._round, "a mark in them was given in another round")
        _refuse_unless(isinstance(body.get("criterion"), str), "a mark in them is on no point")
        asked = self._questions.asked(sample.row, str(body.get("criterion")), question)
        if asked is None:
            raise Refused(self._not_asked(sample, str(body.get("criterion"))))
        if record.kind is RecordKind.VERDICT:
            check_mark(body, asked, sample.length)

    def _subject(self, record: Record) -> tuple[SampleKey, str, int]:
        alias, question, person, repeat = (record.subject.split("/") + [""] * 4)[:4]
        fits = record.subject.count("/") == 3 and person == self._person and record.scope == alias
        _refuse_unless(fits and repeat in ("0", "1"), "a mark in them is somebody else's")
        return SampleKey(alias), question, int(repeat)

    def _not_asked(self, sample: Meaning, criterion: str) -> str:
        if self._questions.has(sample.row, criterion):
            return f'the mark on "{criterion}" of question {sample.row} answers a wording that this round never had'
        return f'"{criterion[:80]}" is no point that question {sample.row} is marked by in this round'

    # ---- notes, flags, handing in

    def _check_on_row(self, record: Record) -> None:
        _refuse_unless(record.scope in self._rows, "they speak of a question that is not this expert's")
        _refuse_unless(bool(ULID.fullmatch(record.subject)), "a note in them is not as the program writes it")
        earlier = self._store.history(record.kind, record.subject)
        foreign = any(each.person != self._person for each in earlier)
        _refuse_unless(not foreign, "they would change what somebody else wrote on a question")
        body = record.body
        if body is None:
            return
        if record.kind is RecordKind.NOTE:
            text = body.get("text")
            _refuse_unless(isinstance(text, str) and len(text) <= LONGEST, "a note in them is no text")
        else:
            _refuse_unless(body.get("row", record.scope) == record.scope, "a flag in them contradicts itself")

    def _check_handing_in(self, record: Record) -> None:
        subject = f"{self._round}/{self._person}"
        _refuse_unless(record.subject == subject and not record.scope, "they are handed in for another round")
        told = record.body or {}
        plain = all(_is_told(name, value) for name, value in told.items())
        _refuse_unless(plain, "a record in them is not as the program writes it")


def check_mark(body: Mapping[str, Any], asked: Asked, length: int) -> None:
    """Check what a mark says: its state, grade, value and evidence in a text of `length` characters.

    Raises:
        Refused: it is none that could have been given.
    """
    state, level, value = body.get("state"), body.get("level"), body.get("value")
    if state == State.NOT_APPLICABLE:
        _refuse_unless(asked.allow_na, f'"{asked.title}" cannot be "does not apply"')
        _refuse_unless(level is None and value is None, f'the mark on "{asked.title}" contradicts itself')
    else:
        _refuse_unless(state == State.SCORED, f'the mark on "{asked.title}" is none')
        _refuse_unless(
            level is None or asked.level_value(level) is not None,
            f'"{str(level)[:80]}" is no grade of "{asked.title}"',
        )
        _refuse_unless(value is not None or level is not None, f'the mark on "{asked.title}" says nothing')
        _refuse_unless(
            value is None or _is_value(value, asked), f'the value of the mark on "{asked.title}" is none'
        )
    _check_evidence(body.get("evidence", []), asked, length)


def _check_evidence(evidence: Any, asked: Asked, length: int) -> None:
    many = isinstance(evidence, list) and len(cast("list[Any]", evidence)) > MOST_PASSAGES
    _refuse_unless(not many, f'there are more than {MOST_PASSAGES} passages marked for "{asked.title}"')
    try:
        spans = [Span.model_validate(each) for each in cast("list[Any]", evidence)]
    except (ValidationError, TypeError) as error:
        raise Refused(f'the passages marked for "{asked.title}" are none') from error
    fits = all(span.start <= span.end <= length and len(span.quote) <= length for span in spans)
    _refuse_unless(fits, f'the passages marked for "{asked.title}" are not in the answer')


def _is_value(value: Any, asked: Asked) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= 1 or (asked.raw and abs(value) <= LARGEST_NUMBER)


def _is_told(name: str, value: Any) -> bool:
    """Whether a field of a handing in is of its kind."""
    if name == "source":
        return isinstance(value, str) and len(value) <= LONGEST
    if name == "finished":
        return isinstance(value, bool)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value <= LARGEST_NUMBER


def _is_name(text: str) -> bool:
    """Whether it may be a record's or an edit's id, perhaps of an older program."""
    return len(text) <= LONGEST_NAME and text.isascii() and text.isprintable()


def is_time(text: str) -> bool:
    """Whether it is a moment as the program writes it, and one that there is."""
    if not TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _says_again(body: Mapping[str, Any], subject: str, here: Mapping[RecordId, Record]) -> bool:
    """Whether a mark only says again what this expert said before this round: she undid what replaced it."""
    said = {**body, "sample": ""}
    earlier = (each.body for each in here.values() if each.subject == subject and each.body is not None)
    return any({**_kept(before), "sample": ""} == said for before in earlier)


def _kept(body: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in body.items() if field in _FIELDS[RecordKind.VERDICT]}


def _refuse_unless(fits: bool, why: str) -> None:
    if not fits:
        raise Refused(why)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
