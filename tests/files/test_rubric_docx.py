"""A rubric in Word: what people get to read, and what is read of their changes and comments."""

import zipfile
from pathlib import Path

import pytest
from docx import Document

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.returned_guide import ReturnedGuide
from rubric_studio.domain.rubric_field import FieldPlace, field_places, shown_text
from rubric_studio.domain.safe_text import safe_text
from rubric_studio.files.rubric_docx import write_docx
from rubric_studio.files.rubric_docx_reading import read_docx
from tests.files.guides import RECORD, given, guide_rubric, part, point
from tests.files.libre_office import LibreOffice, office  # noqa: F401 - a fixture
from tests.files.word_changes import ANNA, BEN, WHEN, WordDocument, answer

WORDING, TITLE = point("year", "wording"), point("year", "title")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The rubric as a Word file."""
    target = tmp_path / "guide.docx"
    write_docx(target, given())
    return target


def texts(returned: ReturnedGuide) -> dict[str, tuple[str, str]]:
    return {field.id: (field.before, field.after) for field in returned.fields}


def field(returned: ReturnedGuide, place: FieldPlace):
    return next(each for each in returned.fields if each.id == place.id)


def says(path: Path, place: FieldPlace) -> tuple[str, str, tuple[str, ...]]:
    found = field(read_docx(path), place)
    return found.before, found.after, found.authors


# ---- written and read


def test_every_field_comes_back_as_it_was_written(path):
    rubric = guide_rubric()
    expected = {place.id: safe_text(shown_text(rubric, place)) for place in field_places(rubric)}
    returned = read_docx(path)
    assert texts(returned) == {id: (text, text) for id, text in expected.items()}
    assert (returned.base, returned.notes, returned.comments) == (RECORD, (), ())


def test_the_page_names_version_and_its_day_and_tells_everything(path):
    document = Document(str(path))
    header = document.sections[0].header.paragraphs[0].text
    assert header == "Tax letters  ·  version 3, saved 2026-11-19 by Anna Berg"
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for said in ("In 2024, since …", "(good)", "task is tax or 7", "Later parts: in full from 0.5 on"):
        assert said in cells


def test_a_text_that_xml_cannot_hold_is_written_with_a_sign_in_its_place(tmp_path):
    rubric = guide_rubric()
    broken = rubric.model_copy(update={"name": "Bell \x07, half \ud800, NUL \x00, end \uffff"})
    write_docx(tmp_path / "b.docx", given(broken))
    name = texts(read_docx(tmp_path / "b.docx"))[FieldPlace(field="name").id][1]
    assert name == "Bell \ufffd, half \ufffd, NUL \ufffd, end \ufffd"


# ---- tracked changes


def test_a_replaced_word_is_read_before_and_after_with_author_and_day(path):
    word = WordDocument(path)
    word.replace(WORDING, "right", "correct")
    word.save()
    found = field(read_docx(path), WORDING)
    assert found.before.startswith("Names the right tax year")
    assert found.after.startswith("Names the correct tax year")
    assert (found.authors, found.at) == ((ANNA,), WHEN)


def test_a_second_author_within_one_field_is_named_too(path):
    word = WordDocument(path)
    word.replace(TITLE, "Right ", "")
    word.replace(point("year", "text", "partly"), "alone", "only", BEN)
    word.add_paragraph(point("year", "text", "partly"), "More.", ANNA)
    word.save()
    assert says(path, TITLE) == ("Right tax year", "tax year", (ANNA,))
    before, after, authors = says(path, point("year", "text", "partly"))
    assert (before, after) == ("The year alone.", "The year only.\nMore.")
    assert set(authors) == {ANNA, BEN}


def test_paragraph_marks_put_in_and_taken_out_change_lines(path):
    word = WordDocument(path)
    word.join_paragraphs(WORDING)
    word.add_paragraph(WORDING, "A last line.")
    word.save()
    before, after, _ = says(path, WORDING)
    assert before == guide_rubric().criterion("year").wording  # type: ignore[union-attr]
    assert after.startswith("Names the right tax year and says why.\nTwo  spaces")
    assert after.endswith("<b>.\nA last line.")


def test_moved_words_are_at_their_old_place_before_and_at_their_new_one_after(path):
    word = WordDocument(path)
    word.move(TITLE, "Right ")
    word.save()
    assert says(path, TITLE) == ("Right tax year", "tax yearRight ", (ANNA,))


def test_changes_inside_a_content_control_are_read(path):
    word = WordDocument(path)
    word.replace(WORDING, "right", "correct")
    word.put_into_control(WORDING)
    word.save()
    before, after, authors = says(path, WORDING)
    assert (before[:15], after[:17], authors) == ("Names the right", "Names the correct", (ANNA,))


def test_what_one_put_in_and_another_took_out_again_is_in_neither_text(path):
    word = WordDocument(path)
    paragraph = word.paragraphs(TITLE)[0]
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    inner = f'<w:del w:id="2" w:author="{BEN}"><w:r><w:delText>never</w:delText></w:r></w:del>'
    paragraph.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="{ANNA}">{inner}</w:ins>'))
    word.save()
    assert says(path, TITLE) == ("Right tax year", "Right tax year", (ANNA, BEN))


def test_a_text_typed_without_tracking_has_no_author(path):
    word = WordDocument(path)
    word.type_over(TITLE, "The tax year")
    word.save()
    assert says(path, TITLE) == ("The tax year", "The tax year", ())


def test_a_heading_and_the_name_can_be_changed(path):
    word = WordDocument(path)
    word.replace(part("issue", "title"), "Issue", "The issue")
    word.replace(FieldPlace(field="name"), "letters", "opinions")
    word.save()
    assert says(path, part("issue", "title"))[1] == "The issue"
    assert says(path, FieldPlace(field="name"))[1] == "Tax opinions"


def test_what_belongs_to_no_field_is_told_and_not_lost(path):
    word = WordDocument(path)
    word.document.add_paragraph("Please also cover interest.")
    word.document.tables[1].add_row().cells[2].text = "A new grade"
    word.save()
    notes = read_docx(path).notes
    assert notes == (
        "A line was added, to be done in the guide itself: “A new grade”",
        "Written beside the guide: “Please also cover interest.”",
    )


def test_a_row_taken_out_is_told_with_its_author(path):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    word = WordDocument(path)
    row = word.paragraphs(point("year", "text", "partly"))[0].getparent().getparent()
    row.get_or_add_trPr().append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="5" w:author="{BEN}" w:date="{WHEN}"/>')
    )
    word.save()
    returned = read_docx(path)
    assert returned.notes == (
        f"Taken out, to be done in the guide itself: “Grade partly · 0.45 · The year alone.” ({BEN})",
    )
    assert point("year", "text", "partly").id not in texts(returned)


# ---- comments


def test_comments_and_answers_stand_beside_their_field(path):
    word = WordDocument(path)
    word.comment(WORDING, "tax year", "Which one?")
    word.save()
    answer(path, "The year of the facts.", ANNA, done=True)
    first, reply = field(read_docx(path), WORDING).comments
    assert (first.author, first.text, first.words, first.is_reply) == (BEN, "Which one?", "tax year", False)
    assert (reply.author, reply.text, reply.is_reply) == (ANNA, "The year of the facts.", True)
    assert (first.resolved, reply.resolved) == (True, True)


# ---- files that cannot come in


def test_damaged_locked_macro_and_foreign_files_are_refused_in_words(tmp_path, path):
    damaged, locked = tmp_path / "damaged.docx", tmp_path / "locked.docx"
    damaged.write_bytes(path.read_bytes()[:2000])
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    macros, foreign = tmp_path / "macros.docx", tmp_path / "foreign.docx"
    macros.write_bytes(path.read_bytes())
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"code")
    Document().save(str(foreign))
    empty = tmp_path / "empty.docx"
    empty.write_bytes(b"")
    for file, title in (
        (damaged, "This file cannot be read"),
        (empty, "This file cannot be read"),
        (locked, "This file is locked or old"),
        (macros, "This file carries macros"),
        (foreign, "This file was not given out from here"),
        (tmp_path / "absent.docx", "File cannot be read"),
    ):
        with pytest.raises(StudioError) as told:
            read_docx(file)
        assert told.value.title == title


def test_broken_xml_and_entities_are_refused(tmp_path, path):
    for number, text in enumerate((b"<w:document", b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', b"<a/>")):
        target = tmp_path / f"{number}.docx"
        with zipfile.ZipFile(path) as whole, zipfile.ZipFile(target, "w") as archive:
            for name in whole.namelist():
                archive.writestr(name, text if name == "word/document.xml" else whole.read(name))
        with pytest.raises(StudioError):
            read_docx(target)


# ---- through LibreOffice


@pytest.mark.parametrize("formats", [("docx",), ("odt", "docx")])
def test_ids_texts_authors_and_comments_survive_libreoffice(path, office: LibreOffice, formats):  # noqa: F811
    rubric = guide_rubric()
    word = WordDocument(path)
    word.replace(WORDING, "right", "correct")
    word.add_paragraph(point("year", "text", "no"), "Neither.", BEN)
    word.replace(point("year", "value", "partly"), "0.45", "0.5", BEN)
    word.type_over(TITLE, "The tax year")
    word.comment(point("invents", "title"), "authority", "Or facts?")
    word.save()
    before = read_docx(path)
    after = read_docx(office.through(path, *formats))
    assert texts(after) == texts(before)
    assert len(texts(after)) == len(list(field_places(rubric)))
    assert {f.id: f.authors for f in after.fields} == {f.id: f.authors for f in before.fields}
    assert (after.base, after.notes) == (RECORD, ())
    comment = field(after, point("invents", "title")).comments[0]
    assert (comment.author, comment.text, comment.words) == (BEN, "Or facts?", "authority")
