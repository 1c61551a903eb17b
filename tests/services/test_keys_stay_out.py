"""A marked key through a whole run with every kind of trouble: it goes to the server and stands nowhere else."""

import logging
import pickle
import traceback
from pathlib import Path
from random import Random

import pytest

from rubric_studio.domain.bundle import BundleOptions
from rubric_studio.domain.connection import Connection
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import CallState
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.connections import Connections
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.exporting import bundle_content
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.ports import no_progress
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import retry_failed, start_run
from rubric_studio.store.preferences_file import PreferencesFile
from rubric_studio.store.project_file import ProjectFile
from rubric_studio.targets.bundle import write_bundle
from tests.model_server.acts import Act, NotJson, Reset, Say, Status
from tests.model_server.seen import Seen
from tests.model_server.server import ModelServer
from tests.services.conftest import ROWS
from tests.services.fake_asking import Watching
from tests.services.run_room import sampling_plan

KEY = "sk-proj-MARKED0123456789abcdefMARKED"
RUBRIC = Rubric.model_validate({"strata": [{"key": "form", "criteria": [
    {"key": "json", "kind": {"type": "format", "schema": {"type": "object"}}}]}]})  # fmt: skip


class Gossip:
    """Repeats the key in every error, as some proxies do, and answers in the end."""

    def __init__(self) -> None:
        told = f"Incorrect API key provided: {KEY}. Authorization: Bearer {KEY}"
        self._acts: list[Act] = [
            Status(500, told),
            Status(429, told),
            Status(502, told.encode()),
            Reset(),
            NotJson(),
        ]
        self._acts += [Status(401, told), Status(400, told)]

    def __call__(self, seen: Seen) -> Act:
        return self._acts.pop(0) if self._acts else Say("Yes.", model=f"small for {KEY[:7]}")


def connection_to(url: str) -> Connection:
    return Connection(
        id="c1", name="Marked", base_url=url, key_place="environment", variable="MARKED_KEY", concurrency=1
    )


def files_with_key(*folders: Path) -> list[Path]:
    """Every file below the folders in which the key, or the middle of it, stands."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if b"MARKED0123456789" in path.read_bytes()]


def test_a_key_goes_to_the_server_and_nowhere_else(
    store: ProjectFile, author: Author, tmp_path: Path, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    keys = Keys({"MARKED_KEY": KEY})
    servers = ModelServers(keys, offline=False, chance=_NoWaiting())
    with ModelServer(Gossip()) as server:
        connection = connection_to(server.url)
        Connections(PreferencesFile(tmp_path / "home" / "connections.json")).put(connection)
        plan = sampling_plan(connection, model="small")
        run = start_run(store, RunOrder(plan, rows=tuple(row.id for row in ROWS)), author)
        ended = run_calls(store, run.id, servers, connection, Watching())
        assert ended.reason, "the 401 pauses the run"
        run_calls(store, run.id, servers, connection, Watching())
        failed = store.calls(run.id, [CallState.FAILED])
        assert failed, "the 400 is a failure that is kept"
        retry_failed(store, run.id)
        done = run_calls(store, run.id, servers, connection, Watching())
        assert done.done == len(ROWS)
        assert any(KEY in seen.headers.get("authorization", "") for seen in server.seen)
    perform(store, SaveVersion(rubric=RUBRIC, number=1), author)
    content = bundle_content(store, BundleOptions(targets=("trl",)), rater_choice(store, AS_TRAINED))
    write_bundle(content, tmp_path / "bundle", no_progress)
    store.close()
    assert files_with_key(tmp_path) == []
    told = caplog.text + "".join(capfd.readouterr())
    assert "MARKED0123456789" not in told


def test_no_error_or_report_of_a_crash_shows_a_key() -> None:
    keys = Keys({"MARKED_KEY": KEY})
    connection = connection_to("http://127.0.0.1:1/v1")
    secret = keys.secret(connection)
    try:
        raise RuntimeError(f"crashed with {secret!r} of {keys!r}, {secret}", secret, keys, connection)
    except RuntimeError as error:
        report = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "secret" in report
    assert "MARKED0123456789" not in report
    with pytest.raises(TypeError):
        pickle.dumps(secret)


class _NoWaiting(Random):
    """Chance that always takes the least: a call that failed is made again at once."""

    def uniform(self, a: float, b: float) -> float:
        return a
