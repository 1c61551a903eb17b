"""Format mimicry: the structure of a good output, valid throughout, with nothing in it."""

import re

from rubric_studio.domain.probes.form import empty_shape, is_json_form, json_text
from rubric_studio.domain.probes.nothing import refuse_where_nothing_is_right
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator

_MARKER = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)])\s+")
_FEWEST_LINES = 3


def _mimicked(case: Case) -> tuple[str, ...]:
    refuse_where_nothing_is_right(case.facts)
    if is_json_form(case.facts):
        return (json_text(empty_shape(case.facts, case.samples)),)
    for sample in case.samples:
        lines = [line for line in sample.text.splitlines() if line.strip()]
        if len(lines) >= _FEWEST_LINES:
            return ("\n".join(map(_hollow, lines)),)
    raise DoesNotApply("the answers have no structure to copy")


def _hollow(line: str) -> str:
    """A heading stays, of a list's line its mark, of a sentence its first word."""
    if line.lstrip().startswith("#"):
        return line
    marker = _MARKER.match(line)
    if marker:
        return f"{marker.group()}…"
    return f"{line.split(maxsplit=1)[0]} …"


MIMICRY = Generator("mimicry", "The form of a good answer, with nothing in it.", Expectation.LOW, _mimicked)
