-- A project of format 1 as it was first shipped. Never edit it: it stands for files on people's disks.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
) STRICT;
INSERT INTO "_sqlite_migrations" VALUES(1,'rubric_studio','format_1','2026-11-22 21:06:35.654158+00:00');
CREATE TABLE check_verdict (
    sample integer not null references sample (id) on delete cascade,
    question blob not null,
    state integer not null,
    value real,
    reason text not null,
    spans text not null,
    primary key (sample, question)
) strict, without rowid;
CREATE TABLE edit (
    number integer primary key,
    id text not null unique,
    label text not null,
    person text not null,
    at text not null,
    role text not null check (role in ('do', 'undo', 'redo')),
    target text
) strict;
INSERT INTO "edit" VALUES(1,'edit-d1','edit edit-d1','01ANNA','2026-01-01T00:00:00.000Z','do',NULL);
CREATE TABLE judge_verdict (
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
INSERT INTO "judge_verdict" VALUES(1,X'ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB','judge',0,1,'clear',0,0.5,NULL,'','[[0,2,"42"]]','');
CREATE TABLE person (
    id text primary key,
    name text not null,
    revision integer not null  -- counts renamings, so that a merge knows the last without a clock
) strict, without rowid;
INSERT INTO "person" VALUES('01ANNA','Anna',0);
CREATE TABLE record (
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
INSERT INTO "record" VALUES(1,'d1','edit-d1','decision','r1','r1','01ANNA','2026-01-01T00:00:00.000Z','','{"decision":"keep"}','[]');
CREATE TABLE replacement (
    replaced text not null,
    record text not null references record (id),
    primary key (replaced, record)
) strict, without rowid;
CREATE TABLE row (
    number integer primary key,
    id text not null unique,
    base integer,    -- row_body.id of what counts as imported; null: taken away
    edited integer,  -- record.number of the edit that stands; null: as imported
    prompt_key text not null default ''
) strict;
INSERT INTO "row" VALUES(1,'r1',1,NULL,'how much is due?');
INSERT INTO "row" VALUES(2,'r2',2,NULL,'welche steuer?');
CREATE TABLE row_body (
    id integer primary key,
    row integer not null references row (number),
    hash blob not null,
    body text not null,
    unique (row, hash)
) strict;
INSERT INTO "row_body" VALUES(1,1,X'2ABDE8B057AE3DD33CEBCBF2CEA0BA53','{"id":"r1","prompt":[{"role":"user","content":"How much is due?"}],"reference":{"answer":42},"criteria":[]}');
INSERT INTO "row_body" VALUES(2,2,X'6CF666CAE612E97DD60E66C806723DA9','{"id":"r2","prompt":[{"role":"user","content":"Welche Steuer?"}],"reference":{"labels":["tax"]},"criteria":[]}');
CREATE TABLE row_import (
    row integer not null references row (number),
    source integer not null references source (number),
    body integer not null references row_body (id),
    primary key (row, source)
) strict, without rowid;
INSERT INTO "row_import" VALUES(1,1,1);
INSERT INTO "row_import" VALUES(2,1,2);
CREATE TABLE row_replacement (
    row integer not null references row (number),
    source integer not null references source (number),
    by integer not null references source (number),
    primary key (row, source, by)
) strict, without rowid;
CREATE TABLE row_search (
    row integer primary key references row (number),
    text text not null
) strict;
INSERT INTO "row_search" VALUES(1,'r1
how much is due?
42');
INSERT INTO "row_search" VALUES(2,'r2
welche steuer?
tax');
CREATE TABLE sample (
    id integer primary key,
    key text not null unique,
    row text not null,  -- an id, not a reference: samples may come before their rows
    model text not null,
    run integer not null,
    present integer not null default 1 check (present in (0, 1))
) strict;
INSERT INTO "sample" VALUES(1,'e2ce8a761b7bde413c3bfd3ba9ba2e63','r1','strong model',0,1);
CREATE TABLE sample_source (
    sample integer not null references sample (id) on delete cascade,
    source integer not null references source (number),
    primary key (sample, source)
) strict, without rowid;
INSERT INTO "sample_source" VALUES(1,1);
CREATE TABLE sample_text (
    sample integer primary key references sample (id) on delete cascade,
    text any not null,
    facts text not null
) strict;
INSERT INTO "sample_text" VALUES(1,'42 Euro','{"tokens":7}');
CREATE TABLE source (
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
INSERT INTO "source" VALUES(1,'S1','mixed','S1.jsonl','','01ANNA','2026-01-01T00:00:00.000Z','{"rows":1}',0);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX record_kind on record (kind);
CREATE INDEX record_subject on record (subject, kind);
CREATE INDEX record_scope on record (scope, kind);
CREATE INDEX record_edit on record (edit);
CREATE INDEX row_import_source on row_import (source);
CREATE INDEX row_import_body on row_import (body);
CREATE INDEX row_replacement_by on row_replacement (by);
CREATE INDEX row_replacement_source on row_replacement (source);
CREATE INDEX sample_row on sample (row, model, run, present);
CREATE INDEX sample_source_source on sample_source (source);
CREATE INDEX judge_verdict_source on judge_verdict (source);
CREATE INDEX judge_verdict_rater on judge_verdict (rater);
COMMIT;
pragma application_id = 1383424595;
pragma user_version = 1;
