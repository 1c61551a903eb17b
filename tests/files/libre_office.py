"""LibreOffice as another program that people use: files go through it and back. Absent, its tests are skipped."""

import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 180
ABSENT = "LibreOffice is not installed (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)"


class LibreOffice:
    """One profile of its own, so that an office that is open does not matter."""

    def __init__(self, program: str | None, profile: Path) -> None:
        self._program = program
        self._call = [str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]

    def through(self, path: Path, *formats: str) -> Path:
        """Convert a file from format to format; the last one lies in a folder of its own. None: as it is."""
        if formats and self._program is None:
            pytest.skip(ABSENT)
        for format in formats:
            folder = path.parent / f"as_{format}"
            done = subprocess.run(
                [*self._call, format, "--outdir", str(folder), str(path)],
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
            path = folder / f"{path.stem}.{format}"
            assert path.exists(), done.stderr.decode(errors="replace")
        return path


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """LibreOffice without a window."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return LibreOffice(program, tmp_path_factory.mktemp("office") / "profile")
