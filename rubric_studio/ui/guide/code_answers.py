"""The current question and its answers as own code is tried on them. It runs nothing."""

from rubric_studio.ui.guide.code_trials import MOST_ANSWERS, Answers
from rubric_studio.ui.guide.current_question import CurrentQuestion


def answers_of(current: CurrentQuestion) -> Answers:
    """Return the question's fields and its first answers, each by model and run; nothing without a question."""
    if current.row is None or current.question is None:
        return Answers({}, ())
    samples = [current.question.sample(id) for id in current.question.ids[:MOST_ANSWERS]]
    several = len({(sample.model, sample.run) for sample in samples}) > len(
        {sample.model for sample in samples}
    )
    names = [f"{sample.model} · {sample.run}" if several else sample.model for sample in samples]
    return Answers(current.row.reference, tuple(zip(names, (s.text for s in samples), strict=True)))
