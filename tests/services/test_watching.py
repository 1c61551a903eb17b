"""A watched folder: files that are new and whole are taken in, half-synced ones wait without a word."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from rubric_studio import wiring
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId
from rubric_studio.files.review_xlsx import GRADE, ID, SCORE
from rubric_studio.services.edits import Author
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.ports import Store
from rubric_studio.services.projects import OpenStore
from rubric_studio.services.review_sheet import sheet_of
from rubric_studio.services.round_files import ListedFile
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.watching import Look, Seen, look_into, ready
from rubric_studio.store.project_file import ProjectFile, create_project

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import fill
from .round_room import FOUR, begin, scores_all

SHARED = Path("shared")
START = RoundStart(experts=FOUR[:2], pick=Pick(count=4))


class Folder:
    """A shared folder that a test fills; a file that is None cannot be read at this moment."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | None] = {}
        self.changed = 0

    def put(self, name: str, content: bytes | None) -> None:
        self.files[name] = content
        self.changed += 1

    def listed_answers(self, folder: Path) -> list[ListedFile]:
        assert folder == SHARED
        return [ListedFile(name, len(each or b""), self.changed) for name, each in sorted(self.files.items())]

    def read_answers(self, path: Path) -> bytes:
        content = self.files[path.name]
        if content is None:
            raise StudioError("The answers cannot be read", "Another program holds the file.")
        return content

    def make_packet(self, path: Path, fill: Callable[[Store], None]) -> int:
        raise NotImplementedError

    def open_packet(self, path: Path, who: str) -> OpenStore:
        raise NotImplementedError

    def own_packet(self, round: str, person: str) -> Path:
        raise NotImplementedError

    def write_answers(self, path: Path, content: bytes) -> None:
        raise NotImplementedError


def ticking(person: PersonId) -> Author:
    return Author(person, TickingClock())


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "rounds.rubric") as project:
        fill(project, author)
        yield project


@pytest.fixture
def folder() -> Folder:
    return Folder()


@pytest.fixture
def brunos(store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path) -> bytes:
    round, _ = begin(store, author, START)
    return scores_all(store, tmp_path, round, BRUNO, clock)


def looks(store: ProjectFile, folder: Any, times: int, seen: Seen = Seen()) -> list[Look]:  # noqa: B008
    found: list[Look] = []
    for _ in range(times):
        found.append(look_into(store, folder, SHARED, seen, ticking))
        seen = found[-1].seen
    return found


def test_a_file_is_taken_in_once_it_looked_the_same_twice(store: ProjectFile, folder: Folder, brunos: bytes):
    folder.put("Bruno.answers", brunos)
    first, second, third = looks(store, folder, 3)
    assert (first.taken, first.waiting) == ((), ("Bruno.answers",))
    assert [taken.name for taken in second.taken] == ["Bruno"]
    assert (third.taken, third.complaints, third.waiting) == ((), (), ())


