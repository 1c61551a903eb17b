"""Run everything that must hold before a change lands: tests, then style and types. Stops at the first that fails.

Started as `python tests/check.py` on Linux, macOS or Windows, with requirements-dev.txt installed. The architecture
is one of the tests. Pytest's closing line is said once more at the end.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEPS = {
    "tests": ["pytest", "-q", "-n", "2"],
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["pyright", "--pythonpath", sys.executable],
}


def main() -> int:
    """Run the steps in order; return the exit code of the first that fails, else 0."""
    closing = ""
    for name, command in STEPS.items():
        print(f"== {name}", flush=True)
        code, last = run(command)
        closing = closing or last
        if code:
            print(f"{name} failed", file=sys.stderr)
            return code
    print(closing)
    return 0


def run(command: list[str]) -> tuple[int, str]:
    """Run one step and show what it says as it comes; its exit code and last line."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    last = ""
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return process.returncode, last


if __name__ == "__main__":
    sys.exit(main())
