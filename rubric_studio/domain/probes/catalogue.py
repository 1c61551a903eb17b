"""All probes that the program makes, in the order in which they are shown. One's own come from people."""

from rubric_studio.domain.probes.authority import INVENTED_AUTHORITY
from rubric_studio.domain.probes.bare import BARE_ANSWER
from rubric_studio.domain.probes.conclusion import WRONG_CONCLUSION
from rubric_studio.domain.probes.echo import JUDGE_NOTE, PROMPT_COPIED
from rubric_studio.domain.probes.hedging import HEDGING
from rubric_studio.domain.probes.jurisdiction import WRONG_JURISDICTION
from rubric_studio.domain.probes.keywords import KEYWORDS
from rubric_studio.domain.probes.labels import ALL_LABELS, FREQUENT_LABEL
from rubric_studio.domain.probes.mimicry import MIMICRY
from rubric_studio.domain.probes.nothing import EMPTY, REFUSAL
from rubric_studio.domain.probes.padding import PADDING
from rubric_studio.domain.probes.probe import Generator
from rubric_studio.domain.probes.reference import DEGRADED, REFERENCE
from rubric_studio.domain.probes.years import SUPERSEDED_YEAR

GENERATORS: tuple[Generator, ...] = (
    EMPTY,
    REFUSAL,
    PROMPT_COPIED,
    ALL_LABELS,
    FREQUENT_LABEL,
    BARE_ANSWER,
    INVENTED_AUTHORITY,
    SUPERSEDED_YEAR,
    WRONG_JURISDICTION,
    HEDGING,
    PADDING,
    KEYWORDS,
    MIMICRY,
    WRONG_CONCLUSION,
    JUDGE_NOTE,
    REFERENCE,
    DEGRADED,
)

BY_NAME = {generator.name: generator for generator in GENERATORS}
