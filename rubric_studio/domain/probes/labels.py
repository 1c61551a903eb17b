"""Probes that guess labels without reading: all of them, and the most frequent one."""

from collections.abc import Mapping, Sequence
from typing import Any

from rubric_studio.domain.probes.facts import Context, Facts
from rubric_studio.domain.probes.form import written
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator


def label_sets(facts: Facts, context: Context) -> dict[str, tuple[str, ...]]:
    """For each target of labels or a choice all labels of its field, the most frequent first."""
    found = {
        target.key: context.labels.get(target.field, ())
        for target in facts.targets
        if target.type in ("labels", "choice")
    }
    known = {key: labels for key, labels in found.items() if labels}
    if not known:
        raise DoesNotApply("no labels in the reference")
    return known


def _all(case: Case) -> tuple[str, ...]:
    values: Mapping[str, Sequence[Any]] = {
        key: labels if _takes_many(case.facts, key) else [", ".join(labels)]
        for key, labels in label_sets(case.facts, case.context).items()
    }
    return (written(case.facts, case.samples, values),)


def _frequent(case: Case) -> tuple[str, ...]:
    return (
        written(
            case.facts,
            case.samples,
            {k: labels[:1] for k, labels in label_sets(case.facts, case.context).items()},
        ),
    )


def _takes_many(facts: Facts, key: str) -> bool:
    return any(target.key == key and target.type == "labels" for target in facts.targets)


ALL_LABELS = Generator("all_labels", "Every label there is.", Expectation.LOW, _all, guess=True)
FREQUENT_LABEL = Generator(
    "frequent_label",
    "The most frequent label, whatever the question.",
    Expectation.LOW,
    _frequent,
    guess=True,
)
