"""Open a Word or Excel file that comes back: refuse what is damaged, locked or carries macros, and read its parts.

It runs nothing, follows no link, and knows nothing of what the parts say.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it has no stubs

from rubric_studio.domain.errors import StudioError

LARGEST_UNPACKED = 512 << 20
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and new ones that a password locks."""
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
_KIND = {".docx": ("Word", "a Word document (.docx)"), ".xlsx": ("Excel", "an Excel workbook (.xlsx)")}
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


class Package:
    """The parts of an open file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def xml(self, name: str) -> etree._Element | None:
        """A part as a tree, None where there is no such part."""
        if name not in self.names:
            return None
        data = self._archive.read(name)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            raise ValueError("a document type declaration")
        return root

    def related(self, name: str, kind: str) -> str | None:
        """The part that `name` ("" for the whole file) names as its `kind` ("comments")."""
        folder, file = posixpath.split(name)
        relations = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in () if relations is None else relations.iter(f"{{{RELATIONS}}}Relationship"):
            if (
                relation.get("Type", "").rpartition("/")[2] == kind
                and relation.get("TargetMode") != "External"
            ):
                target = relation.get("Target", "")
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return None


@contextmanager
def open_package(path: Path, suffix: str) -> Iterator[Package]:
    """Open a file that should end in `suffix`; trouble while its parts are read is told in the same words.

    Raises:
        StudioError: it cannot be read, is damaged, locked by a password, too large, or carries macros.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(OLD_OFFICE)) == OLD_OFFICE:
                raise _locked(path, suffix)
        with zipfile.ZipFile(path) as archive:
            _refuse_large(path, archive)
            package = Package(archive)
            _refuse_macros(path, package, suffix)
            yield package
    except _DAMAGE as error:
        program, what = _KIND[suffix]
        raise StudioError(
            "This file cannot be read",
            f"It is damaged, or is not {what} ({error}).",
            f"Open it in {program}, save it again as {suffix}, and bring that in.",
            file=path.name,
        ) from error
    except OSError as error:
        hint = "Close it elsewhere, or check where it is."
        raise StudioError(
            "File cannot be read", f"{error.strerror or error}.", hint, file=path.name
        ) from error


def last_saved(package: Package) -> tuple[str, str, str]:
    """The id of what was given out, who saved the file last and when, as its properties say."""
    core = package.xml("docProps/core.xml")
    if core is None:
        return "", "", ""
    names = (f"{DUBLIN}identifier", f"{CORE}lastModifiedBy", f"{TERMS}modified")
    identifier, author, at = ((core.findtext(name) or "").strip() for name in names)
    return identifier, author, at


def not_given_out(path: Path) -> StudioError:
    """Say that a file was not written by `write_docx` or `write_xlsx`."""
    return StudioError(
        "This file was not given out from here",
        "None of its texts can be found again in the scoring guide.",
        "Give the guide to Word or Excel, change that file, and bring it back. "
        "A guide in a file of another kind comes in by “Bring in a guide”.",
        file=path.name,
    )


def _locked(path: Path, suffix: str) -> StudioError:
    program, what = _KIND[suffix]
    return StudioError(
        "This file is locked or old",
        f"It is protected by a password, or in {program}'s format of before 2007.",
        f"Take the password off and save it as {what}.",
        file=path.name,
    )


def _refuse_large(path: Path, archive: zipfile.ZipFile) -> None:
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
        raise StudioError("File too large", "It unpacks to more than 512 MB.", file=path.name)


def _refuse_macros(path: Path, package: Package, suffix: str) -> None:
    has_code = any(posixpath.basename(name).lower() == "vbaproject.bin" for name in package.names)
    types = package.xml("[Content_Types].xml")
    if types is None:
        raise ValueError("no list of its parts")
    if has_code or any("macroenabled" in each.get("ContentType", "").lower() for each in types):
        program, what = _KIND[suffix]
        raise StudioError(
            "This file carries macros",
            f"A {program} file with program code in it is not brought in.",
            f"Save it as {what}, without macros.",
            file=path.name,
        )
