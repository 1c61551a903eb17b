"""A process that works a run off until it is killed; not a test itself, `test_run_kill.py` starts it.

It waits with everything imported, forks a worker for each line "ADDRESS RUN PATH" it reads, and tells the worker's
process id.
"""

import os
import sys
from pathlib import Path

import openai  # noqa: F401 - a worker that imported it would not live long enough to ask anything

from rubric_studio.domain.connection import Connection
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
from rubric_studio.services.run_progress import RunProgress
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import reopened
from rubric_studio.store.project_file import open_project

CONCURRENCY = 8


class Heedless:
    """A window that never pauses anything."""

    is_paused = is_stopped = False

    def tell(self, progress: RunProgress) -> None:
        """Nobody looks."""


def home(address: str, **more: object) -> Connection:
    """The server of the test."""
    told = {"id": "home", "name": "At home", "base_url": address, "key_place": "none"}
    return Connection.model_validate(told | {"concurrency": CONCURRENCY} | more)


def work(path: Path, run: str, address: str) -> None:
    """Go on with the run, as after any start of the program."""
    with open_project(path, who="worker") as store:
        reopened(store)
        run_calls(store, run, ModelServers(Keys(), offline=False), home(address), Heedless())


def serve() -> None:
    """Fork a worker for each line read."""
    for line in sys.stdin:
        address, run, path = line.rstrip("\n").split(" ", 2)
        process = os.fork()
        if process == 0:
            work(Path(path), run, address)
            os._exit(0)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()
        os.waitpid(process, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
