"""How many marks were given under the old words of reworded criteria. Whether they stay is the lead's word."""

from collections import Counter
from collections.abc import Collection, Iterator

from rubric_studio.domain.ids import QuestionHash
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.ports import Progress, Store, no_progress

BATCH = 500


def old_marks(
    store: Store, old: Rubric, criteria: Collection[str], progress: Progress = no_progress
) -> dict[str, int]:
    """Count the experts' and judges' marks that answer the criteria as `old` words them, by criterion.

    Reads every row and verdict of the project: work for the background.
    """
    questions = _old_questions(store, old, criteria, progress)
    counted = Counter(
        criterion for criterion, question in _marks(store) if question in questions.get(criterion, ())
    )
    return {key: counted[key] for key in criteria}


def _old_questions(
    store: Store, old: Rubric, criteria: Collection[str], progress: Progress
) -> dict[str, set[QuestionHash]]:
    asked = [each for each in questionnaire(store, old).criteria() if each.key in criteria]
    questions: dict[str, set[QuestionHash]] = {key: set() for key in criteria}
    for number, row in enumerate(store.rows(), start=1):
        for each in asked:
            questions[each.key].update(each.accepted_on(row))
        if number % BATCH == 0:
            progress(number, 0, "reading questions")
    return questions


def _marks(store: Store) -> Iterator[tuple[str, QuestionHash]]:
    for record in store.heads(RecordKind.VERDICT):
        if record.body is not None:
            yield record.body["criterion"], QuestionHash(record.body["question"])
    for _, verdict in store.judge_verdicts():
        yield verdict.criterion, verdict.question
