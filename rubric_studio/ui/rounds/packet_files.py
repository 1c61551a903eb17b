"""Writes one file per expert into a folder, in a job's thread. What is in a file is a service's business."""

from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from rubric_studio.services.packet_guide import rubric_of
from rubric_studio.services.person_names import person_name
from rubric_studio.services.ports import Store
from rubric_studio.services.round_files import RoundFiles
from rubric_studio.services.round_letter import round_letter
from rubric_studio.services.rounds import ExpertProgress, Round
from rubric_studio.services.workload import workloads
from rubric_studio.ui.file_names import plain_name
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.rounds.send_dialog import Outgoing, SendChoice

LONGEST = 60
"""Letters of the round's title, and of a name."""
NAMELESS = "-"


def file_names(title: str, people: Sequence[ExpertProgress], ending: str) -> dict[str, str]:
    """Name each person's file; two of one name are told apart by the end of their permanent ids."""
    round = plain_name(title)[:LONGEST].strip() or NAMELESS
    plain = {person.person: plain_name(person.name)[:LONGEST].strip() or NAMELESS for person in people}
    counts = Counter(name.casefold() for name in plain.values())
    return {
        id: f"{round} - {name if counts[name.casefold()] == 1 else f'{name} {id[-4:]}'}{ending}"
        for id, name in plain.items()
    }


def free_path(path: Path) -> Path:
    """A path where nothing lies yet: in a shared folder, somebody may be at work in a file that was sent before."""
    tried = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return path if not path.exists() else next(each for each in tried if not each.exists())


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
    lead = person_name(store, round.plan.lead)
    people = [each for each in round.progress if each.person in choice.people]
    names = file_names(round.plan.title, round.progress, choice.form.ending)
    written: list[Outgoing] = []
    for at, person in enumerate(people):
        progress(at, len(people), person.name)
        path = free_path(choice.folder / names[person.person])
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
