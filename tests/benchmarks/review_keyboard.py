"""One expert at the keyboard, through the real window: what the program itself costs a sample, without a mouse.

    python -m tests.benchmarks.review_keyboard [--samples 40] [--criteria 6]

Starts the program on a packet under Xvfb and presses keys with xdotool as fast as they are taken. What is printed is
the time until every mark is in the file, over the samples. Says so and stops where Xvfb or xdotool are missing.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "xdotool")
SCREEN = "1440x900x24"
PATIENCE = 60.0


def main() -> int:
    """Go through a whole packet with keys."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=40)
    parser.add_argument("--criteria", type=int, default=6)
    parser.add_argument("--letters", type=int, default=6_000)
    options = parser.parse_args()
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        sys.stdout.write(f"not measured: {' and '.join(missing)} not on this computer\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        seconds = _measured(Path(folder), options.samples, options.criteria, options.letters)
    marks = options.samples * options.criteria
    sys.stdout.write(
        f"{options.samples} samples by {options.criteria} criteria, {marks} marks: {seconds:.1f} s, "
        f"{seconds / options.samples:.3f} s a sample, {1000 * seconds / marks:.0f} ms a mark\n"
    )
    return 0


def _measured(folder: Path, samples: int, criteria: int, letters: int) -> float:
    path = folder / "keyboard.review"
    made = (
        "from pathlib import Path; from tests.benchmarks.review_speed import packet; "
        f"packet(Path({str(path)!r}), {samples}, {criteria}, {letters})"
    )
    subprocess.run([sys.executable, "-c", made], cwd=ROOT, check=True)
    number = _free_display()
    screen = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", SCREEN], stderr=subprocess.DEVNULL)
    environment = {
        **os.environ,
        "DISPLAY": f":{number}",
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    try:
        _until(lambda: Path(f"/tmp/.X11-unix/X{number}").exists())
        program = subprocess.Popen([sys.executable, "main.py", str(path)], cwd=ROOT, env=environment)
        try:
            return _gone_through(path, environment, samples, criteria)
        finally:
            program.terminate()
            program.wait(PATIENCE)
    finally:
        screen.terminate()
        screen.wait(PATIENCE)


def _gone_through(path: Path, environment: dict[str, str], samples: int, criteria: int) -> float:
    """Say who one is, wait until the first mark is taken, then press all keys there are."""

    def press(*keys: str) -> None:
        subprocess.run(["xdotool", "key", "--delay", "1", *keys], env=environment, check=True)

    def is_there() -> bool:
        search = ["xdotool", "search", "--name", "Rubric Studio"]
        found = subprocess.run(search, env=environment, capture_output=True)
        for window in found.stdout.split():
            subprocess.run(["xdotool", "windowfocus", window], env=environment, stderr=subprocess.DEVNULL)
        return bool(found.stdout)

    def has_begun() -> bool:
        press("space", "1")  # "Yes, I am she"; once the answers are there the first point is marked
        time.sleep(0.5)
        return _marks(path) > 0

    _until(is_there)
    _until(has_begun)
    time.sleep(1.0)
    begun, done = time.perf_counter(), _marks(path)
    press(*["1"] * (criteria - done), "Return")
    for _ in range(samples - 1):
        press(*["1"] * criteria, "Return")
    _until(lambda: _marks(path) == samples * criteria)
    return (time.perf_counter() - begun) * samples * criteria / (samples * criteria - done)


def _marks(path: Path) -> int:
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return store.execute("select count(*) from record where kind = 'verdict'").fetchone()[0]
    finally:
        store.close()


def _free_display() -> int:
    return next(number for number in range(90, 200) if not Path(f"/tmp/.X11-unix/X{number}").exists())


def _until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happens():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come so far in a minute")
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
