"""The example with judges: the recorded one, one that asked three times, and one that is made but asked nobody."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from rubric_studio import wiring
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.edits import perform
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.judges import saving_judge
from rubric_studio.services.model_access import ModelAccess
from rubric_studio.services.versions import saved_version
from rubric_studio.store.project_file import ProjectFile, open_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.session import Session

RECORDED, CAREFUL, QUICK = "Model Judge (recorded)", "Careful", "Quick"
REPEATS = 3


def make_measured_example(path: Path) -> Path:
    """The example with every check measured."""
    wiring.make_example(path)
    store = open_project(path)
    with ThreadPoolExecutor(1) as executor:
        grade_checks(store, saved_version(store).rubric, executor)
    store.close()
    return path


def add_judges(store: ProjectFile) -> None:
    """Careful marks what the recorded judge did, three times, and changes its mind on every tenth mark."""
    author = wiring.passing_author()
    for judge in (
        JudgeConfig(name=CAREFUL, connection="paper", model="paper-1", repeats=REPEATS),
        JudgeConfig(name=QUICK, connection="paper", model="paper-1", mode="sample"),
    ):
        perform(store, saving_judge(store, judge), author)
    said = [verdict for _, verdict in store.judge_verdicts()]
    with store.writing() as writer:
        writer.source(Source(id="careful", kind="verdicts", name=CAREFUL))
        writer.judge_verdicts(
            _said(verdict, repeat, changes=repeat == 1 and at % 10 == 0)
            for at, verdict in enumerate(said)
            for repeat in range(REPEATS)
        )


def _said(verdict: Verdict, repeat: int, *, changes: bool) -> Verdict:
    changed: dict[str, object] = {"rater": Rater(kind="judge", name=CAREFUL), "repeat": repeat}
    if changes and verdict.state is State.SCORED and verdict.value is not None:
        changed |= {"value": 1.0 - verdict.value, "level": None, "reason": "On second thought."}
    return verdict.model_copy(update=changed)


@contextmanager
def example_session(measured: Path, path: Path, models: ModelAccess | None) -> Iterator[Session]:
    """A session on a copy of the measured example."""
    store = open_project(Path(shutil.copy(measured, path)))
    person = wiring.new_person("Anna Berg")
    store.add_person(person)
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    yield Session(store, store.sibling, wiring.author(person), jobs, executor, models=models)
    jobs.shutdown()
    executor.shutdown()
    store.close()
