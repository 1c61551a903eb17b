"""The statistics of agreement against published tables: as printed, and recomputed to six decimals."""

import json
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.agreement import (
    ICC_FORMS,
    RatingTable,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac,
    icc,
    krippendorff_alpha,
    mean_squares,
    percent_agreement,
    statistics,
    table_of,
)

Published = dict[str, Any]
METRICS = ("nominal", "ordinal", "interval")


@pytest.fixture(scope="module")
def published(shared_data: Path) -> Published:
    return json.loads((shared_data / "agreement" / "published.json").read_text(encoding="utf-8"))


def table(rows: list[list[float | None]]) -> RatingTable:
    return table_of(rows, sorted({worth for row in rows for worth in row if worth is not None}))


@pytest.mark.parametrize("example", ["krippendorff_canonical", "krippendorff_wikipedia"])
def test_alpha_of_krippendorffs_examples(published: Published, example: str) -> None:
    known = published[example]
    for metric in METRICS:
        alpha = krippendorff_alpha(table(known["units_x_coders"]), metric).value
        assert alpha == pytest.approx(known["recomputed"][metric], abs=1e-6)
        if metric in known["published"]:
            assert round(alpha or 0, 3) == known["published"][metric]


def test_every_form_of_icc_of_shrout_and_fleiss(published: Published) -> None:
    known = published["shrout_fleiss_1979"]
    targets = table(known["targets_x_judges"])
    for form in ICC_FORMS:
        found = icc(targets, form).value
        assert found == pytest.approx(known["recomputed"][f"ICC({form})"], abs=1e-6)
        assert round(found or 0, 2) == known["published"][f"ICC({form})"]


def test_mean_squares_of_shrout_and_fleiss(published: Published) -> None:
    known = published["shrout_fleiss_1979"]
    found = [round(float(square[0]), 2) for square in mean_squares(table(known["targets_x_judges"]))]
    # 32.486 is printed as 32.49: rounded twice nowhere.
    assert found == [known["published"][name] for name in ("MSB", "MSW", "MSJ", "MSE")]


def test_kappa_of_fleiss_1971(published: Published) -> None:
    known = published["fleiss_1971"]
    found = fleiss_kappa(table(known["subjects_x_raters"])).value
    assert found == pytest.approx(known["recomputed"]["fleiss_kappa"], abs=1e-6)
    assert round(found or 0, 2) == known["published"]["fleiss_kappa"]


def test_gwets_three_abstractors(published: Published) -> None:
    known = published["gwet_cont3x3abstractors"]
    counts = known["table"]
    rows = [[float(i), float(j)] for i, row in enumerate(counts) for j, n in enumerate(row) for _ in range(n)]
    pairs = table_of(rows, [0.0, 1.0, 2.0])
    assert_printed(cohen_kappa(pairs, 0, 1).value, known["published"]["cohen"], 7)
    # With two raters and nothing missing Fleiss' kappa is Scott's pi.
    assert_printed(fleiss_kappa(pairs).value, known["published"]["scott_pi"], 7)
    assert_printed(gwet_ac(pairs).value, known["published"]["AC1"], 7)
    assert_printed(krippendorff_alpha(pairs).value, known["published"]["alpha"], 7)
    assert_printed(percent_agreement(pairs).value, known["published"]["pa"], 2)


def test_gwets_four_raters_with_missing_ratings(published: Published) -> None:
    known = published["gwet_raw4raters"]
    raters = table(known["units_x_raters"])
    assert_printed(percent_agreement(raters).value, known["published"]["pa"], 7)
    assert_printed(gwet_ac(raters).value, known["published"]["AC1"], 5)
    assert_printed(fleiss_kappa(raters).value, known["published"]["fleiss"], 5)
    assert_printed(krippendorff_alpha(raters).value, known["published"]["alpha"], 5)


def test_intervals_are_as_wide_as_the_published_standard_errors(published: Published) -> None:
    known = published["gwet_cont3x3abstractors"]
    counts = known["table"]
    rows = [[float(i), float(j)] for i, row in enumerate(counts) for j, n in enumerate(row) for _ in range(n)]
    found = statistics(table_of(rows, [0.0, 1.0, 2.0]))
    for estimate, name in ((found.cohen[0, 1].plain, "cohen"), (found.ac1, "AC1")):
        assert estimate.low is not None
        assert estimate.high is not None
        width = 2 * 1.96 * known["published"][f"{name}_se"]
        assert estimate.high - estimate.low == pytest.approx(width, rel=0.15)


def assert_printed(found: float | None, printed: float, decimals: int) -> None:
    assert found is not None
    assert round(found, decimals) == printed
