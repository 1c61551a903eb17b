"""Two ways of asking, compared on the rows that both answered; expected numbers derived by hand."""

from concurrent.futures import Executor

import numpy as np
import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import ResponseSchema
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.services.answer_groups import (
    AnswerGroup,
    AnswerTable,
    GroupKey,
    facts_of,
    groups,
    members,
    read_answers,
    usual_pair,
)
from rubric_studio.services.board import build_board
from rubric_studio.services.edits import Author
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.prompt_comparison import Comparison, compare, formed_rows, interval
from rubric_studio.store.project_file import ProjectFile

SHORT = PromptTemplate(name="Short")
FORM = PromptTemplate(name="Form", response=ResponseSchema(name="answer", json_schema={"type": "object"}))
CHOICE = {"type": "choice", "predicted": "output_json.answer", "reference": "right"}
GUIDE = Rubric.model_validate(
    {
        "row_criteria": None,
        "strata": [
            {"key": "all", "criteria": [{"key": "right", "kind": CHOICE, "when": {"field": "t", "in": [1]}}]}
        ],
    }
)


def row(number: int, **reference: object) -> Row:
    told = {"right": "a", "t": 1} | reference
    return Row(id=RowId(f"r{number}"), prompt=user_prompt("?"), reference=told)


def sample(number: int, right: bool, template: PromptTemplate | None, at: int = 0, **facts: object) -> Sample:
    told = {} if template is None else {"prompt": template.title, "prompt_hash": template.hash, "run": "R1"}
    text = '{"answer": "a"}' if right else "no JSON"
    return Sample(row=RowId(f"r{number}"), model="alder", run=at, text=text, facts=told | facts)


def filled(store: ProjectFile, author: Author, rows: list[Row], samples: list[Sample]) -> AnswerTable:
    carry_out(
        store,
        ImportPlan(ImportedFile(name="more", kind="mixed"), tuple(rows), tuple(samples)),
        author,
    )
    return read_answers(store)


def compared(store: ProjectFile, table: AnswerTable, executor: Executor, *keys: GroupKey) -> Comparison:
    grade_checks(store, GUIDE, executor)
    board = build_board(store, GUIDE, rater_choice(store))
    known = {group.key: group for group in groups(table)}
    return compare(
        board, board.totals(GUIDE), table, (known[keys[0]], known[keys[1]]), formed_rows(store, GUIDE)
    )


A, B = GroupKey(SHORT.hash, "alder"), GroupKey(FORM.hash, "alder")


def test_each_way_and_model_is_a_group_and_so_are_the_runs_of_a_way_that_has_several(
    store: ProjectFile, author: Author
) -> None:
    samples = [
        sample(1, True, SHORT, 1, run="first"),
        sample(1, True, SHORT, 2, run="second"),
        sample(1, False, None, 3),
    ]
    table = filled(store, author, [row(1)], samples)
    found = {group.key: (group.title, group.answers, group.rows, group.place) for group in groups(table)}
    # The small project brings alder and birch without facts: q1, q2 and r1 of alder, q1 of birch.
    assert found == {
        GroupKey("", "alder"): ("", 3, 3, 0),
        GroupKey(SHORT.hash, "alder"): ("Short 1", 2, 1, 0),
        GroupKey(SHORT.hash, "alder", "first"): ("Short 1", 1, 1, 1),
        GroupKey(SHORT.hash, "alder", "second"): ("Short 1", 1, 1, 2),
        GroupKey("", "birch"): ("", 1, 1, 0),
        GroupKey(way=""): ("", 4, 3, 0),
        GroupKey(model="alder"): ("", 5, 3, 0),
    }


def test_groups_that_may_share_answers_are_not_apart() -> None:
    assert A.is_apart_from(B)
    assert not A.is_apart_from(GroupKey(model="alder"))
    assert not A.is_apart_from(GroupKey(SHORT.hash, "alder", "first"))
    assert GroupKey(model="alder").is_apart_from(GroupKey(model="birch"))


def test_facts_of_a_wrong_kind_say_nothing() -> None:
    told = {"prompt_hash": 7, "answer_tokens": True, "finish": ["length"], "refusal": "no"}
    facts = facts_of(Sample(row=RowId("r"), model="m", text="four", facts=told))
    assert (facts.way, facts.tokens, facts.cut_off, facts.refused, facts.letters) == (
        "",
        None,
        False,
        False,
        4,
    )


