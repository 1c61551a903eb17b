"""The process in which trusted own code runs under CPython: confines itself, then answers batches until its end.

Started by `trusted_code.py` as a script, isolated, without site-packages, with an empty environment. It reads
frames of JSON (four bytes of length before each) and writes one line of JSON for each case, as soon as it is known,
so that the parent sees which case it was in when it ends. Nothing else of ours is within reach of the code.
"""

import json
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

LOADED = "loaded"
LONGEST_LINE = 4096
NOT_CONFINED = 97
"""The exit code of a process that could not confine itself: it has run nothing."""


def serve(root: str, reading: BinaryIO, answers: int) -> None:
    """Confine this process as the first frame says, load its source, answer the batches that follow."""
    frames = _frames(reading)
    wanted = next(frames)
    program_type, sample_of = _brought_in(root, wanted)
    program = program_type(wanted["source"])
    _write(answers, LOADED)
    for batch in frames:
        for number, (text, item) in enumerate(batch):
            said = program.says(sample_of(text), item)
            _write(answers, [number, said.value, said.reason, said.line])


def _brought_in(root: str, wanted: dict[str, Any]) -> tuple[Any, Any]:
    """Import what is needed of ours, then confine this process and forget where ours was."""
    sys.path.insert(0, root)
    from rubric_studio.grader.measures import Answer
    from rubric_studio.grader.own_code import Program, sample_of
    from rubric_studio.sandbox.confinement import confine

    sys.path.remove(root)
    sys.path.extend(wanted["packages"])
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    folder = Path(wanted["folder"])
    try:
        confine(folder, [Path(each) for each in wanted["libraries"]], frozenset(wanted["measures"]))
    except (OSError, ValueError):
        os._exit(NOT_CONFINED)
    return Program, lambda text: sample_of(Answer(text))


def _frames(reading: BinaryIO) -> Iterator[Any]:
    while len(head := reading.read(4)) == 4:
        (length,) = struct.unpack("<I", head)
        yield json.loads(reading.read(length))


def _write(answers: int, value: Any) -> None:
    line = json.dumps(value).encode()[:LONGEST_LINE] + b"\n"
    while line:
        line = line[os.write(answers, line) :]


def _private_ends() -> tuple[BinaryIO, int]:
    """Move this side's ends away from the numbers that print and input use; those lead nowhere now."""
    reading, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return os.fdopen(reading, "rb"), answers


if __name__ == "__main__":
    serve(sys.argv[1], *_private_ends())
