"""The formats a project file has had, and the way from each to the next. Never edit a step that shipped."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rubric_studio.store.schema import CHECK_COLUMNS, FIRST_FORMAT, PROBE_OUTCOMES, ROUNDS, RUNS

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]

APPLICATION_ID = 0x52756253  # "RubS"
SET_NAME = "rubric_studio"


def first_format(db: "Database") -> None:
    """Every table there is."""
    for statement in _statements(FIRST_FORMAT):
        db.execute(statement)
    db.execute(f"pragma application_id = {APPLICATION_ID}")


def checks_in_columns(db: "Database") -> None:
    """The cache of checks has one line for all answers to a row; what it held is made anew."""
    for statement in _statements(CHECK_COLUMNS):
        db.execute(statement)


def probes_by_rubric(db: "Database") -> None:
    """What each rubric made of the probes, so that a later version shows what it fixed and what it reopened."""
    for statement in _statements(PROBE_OUTCOMES):
        db.execute(statement)


def runs_of_models(db: "Database") -> None:
    """What models were asked and answered, call by call."""
    for statement in _statements(RUNS):
        db.execute(statement)


def rounds_of_experts(db: "Database") -> None:
    """What experts sent before their round is closed, and where somebody stood."""
    for statement in _statements(ROUNDS):
        db.execute(statement)


STEPS: tuple[Step, ...] = (
    first_format,
    checks_in_columns,
    probes_by_rubric,
    runs_of_models,
    rounds_of_experts,
)
FORMAT = len(STEPS)
"""The format this program reads and writes; kept in the file as its user_version."""


def format_of(raw: sqlite3.Connection) -> int:
    """Which format a file has; 0 is an empty one."""
    return raw.execute("pragma user_version").fetchone()[0]


def bring_up_to_date(raw: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Take the steps that the file has not taken yet, each in a transaction of its own."""
    # Imported here: it costs half a second, which only a new or an old file has to pay.
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(SET_NAME)
    for number, step in enumerate(steps, start=1):
        migrations(name=f"format_{number}")(_numbered(step, number))
    # No sqlite-utils plugin may run inside somebody's project.
    migrations.apply(Database(raw, strict=True, execute_plugins=False))


def _numbered(step: Step, number: int) -> Step:
    def taken(db: "Database") -> None:
        step(db)
        db.execute(f"pragma user_version = {number}")

    return taken


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit the migration's own transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
