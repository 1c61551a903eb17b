"""How many answers the stop rule of a round takes, as one sentence with what it assumes. For a job's thread."""

from collections import Counter

from rubric_studio.domain.round import RoundPlan
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.ports import Progress, Store
from rubric_studio.services.versions import versions
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.rounds.round_words import answers_text, tr

USUAL_LEVELS = 3
LEAST_RATERS = 2


def size_helper(store: Store, plan: RoundPlan, progress: Progress) -> str:
    """Say what the rule takes; "" where the plan has none."""
    rule, raters = plan.stop, min(plan.overlap or len(plan.experts), len(plan.experts))
    if rule is None:
        return ""
    if raters < LEAST_RATERS:
        return tr("It takes two experts for each answer to say how far they agree.")
    from rubric_studio.domain.sample_size import samples_needed  # numpy: only where it is asked for

    version = next((each for each in versions(store) if each.id == plan.version), None)
    levels = _levels(version.rubric) if version is not None else USUAL_LEVELS
    progress(0, 0, tr("how many answers that takes"))
    needed = samples_needed(rule, raters, [1.0] * levels, rule.target)
    there = len(plan.samples())
    if needed.n is None:
        words = tr(
            "Even 1,000 answers would hardly show it: let the lower end be further below {target}, or aim higher."
        )
        return words.format(target=f"{rule.target:.2f}")
    words = tr(
        "That takes about {answers}, if people truly agree at {target} and each grade comes about equally often."
    )
    said = words.format(answers=answers_text(needed.n), target=f"{rule.target:.2f}")
    if there < needed.n:
        said = " ".join((said, tr("This round has {n}.").format(n=count_text(there))))
    return said


def _levels(rubric: Rubric) -> int:
    """How many grades most points have."""
    counts = Counter(len(criterion.levels) for criterion in rubric.criteria() if criterion.is_judged)
    usual = counts.most_common(1)
    return max(2, usual[0][0]) if usual and usual[0][0] else USUAL_LEVELS
