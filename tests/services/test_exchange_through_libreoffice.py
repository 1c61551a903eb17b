"""The whole way round: given out, changed, through another program, brought back, decided edit by edit."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from rubric_studio import wiring
from rubric_studio.domain.proposed_edit import Standing, standing
from rubric_studio.services.edits import SaveVersion, perform
from rubric_studio.services.proposed_edits import Proposals, accepting
from rubric_studio.services.rubric_exchange import guide_to_give, take_back
from rubric_studio.services.versions import draft
from tests.files.guides import guide_rubric, point
from tests.files.libre_office import LibreOffice, office  # noqa: F401 - a fixture
from tests.files.word_changes import ANNA, BEN, WordDocument

FILES = wiring.guide_files()
TITLE, TEXT = point("year", "title"), point("year", "text", "partly")


def _changed_in_word(path: Path) -> None:
    word = WordDocument(path)
    word.replace(TITLE, "Right ", "", ANNA)
    word.replace(TEXT, "alone", "only", BEN)
    word.save()


def _changed_in_excel(path: Path) -> None:
    book = load_workbook(path)
    sheet = book["Points"]
    rows = {key: at for at, (key, *_) in enumerate(sheet.iter_rows(values_only=True), start=1)}
    sheet.cell(rows["year"], 4, "tax year")
    sheet.cell(rows["year / partly"], 9, "The year only.")
    book.save(path)


def _decide(store, author, found: Proposals) -> None:
    """Accept the title, refuse the grade's words, and look at what became of them."""
    title, text = found.edits
    assert (title.place.id, title.new) == (TITLE.id, "tax year")
    assert (text.place.id, text.old, text.new) == (TEXT.id, "The year alone.", "The year only.")
    assert [standing(each, draft(store)) for each in found.edits] == [Standing.OPEN, Standing.OPEN]
    steps = len(store.edits())
    step = accepting(draft(store), [title], "Accept a change")
    assert step is not None
    perform(store, step, author)
    assert len(store.edits()) == steps + 1
    expected = guide_rubric().to_json()
    expected["strata"][0]["criteria"][0]["title"] = "tax year"
    assert draft(store).to_json() == expected


@pytest.mark.parametrize("formats", [(), ("docx",), ("odt", "docx")])
def test_by_word(store, author, tmp_path, office: LibreOffice, formats):  # noqa: F811
    perform(store, SaveVersion(rubric=guide_rubric(), number=1), author)
    path = tmp_path / "guide.docx"
    FILES.writers["docx"](path, guide_to_give(store))
    _changed_in_word(path)
    found = take_back(store, FILES.take_back(office.through(path, *formats)))
    assert [edit.authors for edit in found.edits] == [(ANNA,), (BEN,)]
    assert found.notes == ()
    _decide(store, author, found)


@pytest.mark.parametrize("formats", [(), ("xlsx",), ("ods", "xlsx")])
def test_by_excel(store, author, tmp_path, office: LibreOffice, formats):  # noqa: F811
    perform(store, SaveVersion(rubric=guide_rubric(), number=1), author)
    path = tmp_path / "guide.xlsx"
    FILES.writers["xlsx"](path, guide_to_give(store))
    _changed_in_excel(path)
    found = take_back(store, FILES.take_back(office.through(path, *formats)))
    assert found.notes == ()
    _decide(store, author, found)