def test_a_file_that_still_grows_waits_without_a_word(store: ProjectFile, folder: Folder, brunos: bytes):
    folder.put("Bruno.answers", brunos[: len(brunos) // 2])
    half = looks(store, folder, 3)
    assert all((look.taken, look.complaints, look.waiting) == ((), (), ("Bruno.answers",)) for look in half)
    folder.put("Bruno.answers", brunos)
    waits, taken = looks(store, folder, 2, half[-1].seen)
    assert waits.waiting == ("Bruno.answers",)
    assert len(taken.taken) == 1


@pytest.mark.parametrize("content", [b"", bytes(5000), None])
def test_a_file_that_is_not_there_yet_waits(store: ProjectFile, folder: Folder, content: bytes | None):
    folder.put("Bruno.answers", content)
    assert [(look.complaints, look.waiting) for look in looks(store, folder, 3)] == [
        ((), ("Bruno.answers",))
    ] * 3


def test_a_damaged_file_is_complained_of_once_until_it_changes(
    store: ProjectFile, folder: Folder, brunos: bytes
):
    folder.put("Bruno.answers", brunos.replace(b"fully", b"fu!ly"))
    first, second, third = looks(store, folder, 3)
    assert [len(look.complaints) for look in (first, second, third)] == [0, 1, 0]
    assert second.complaints[0].file == "Bruno.answers"
    folder.put("Bruno.answers", brunos)
    assert len(looks(store, folder, 2, third.seen)[1].taken) == 1


def test_answers_of_another_project_are_passed_over(
    folder: Folder, brunos: bytes, author: Author, tmp_path: Path
):
    folder.put("Bruno.answers", brunos)
    with create_project(tmp_path / "other.rubric") as other:
        fill(other, author)
        assert [(look.taken, look.complaints) for look in looks(other, folder, 3)] == [((), ())] * 3


def test_beginning_to_watch_anew_takes_nothing_in_twice(store: ProjectFile, folder: Folder, brunos: bytes):
    folder.put("Bruno.answers", brunos)
    looks(store, folder, 2)
    assert [taken.was_known for taken in looks(store, folder, 2)[1].taken] == [True]
    assert len(store.sealed()) == 1


def test_a_file_is_ready_when_it_is_listed_as_before_and_not_settled():
    one, two, three = ListedFile("a", 5, 1), ListedFile("b", 5, 1), ListedFile("c", 5, 1)
    seen = Seen(frozenset({one, two}), frozenset({two}))
    assert ready([one, two, three, ListedFile("d", 6, 1)], seen) == [one]


def test_a_real_folder_is_looked_into(store: ProjectFile, brunos: bytes, tmp_path: Path):
    shared, files = tmp_path / "shared", wiring.round_files()
    shared.mkdir()
    files.write_answers(shared / "Bruno.answers", brunos)
    (shared / "letter.docx").write_bytes(b"x")
    (shared / ".Bruno.answers").write_bytes(b"x")
    seen = look_into(store, files, shared, Seen(), ticking).seen
    assert [taken.person for taken in look_into(store, files, shared, seen, ticking).taken] == [BRUNO]
    with pytest.raises(StudioError, match="The folder cannot be looked into"):
        look_into(store, files, tmp_path / "gone", seen, ticking)
    assert ANNA not in {each.person for each in store.sealed()}


@pytest.fixture
def sheet(store: ProjectFile, author: Author, tmp_path: Path) -> Path:
    """Bruno's sheet in a shared folder, as it is sent out: two points on each of four answers."""
    files, shared = wiring.round_files(), tmp_path / "shared"
    shared.mkdir()
    round, _ = begin(store, author, START)
    files.make_packet(tmp_path / "b.review", fill_packet(store, round, BRUNO, author.now()))
    with closing(files.open_packet(tmp_path / "b.review", "Bruno")) as packet:
        files.write_sheet(shared / "Bruno.xlsx", sheet_of(packet))
    return shared / "Bruno.xlsx"


def fill_in(sheet: Path, *grades: str) -> None:
    book = load_workbook(sheet)
    lines: list[Any] = [line for line in book[SCORE].iter_rows() if "/" in str(line[ID - 1].value or "")]
    for line, grade in zip(lines, grades, strict=False):
        line[GRADE - 1].value = grade
    book.save(sheet)


def looks_there(store: ProjectFile, sheet: Path, seen: Seen) -> Look:
    """Two looks, as a file must look the same twice; what the second brought."""
    files = wiring.round_files()
    first = look_into(store, files, sheet.parent, seen, ticking)
    return look_into(store, files, sheet.parent, first.seen, ticking)


def test_a_filled_sheet_is_taken_in_and_one_that_nobody_filled_in_is_not(store: ProjectFile, sheet: Path):
    Workbook().save(sheet.parent / "Budget.xlsx")
    (sheet.parent / "~$Bruno.xlsx").write_bytes(b"Excel has it open")
    sent = looks_there(store, sheet, Seen())
    assert (sent.taken, sent.complaints, sent.waiting, store.sealed()) == ((), (), (), [])
    fill_in(sheet, "1 fully", "1 no")
    back = looks_there(store, sheet, sent.seen)
    assert [(each.person, each.done, each.total) for each in back.taken] == [(BRUNO, 1, 4)]
    assert looks_there(store, sheet, back.seen).taken == ()


def test_a_sheet_with_cells_at_fault_is_complained_of_by_cell_until_it_changes(
    store: ProjectFile, sheet: Path
):
    fill_in(sheet, "perhaps")
    looked = looks_there(store, sheet, Seen())
    (complaint,) = looked.complaints
    assert (looked.taken, complaint.file) == ((), "Bruno.xlsx")
    assert "cell " in complaint.message
    assert "“perhaps” is no grade here." in complaint.message
    assert looks_there(store, sheet, looked.seen).complaints == ()
    fill_in(sheet, "1 fully")
    assert len(looks_there(store, sheet, looked.seen).taken) == 1


def test_a_sheet_of_another_project_is_passed_over(sheet: Path, author: Author, tmp_path: Path):
    fill_in(sheet, "1 fully")
    with create_project(tmp_path / "other.rubric") as other:
        fill(other, author)
        looked = looks_there(other, sheet, Seen())
        assert (looked.taken, looked.complaints) == ((), ())
