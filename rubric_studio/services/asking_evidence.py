"""What a bundle tells of how models were asked: the way of asking that goes out, and the judge's configuration."""

from collections.abc import Iterable
from dataclasses import dataclass

from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.values import JsonObject
from rubric_studio.services.judges import judge_of
from rubric_studio.services.panels import panels
from rubric_studio.services.ports import Store


@dataclass(frozen=True)
class SampledWith:
    """Of some answers: how many were asked for in exactly one way, in another, in a way nobody told."""

    same: int = 0
    other: int = 0
    unknown: int = 0

    @property
    def answers(self) -> int:
        """How many there are."""
        return self.same + self.other + self.unknown


def sampled_with(facts: Iterable[JsonObject], template: PromptTemplate) -> SampledWith:
    """Count answers, given by their facts, by whether they were sampled with exactly that template."""
    wanted = template.hash
    counts = {"same": 0, "other": 0, "unknown": 0}
    for each in facts:
        told = each.get("prompt_hash")
        known = isinstance(told, str) and bool(told)
        counts["unknown" if not known else "same" if told == wanted else "other"] += 1
    return SampledWith(**counts)


def prompt_evidence(template: PromptTemplate, found: SampledWith) -> JsonObject:
    """The way of asking by its hash, and how many of the recorded answers were sampled with exactly it."""
    return {
        "title": template.title,
        "hash": template.hash,
        "recorded": {
            "n": found.answers,
            "sampled_with_it": found.same,
            "sampled_otherwise": found.other,
            "not_known": found.unknown,
        },
        "said": said_of(found),
    }


def said_of(found: SampledWith) -> str:
    """The same in one sentence ("180 of 240 answers were sampled with it.")."""
    if not found.answers:
        return "No answer was recorded."
    whole = f"{found.same:,} of {found.answers:,} answers were sampled with it."
    if not found.unknown:
        return whole
    were = "1 was brought in, and nobody knows how it was" if found.unknown == 1 else (
        f"{found.unknown:,} were brought in, and nobody knows how they were"
    )  # fmt: skip
    return f"{whole} {were} asked for."


def rater_evidence(store: Store, rater: str) -> JsonObject:
    """The judge behind a rater's name, or a panel with its members; nothing where it came from elsewhere."""
    judge = judge_of(store, rater)
    if judge is not None:
        return {"judge_configuration": judge_evidence(judge)}
    panel = next((each for each in panels(store) if each.name == rater), None)
    if panel is None:
        return {}
    made_here = [found for member in panel.members if (found := judge_of(store, member)) is not None]
    return {"panel": panel.model_dump(mode="json") | {"judges": [judge_evidence(each) for each in made_here]}}


def judge_evidence(judge: JudgeConfig) -> JsonObject:
    """A judge as it was asked; the connection's id means nothing on another computer and stays out."""
    return judge.model_dump(mode="json", exclude={"connection"}) | {"rater": judge.rater, "hash": judge.hash}
