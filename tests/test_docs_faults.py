"""The table of faults for those who support users says what the window says, of every fault there is."""

import re
from pathlib import Path

import pytest

from rubric_studio.domain.model_call import PASSING, STOPPING, FaultKind
from rubric_studio.llm.backoff import ATTEMPTS, LONGEST_SECONDS, RATE_LIMITED_ATTEMPTS
from rubric_studio.llm.faults import LONGEST, SENTENCES
from rubric_studio.services.batch_running import POLL_SECONDS, ROUNDS, TROUBLES
from rubric_studio.services.running import IN_A_ROW
from rubric_studio.ui.models.run_faults import fault_text

DOCUMENT = (Path(__file__).parents[1] / "docs" / "faults.md").read_text(encoding="utf-8")
LINES = {
    found[1]: [cell.strip() for cell in found[2].split("|")]
    for found in re.finditer(r"^\| `(\w+)` \|(.+)\|$", DOCUMENT, re.MULTILINE)
}


def test_every_fault_has_its_line_and_there_is_no_other():
    assert list(LINES) == [kind.value for kind in FaultKind]


@pytest.mark.parametrize("kind", FaultKind)
def test_a_line_has_the_words_of_the_window(kind: FaultKind):
    _, says, _, _ = LINES[kind]
    assert says.startswith(f"**{fault_text(kind)}.**")
    assert SENTENCES.get(kind, "") in says


@pytest.mark.parametrize("kind", FaultKind)
def test_a_line_tells_what_is_stored_and_asked_again(kind: FaultKind):
    _, _, stored, again = LINES[kind]
    tries = RATE_LIMITED_ATTEMPTS if kind is FaultKind.RATE_LIMIT else ATTEMPTS
    if kind in STOPPING:
        assert stored == "run paused, call waits"
    elif kind in PASSING:
        assert stored == f"after {tries} tries: call failed"
    else:
        assert stored.startswith("call failed")
    assert again.startswith(f"yes, {tries} tries") == (kind in PASSING)


def test_the_other_numbers_are_those_of_the_program():
    for told in (
        f"at most {LONGEST} characters",
        f"up to {LONGEST_SECONDS:.0f} seconds apart",
        f"If {IN_A_ROW} calls fail",
        f"every {POLL_SECONDS:.0f} seconds",
        f"into {ROUNDS} at most",
        f"after {TROUBLES} in a row",
    ):
        assert told in DOCUMENT
