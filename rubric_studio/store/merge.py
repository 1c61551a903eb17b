"""Join another copy of a project into this one: a union in which nothing is lost and the order plays no part.

Records, edits, imports, rows' bodies and samples only ever add up; renamed people and twice told facts take
the greater of two values. So merging is idempotent, commutative and associative. The cache of checks is not
merged: it is made anew. What one copy deleted comes back if the other still has it.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.merging import MergeReport
from rubric_studio.store.connection import Connection
from rubric_studio.store.copies import copy_to
from rubric_studio.store.merge_runs import merge_runs
from rubric_studio.store.project_file import ProjectFile, check_is_project, open_project
from rubric_studio.store.row_state import work_out_numbers
from rubric_studio.store.samples import work_out_presence

_COUNTED = ("person", "edit", "record", "source", "row", "sample", "judge_verdict")

_SAME = {
    "edit": "label, person, at, role, target",
    "record": "edit, kind, subject, scope, person, at, reason, body, replaces",
    "source": "kind, name, sha256, person, at, facts",
}
"""What never changes once it has an id."""

_SOURCES_HERE = "join other.source os on os.number = {0} join main.source s on s.id = os.id"
_ROWS_HERE = "join other.row o on o.number = {0} join main.row m on m.id = o.id"
_SAMPLES_HERE = "join other.sample o on o.id = {0} join main.sample m on m.key = o.key"

_UNION = (
    """insert into main.person (id, name, revision) select id, name, revision from other.person where true
    on conflict (id) do update set name = excluded.name, revision = excluded.revision
    where (excluded.revision, excluded.name) > (revision, name)""",
    f"""insert into main.edit (id, {_SAME["edit"]}) select id, {_SAME["edit"]} from other.edit
    where id not in (select id from main.edit) order by number""",
    f"""insert into main.record (id, {_SAME["record"]}) select id, {_SAME["record"]} from other.record
    where id not in (select id from main.record) order by number""",
    "insert or ignore into main.replacement select replaced, record from other.replacement",
    f"""insert into main.source (id, {_SAME["source"]}, retired)
    select id, {_SAME["source"]}, retired from other.source
    where id not in (select id from main.source) order by number""",
    "update main.source set retired = 1 where id in (select id from other.source where retired)",
    """insert into main.row (id) select id from other.row
    where id not in (select id from main.row) order by number""",
    f"""insert or ignore into main.row_body (row, hash, body) select m.number, b.hash, b.body
    from other.row_body b {_ROWS_HERE.format("b.row")}""",
    f"""insert or ignore into main.row_import (row, source, body) select m.number, s.number, here.id
    from other.row_import i {_ROWS_HERE.format("i.row")} {_SOURCES_HERE.format("i.source")}
    join other.row_body b on b.id = i.body
    join main.row_body here on here.row = m.number and here.hash = b.hash""",
    f"""insert or ignore into main.row_replacement (row, source, by) select m.number, s.number, later.number
    from other.row_replacement p {_ROWS_HERE.format("p.row")} {_SOURCES_HERE.format("p.source")}
    join other.source olater on olater.number = p.by join main.source later on later.id = olater.id""",
    """insert into main.sample (key, row, model, run) select key, row, model, run from other.sample
    where key not in (select key from main.sample) order by id""",
    f"""insert into main.sample_text (sample, text, facts) select m.id, t.text, t.facts
    from other.sample_text t {_SAMPLES_HERE.format("t.sample")} where true
    on conflict (sample) do update set facts = excluded.facts
    where (length(excluded.facts), excluded.facts) > (length(facts), facts)""",
    f"""insert or ignore into main.sample_source (sample, source) select m.id, s.number
    from other.sample_source x {_SAMPLES_HERE.format("x.sample")} {_SOURCES_HERE.format("x.source")}""",
    f"""insert or ignore into main.judge_verdict (sample, question, rater, repeat, source, criterion, state,
        value, level, reason, evidence, at)
    select m.id, v.question, v.rater, v.repeat, s.number, v.criterion, v.state,
        v.value, v.level, v.reason, v.evidence, v.at
    from other.judge_verdict v {_SAMPLES_HERE.format("v.sample")} {_SOURCES_HERE.format("v.source")}""",
    # Of two that differ in their being finished, the one that was reopened stands: it can be sent again.
    """insert into main.sealed_answers select * from other.sealed_answers where true
    on conflict (round, person, hash) do update set finished = min(finished, excluded.finished)""",
)


def merge(store: ProjectFile, other: Path) -> MergeReport:
    """Take everything over that the other copy has and this one has not; the other file is only read.

    Raises:
        StudioError: the other file is no project, damaged, too new, or tells an old record differently.
            Nothing was written then.
    """
    check_is_project(other)
    with TemporaryDirectory(prefix="rubric-merge-") as folder:
        copy = Path(folder) / "other.rubric"
        with Connection(other, read_only=True) as origin:
            copy_to(origin.raw, other, copy)
        open_project(copy, backups=Path(folder)).close()  # an older format is brought up to date
        db = store.connection
        db.run("attach ? as other", [str(copy)])
        try:
            with db.transaction():
                added = _join(db, other)
        finally:
            db.run("detach other")
    return MergeReport(
        **added,
        conflicts=tuple(store.conflicts()),
        rows_differ=tuple(store.row_conflicts()),
        samples_differ=tuple(store.sample_conflicts()),
    )


def _join(db: Connection, other: Path) -> dict[str, int]:
    for table, columns in _SAME.items():
        _refuse_if_told_differently(db, table, columns, other)
    before = _sizes(db)
    for statement in _UNION:
        db.run(statement)
    merge_runs(db)
    work_out_presence(db, [id for (id,) in db.all("select id from main.sample")])
    work_out_numbers(db, [number for (number,) in db.all("select number from main.row")])
    after = _sizes(db)
    names = ("people", "edits", "records", "sources", "rows", "samples", "judge_verdicts")
    return {name: after[at] - before[at] for at, name in enumerate(names)}


def _refuse_if_told_differently(db: Connection, table: str, columns: str, other: Path) -> None:
    ours = ", ".join(f"a.{column}" for column in columns.split(", "))
    theirs = ours.replace("a.", "b.")
    sql = f"select a.id from main.{table} a join other.{table} b on b.id = a.id where ({ours}) is not ({theirs})"
    id = db.one(sql)
    if id is not None:
        raise StudioError(
            "These copies do not fit together",
            f"Both hold the {table} {id}, which never changes, and tell it differently. Nothing was merged.",
            "One of the files was changed by another program. Use an older copy of it.",
            file=other,
        )


def _sizes(db: Connection) -> list[int]:
    return [db.one(f"select count(*) from main.{table}") for table in _COUNTED]