def test_only_rows_that_both_answered_count_and_each_counts_once(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    samples = [
        sample(1, True, SHORT, 1), sample(1, False, SHORT, 2),  # r1: SHORT 1/2
        sample(1, True, FORM, 3),                               # r1: FORM 1, so +0.5
        sample(2, True, SHORT, 1), sample(2, True, FORM, 2),    # r2: 1 and 1, so 0
        sample(3, True, SHORT, 1),                              # r3: SHORT alone, out
    ]  # fmt: skip
    table = filled(store, author, [row(1), row(2), row(3)], samples)
    found = compared(store, table, executor, A, B)
    assert (found.in_common, found.rows, found.gap) == (2, 2, pytest.approx(0.25))
    assert (found.first.mean, found.second.mean) == (pytest.approx(0.75), pytest.approx(1.0))
    assert (found.first.answers, found.second.answers) == (3, 2)
    assert (found.low, found.high, found.finding) == (None, None, "too_few")
    assert found.differences[0].row == "r1"
    assert [len(found.differences[0].first_samples), len(found.differences[0].second_samples)] == [2, 1]
    # scores 1, 0, 1: one in the first bin, two in the last
    assert (int(found.first.scores.counts[0]), int(found.first.scores.counts[-1])) == (1, 2)


def test_answers_without_the_form_are_counted_where_a_form_was_wanted(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    rows = [row(1), row(2, t=2)]  # on r2 no point applies: SHORT need not answer in JSON there, FORM must
    samples = [
        sample(number, False, template, run)
        for number in (1, 2)
        for run, template in enumerate((SHORT, FORM), 1)
    ]
    known = filled(store, author, rows, samples)
    table = AnswerTable(known.rows, known.facts, {FORM.hash: FORM})
    found = compared(store, table, executor, A, B)
    assert (found.first.formed, found.first.unreadable) == (1, 1)
    assert (found.second.formed, found.second.unreadable) == (2, 2)
    assert (found.first.unscored, found.rows) == (1, 1)  # r2 has no score: no criterion applies


def test_the_better_way_is_named_once_the_interval_leaves_zero(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    rows = [row(number) for number in range(6)]
    samples = [
        made
        for number in range(6)
        for made in (
            sample(number, False, SHORT, 1, answer_tokens=10, finish="length"),
            sample(number, True, FORM, 2, answer_tokens=30),
        )
    ]
    table = filled(store, author, rows, samples)
    found = compared(store, table, executor, A, B)
    assert (found.gap, found.low, found.high, found.finding) == (1.0, 1.0, 1.0, "second")
    assert (found.first.tokens, found.second.tokens, found.first.cut_off) == (10.0, 30.0, 6)
    assert compared(store, table, executor, B, A).finding == "first"


def test_groups_without_a_row_in_common_are_not_compared(
    store: ProjectFile, author: Author, executor: Executor
) -> None:
    table = filled(store, author, [row(1), row(2)], [sample(1, True, SHORT), sample(2, True, FORM)])
    found = compared(store, table, executor, A, B)
    assert (found.finding, found.gap, found.first.mean, found.in_common) == ("no_rows", None, None, 0)


def test_the_interval_is_that_of_resampled_rows() -> None:
    gaps = np.array([0.0, 0.0, 0.0, 0.0, 1.0])
    low, high = interval(gaps)
    # Of 5 rows drawn anew the sum is binomial(5, 1/5): P(0) = .328 and P(<= 2) = .942, P(<= 3) = .993,
    # so that 2.5 % lies at 0 and 97.5 % at 3 of 5.
    assert (low, high) == (0.0, pytest.approx(0.6))
    assert interval(gaps) == (low, high)
    assert interval(gaps[:4]) == (None, None)


def test_a_group_knows_its_members(store: ProjectFile, author: Author) -> None:
    table = filled(store, author, [row(1)], [sample(1, True, SHORT, 1)])
    assert len(members(table, A)) == 1
    assert AnswerGroup(A, "Short 1", 1, 1, SHORT).asks_for_form is False
    assert AnswerGroup(B, "Form 1", 1, 1, FORM).asks_for_form is True


def test_two_ways_of_asking_one_model_are_what_is_compared_first(store: ProjectFile, author: Author) -> None:
    assert usual_pair(groups(read_answers(store))) is not None  # two models
    table = filled(store, author, [row(1)], [sample(1, True, FORM, 1), sample(1, True, SHORT, 2)])
    pair = usual_pair(groups(table))
    assert pair is not None
    assert [group.key for group in pair] == [B, A]  # FORM was asked first
    assert usual_pair(groups(table)[:1]) is None
