"""What a judge is shown of a project: points, the fields that they read, the answer, all redacted. Asks nobody."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rubric_studio.domain.ids import SampleKey
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.judge_prompt import Example, Grade, Material, PointToMark, judge_request
from rubric_studio.domain.model_call import Request
from rubric_studio.domain.question import PROMPT_FIELD, fields_of
from rubric_studio.domain.redacting import Redacted, Redactor
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Level
from rubric_studio.domain.sample import Sample
from rubric_studio.services.asked import Asked

Words = Callable[[str], str]


class Shown(NamedTuple):
    """One call of a judge: what is asked, of which points, and the answer's text as it goes out."""

    request: Request
    points: tuple[PointToMark, ...]
    answer: Redacted


def shown_to_judge(
    judge: JudgeConfig, asked: Sequence[Asked], row: Row, sample: Sample, redactor: Redactor
) -> Shown:
    """The request that has a judge mark those points of an answer; everything in it went through the redactor."""
    material, answer = _material(asked, row, sample, redactor)

    def words(text: str) -> str:
        return redactor.text(text).text

    points = tuple(
        _point(f"p{number}", each, sample.key, words) for number, each in enumerate(asked, start=1)
    )
    judge = judge.model_copy(update={"instructions": words(judge.instructions)})
    return Shown(judge_request(judge, points, material), points, answer)


def _material(
    asked: Sequence[Asked], row: Row, sample: Sample, redactor: Redactor
) -> tuple[Material, Redacted]:
    reads = {name for each in asked for name in each.question.reads}
    out = redactor.row(row)
    answer = redactor.text(sample.text)
    # As in the question's hash: a reference field of that name stands in the place of the prompt.
    reads_prompt = PROMPT_FIELD in reads and PROMPT_FIELD not in row.reference
    question = out.prompt_text if reads_prompt and out.prompt else None
    fields = sorted(reads if PROMPT_FIELD in out.reference else reads - {PROMPT_FIELD})
    return Material(answer.text, question, fields_of(out, fields)), answer


def _point(alias: str, asked: Asked, sample: SampleKey, words: Words) -> PointToMark:
    criterion = asked.criterion
    wording = asked.wording if criterion is None else criterion.words or criterion.key
    return PointToMark(
        alias=alias,
        key=asked.key,
        wording=words(wording),
        grades=tuple(Grade(level.key, words(level.text)) for level in asked.levels),
        allow_na=asked.allow_na,
        is_fault=asked.weight < 0,
        examples=tuple(each for level in asked.levels for each in _examples(level, sample, words)),
    )


def _examples(level: Level, sample: SampleKey, words: Words) -> list[Example]:
    """The passages that show a grade; none of the answer itself, or the judge would copy what people said of it."""
    return [
        Example(level.key, words(anchor.text), words(anchor.note))
        for anchor in level.anchors
        if anchor.sample != sample
    ]
