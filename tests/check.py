"""Run everything that must hold before a change lands: style, types, tests. Stops at the first that fails.

Started as `python tests/check.py` on Linux, macOS or Windows, with requirements-dev.txt installed.
The tests come last, so that pytest's closing line is the last thing to read.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEPS = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["pyright", "--pythonpath", sys.executable],
    "tests": ["pytest", "-q", "-n", "2"],
}


def main() -> int:
    """Run the steps in order; return the exit code of the first that fails, else 0."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    for name, command in STEPS.items():
        print(f"== {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            print(f"{name} failed", file=sys.stderr)
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
