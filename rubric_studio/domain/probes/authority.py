"""The right answer with invented authority: well-formed citations that do not exist, of the kinds the row cites."""

import json

from rubric_studio.domain.probes.bare import right_output
from rubric_studio.domain.probes.citations import all_invented, kind_cited, one_invented
from rubric_studio.domain.probes.echo import output_language
from rubric_studio.domain.probes.form import is_json_form, room_for_reasons
from rubric_studio.domain.probes.phrases import phrases
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator, chance

NAME = "invented_authority"
NO_REASONS = "the answers here are a bare result, without reasons"


def _invented(case: Case) -> tuple[str, ...]:
    if not room_for_reasons(case.facts, case.samples):
        raise DoesNotApply(NO_REASONS)
    known = "\n".join(
        [
            case.row.prompt_text,
            json.dumps(case.row.reference, ensure_ascii=False),
            *(each.text for each in case.samples),
        ]
    )
    luck, text = chance(case.row, NAME), right_output(case.facts, case.samples)
    if kind_cited(text):
        return (all_invented(text, known, luck),)
    source = one_invented(known, luck)
    if source is None or is_json_form(case.facts):
        raise DoesNotApply("neither the question nor an answer cites an authority")
    return (
        f"{text}\n{phrases(output_language(case.row, case.facts, case.samples)).authority.format(source=source)}",
    )


INVENTED_AUTHORITY = Generator(
    NAME, "The right answer, resting on authorities that do not exist.", Expectation.LOW, _invented
)
