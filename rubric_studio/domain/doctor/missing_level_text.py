"""Judged criteria with grades in between that no words tell apart."""

from collections.abc import Iterator

from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.rubric import Criterion, Level, Rubric


def find(rubric: Rubric) -> Iterator[Finding]:
    """One finding per criterion. The best and the last grade may do without: the wording is met or it is not."""
    for criterion in rubric.criteria():
        bare = _bare_between(criterion)
        if bare:
            yield Finding(
                DETECTOR.name,
                0.4,
                "Nothing says when the grade between all and nothing is right: {levels}.",
                {"levels": ", ".join(level.key for level in bare)},
                criterion=criterion.key,
                level=bare[0].key,
                words=f"{criterion.words}\n{[level.key for level in criterion.levels]}",
            )


def _bare_between(criterion: Criterion) -> list[Level]:
    if not criterion.is_judged or len(criterion.levels) < 3:
        return []
    values = [level.value for level in criterion.levels]
    between = [level for level in criterion.levels if min(values) < level.value < max(values)]
    return [level for level in between if not level.text.strip() and not level.anchors]


DETECTOR = Detector(
    "missing_level_text",
    "a point that is judged with more than two grades without a text for those in between",
    "Without words for the middle each rater draws the line elsewhere, and half the reward is a matter of taste.",
    in_words=find,
)
