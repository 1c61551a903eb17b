"""Starts the server as a process of its own, and ends it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 20.0


@contextmanager
def server_process(
    folder: Path, *, seed: int = 0, faults: float = 0.0, latency_ms: float = 0.0, port: int = 0
) -> Iterator[str]:
    """The address of a server that runs beside us; its log is `folder/answered.log`."""
    port_file = folder / "port"
    port_file.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.model_server", "--port-file", str(port_file), "--port", str(port)]
    command += ["--seed", str(seed), "--faults", str(faults), "--latency-ms", str(latency_ms)]
    command += ["--log", str(folder / "answered.log"), "--with-parent", str(os.getpid())]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield f"http://127.0.0.1:{_port(port_file, process)}/v1"
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _port(file: Path, process: "subprocess.Popen[bytes]") -> int:
    until = time.monotonic() + START_SECONDS
    while not file.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the model server did not start")
        time.sleep(0.02)
    return int(file.read_text("ascii"))
