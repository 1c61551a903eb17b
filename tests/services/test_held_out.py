"""Rows held out: chosen by seed, kept over rounds, spent for ever once they were scored in the open."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.services.edits import Author
from rubric_studio.services.held_out import choose_held_out, held_out_rows
from rubric_studio.services.round_start import HoldOut, Pick, RoundProposal, RoundStart
from rubric_studio.services.rounds import start_round
from rubric_studio.store.project_file import ProjectFile, create_project

from .judged_project import fill
from .round_room import FOUR, begin, propose

R0, R1, R2 = RowId("r0"), RowId("r1"), RowId("r2")
ALL = Pick(count=12, again=True)


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "held.rubric") as project:
        fill(project, author)
        yield project


def holding(*rows: RowId, spends: bool = False, share: float | None = None) -> RoundStart:
    wish = HoldOut(rows=rows, spends=spends) if share is None else HoldOut(share=share, spends=spends)
    return RoundStart(experts=FOUR[:2], pick=ALL, hold_out=wish)


def codes(proposal: RoundProposal) -> dict[str, dict[str, object]]:
    return {note.code: note.facts for note in proposal.notes}


def test_a_share_of_the_rows_is_drawn_by_seed() -> None:
    rows = [RowId(f"q{at}") for at in range(10)]
    # A quarter of ten is 2.5: halves go up.
    assert len(choose_held_out(rows, 0.25, 1)) == 3
    assert choose_held_out(rows, 0.25, 1) == choose_held_out(rows[::-1], 0.25, 1)
    assert choose_held_out(rows, 0.25, 1) != choose_held_out(rows, 0.25, 2)
    assert choose_held_out(rows, 0, 1) == ()
    assert set(choose_held_out(rows, 1, 1)) == set(rows)


def test_the_plan_tells_both_parts(store: ProjectFile, author: Author) -> None:
    _, plan = begin(store, author, holding(share=0.34))
    assert len(plan.held_out) == 1
    assert {*plan.held_out, *plan.tuned} == {R0, R1, R2}
    assert held_out_rows(store) == set(plan.held_out)


def test_held_out_rows_stay_so_in_the_next_round_by_themselves(store: ProjectFile, author: Author) -> None:
    begin(store, author, holding(R1))
    proposal = propose(store, author, holding(share=0))
    assert proposal.plan.held_out == (R1,)
    assert codes(proposal)["kept_held_out"] == {"rows": [R1]}
    start_round(store, proposal.plan, author)
    assert held_out_rows(store) == {R1}


def test_a_share_counts_the_rows_held_out_before(store: ProjectFile, author: Author) -> None:
    begin(store, author, holding(R1))
    # A third of three rows is one, and that one is there already.
    assert propose(store, author, holding(share=0.34)).plan.held_out == (R1,)


def test_a_row_that_wording_was_tuned_on_is_never_held_out(store: ProjectFile, author: Author) -> None:
    begin(store, author, holding(R1))
    proposal = propose(store, author, holding(R0, R1))
    assert proposal.plan.held_out == (R1,)
    assert codes(proposal)["already_tuned"] == {"rows": [R0]}
    assert propose(store, author, holding(share=1)).plan.held_out == (R1,)


def test_spent_rows_serve_the_wording_and_are_never_final_again(store: ProjectFile, author: Author) -> None:
    begin(store, author, holding(R1, R2))
    proposal = propose(store, author, holding(R2, spends=True))
    assert codes(proposal)["spent"] == {"rows": [R1]}
    start_round(store, proposal.plan, author)
    assert held_out_rows(store) == {R2}
    begin(store, author, holding(R1, R2))
    assert held_out_rows(store) == {R2}


def test_the_order_in_which_rounds_come_together_does_not_matter(
    store: ProjectFile, author: Author, tmp_path: Path
) -> None:
    plan = propose(store, author, holding(share=0)).plan
    parts = [((R0,), (R1, R2)), ((R1, R0), ()), ((R2,), (R0,))]
    plans = [plan.model_copy(update={"held_out": held, "tuned": tuned}) for held, tuned in parts]
    for number, order in enumerate(permutations(plans)):
        with create_project(tmp_path / f"{number}.rubric") as other:
            for each in order:
                start_round(other, each, author)
            # r0 is tuned on in the third, r1 and r2 in the first.
            assert held_out_rows(other) == set()


def test_without_rounds_nothing_is_held_out(store: ProjectFile) -> None:
    assert held_out_rows(store) == frozenset()
