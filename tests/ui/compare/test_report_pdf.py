"""The report as a PDF: whole or not at all."""

from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.ui.compare.report_pdf import write_pdf

PAGE = (
    "<h1>Where the experts agree</h1>" + "<p>Σύμφωνα με το άρθρο 109, words and words.</p>" * 120
).encode()


def test_a_long_report_has_several_pages(qapp, tmp_path: Path):
    path = tmp_path / "report.pdf"
    assert write_pdf(PAGE, "Tax", path) > 1
    assert path.read_bytes().startswith(b"%PDF-")
    assert [each.name for each in tmp_path.iterdir()] == ["report.pdf"]


def test_what_was_there_stays_where_nothing_can_be_written(qapp, tmp_path: Path):
    in_the_way = tmp_path / "report.pdf"
    in_the_way.mkdir()
    with pytest.raises(StudioError, match="not written"):
        write_pdf(PAGE, "Tax", in_the_way)
    assert [each.name for each in tmp_path.iterdir()] == ["report.pdf"]
    with pytest.raises(StudioError, match="not written"):
        write_pdf(PAGE, "Tax", tmp_path / "no such folder" / "report.pdf")
