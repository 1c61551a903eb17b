"""A keyword list: what the guide looks for, word after word, without a single sentence."""

from rubric_studio.domain.probes.form import said, value_text
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator

FEWEST_WORDS, MOST_WORDS = 2, 60


def _listed(case: Case) -> tuple[str, ...]:
    short = (target for target in case.facts.targets if target.type != "similar")
    results = [value_text(target, value) for target in short for value in target.values]
    words = list(dict.fromkeys([*case.facts.terms, *results, *case.facts.words]))[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        raise DoesNotApply("the guide names too few words to make a list of")
    return (said(case.facts, case.samples, ", ".join(words)),)


KEYWORDS = Generator("keywords", "Only the words that the guide looks for.", Expectation.LOW, _listed)
