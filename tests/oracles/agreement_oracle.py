"""Asks krippendorff, irrCAC, pingouin and scikit-learn for the agreement of 200 random tables. Not part of the tests.

They are asked in an environment of their own, for two of them are under the GPL and all bring scipy and pandas:

    python -m venv oracles
    oracles/bin/pip install krippendorff irrCAC pingouin scikit-learn
    oracles/bin/python tests/oracles/agreement_oracle.py

The answers go to agreement_oracle.json beside this file, with the versions; tests/domain/test_agreement_oracle.py
compares ours to them. A figure that a package does not define (it raises, or says NaN or infinity) is null.

Where a package means another thing by the same name it is not asked: irrCAC's "ordinal" weights are not
Krippendorff's ordinal metric; scikit-learn knows levels equally far apart only, so that weighted kappas of other
scales come from irrCAC.
"""

import json
import math
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

import krippendorff  # pyright: ignore[reportMissingImports]
import numpy as np
import pandas as pd  # pyright: ignore[reportMissingImports]
import pingouin  # pyright: ignore[reportMissingImports]
from irrCAC import table as of_two  # pyright: ignore[reportMissingImports]
from irrCAC.raw import CAC  # pyright: ignore[reportMissingImports]
from irrCAC.weights import Weights  # pyright: ignore[reportMissingImports]
from sklearn.metrics import cohen_kappa_score  # pyright: ignore[reportMissingImports]

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.oracles.random_tables import COUNT, RandomTable, random_table

PACKAGES = ("krippendorff", "irrCAC", "pingouin", "scikit-learn", "numpy", "pandas", "scipy")
DIGITS = 12
IRRCAC = {"plain": "identity", "linear": "linear", "quadratic": "quadratic"}
IRRCAC_ALPHA = {"plain": "nominal", "quadratic": "interval"}
ICC_FORMS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


def asked(figure: Callable[[], Any]) -> float | None:
    """A figure, or None where the package has none."""
    try:
        number = float(figure())
    except (ValueError, ZeroDivisionError, AssertionError, IndexError):
        return None
    return round(number, DIGITS) if math.isfinite(number) else None


def worths(table: RandomTable) -> pd.DataFrame:
    rows = [[None if code is None else table.scale[code] for code in row] for row in table.codes]
    return pd.DataFrame(rows, dtype=float)


def gwet_fleiss(table: RandomTable) -> dict[str, float | None]:
    """What irrCAC says with every weight, all levels of the scale named."""
    found: dict[str, float | None] = {}
    for ours, theirs in IRRCAC.items():
        asker = CAC(worths(table), weights=theirs, categories=table.scale, digits=15)
        found[f"fleiss {ours}"] = asked(lambda asker=asker: asker.fleiss()["est"]["coefficient_value"])
        found[f"ac {ours}"] = asked(lambda asker=asker: asker.gwet()["est"]["coefficient_value"])
        if ours in IRRCAC_ALPHA:
            name = f"irrCAC alpha {IRRCAC_ALPHA[ours]}"
            found[name] = asked(lambda asker=asker: asker.krippendorff()["est"]["coefficient_value"])
    plain = CAC(worths(table), categories=table.scale, digits=15)
    return {**found, "percent": asked(lambda: plain.gwet()["est"]["pa"])}


def alphas(table: RandomTable) -> dict[str, float | None]:
    data = worths(table).to_numpy().T
    return {
        f"alpha {metric}": asked(
            lambda metric=metric: krippendorff.alpha(
                reliability_data=data, level_of_measurement=metric, value_domain=table.scale
            )
        )
        for metric in ("nominal", "ordinal", "interval")
    }


def cohens(table: RandomTable) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for one, other in combinations(range(len(table.codes[0])), 2):
        pairs = [
            (row[one], row[other]) for row in table.codes if row[one] is not None and row[other] is not None
        ]
        for weights in ("plain", "linear", "quadratic"):
            found[f"cohen {one} {other} {weights}"] = asked(
                lambda pairs=pairs, weights=weights: cohen(table, pairs, weights)
            )
    return found


def cohen(table: RandomTable, pairs: Sequence[tuple[int | None, int | None]], weights: str) -> float:
    first, second = zip(*pairs, strict=True)
    levels = list(range(len(table.scale)))
    if weights == "plain" or table.is_even:
        return cohen_kappa_score(
            first, second, labels=levels, weights=None if weights == "plain" else weights
        )
    counts = np.zeros((len(levels), len(levels)))
    np.add.at(counts, (list(first), list(second)), 1)
    matrix = Weights(table.scale)[IRRCAC[weights]]
    return of_two.CAC(pd.DataFrame(counts), weights=matrix, digits=15).cohen()["est"]["coefficient_value"]


def iccs(table: RandomTable) -> dict[str, float | None]:
    """What pingouin says over the units that all rated; its forms come in the order of Shrout and Fleiss."""
    whole = worths(table).dropna()
    long = whole.reset_index(names="unit").melt(id_vars="unit", var_name="rater", value_name="worth")
    try:
        answers = list(pingouin.intraclass_corr(long, "unit", "rater", "worth")["ICC"])
    except (ValueError, ZeroDivisionError, AssertionError, IndexError):
        answers = [math.nan] * len(ICC_FORMS)
    return {
        f"icc {form}": asked(lambda each=each: each) for form, each in zip(ICC_FORMS, answers, strict=True)
    }


def main() -> None:
    warnings.simplefilter("ignore")
    tables = [random_table(seed) for seed in range(COUNT)]
    answers = [{**gwet_fleiss(table), **alphas(table), **cohens(table), **iccs(table)} for table in tables]
    asked_of = {name: version(name) for name in PACKAGES}
    place = Path(__file__).with_suffix(".json")
    lines = ",\n".join(json.dumps(answer, separators=(",", ":")) for answer in answers)
    place.write_text(f'{{"versions": {json.dumps(asked_of)},\n"tables": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
