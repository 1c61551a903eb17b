"""All detectors together: what they find in a rubric, and which of it is shown. Reads no store."""

from collections import Counter
from collections.abc import Collection, Iterable

from rubric_studio.domain.doctor import (
    counted_twice,
    dominant_weight,
    joined_facts,
    level_faults,
    missing_level_text,
    no_signal,
    number_in_wording,
    sums,
    unreached_gate,
    vague_words,
)
from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.doctor.marks_at_hand import NO_MARKS, MarksAtHand
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_field import own_strata

DETECTORS: tuple[Detector, ...] = (
    unreached_gate.DETECTOR,
    sums.DETECTOR,
    level_faults.DETECTOR,
    number_in_wording.DETECTOR,
    joined_facts.DETECTOR,
    counted_twice.DETECTOR,
    dominant_weight.DETECTOR,
    no_signal.DETECTOR,
    vague_words.DETECTOR,
    missing_level_text.DETECTOR,
)
BY_NAME = {detector.name: detector for detector in DETECTORS}
MOST_SHOWN = 3


def examine(rubric: Rubric, marks: MarksAtHand = NO_MARKS) -> list[Finding]:
    """Everything that the detectors find, the strongest first, then in the order of the rubric."""
    return in_order(rubric, [*in_words(rubric), *in_marks(rubric, marks)])


def in_words(rubric: Rubric) -> list[Finding]:
    """What the rubric alone shows; imported graders are kept as they are, and nobody here wrote their words."""
    written = rubric.model_copy(update={"strata": own_strata(rubric)})
    return [found for each in DETECTORS if each.in_words for found in each.in_words(written)]


def in_marks(rubric: Rubric, marks: MarksAtHand) -> list[Finding]:
    """What the marks on the samples at hand show."""
    return [found for each in DETECTORS if each.in_marks for found in each.in_marks(rubric, marks)]


def in_order(rubric: Rubric, found: Iterable[Finding]) -> list[Finding]:
    """The strongest first, then in the order of the rubric."""
    place = {str(key): at for at, key in enumerate(_keys(rubric))}
    return sorted(
        found, key=lambda each: (-each.strength, place.get(each.criterion or each.stratum, 0), each.id)
    )


def shown(found: Iterable[Finding], waived: Collection[str] = (), most: int = MOST_SHOWN) -> list[Finding]:
    """Choose what is shown at once: the strongest, a second one of a kind only where other kinds ran out."""
    open_ = [finding for finding in found if finding.id not in waived]
    met: Counter[str] = Counter()
    rounds: list[tuple[int, int]] = []
    for at, finding in enumerate(open_):
        rounds.append((met[finding.detector], at))
        met[finding.detector] += 1
    return [open_[at] for at in sorted(at for _, at in sorted(rounds)[:most])]


def _keys(rubric: Rubric) -> list[str]:
    return [key for stratum in rubric.strata for key in (stratum.key, *(c.key for c in stratum.criteria))]
