"""A process that works on a project until it is killed; not a test itself, `test_kill.py` starts it.

It waits with everything imported, forks a worker for each line "SEED PATH" it reads, and tells the worker's
process id. The worker writes one line to PATH.told for each thing that the store has acknowledged.
"""

import os
import random
import sys
from itertools import count
from pathlib import Path

from rubric_studio.domain.ids import QuestionHash, RowId
from rubric_studio.domain.probe_outcome import ProbeOutcome
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.verdict import CheckColumn
from rubric_studio.store.project_file import ProjectFile, open_project
from tests.store.material import bring_in, entry, judged, record, row, sample

IMPORT_SIZE = 2000
PROBES = ("empty", "refusal", "hedging")


def work(path: Path, seed: int, told: int) -> None:
    """Decide, mark, import, undo and reopen in a random order, for ever."""
    chance = random.Random(seed)
    store = open_project(path, who="worker")
    for number in count():
        id = f"{seed}-{number}"
        what = chance.choices(("decide", "mark", "undo", "import", "grade", "reopen"), (8, 8, 6, 2, 4, 1))[0]
        if what == "grade":
            _grade(store, id, chance)
            continue
        if what == "reopen":
            store.close()
            store = open_project(path, who="worker")
            continue
        if what == "import":
            _import(store, id)
        elif not _append(store, what, id, chance):
            continue
        os.write(told, f"{what} {id}\n".encode())


def _import(store: ProjectFile, id: str) -> None:
    samples = [sample(f"row {id}", run=run, text=f"answer {run} " * 5) for run in range(IMPORT_SIZE)]
    bring_in(store, id, [row(f"row {id}")], samples, [judged(samples[0])])


def _grade(store: ProjectFile, id: str, chance: random.Random) -> None:
    """What a machine finds: columns of checks and outcomes of probes, for a row that is there."""
    sources = store.sources()
    if sources:
        name = RowId(f"row {chance.choice(sources).id}")
        samples = [number for number, _ in store.samples_of(name)]
        many = len(samples)
        question = QuestionHash(f"{chance.randrange(4):064x}")
        column = CheckColumn(name, question, samples, [0.5] * many, [id] * many, [((0, 2),)] * many)
        store.put_check_verdicts([column])
        store.put_probe_outcomes(
            "aa" * 32, [ProbeOutcome(probe=probe, row=name, skipped=id) for probe in PROBES]
        )


def _append(store: ProjectFile, what: str, id: str, chance: random.Random) -> bool:
    """Write one edit of one to three records; whether there was anything to write."""
    kind = RecordKind.VERDICT if what == "mark" else RecordKind.DECISION
    if what == "undo":
        heads = [head for head in store.heads(kind) if head.body is not None][-3:]
        said = [(head.subject, None, (head.id,)) for head in heads]
    else:
        said = [(f"{id}/{n}", {"decision": "keep"}, ()) for n in range(chance.randint(1, 3))]
    records = [
        record(f"{id}-{n}", kind, subject, body, id, replaces=replaces)
        for n, (subject, body, replaces) in enumerate(said)
    ]
    if records:
        store.append(entry(id), records)
    return bool(records)


def serve() -> None:
    """Fork a worker for each line read."""
    for line in sys.stdin:
        seed, path = line.rstrip("\n").split(" ", 1)
        process = os.fork()
        if process == 0:
            told = os.open(path + ".told", os.O_WRONLY)
            work(Path(path), int(seed), told)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()
        os.waitpid(process, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
