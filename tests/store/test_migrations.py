import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.listing import RowQuery
from rubric_studio.store.migrations import APPLICATION_ID, FORMAT, STEPS, bring_up_to_date, format_of
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from tests.store.material import bring_in, row
from tests.store.run_material import add_run

FIRST_FORMAT = Path(__file__).with_name("format_1.sql")


def test_a_file_of_the_first_format_opens_with_everything_in_it(tmp_path: Path):
    path = tmp_path / "old.rubric"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript(FIRST_FORMAT.read_text("utf-8"))
    with open_project(path, backups=tmp_path / "backups") as store:
        assert format_of(store.connection.raw) == FORMAT
        assert store.problem() is None
        counts = store.counts()
        assert (counts.rows, counts.samples, counts.judge_verdicts, counts.decisions) == (
            2,
            1,
            1,
            {"keep": 1},
        )
        assert store.row_ids(RowQuery(search="STEUER")) == ["r2"]


def test_the_tables_of_the_first_format_never_change(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "kept")) as kept, closing(sqlite3.connect(":memory:")) as made:
        kept.executescript(FIRST_FORMAT.read_text("utf-8"))
        bring_up_to_date(made, STEPS[:1])
        columns = (
            "select m.name, c.name, c.type, c.pk from sqlite_schema m, pragma_table_xinfo(m.name) c "
            "order by 1, c.cid"
        )
        assert made.execute(columns).fetchall() == kept.execute(columns).fetchall()


def test_an_older_file_is_backed_up_before_it_is_brought_up_to_date(tmp_path: Path):
    path = tmp_path / "old.rubric"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"pragma application_id = {APPLICATION_ID}")
    open_project(path, backups=tmp_path / "backups").close()
    (backup,) = (tmp_path / "backups").iterdir()
    with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(path)) as new:
        assert (format_of(old), format_of(new)) == (0, FORMAT)


def test_an_older_file_is_not_changed_when_it_is_opened_to_read(tmp_path: Path):
    path = tmp_path / "old.rubric"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"pragma application_id = {APPLICATION_ID}")
    before = path.read_bytes()
    with pytest.raises(StudioError, match="older format"):
        open_project(path, read_only=True)
    assert path.read_bytes() == before


def test_no_migration_happens_where_no_backup_can_be_made(tmp_path: Path):
    path = tmp_path / "old.rubric"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"pragma application_id = {APPLICATION_ID}")
    before = path.read_bytes()
    in_the_way = tmp_path / "backups"
    in_the_way.write_text("a file, no folder")
    with pytest.raises(StudioError, match="could not be written"):
        open_project(path, backups=in_the_way)
    assert path.read_bytes() == before


def test_a_later_step_is_taken_once_and_keeps_what_is_there(store: ProjectFile):
    def stars(db: Database) -> None:
        db.execute("alter table row add column stars integer not null default 3")

    bring_in(store, "S", [row("r1")])
    raw = store.connection.raw
    bring_up_to_date(raw, (*STEPS, stars))
    bring_up_to_date(raw, (*STEPS, stars))
    assert format_of(raw) == FORMAT + 1
    assert raw.execute("select id, stars from row").fetchall() == [("r1", 3)]


def test_a_step_that_fails_leaves_the_file_in_its_format(store: ProjectFile):
    def breaks(db: Database) -> None:
        db.execute("create table half (done integer) strict")
        raise RuntimeError("power cut")

    raw = store.connection.raw
    with pytest.raises(RuntimeError):
        bring_up_to_date(raw, (*STEPS, breaks))
    assert format_of(raw) == FORMAT
    assert raw.execute("select count(*) from sqlite_schema where name = 'half'").fetchone() == (0,)


def test_opening_an_up_to_date_project_does_not_wait_for_sqlite_utils(path: Path):
    import subprocess
    import sys

    path.parent.mkdir()
    create_project(path).close()
    code = (
        "import sys; from pathlib import Path; from rubric_studio.store.project_file import open_project; "
        "open_project(Path(sys.argv[1])).close(); print('sqlite_utils' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_file_without_outcomes_of_probes_gets_a_place_for_them(tmp_path: Path):
    path = tmp_path / "second.rubric"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        bring_up_to_date(raw, STEPS[:2])
        assert format_of(raw) == 2
    with open_project(path, backups=tmp_path / "backups") as store:
        assert format_of(store.connection.raw) == FORMAT >= 3
        assert store.probed_rubrics() == {}


def test_a_file_of_the_third_format_gets_a_place_for_runs_and_counts_as_before(tmp_path: Path):
    path = tmp_path / "third.rubric"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript(FIRST_FORMAT.read_text("utf-8"))
        bring_up_to_date(raw, STEPS[:3])
        assert format_of(raw) == 3
    with open_project(path, backups=tmp_path / "backups") as store:
        assert format_of(store.connection.raw) == FORMAT >= 4
        assert store.runs() == []
        counts = store.counts()
        assert (counts.rows, counts.samples, counts.judge_verdicts) == (2, 1, 1)
        assert add_run(store, "R1", ["r2"]) == 1
        assert store.counts() == counts
        assert store.problem() is None
