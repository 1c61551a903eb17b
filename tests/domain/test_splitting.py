"""Splits: seeded, disjoint, complete."""

import hashlib

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.splitting import Shares, seeded_order, split

IDS = [RowId(f"q{number}") for number in range(30)]


def test_order_is_that_of_the_hash_of_seed_and_id() -> None:
    by_hand = sorted(IDS, key=lambda id: hashlib.sha256(b"7\n" + id.encode()).hexdigest())
    assert seeded_order(IDS, 7) == by_hand


def test_parts_are_disjoint_and_complete_whatever_order_the_ids_come_in() -> None:
    parts = split(reversed(IDS), 1, Shares())
    assert sorted([*parts.train, *parts.validation, *parts.test]) == sorted(IDS)
    assert parts == split(IDS, 1, Shares())
    # 15 % of 30 is 4.5, rounded half to even: 4 each, 22 left to train.
    assert (len(parts.train), len(parts.validation), len(parts.test)) == (22, 4, 4)


def test_another_seed_cuts_otherwise() -> None:
    assert split(IDS, 1, Shares()) != split(IDS, 2, Shares())


def test_three_rows_give_one_to_each_part_and_two_rows_only_train() -> None:
    parts = split(IDS[:3], 0, Shares())
    assert [len(parts.train), len(parts.validation), len(parts.test)] == [1, 1, 1]
    assert len(split(IDS[:2], 0, Shares()).train) == 2


def test_a_part_of_no_percent_stays_empty() -> None:
    assert split(IDS, 0, Shares(test=0)).test == ()
