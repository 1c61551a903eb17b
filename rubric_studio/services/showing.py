"""What a project holds, in a few figures, for the command line."""

from typing import Any

from rubric_studio.domain.ids import own_key
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject
from rubric_studio.services.evidence import headroom
from rubric_studio.services.marks import RaterChoice
from rubric_studio.services.ports import Store
from rubric_studio.services.scores import SampleScore, project_scores
from rubric_studio.services.versions import versions


def project_facts(store: Store, choice: RaterChoice) -> JsonObject:
    """Counts, versions and a summary of scores of the newest saved version."""
    saved = versions(store)
    facts: JsonObject = {
        "project": store.name,
        **store.counts().model_dump(mode="json"),
        "versions": [{"id": v.id, "number": v.number, "note": v.note, "at": v.at} for v in saved],
        "scores": None,
    }
    if saved:
        scores = list(project_scores(store, saved[-1].rubric, choice))
        facts["scores"] = {"rubric": saved[-1].id, "rater": choice.name, **score_summary(scores)}
    return facts


def score_summary(scores: list[SampleScore]) -> JsonObject:
    """How many samples have a score, their mean per model, and the headroom."""
    by_model: dict[str, list[float]] = {}
    for score in scores:
        values = by_model.setdefault(score.sample.model, [])
        if score.score is not None:
            values.append(score.score)
    models = {
        model: {"n": len(values), "mean": sum(values) / len(values) if values else None}
        for model, values in sorted(by_model.items())
    }
    scored = sum(len(values) for values in by_model.values())
    return {
        "scored": scored,
        "unscored": len(scores) - scored,
        "models": models,
        "headroom": headroom(scores),
    }


def scores_json(
    rubric_id: str, rubric: Rubric, scores: list[SampleScore], names: dict[str, str]
) -> JsonObject:
    """The scores in the form of design section 8.

    Args:
        names: display names of people by id.
    """
    taken = {str(criterion.key) for criterion in rubric.criteria()}
    return {"rubric": rubric_id, "samples": [_score_json(score, taken, names) for score in scores]}


def _score_json(score: SampleScore, taken: set[str], names: dict[str, str]) -> JsonObject:
    return {
        "row": score.sample.row,
        "model": score.sample.model,
        "run": score.sample.run,
        "score": score.score,
        "reason": score.reason or None,
        "strata": dict(score.strata),
        "criteria": {shown_key(key, taken): _mark_json(mark, names) for key, mark in score.marks.items()},
    }


def shown_key(key: str, taken: set[str]) -> str:
    """A row's own criterion goes by its own key, unless the rubric has one of that key."""
    own = own_key(key)
    return key if own != key and own in taken else own


def _mark_json(mark: Any, names: dict[str, str]) -> JsonObject:
    raters = [names.get(rater.name, rater.name) or "program" for rater in mark.raters]
    return {
        "value": mark.value,
        "state": mark.state.value,
        "rater": ", ".join(raters) or None,
        "reason": mark.reason or None,
    }
