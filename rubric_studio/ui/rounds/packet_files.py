"""Writes one file per expert into a folder, in a job's thread. What is in a file is a service's business."""

import re
from collections import Counter
from collections.abc import Sequence

from rubric_studio.services.packet_guide import rubric_of
from rubric_studio.services.ports import Store
from rubric_studio.services.round_files import RoundFiles
from rubric_studio.services.round_letter import round_letter
from rubric_studio.services.rounds import ExpertProgress, Round
from rubric_studio.services.workload import workloads
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.rounds.send_dialog import Outgoing, SendChoice

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""What some system does not allow in a name."""
LONGEST = 120


def file_names(title: str, people: Sequence[ExpertProgress], ending: str) -> dict[str, str]:
    """Name each person's file; two of one name are told apart by the end of their permanent ids."""
    counts = Counter(_plain(person.name).casefold() for person in people)
    names: dict[str, str] = {}
    for person in people:
        name = _plain(person.name)
        if counts[name.casefold()] > 1:
            name = f"{name} {person.person[-4:]}"
        names[person.person] = f"{_plain(title)} - {name}"[:LONGEST] + ending
    return names


def write_packets(
    files: RoundFiles,
    store: Store,
    round: Round,
    choice: SendChoice,
    made_at: str,
    progress: Progress,
) -> tuple[Outgoing, ...]:
    """Write the files one after the other, with their letters; each is handed over as soon as it is whole.

    Raises:
        StudioError: one cannot be written; those before it stay.
    """
    work = {each.person: each for each in workloads(store, rubric_of(store, round.plan), round.plan)}
    lead = next((person.name for person in store.people() if person.id == round.plan.lead), "")
    people = [each for each in round.progress if each.person in choice.people]
    names = file_names(round.plan.title, round.progress, choice.form.ending)
    written: list[Outgoing] = []
    for at, person in enumerate(people):
        progress(at, len(people), person.name)
        path = choice.folder / names[person.person]
        size = choice.form.make(files, store, round.id, person.person, made_at, path)
        letter = round_letter(
            round.plan,
            work[person.person],
            project=store.name,
            lead=lead,
            file=path.name,
            size=size,
            form=choice.form.key,
        )
        written.append(Outgoing(person.person, person.name, path, size, f"{letter.subject}\n\n{letter.body}"))
        progress.deliver(written[-1])
    progress(len(people), len(people), "")
    return tuple(written)


def _plain(name: str) -> str:
    """A name as every system allows it in a file's name."""
    return " ".join(FORBIDDEN.sub(" ", name).split()).strip(". ") or "-"
