"""Which points begin a part of the guide, and what stands above them. No widget."""

from collections.abc import Mapping

from rubric_studio.grader.plan import with_row_stratum
from rubric_studio.ui.guide.part_segments import part_title
from rubric_studio.ui.guide.scored_question import ScoredQuestion


def part_headings(question: ScoredQuestion) -> Mapping[str, str]:
    """Return the title of each part by its first point's key; none where there is one part only."""
    titles = {
        str(stratum.key): part_title(stratum, question.rubric)
        for stratum in with_row_stratum(question.rubric)
    }
    firsts: dict[str, str] = {}
    for asked in question.asked:
        firsts.setdefault(asked.stratum, asked.key)
    if len(firsts) < 2:
        return {}
    return {key: titles.get(stratum, stratum) for stratum, key in firsts.items()}
