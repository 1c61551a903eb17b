"""How many calls a run makes in a second - asked, parsed, stored, shown - beside bare AsyncOpenAI and Inspect AI.

Run: python -m tests.benchmarks.calls_speed [CALLS]
All three ask the same questions of one local server in a process of its own. They take turns in this one run, each
time as a fresh process; the best of each is compared, as other work on the machine can only slow a turn down.
Beside each longest frame stands the most that the window's own thread worked in one: the rest is waiting for its turn.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.start_speed import introduced
from tests.model_server.process import server_process

CALLS, TURNS = 4_000, 3
INSPECT_CALLS = 400
"""Inspect AI is slow enough that fewer tell as much."""
LATENCY_MS = 5.0
CONCURRENCIES = (32, 64)
ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(__file__).parent / "calling"
INSPECT = ("inspect-ai==0.3.285", "openai[aiohttp]==3.54.0")


def main() -> None:
    """Measure and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else CALLS
    inspect = inspect_python()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        introduced(folder / "home")
        with server_process(folder, latency_ms=LATENCY_MS) as url:
            for concurrency in CONCURRENCIES:
                compare(folder, url, calls, concurrency, inspect)


def compare(folder: Path, url: str, calls: int, concurrency: int, inspect: Path) -> None:
    """Let the three take turns at one concurrency, and print what they did."""
    bare: list[float] = []
    ours: list[float] = []
    frames: list[str] = []
    other: list[float] = []
    for turn in range(TURNS):
        told = result([sys.executable, str(SCRIPTS / "bare.py"), url, str(calls), str(concurrency)], folder)
        bare.append(calls / told["seconds"])
        place = folder / f"ours-{concurrency}-{turn}"
        place.mkdir()
        module = "tests.benchmarks.calling.ours"
        told = result([sys.executable, "-m", module, url, str(calls), str(concurrency), str(place)], folder)
        ours.append(calls / told["seconds"])
        frames.append(f"{1000 * told['longest_frame']:.0f} ({1000 * told['longest_work']:.0f})")
        script = str(SCRIPTS / "inspect_ai_run.py")
        logs = str(folder / "inspect")
        told = result([str(inspect), script, url, str(INSPECT_CALLS), str(concurrency), logs], folder)
        other.append(INSPECT_CALLS / told["seconds"])
    print(f"{concurrency} at once:")
    print(f"  bare AsyncOpenAI, aiohttp: {max(bare):6.0f} calls a second")
    print(f"  Inspect AI:                {max(other):6.0f}")
    print(
        f"  ours, in the window:       {max(ours):6.0f}, {max(ours) / max(bare):.2f} of bare (aim .9), "
        f"{max(ours) / max(other):.1f} times Inspect AI (aim 2)"
    )
    print(f"  longest frame of the window in each turn: {', '.join(frames)} ms (aim 50)", flush=True)


def result(command: list[str], folder: Path) -> dict[str, Any]:
    """Run one way of asking in a process of its own; what it prints."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    home = str(folder / "home")
    environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[1:3]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def inspect_python() -> Path:
    """The interpreter of an environment with Inspect AI, made once and kept among temporary files."""
    folder = Path(tempfile.gettempdir()) / "rubric-studio-inspect-0.3.285"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-qq", *INSPECT], check=True)
        (folder / "ready").touch()
    return python


if __name__ == "__main__":
    main()
