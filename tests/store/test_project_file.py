import sqlite3
import threading
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.listing import RowQuery
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from tests.store.material import bring_in, decide, row, sample, source


def test_what_was_written_is_there_after_reopening(store: ProjectFile, path: Path):
    bring_in(store, "S", [row("r1")], [sample("r1")])
    store.close()
    with open_project(path) as again:
        assert again.name == "Tax law"
        assert list(again.rows()) == [row("r1")]


def test_closing_leaves_one_self_contained_file(store: ProjectFile, path: Path):
    bring_in(store, "S", [row("r1")])
    assert path.with_name(path.name + "-wal").exists()
    store.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_bytes()[18:20] == b"\x01\x01"  # the header says: no WAL


def test_closing_twice_is_closing_once(store: ProjectFile):
    store.close()
    store.close()


def test_the_last_of_several_connections_folds_the_file_up(store: ProjectFile, path: Path):
    sibling = store.sibling()
    store.close()
    assert sibling.row_ids(RowQuery()) == []
    sibling.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_every_table_is_strict_and_every_commit_waits_for_the_disk(store: ProjectFile):
    raw = store.connection.raw
    tables = raw.execute("select name, strict from pragma_table_list where schema = 'main'").fetchall()
    assert [name for name, strict in tables if not strict and name != "sqlite_schema"] == []
    assert raw.execute("pragma synchronous").fetchone() == (2,)
    assert raw.execute("pragma foreign_keys").fetchone() == (1,)
    assert raw.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_synced_folder_gets_no_wal(tmp_path: Path):
    folder = tmp_path / "OneDrive - Firm" / "cases"
    folder.mkdir(parents=True)
    with create_project(folder / "a.rubric") as store:
        assert store.place == ("synced", "OneDrive")
        assert store.connection.raw.execute("pragma journal_mode").fetchone() == ("delete",)
        bring_in(store, "S", [row("r1")])
        assert not (folder / "a.rubric-wal").exists()


def test_a_file_that_is_there_is_not_overwritten_by_a_new_project(path: Path):
    path.parent.mkdir()
    path.write_text("precious")
    with pytest.raises(StudioError, match="not overwritten"):
        create_project(path)
    assert path.read_text() == "precious"
    assert len(list(path.parent.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"SQLite", b"PK\x03\x04" + bytes(500), "Größe".encode("utf-16")])
def test_a_foreign_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes):
    path = tmp_path / "a.rubric"
    path.write_bytes(content)
    with pytest.raises(StudioError, match="not a project"):
        open_project(path)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["a.rubric"]


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path):
    path = tmp_path / "a.rubric"
    with sqlite3.connect(path) as raw:
        raw.execute("create table record (id text)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StudioError, match="another program"):
        open_project(path)
    assert path.read_bytes() == before


def test_a_missing_file_is_not_made(tmp_path: Path):
    with pytest.raises(StudioError, match="could not be read"):
        open_project(tmp_path / "none.rubric")
    assert list(tmp_path.iterdir()) == []


def test_a_cut_off_file_is_called_damaged_and_left_as_it_is(store: ProjectFile, path: Path):
    bring_in(store, "S", [row(f"r{n}", "long " * 200) for n in range(50)])
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StudioError, match="damaged"):
        open_project(path)
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_file_with_a_torn_page_never_crashes_the_program(store: ProjectFile, path: Path):
    bring_in(store, "S", [row(f"r{n}", "long " * 200) for n in range(200)])
    store.close()
    torn = bytearray(path.read_bytes())
    torn[8192:] = bytes(byte ^ 0x5A for byte in torn[8192:])
    path.write_bytes(torn)
    with pytest.raises(StudioError, match=r"damaged|not a project"), open_project(path) as again:
        list(again.rows())


def test_a_newer_format_is_refused_in_plain_words(store: ProjectFile, path: Path):
    store.connection.raw.execute("pragma user_version = 99")
    store.close()
    before = path.read_bytes()
    with pytest.raises(StudioError, match="format 99; this program reads up to"):
        open_project(path)
    assert path.read_bytes() == before


def test_a_project_opened_to_read_refuses_every_write(store: ProjectFile, path: Path):
    decide(store, "d1", "r1", "keep")
    with open_project(path, read_only=True) as reader:
        assert reader.read_only
        assert reader.counts().decisions == {"keep": 1}
        with pytest.raises(StudioError, match="read only"):
            decide(reader, "d2", "r1", "drop")
        with pytest.raises(StudioError, match="read only"):
            bring_in(reader, "S", [row("r1")])


def test_a_project_in_a_folder_of_no_writing_can_be_read(store: ProjectFile, path: Path):
    bring_in(store, "S", [row("r1")])
    store.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with open_project(path, read_only=True) as reader:
            assert reader.row_ids(RowQuery()) == ["r1"]
    finally:
        path.parent.chmod(0o755)


def test_a_sibling_reads_on_another_thread_while_an_import_is_under_way(store: ProjectFile):
    bring_in(store, "S1", [row("r1")])
    seen: list[list[str]] = []

    def read() -> None:
        with store.sibling() as sibling:
            seen.append(list(sibling.row_ids(RowQuery())))

    with store.writing() as writer:
        writer.source(source("S2"))
        writer.rows([row("r2")])
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert seen == [["r1"]]
    assert store.row_ids(RowQuery()) == ["r1", "r2"]


def test_a_stream_left_half_read_does_not_keep_its_connection_from_writing(store: ProjectFile):
    bring_in(store, "S1", [row(f"r{n}") for n in range(10)], [sample("r1", run=n) for n in range(10)])
    stream = store.samples()
    next(stream)
    sibling = store.sibling()
    decide(sibling, "d1", "r1", "keep")
    sibling.close()
    store.put_check_verdicts([])
    decide(store, "d2", "r2", "keep")
    assert len(list(stream)) == 9


def test_a_text_that_no_file_can_carry_is_refused_as_a_name(store: ProjectFile):
    with pytest.raises(StudioError, match="half of a character"):
        bring_in(store, "S", [], [sample("r1", "m\ud800")])


def test_counts_follow_what_is_written_and_forget_what_is_rolled_back(store: ProjectFile):
    def bring_in_halfway() -> None:
        with store.writing() as writer:
            writer.source(source("S"))
            writer.rows([row("r1")])
            assert store.counts().rows == 1
            raise RuntimeError("stopped")

    assert store.counts().rows == 0
    with pytest.raises(RuntimeError, match="stopped"):
        bring_in_halfway()
    assert store.counts().rows == 0
    with store.sibling() as other:
        bring_in(other, "S", [row("r1")])
    assert store.counts().rows == 1
