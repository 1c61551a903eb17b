"""Markdown from outside: tags stay text, nothing is loaded, nothing stalls."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from rubric_studio.ui.safe_markdown import is_safe_to_render, markdown_document, plain_words


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def test_tags_are_shown_as_they_are(owner: QObject):
    text = markdown_document("a <b>bold</b> <script>x</script>", owner).toPlainText()
    assert text == "a <b>bold</b> <script>x</script>"


def test_a_picture_becomes_its_description(owner: QObject, tmp_path: Path):
    picture = tmp_path / "secret.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(picture))
    document = markdown_document(f"before ![a chart]({picture}) after ![two]({picture.as_uri()})", owner)
    assert document.toPlainText() == "before [a chart] after [two]"
    assert (
        document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl.fromLocalFile(str(picture)))
        is None
    )


def test_a_table_after_a_quotation_begins_with_its_first_words(owner: QObject):
    document = markdown_document("> said\n\n| year | amount |\n|---|---|\n| 2022 | 1 |", owner)
    assert [line for line in document.toPlainText().split("\n") if line] == [
        "said",
        "year",
        "amount",
        "2022",
        "1",
    ]


@pytest.mark.parametrize(
    "text", ["x" * 40_000, "- x\n" * 5_000, "|x" * 800, "> " * 100 + "x", "- " * 100 + "x"]
)
def test_what_would_take_qt_long_is_not_rendered(text: str):
    assert not is_safe_to_render(text)


def test_a_usual_answer_is_rendered():
    assert is_safe_to_render("## Answer\n\n1. first\n   - inner\n\n| a | b |\n|---|---|\n| 1 | 2 |\n" * 10)


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("It is **due** at *once*.", "It is due at once."),
        ("due at once**. It is", "due at once. It is"),  # chosen within a bold word
        ("[Art. 5](http://203.0.113.1/x) and `code`", "Art. 5 and code"),
        ("2 * 3 is 6, of snake_case <b>", "2 * 3 is 6, of snake_case <b>"),
        ("", ""),
    ],
)
def test_a_passage_reads_without_the_signs_that_lay_it_out(qapp: QApplication, passage: str, words: str):
    assert plain_words(passage) == words
