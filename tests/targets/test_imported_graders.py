"""A whole bundle of imported graders: written, proven here and by its own verify.py."""

import json
import subprocess
import sys
from pathlib import Path

from rubric_studio.domain.bundle import BundleRow
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.services.versions import read_rubric
from rubric_studio.targets.bundle import needs, write_bundle
from rubric_studio.targets.verify import verify_bundle
from tests.services.grader_files import EXACT, MIXED
from tests.targets.contents import content


def bundle_rows() -> tuple[BundleRow, ...]:
    def row(id: str, part: str) -> BundleRow:
        made = Row(id=RowId(id), prompt=user_prompt("?"), reference={"answer": "half a café"})
        return BundleRow.model_validate({"row": made, "part": part})

    return row("t", "train"), row("v", "validation")


def test_a_bundle_of_imported_graders_is_whole(tmp_path: Path) -> None:
    rubric = read_rubric(MIXED)
    bundle = content(rubric, "openai", rows=bundle_rows())
    # each sample has the judge's 0.5 of 10: 0.5 * max(0, alike ^ 2) + 0.025
    assert {sample.score is not None and 0.025 <= sample.score < 0.5 for sample in bundle.samples} == {True}
    folder = tmp_path / "bundle"
    write_bundle(bundle, folder)
    found = verify_bundle(folder)
    assert (found.whole, found.rescored, found.note) == (True, len(bundle.samples), "")
    run = subprocess.run(
        [sys.executable, str(folder / "verify.py"), "--json"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, json.loads(run.stdout)["whole"]) == (0, True)
    assert json.loads((folder / "rubric.json").read_text()) == rubric.to_json()
    assert "text_similarity (fuzzy_match)" in (folder / "rubric.html").read_text()


def test_rapidfuzz_is_needed_where_texts_are_compared_by_it() -> None:
    assert needs(read_rubric(MIXED)) == ("rapidfuzz",)
    assert needs(read_rubric(EXACT)) == ()
