"""Names as they may stand in the name of a file."""

import pytest

from rubric_studio.ui.file_names import plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Δίκαιο της ΕΕ", "Δίκαιο της ΕΕ"),
        ('C-101/23: Commission v "Hellas"?', "C-101 23 Commission v Hellas"),
        ("  VAT,\n two\tlines. ", "VAT, two lines"),
        ("../..", ""),
        ("???", ""),
    ],
)
def test_what_a_system_forbids_is_left_out(name: str, plain: str) -> None:
    assert plain_name(name) == plain
