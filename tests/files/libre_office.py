"""LibreOffice as another program that people use: files go through it and back. Absent, its tests are skipped."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SECONDS = 180
ABSENT = "LibreOffice is not installed (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)"


class LibreOffice:
    """One profile of its own, so that an office that is open does not matter."""

    def __init__(self, program: str | None, profile: Path) -> None:
        self._program = program
        self._profile = profile
        self._open = [str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        self._call = [*self._open, "--convert-to"]

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

    def filled(self, path: Path, sheet: str, cells: Mapping[str, str]) -> Path:
        """Open a workbook, type into cells, and save it as Excel's beside; a cell that is locked stays as it was."""
        if self._program is None:
            pytest.skip(ABSENT)
        macros = self._profile / "user" / "basic" / "Standard"
        if not macros.exists():  # the first start makes a profile, and would write over the macro
            self.through(path, "xlsx")
        (macros / "script.xlb").write_text(LIBRARY, encoding="utf-8")
        (macros / "Filling.xba").write_text(FILLING, encoding="utf-8")
        target = path.parent / "filled" / path.name
        target.parent.mkdir(exist_ok=True)
        typed = "|".join(part for cell in cells.items() for part in cell)
        call = f'macro:///Standard.Filling.Fill("{path.as_uri()}","{target.as_uri()}","{sheet}","{typed}")'
        done = subprocess.run([*self._open, call], capture_output=True, timeout=SECONDS, check=False)
        assert target.exists(), done.stderr.decode(errors="replace")
        return target


LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">
 <library:element library:name="Filling"/>
</library:library>
"""
FILLING = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Filling" script:language="StarBasic">
Sub Fill(path, target, sheet, typed)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(path, "_blank", 0, hidden())
  cells = book.Sheets.getByName(sheet)
  parts = Split(typed, "|")
  For i = 0 To UBound(parts) Step 2
    On Error Resume Next
    cells.getCellRangeByName(parts(i)).setFormula(parts(i + 1))
    On Error Goto 0
  Next
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName"
  saved(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(target, saved())
  book.close(True)
End Sub
</script:module>
"""


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """LibreOffice without a window."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return LibreOffice(program, tmp_path_factory.mktemp("office") / "profile")
