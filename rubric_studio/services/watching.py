"""Watching a shared folder: which answer files in it are new and whole, and taking those in. It has no timer.

A folder that is being synced shows files that are not whole yet. So a file is read once it looked the same twice,
and one that is cut off is left for later without a word.
"""

from pathlib import Path
from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.services.answer_format import CutOff
from rubric_studio.services.answers import OfAnotherProject, TakenIn, take_in
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.round_files import ListedFile, RoundFiles


class Seen(NamedTuple):
    """What is remembered from one look to the next; to begin anew is safe, as twice is once.

    `listed` is what lay there at the last look, `settled` what was taken in or complained of, as it was then.
    """

    listed: frozenset[ListedFile] = frozenset()
    settled: frozenset[ListedFile] = frozenset()


class Look(NamedTuple):
    """What one look brought. `waiting` names files that are not whole yet."""

    taken: tuple[TakenIn, ...]
    complaints: tuple[StudioError, ...]
    waiting: tuple[str, ...]
    seen: Seen


def ready(listed: list[ListedFile], seen: Seen) -> list[ListedFile]:
    """The files that are new and looked the same at the last look, by name."""
    return sorted(each for each in listed if each in seen.listed and each not in seen.settled)


def look_into(
    store: Store, files: RoundFiles, folder: Path, seen: Seen, progress: Progress = no_progress
) -> Look:
    """Look into a folder once and take in what is new and whole.

    A file is complained of once, and again when it has changed. Answers of another project are passed over.

    Raises:
        StudioError: the folder cannot be looked into.
    """
    listed = files.listed_answers(folder)
    taken: list[TakenIn] = []
    complaints: list[StudioError] = []
    waiting = [each.name for each in listed if each not in seen.listed and each not in seen.settled]
    settled = seen.settled & frozenset(listed)  # a file that is gone is forgotten
    new = ready(listed, seen)
    for number, file in enumerate(new):
        progress(number, len(new), "taking answers in")
        try:
            taken.append(take_in(store, _read(files, folder / file.name), file.name))
        except (CutOff, _NotYet):
            waiting.append(file.name)
            continue
        except OfAnotherProject:
            pass  # colleagues may share one folder for several projects
        except StudioError as error:
            complaints.append(error)
        settled |= {file}
    return Look(tuple(taken), tuple(complaints), tuple(sorted(waiting)), Seen(frozenset(listed), settled))


class _NotYet(Exception):
    """A file that cannot be read at this moment: another program may be writing it."""


def _read(files: RoundFiles, path: Path) -> bytes:
    try:
        return files.read_answers(path)
    except StudioError as error:
        raise _NotYet from error
