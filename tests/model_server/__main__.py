"""The server as a process, for kill tests and benchmarks: `python -m tests.model_server --port-file FILE`."""

import argparse
import os
import signal
import threading
from pathlib import Path

from tests.model_server.chaos import Chaos
from tests.model_server.server import ModelServer


def main() -> None:
    """Answer until the process is ended. The file tells the port once the server is ready."""
    told = _arguments()
    behave = Chaos(told.seed, told.faults, told.latency_ms / 1000, told.log)
    done = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: done.set())
    with ModelServer(behave, port=told.port, remembers=False) as server:
        beside = told.port_file.with_suffix(".new")
        beside.write_text(server.url.split(":")[2].split("/")[0], encoding="ascii")
        os.replace(beside, told.port_file)  # noqa: PTH105
        while not done.wait(1.0):
            if told.with_parent and os.getppid() != told.with_parent:
                return


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.model_server", description=__doc__)
    parser.add_argument("--port-file", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", type=float, default=0.0, help="share of requests that go wrong")
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--log", type=Path, help="one line per question answered: HASH CHOICES")
    parser.add_argument(
        "--with-parent", type=int, default=0, help="end when this process is no longer the parent"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
