"""Makes the environment in which TRL itself trains: a virtual environment of its own, made once and kept.

    python tests/trainers/trl_environment.py [FOLDER]

torch comes first and alone, pinned to a version that has a CPU build, so that nothing else chooses one. FOLDER (or
the variable RUBRIC_TRL_ENVIRONMENT) says where; otherwise a folder in the user's folder for temporary files.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

FOLDER_VARIABLE = "RUBRIC_TRL_ENVIRONMENT"

STEPS = (
    ("torch==2.13.0",),
    ("trl==1.16.*", "transformers==5.*", "datasets==5.*", "accelerate==1.*"),
)
TIME_LIMIT = 1200  # seconds for one step; a machine without an index must not wait for ever


def environment_folder() -> Path:
    """Where the environment is or will be: named for what is in it, so that a new pin makes a new one."""
    told = os.environ.get(FOLDER_VARIABLE)
    return Path(told) if told else Path(tempfile.gettempdir()) / "rubric-studio-trl-1.16-torch-2.13"


def python_of(folder: Path) -> Path:
    """The environment's interpreter."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def trl_python(folder: Path) -> Path:
    """The interpreter of the environment, which is made first where it is not there.

    It is made beside its place and renamed when it is complete: two test runs at once do not disturb each other,
    and half an environment is never taken for a whole one.

    Raises:
        subprocess.CalledProcessError: when a package cannot be installed; its stderr says why.
        subprocess.TimeoutExpired: when that takes longer than TIME_LIMIT.
    """
    if not folder.exists():
        beside = folder.with_name(f"{folder.name}.{os.getpid()}.partial")
        try:
            venv.create(beside, with_pip=True, clear=True)
            for packages in STEPS:
                _install(beside, packages)
            _put_in_place(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return python_of(folder)


def _put_in_place(beside: Path, folder: Path) -> None:
    try:
        beside.rename(folder)
    except OSError:
        if not folder.exists():  # where it does, another run was faster, and its environment is as good
            raise


def _install(folder: Path, packages: tuple[str, ...]) -> None:
    command = [
        str(python_of(folder)),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--retries",
        "1",
        *packages,
    ]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIME_LIMIT)


if __name__ == "__main__":
    made = trl_python(Path(sys.argv[1]) if len(sys.argv) > 1 else environment_folder())
    sys.stdout.write(f"{made}\n")
