"""Answers of experts are taken into the lead's project: sealed while their round is open, as records once it is closed.

All of it is a union of records: the order in which files come does not matter, and twice is once.
"""

from collections.abc import Iterable
from typing import NamedTuple

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.handed_in import HandedIn
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.round import RoundExpert, expert_key
from rubric_studio.domain.safe_text import short_name
from rubric_studio.services.answer_checks import AnswerChecks
from rubric_studio.services.answer_format import AnswerFile, answer_file, read_answer_file
from rubric_studio.services.answer_meaning import Meant, meant_by, names_in, write_meant
from rubric_studio.services.edits import changes_of
from rubric_studio.services.handing_in import EVERY_EDIT, answers_of, hand_in, progress_of
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import Round, rounds
from rubric_studio.services.sealed_answers import every_sealed, ids_in, keep, open_sealed, sent_in

__all__ = [
    "OfAnotherProject",
    "TakenIn",
    "answer_file",
    "answers_of",
    "hand_in",
    "open_sealed",
    "progress_of",
    "read_answer_file",
    "take_in",
]


class OfAnotherProject(StudioError):
    """Answers whose round was not started in this project: another one may be waiting for them."""


class TakenIn(NamedTuple):
    """What became of an answer file: whose it is and how far she came, never what she said.

    `was_known` says that nothing in it was new; `late` that the round was closed already, so that its marks are
    part of the project, and none of them counts for the round's agreement.
    """

    round: RecordId
    person: PersonId
    name: str
    done: int
    total: int
    finished: bool
    was_known: bool
    late: bool
    changes: Changes


def take_in(store: Store, content: bytes, name: str = "") -> TakenIn:
    """Take an answer file in.

    Args:
        name: the file's name, for messages.

    Raises:
        StudioError: it is no answer file, damaged, cut off, forged, of another project or round, or says what its
            sender cannot have said. Nothing was changed then.
    """
    file = read_answer_file(content, name)
    with store.writing():  # nobody closes the round between looking and writing
        return _taken_in(store, file, name)


def _taken_in(store: Store, file: AnswerFile, name: str) -> TakenIn:
    round = _round_of(store, file.handed_in, name)
    expert = _sender(round, file, name)
    real = names_in(store, round, expert.person)
    AnswerChecks(store, round.plan, round.id, expert.person, real).check(file.handed_in, name)
    meant = meant_by(file.handed_in, real)
    sent = sent_in(store, round, expert.person)
    _refuse_contradictions(store, meant, [each.meant for each in sent], name)
    _refuse_ids_of_others(store, meant, name)
    if round.is_closed:
        return _merged(store, expert, meant)
    new = keep(store, file, sent)
    changes = Changes(topics=frozenset({Topic.ROUNDS} if new else ()))
    return _taken(expert, file.handed_in, was_known=not new, late=False, changes=changes)


def _round_of(store: Store, handed_in: HandedIn, name: str) -> Round:
    found = next((each for each in rounds(store) if each.id == handed_in.round), None)
    if found is not None:  # also where copies of a project were merged into one that began elsewhere
        return found
    if handed_in.project != store.first_edit():
        raise OfAnotherProject(
            "These answers belong to another project",
            f"{short_name(handed_in.name)} scored in a round that was not started here. Nothing was changed.",
            "Open the project that the packet came from, and take them in there.",
            file=name or None,
        )
    raise _refused(
        "These answers belong to a round that is not here",
        f"{short_name(handed_in.name)} scored in a round that this copy of the project does not know",
        "Bring in the copy in which the round was started, then take them in again.",
        name,
    )


def _sender(round: Round, file: AnswerFile, name: str) -> RoundExpert:
    """Who sent the file, if she scores in the round and her key signed it."""
    expert = round.plan.expert(file.handed_in.person)
    if expert is None:
        raise _refused(
            "These answers are of somebody else",
            f'{short_name(file.handed_in.name)} does not score in round {round.plan.number}, "{round.plan.title}"',
            "Choose the answers of somebody who does.",
            name,
        )
    if not file.is_signed_with(expert_key(round.plan, round.id, expert.person)):
        raise _refused(
            "These answers are not genuine",
            f"Their signature does not fit {expert.name}'s packet: somebody changed them, or they were made elsewhere",
            f"Ask {expert.name} to save the answers from the packet and send them again.",
            name,
        )
    return expert


def _refuse_contradictions(store: Store, meant: Meant, sent: Iterable[Meant], name: str) -> None:
    """Ids never change their meaning: not against this project, nor against what was sent before."""
    records = {record.id: record for record in meant.records}
    edits = store.edits(newest=EVERY_EDIT)
    same = all(records[each.id] == each for each in store.records(sorted(records)))
    same = same and all(meant.edits.get(entry.id, entry) == entry for entry in edits)
    for each in sent:
        same = same and all(records.get(record.id, record) == record for record in each.records)
        same = same and all(meant.edits.get(id, entry) == entry for id, entry in each.edits.items())
    if not same:
        raise _refused(
            "These answers contradict earlier ones",
            "They tell something differently that never changes once it was sent",
            "Ask for them to be sent again from the packet, as the program saves them.",
            name,
        )


def _refuse_ids_of_others(store: Store, meant: Meant, name: str) -> None:
    """What is sealed elsewhere is not in the project yet, and must neither be told nor replaced from here."""
    own, ids = meant.handed_in, {*meant.edits, *(record.id for record in meant.records)}
    replaced = {id for record in meant.records for id in record.replaces}
    for sealed, content in every_sealed(store):
        if sealed.person != own.person:
            taken = (ids | replaced) & ids_in(content)
        else:
            taken = ids & ids_in(content) if sealed.round != own.round else None
        if taken:
            raise _refused(
                "These answers were not taken in",
                "They speak of steps that belong to other answers, which are sealed",
                "Ask for them to be sent again from the packet, as the program saves them.",
                name,
            )


def _merged(store: Store, expert: RoundExpert, meant: Meant) -> TakenIn:
    """Late: the marks become records, and nothing of the round's agreement moves."""
    here = {record.id for record in store.records([record.id for record in meant.records])}
    new = [record for record in meant.records if record.id not in here]
    write_meant(store, meant)
    return _taken(expert, meant.handed_in, was_known=not new, late=True, changes=changes_of(new))


def _taken(
    expert: RoundExpert, handed_in: HandedIn, *, was_known: bool, late: bool, changes: Changes
) -> TakenIn:
    return TakenIn(
        round=handed_in.round,
        person=expert.person,
        name=expert.name,
        done=handed_in.done,
        total=handed_in.total,
        finished=handed_in.finished,
        was_known=was_known,
        late=late,
        changes=changes,
    )


def _refused(title: str, what: str, hint: str, name: str) -> StudioError:
    return StudioError(title, f"{what}. Nothing was changed.", hint, file=name or None)
