"""Ours against krippendorff, irrCAC, pingouin and scikit-learn on 200 random tables; see tests/oracles.

krippendorff answers for alpha, irrCAC for percent, Fleiss, AC1, AC2 and once more for nominal and interval alpha
(its "ordinal" weights are another statistic than ordinal alpha), pingouin for ICC over the units that all rated,
scikit-learn for Cohen, but irrCAC where levels are weighted that are not equally far apart.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rubric_studio.domain.agreement import (
    Ratio,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac,
    icc,
    krippendorff_alpha,
    mean_squares,
    percent_agreement,
)
from rubric_studio.domain.rating_table import NONE, RatingTable, complete
from tests.oracles.random_tables import COUNT, random_table

ORACLE = Path(__file__).resolve().parents[1] / "oracles" / "agreement_oracle.json"
NEAR = 1e-9
"""The oracle's figures are kept to twelve decimals."""


def our_table(seed: int) -> RatingTable:
    made = random_table(seed)
    codes = [[NONE if code is None else code for code in row] for row in made.codes]
    return RatingTable(np.array(codes), tuple(made.scale))


def our_ratio(table: RatingTable, name: str) -> Ratio:
    match name.removeprefix("irrCAC ").split():
        case ["percent"]:
            return percent_agreement(table)
        case ["fleiss", weights]:
            return fleiss_kappa(table, weights)  # pyright: ignore[reportArgumentType]
        case ["ac", weights]:
            return gwet_ac(table, weights)  # pyright: ignore[reportArgumentType]
        case ["alpha", metric]:
            return krippendorff_alpha(table, metric)  # pyright: ignore[reportArgumentType]
        case ["icc", form]:
            return icc(table, form)  # pyright: ignore[reportArgumentType]
        case ["cohen", first, second, weights]:
            return cohen_kappa(table, int(first), int(second), weights)  # pyright: ignore[reportArgumentType]
    raise KeyError(name)


@pytest.fixture(scope="module")
def answers() -> list[dict[str, float | None]]:
    kept: dict[str, Any] = json.loads(ORACLE.read_text(encoding="utf-8"))
    return kept["tables"]


def test_two_hundred_tables_were_asked_about_with_every_statistic(answers: list[dict[str, Any]]) -> None:
    assert len(answers) == COUNT == 200
    kinds = {name.split()[0] for answer in answers for name in answer}
    assert kinds == {"percent", "fleiss", "ac", "alpha", "irrCAC", "icc", "cohen"}


def test_every_figure_is_the_oracles(answers: list[dict[str, float | None]]) -> None:
    apart: dict[str, float] = {}
    for seed, answer in enumerate(answers):
        table = our_table(seed)
        for name, theirs in answer.items():
            ours = our_ratio(table, name).value
            if ours is not None and theirs is not None:
                apart[f"{seed} {name}"] = abs(ours - theirs)
    assert len(apart) > 7000
    assert {name: by for name, by in apart.items() if by > NEAR} == {}


def test_where_only_one_has_a_figure_the_reason_is_known(answers: list[dict[str, float | None]]) -> None:
    """Nothing that could disagree, or an ICC whose units do not differ: there the packages divide by rounding."""
    unknown: list[str] = []
    known: list[str] = []
    for seed, answer in enumerate(answers):
        table = our_table(seed)
        for name, theirs in answer.items():
            if (our_ratio(table, name).value is None) != (theirs is None):
                is_known = is_one_level(table, name) or is_without_spread(table, name)
                (known if is_known else unknown).append(f"{seed} {name}")
    assert unknown == []
    assert len(known) < 60


def is_one_level(table: RatingTable, name: str) -> bool:
    """All ratings that the figure uses are one level: 1 - chance is 0, or 1e-16 by rounding."""
    codes = table.codes[complete(table)] if name.startswith("icc") else table.codes
    return len(np.unique(codes[codes >= 0])) == 1


def is_without_spread(table: RatingTable, name: str) -> bool:
    """The units' means are equal, or differ by so little that the denominator of ICC(2,k) is not positive."""
    if not name.startswith("icc"):
        return False
    between, _, raters, rest = (float(part[0]) for part in mean_squares(table))
    n = int(complete(table).sum())
    return between < 1e-12 or (name == "icc 2,k" and between + (raters - rest) / n < 1e-12)
