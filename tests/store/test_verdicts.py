import time

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import QuestionHash, RowId
from rubric_studio.domain.verdict import CheckColumn, CheckVerdict, State
from rubric_studio.store.project_file import ProjectFile
from tests.store.material import HALF_A_CHARACTER, QUESTION, bring_in, judged, sample, source

OTHER_QUESTION = QuestionHash("cd" * 32)


def test_check_verdicts_come_back_as_they_were_and_the_later_one_last(store: ProjectFile):
    bring_in(store, "S", [], [sample("r1"), sample("r1", run=1), sample("r2")])
    places = ((0, 3), (5, 9))
    first = CheckColumn(RowId("r1"), QUESTION, [1, 2], [0.1 + 0.2, 1.0], ["", "found 1 of 1"], [places, ()])
    store.put_check_verdicts(
        [first, column("r1", OTHER_QUESTION, 1, None, "no reference"), column("r2", QUESTION, 3)]
    )
    made = [
        CheckVerdict(1, QUESTION, 0.1 + 0.2, "", places),
        CheckVerdict(2, QUESTION, 1.0, "found 1 of 1"),
        CheckVerdict(1, OTHER_QUESTION, None, "no reference"),
        CheckVerdict(3, QUESTION, 1.0, ""),
    ]
    assert list(store.check_verdicts()) == made
    assert [verdict.state for verdict in made[1:3]] == [State.SCORED, State.UNSCORED]
    assert list(store.check_verdicts([2, 3])) == [made[1], made[3]]
    store.put_check_verdicts([column("r2", QUESTION, 3, 0.5)])
    assert [verdict.value for verdict in store.check_verdicts([3])] == [1.0, 0.5]
    store.clear_check_verdicts()
    assert list(store.check_verdicts()) == []


def test_half_a_character_in_a_reason_is_kept_readable(store: ProjectFile):
    bring_in(store, "S", [], [sample("r1")])
    store.put_check_verdicts([column("r1", QUESTION, 1, 0.5, HALF_A_CHARACTER)])
    assert [verdict.reason for verdict in store.check_verdicts([1])] == ["torn \\ud83d off"]


def test_fifty_thousand_check_verdicts_are_written_in_one_go(store: ProjectFile):
    bring_in(store, "S", [], [sample("r1", run=n) for n in range(1000)])
    ids = range(1, 1001)
    questions = [QuestionHash(f"{n:064x}") for n in range(50)]
    columns = [CheckColumn(RowId("r1"), q, [id], [1.0], [""], [()]) for id in ids for q in questions]
    began = time.perf_counter()
    store.put_check_verdicts(columns)
    took = time.perf_counter() - began
    assert list(store.check_verdicts()) == [CheckVerdict(id, q, 1.0, "") for id in ids for q in questions]
    assert took < 2.0  # 0.15 s on an idle machine; this only catches a commit for each


def column(
    row: str, question: QuestionHash, sample: int, value: float | None = 1.0, reason: str = ""
) -> CheckColumn:
    return CheckColumn(RowId(row), question, [sample], [value], [reason], [()])


def test_judge_verdicts_come_back_as_they_were(store: ProjectFile):
    one, two = sample("r1"), sample("r2")
    made = [
        judged(one, 0.5, level="partly", reason=HALF_A_CHARACTER, at="2026-01-01T00:00:00.000Z"),
        judged(one, 1.0, repeat=1),
        judged(two, None, rater="other judge", reason="unreadable"),
    ]
    bring_in(store, "S", [], [one, two], made)
    assert list(store.judge_verdicts()) == [(1, made[0]), (1, made[1]), (2, made[2])]
    assert list(store.judge_verdicts([2])) == [(2, made[2])]
    assert store.judges() == ["judge", "other judge"]
    assert store.counts().judge_verdicts == 3


def test_a_judge_asked_again_replaces_its_verdict_and_gets_it_back_when_the_import_goes(store: ProjectFile):
    one = sample("r1")
    bring_in(store, "S1", [], [one], [judged(one, 0.0)])
    with store.writing() as writer:
        writer.source(source("S2"))
        assert writer.judge_verdicts([judged(one, 1.0)]) == 1
        assert writer.judge_verdicts([judged(one, 1.0)]) == 0
    assert [verdict.value for _, verdict in store.judge_verdicts()] == [1.0]
    assert store.counts().judge_verdicts == 1
    assert store.delete_source("S2")
    assert [verdict.value for _, verdict in store.judge_verdicts()] == [0.0]


def test_a_verdict_on_an_unknown_sample_is_refused_and_nothing_stays(store: ProjectFile):
    with pytest.raises(StudioError, match="1 answers that were marked are not in this project"):
        bring_in(store, "S", [], [sample("r1")], [judged(sample("r1")), judged(sample("r2"))])
    assert store.counts().samples == 0
