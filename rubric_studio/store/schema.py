"""The tables of a project file, as the first format has them. Later formats are steps in `migrations.py`."""

RECORDS = """
create table person (
    id text primary key,
    name text not null,
    revision integer not null  -- counts renamings, so that a merge knows the last without a clock
) strict, without rowid;

create table edit (
    number integer primary key,
    id text not null unique,
    label text not null,
    person text not null,
    at text not null,
    role text not null check (role in ('do', 'undo', 'redo')),
    target text
) strict;

create table record (
    number integer primary key,
    id text not null unique,
    edit text not null references edit (id),
    kind text not null,
    subject text not null,
    scope text not null,
    person text not null,
    at text not null,
    reason any not null,
    body text,
    replaces text not null
) strict;
create index record_kind on record (kind);
create index record_subject on record (subject, kind);
create index record_scope on record (scope, kind);
create index record_edit on record (edit);

-- `record.replaces` the other way round: a record is a head when nothing here names it.
create table replacement (
    replaced text not null,
    record text not null references record (id),
    primary key (replaced, record)
) strict, without rowid;
"""

SOURCES = """
create table source (
    number integer primary key,
    id text not null unique,
    kind text not null,
    name text not null,
    sha256 text not null,
    person text not null,
    at text not null,
    facts text not null,
    retired integer not null check (retired in (0, 1))
) strict;
"""

ROWS = """
-- `base`, `edited` and `prompt_key` are worked out by `row_state.py` from the tables below and the records.
create table row (
    number integer primary key,
    id text not null unique,
    base integer,    -- row_body.id of what counts as imported; null: taken away
    edited integer,  -- record.number of the edit that stands; null: as imported
    prompt_key text not null default ''
) strict;

create table row_body (
    id integer primary key,
    row integer not null references row (number),
    hash blob not null,
    body text not null,
    unique (row, hash)
) strict;

create table row_import (
    row integer not null references row (number),
    source integer not null references source (number),
    body integer not null references row_body (id),
    primary key (row, source)
) strict, without rowid;
create index row_import_source on row_import (source);
create index row_import_body on row_import (body);

-- The import `by` brought another body for the row than `source` had.
create table row_replacement (
    row integer not null references row (number),
    source integer not null references source (number),
    by integer not null references source (number),
    primary key (row, source, by)
) strict, without rowid;
create index row_replacement_by on row_replacement (by);
create index row_replacement_source on row_replacement (source);

create table row_search (
    row integer primary key references row (number),
    text text not null
) strict;
"""

SAMPLES = """
create table sample (
    id integer primary key,
    key text not null unique,
    row text not null,  -- an id, not a reference: samples may come before their rows
    model text not null,
    run integer not null,
    present integer not null default 1 check (present in (0, 1))
) strict;
create index sample_row on sample (row, model, run, present);

create table sample_text (
    sample integer primary key references sample (id) on delete cascade,
    text any not null,
    facts text not null
) strict;

create table sample_source (
    sample integer not null references sample (id) on delete cascade,
    source integer not null references source (number),
    primary key (sample, source)
) strict, without rowid;
create index sample_source_source on sample_source (source);
"""

VERDICTS = """
create table check_verdict (
    sample integer not null references sample (id) on delete cascade,
    question blob not null,
    state integer not null,
    value real,
    reason text not null,
    spans text not null,
    primary key (sample, question)
) strict, without rowid;

create table judge_verdict (
    sample integer not null references sample (id) on delete cascade,
    question blob not null,
    rater text not null,
    repeat integer not null,
    source integer not null references source (number),
    criterion text not null,
    state integer not null,
    value real,
    level text,
    reason any not null,
    evidence text not null,
    at text not null,
    primary key (sample, question, rater, repeat, source)
) strict, without rowid;
create index judge_verdict_source on judge_verdict (source);
create index judge_verdict_rater on judge_verdict (rater);
"""

FIRST_FORMAT = RECORDS + SOURCES + ROWS + SAMPLES + VERDICTS

CHECK_COLUMNS = """
drop table check_verdict;
create table check_column (
    number integer primary key,
    row text not null,
    question blob not null,
    found text not null  -- JSON: samples, values, reasons, spans; each a list
) strict;
create index check_column_row on check_column (row);
create trigger sample_deleted after delete on sample begin
    delete from check_column where row = old.row;  -- an id that is free may be given again
end;
"""
"""The cache of checks by row and question: an eighth of the lines, as every row has several answers."""

PROBE_OUTCOMES = """
create table probe_outcome (
    number integer primary key,
    rubric blob not null,  -- a hash of what can move a score
    probe text not null,
    row text not null,     -- an id, not a reference: a row may go and come again
    at text not null,
    found text not null,   -- JSON: earned, typical, paid, missing, skipped, text
    unique (rubric, row, probe)
) strict;
"""
"""Outcomes of probes by rubric and row, made by machine; the made-up texts are not in it, they can be made again."""

RUNS = """
-- A run of model calls; its name, person and time stand in its source, whose id is the run's.
create table run (
    source integer primary key references source (number) on delete cascade,
    plan text not null,
    state text not null,
    reason text not null default '',
    prompt_tokens integer not null default 0,
    answer_tokens integer not null default 0,
    reasoning_tokens integer not null default 0,
    cached_tokens integer not null default 0,
    reused integer not null default 0,
    dropped_quotes integer not null default 0,
    calls integer not null default 0,  -- counted here, as there may be a million of them
    done integer not null default 0,
    failed integer not null default 0,
    sent integer not null default 0
) strict;

create table call (
    number integer primary key,  -- without gaps within a run, in the order planned
    run integer not null references run (source) on delete cascade,
    key blob not null,       -- what is asked, by content: see domain/model_call.py
    source text not null,    -- a row's id or a sample's key
    subject text not null,   -- JSON, read by whoever planned the call
    state integer not null,
    attempts integer not null default 0,
    fault text               -- JSON of the last fault
) strict;
create index call_run on call (run, state, number);

-- Answers by content: asked once, paid once, for every run and every version of a rubric.
-- Kept in the order they came: by their keys, which are random, each would go to a page of its own.
create table answer (
    number integer primary key,
    key blob not null unique,
    reply text not null
) strict;

create table batch (
    token text primary key,
    run integer not null references run (source) on delete cascade,
    id text not null,
    state text not null,
    first integer not null,
    last integer not null,
    at text not null
) strict, without rowid;
"""
"""Runs of model calls. A key is 32 bytes; what an answer says stands here once more than in its sample."""

ROUNDS = """
-- What experts sent while their round is open: nobody reads it before the round is closed.
create table sealed_answers (
    round text not null,
    person text not null,
    hash blob not null,    -- SHA-256 of the content
    at text not null,      -- when it was made, by the expert's clock
    done integer not null,
    total integer not null,
    finished integer not null check (finished in (0, 1)),
    content blob not null,
    primary key (round, person, hash)
) strict, without rowid;

-- Where somebody stood when she left, and the like: no decision, so no record.
create table place (
    name text primary key,
    value text not null  -- JSON
) strict, without rowid;
"""
