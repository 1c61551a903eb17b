"""Starts npm's `@copilotkit/aimock`, a mock server that nobody here wrote; says why where that cannot be done."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs

VERSION = "1.43.0"
# Found before a test gets a home of its own: what is installed once serves every test, and every later run.
CACHE = platformdirs.user_cache_path("rubric-studio-tests", appauthor=False) / f"aimock-{VERSION}"
SURROUNDINGS = dict(os.environ)
INSTALL_SECONDS = 180.0
START_SECONDS = 15.0


class NotHere(Exception):
    """The mock server cannot be had on this machine; the message says why."""


@contextmanager
def aimock(folder: Path, fixtures: Sequence[dict[str, Any]], *options: str) -> Iterator[str]:
    """The address of a running aimock that answers with the given fixtures.

    Raises:
        NotHere: there is no Node, or the package cannot be installed.
    """
    program = _installed()
    told = folder / "fixtures.json"
    told.write_text(json.dumps({"fixtures": list(fixtures)}), encoding="utf-8")
    port = _free_port()
    command = [_node(), str(program), "-p", str(port), "-f", str(told), "--log-level", "warn", *options]
    with (folder / "aimock.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=SURROUNDINGS)
        try:
            _wait(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def _node() -> str:
    found = shutil.which("node")
    if found is None:
        raise NotHere("aimock needs Node, and there is no `node` on the path")
    return found


def _installed() -> Path:
    """The program; installed at the first time, beside its place and then renamed."""
    place = Path("node_modules/@copilotkit/aimock/dist/cli.js")
    _node()
    if not (CACHE / place).exists():
        beside = CACHE.with_name(f"{CACHE.name}.{os.getpid()}")
        _install(beside)
        if not CACHE.exists():
            beside.replace(CACHE)
    return CACHE / place


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NotHere("aimock is not installed yet, and there is no `npm` on the path to install it")
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        npm,
        "install",
        "--prefix",
        str(folder),
        "--no-audit",
        "--no-fund",
        f"@copilotkit/aimock@{VERSION}",
    ]
    try:
        done = subprocess.run(
            command, env=SURROUNDINGS, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotHere(f"npm did not install aimock within {INSTALL_SECONDS:.0f} s") from None
    if done.returncode:
        raise NotHere(f"npm could not install aimock: {done.stderr.strip()[-300:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with opener.open(address, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise NotHere("aimock was installed and did not start")
