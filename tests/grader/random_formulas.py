"""Random formulas over imported graders, with numbers for their names, for the tests of totals and ranges."""

from typing import Any

from hypothesis import strategies as st

NAMES = ("a", "b", "C_1")
NUMBERS = st.sampled_from(["0", "0.5", "1", "2", "3", "10"])
# No sign of a step stands right on a value that numpy and math may compute a last digit apart.
LEAVES = st.one_of(NUMBERS, st.sampled_from(NAMES), st.sampled_from(NAMES))
RAW = st.one_of(st.sampled_from([0.0, 1.0, -1.0, 2.0, 0.5, 7.0, 10.0, 1e308]), st.floats(-12, 12))


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
        st.tuples(st.sampled_from(["abs", "exp", "sqrt", "log", "-"]), inner).map(
            lambda p: f"{p[0]}({p[1]})"
        ),
        st.tuples(inner, st.sampled_from(["2", "3", "0.5", "b"])).map(lambda p: f"({p[0]}) ^ {p[1]}"),
        st.tuples(st.sampled_from(["floor", "ceil"]), st.sampled_from(NAMES)).map(
            lambda p: f"{p[0]}({p[1]})"
        ),
    )


FORMULAS = st.recursive(LEAVES, _larger, max_leaves=6)


def plan_over(text: str, ranges: dict[str, Any] | None = None) -> dict[str, Any]:
    """A plan of an imported formula: each name a judged criterion, in [0, 1] unless `ranges` says otherwise."""
    criteria = [
        {"key": name, "weight": 1, "when": None, "kind": {"type": "judged"}, "allow_na": False}
        | ({"range": ranges[name]} if ranges and name in ranges else {})
        for name in NAMES
    ]
    part = {"key": "graders", "weight": 1, "gate": None, "when": None, "criteria": criteria}
    return {"aggregation": "formula", "row_criteria": None, "strata": [part], "formula": text}
