"""Watching a shared folder: which answers in it (files or filled sheets) are new and whole; taking those in. No timer.

A folder that is being synced shows files that are not whole yet. So a file is read once it looked the same twice,
and one that is cut off is left for later without a word.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.table import Complaint
from rubric_studio.services.answer_format import CutOff
from rubric_studio.services.answers import OfAnotherProject, TakenIn, take_in
from rubric_studio.services.edits import Author
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.review_sheet import take_in_sheet
from rubric_studio.services.round_files import ListedFile, RoundFiles
from rubric_studio.services.sent_back import SHEET_ENDING, is_sent_back

NAMED = 3
"""So many cells of one sheet are named in one line; all are where it is brought in by hand."""


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
    store: Store,
    files: RoundFiles,
    folder: Path,
    seen: Seen,
    author_of: Callable[[PersonId], Author],
    progress: Progress = no_progress,
) -> Look:
    """Look into a folder once and take in what is new and whole.

    A file is complained of once, and again when it has changed. Answers of another project are passed over,
    and so are workbooks that are no sheet of a round, or one that nobody has filled in yet.

    Args:
        author_of: an expert as an author, for what her sheet says.

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
            taken += _taken(store, files, folder / file.name, author_of)
        except (CutOff, _NotYet):
            waiting.append(file.name)
            continue
        except OfAnotherProject:
            pass  # colleagues may share one folder for several projects
        except StudioError as error:
            complaints.append(error)
        settled |= {file}
    return Look(tuple(taken), tuple(complaints), tuple(sorted(waiting)), Seen(frozenset(listed), settled))


def _taken(
    store: Store, files: RoundFiles, path: Path, author_of: Callable[[PersonId], Author]
) -> list[TakenIn]:
    if not path.name.lower().endswith(SHEET_ENDING):
        return [take_in(store, _read(files, path), path.name)]
    if not is_sent_back(files, path):
        return []
    filled = files.read_sheet(path)
    if not filled.complaints and not any(line.grade or line.reason for line in filled.lines):
        return []  # as it was sent out
    sheet = take_in_sheet(store, files, filled, author_of)
    if sheet.taken is None:
        raise _unclear(sheet.complaints, path)
    return [sheet.taken]


def _unclear(complaints: Sequence[Complaint], path: Path) -> StudioError:
    """The cells at fault, the first of them by name."""
    named = [f"cell {each.cell}, {each.message}" if each.cell else each.message for each in complaints]
    more = len(named) - NAMED
    rest = [f"and {more} more."] if more > 0 else []
    return StudioError(
        "Some cells cannot be understood",
        " ".join(["Nothing was taken in yet:", *named[:NAMED], *rest]),
        "Have them mended in the sheet, or bring the sheet in by hand and leave them out.",
        file=path.name,
    )


class _NotYet(Exception):
    """A file that cannot be read at this moment: another program may be writing it."""


def _read(files: RoundFiles, path: Path) -> bytes:
    try:
        return files.read_answers(path)
    except StudioError as error:
        raise _NotYet from error
