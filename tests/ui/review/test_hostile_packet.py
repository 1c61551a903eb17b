"""A packet that means no good: its texts neither stall the page nor are taken for HTML, and its code never runs."""

import copy
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTextBrowser

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.sample import Sample
from rubric_studio.ui.look import Look

from .packet_room import GUIDE, make_packet, packet_room, question

BURST = "x" * 1_000_000
HTML = '<img src="http://203.0.113.1/x.png"><a href="file:///etc/passwd">here</a>\u202e'
CODE = "import os\nos.makedirs({folder!r})\ndef grade(sample, item):\n    return 1.0\n"


def hostile_guide(text: str) -> dict[str, Any]:
    """Two points whose every word is the same text."""
    guide = copy.deepcopy(GUIDE)
    for stratum in guide["strata"]:
        stratum["title"] = text
        for criterion in stratum["criteria"]:
            criterion |= {"title": text, "wording": text}
            for level in criterion.get("levels", ()):
                level["text"] = text
                level["anchors"] = [{"row": "q1", "sample": "x", "text": text, "note": text}]
    return guide


@pytest.mark.parametrize("text", [BURST, "\u202e" * 200_000, "\n" * 100_000, "word " * 200_000])
def test_giant_words_do_not_stall_the_page(tmp_path: Path, look: Look, qtbot: Any, text: str):
    rows = [question("q1", text, book=text)]
    samples = [Sample(row=RowId("q1"), model="", run=at, text=f"{at}{text}") for at in range(2)]
    path = make_packet(tmp_path / "giant.review", rows, samples, guide=hostile_guide(text))
    before = time.monotonic()  # it takes about two seconds where nothing else runs
    with packet_room(path, look, qtbot) as room:
        room.press(Qt.Key.Key_1)
        room.press(Qt.Key.Key_Return)
        assert len(room.marks()) == 1
    assert time.monotonic() - before < 12  # opening, two keys and closing; it took minutes


def test_words_with_tags_are_words(tmp_path: Path, look: Look, qtbot: Any):
    rows = [question("q1", HTML, book=HTML)]
    samples = [Sample(row=RowId("q1"), model="", run=0, text=HTML)]
    path = make_packet(tmp_path / "html.review", rows, samples, guide=hostile_guide(HTML))
    with packet_room(path, look, qtbot) as room:
        shown = [label for label in room.page.findChildren(QLabel) if HTML in label.text()]
        assert shown
        assert all(label.textFormat() is Qt.TextFormat.PlainText for label in shown)
        browsers = room.page.findChildren(QTextBrowser)
        assert not any(browser.openExternalLinks() for browser in browsers)
        assert "<img" in room.answer_text()


def test_code_in_a_guide_is_not_run(tmp_path: Path, look: Look, qtbot: Any):
    guide = copy.deepcopy(GUIDE)
    made = tmp_path / "made by code"
    source = CODE.format(folder=str(made))
    guide["strata"][0]["criteria"].append(
        {"key": "own", "title": "Own code", "kind": {"type": "python", "source": source}}
    )
    samples = [Sample(row=RowId("q1"), model="", run=0, text="An answer")]
    path = make_packet(tmp_path / "code.review", [question("q1")], samples, guide=guide)
    with packet_room(path, look, qtbot) as room:
        room.press(Qt.Key.Key_1)
        assert len(room.marks()) == 1
        assert not list(room.session.store.check_verdicts())
    assert not made.exists()
