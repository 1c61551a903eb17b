"""A session on a new project of Anna's, for tests of the guide that need a real store."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rubric_studio import wiring
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.session import Session


@contextmanager
def new_session(path: Path, **parts: Any) -> Iterator[Session]:
    """Open it, with what else `Session` takes, and close everything at the end."""
    store = wiring.new_project(path)
    person = wiring.new_person("Anna Berg")
    store.add_person(person)
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    yield Session(store, store.sibling, wiring.author(person), jobs, executor, **parts)
    jobs.shutdown()
    executor.shutdown()
    store.close()
