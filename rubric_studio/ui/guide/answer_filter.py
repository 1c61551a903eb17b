"""Which of a question's answers to show: by model, by total, by what is left to mark. No Qt."""

from dataclasses import dataclass

from rubric_studio.ui.guide.scored_question import ScoredQuestion


@dataclass(frozen=True)
class AnswerFilter:
    """`model` "" means all. An answer without a total fits where its range touches the one asked for."""

    model: str = ""
    lowest: float = 0.0
    highest: float = 1.0
    only_to_mark: bool = False

    def fitting(self, question: ScoredQuestion) -> list[int]:
        """Return the answers that fit, in their order."""
        return question.ids if self.is_open else [id for id in question.ids if self._fits(question, id)]

    @property
    def is_open(self) -> bool:
        """Whether every answer fits."""
        return self == AnswerFilter()

    def _fits(self, question: ScoredQuestion, id: int) -> bool:
        if self.model and question.sample(id).model != self.model:
            return False
        score = question.score(id)
        if self.only_to_mark and not question.to_mark(id):
            return False
        low = 0.0 if score.low is None else score.low
        high = 1.0 if score.high is None else score.high
        return round(low, 2) <= self.highest and round(high, 2) >= self.lowest
