"""A lead who takes answers in and closes her round until her process is killed; not a test itself.

`test_closing_kill.py` starts it as "python -m tests.services.killed_closing PROJECT ROUND FILE ...". It does the same
whatever the last one left behind, and tells each thing that is done once it is saved.
"""

import sys
from pathlib import Path

from rubric_studio.domain.ids import PersonId
from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author
from rubric_studio.store.project_file import open_project


class Clock:
    """Always the same moment and the same chance: whoever closes at last, writes the same."""

    def milliseconds(self) -> int:
        return 1_900_000_000_000

    def randomness(self) -> bytes:
        return bytes(10)


def main(project: str, round: str, *files: str) -> None:
    sys.stdout.write("ready\n")
    with open_project(Path(project), who="lead") as store:
        for file in files:
            take_in(store, Path(file).read_bytes(), file)
            sys.stdout.write("taken\n")
        close_round(store, round, Author(PersonId("01ANNA"), Clock()))
        sys.stdout.write("closed\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    main(*sys.argv[1:])
