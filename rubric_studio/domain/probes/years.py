"""A superseded year: an answer in which every year is some years older. Amounts are left as they are."""

import re

from rubric_studio.domain.probes.authority import NO_REASONS
from rubric_studio.domain.probes.form import room_for_reasons
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator, chance

NAME = "superseded_year"
_YEAR = re.compile(
    r"(?<![\d.,€$£])(?<![€$£] )((?:19|20)\d\d)(?!\d|[.,]\d|\s?(?:%|€|\$|£|(?!AD\b|BC\b)[A-Z]{3}\b|[Ee]uros?\b))"
)


def _shifted(case: Case) -> tuple[str, ...]:
    if not room_for_reasons(case.facts, case.samples):
        raise DoesNotApply(NO_REASONS)
    years = chance(case.row, NAME).randint(3, 9)
    for text in (case.facts.text, *(each.text for each in case.samples)):
        if _YEAR.search(text):
            return (_YEAR.sub(lambda found: str(int(found.group()) - years), text),)
    raise DoesNotApply("no year stands in the reference or in an answer")


SUPERSEDED_YEAR = Generator(
    NAME, "An answer with every year moved back, as if older law applied.", Expectation.LOW, _shifted
)
