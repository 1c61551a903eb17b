"""Who scores what: loads are even, languages are respected, questions stay whole, and the same seed says the same."""

from collections import Counter
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from rubric_studio.domain.ids import PersonId, RowId, SampleKey
from rubric_studio.services.assigning import Assignment, assign, choose_repeats

PEOPLE = tuple(PersonId(name) for name in "ABCD")


def project(sizes: list[int]) -> dict[SampleKey, RowId]:
    return {
        SampleKey(f"{row}.{at}"): RowId(f"r{row}") for row, size in enumerate(sizes) for at in range(size)
    }


def reading_all(
    rows: dict[SampleKey, RowId], people: tuple[PersonId, ...] = PEOPLE
) -> dict[RowId, tuple[PersonId, ...]]:
    return dict.fromkeys(rows.values(), people)


def loads(found: Assignment) -> list[int]:
    return [len(keys) for keys in found.assigned.values()]


sizes = st.lists(st.integers(1, 6), min_size=1, max_size=12)
some_readers = st.lists(st.sets(st.sampled_from(PEOPLE), min_size=0, max_size=4), min_size=12, max_size=12)


def test_everybody_scores_all_she_reads() -> None:
    rows = project([2, 1])
    reads = {RowId("r0"): PEOPLE[:2], RowId("r1"): PEOPLE}
    found = assign(list(rows), rows, reads, PEOPLE, None, 0)
    assert loads(found) == [3, 3, 1, 1]
    assert (found.unread, found.fewer) == ((), ())


def test_whole_questions_go_to_one_pair_of_experts_where_the_sizes_allow() -> None:
    # Four questions of three answers, two of four experts each: 4 * 3 * 2 / 4 = 6 answers for everybody,
    # so two whole questions each.
    rows = project([3, 3, 3, 3])
    found = assign(list(rows), rows, reading_all(rows), PEOPLE, 2, 7)
    assert loads(found) == [6, 6, 6, 6]
    for keys in found.assigned.values():
        assert sorted(Counter(rows[key] for key in keys).values()) == [3, 3]


def test_one_question_is_torn_where_loads_would_differ_else() -> None:
    # Three questions of four answers, each scored by one of two: 12 / 2 = 6, so one question is split in two.
    rows = project([4, 4, 4])
    found = assign(list(rows), rows, reading_all(rows, PEOPLE[:2]), PEOPLE[:2], 1, 0)
    assert loads(found) == [6, 6]
    met = [Counter(rows[key] for key in keys) for keys in found.assigned.values()]
    assert [sorted(each.values()) for each in met] == [[2, 4], [2, 4]]


def test_load_is_evened_out_by_way_of_a_third_expert() -> None:
    # A reads German, B French, C both; 7 German questions, 3 French ones, one expert each. Most even is 4, 3, 3:
    # B has all the French there is. A can give nothing to B: what she has too much goes to C, who gives to B.
    rows = project([1] * 10)
    a, b, c = PEOPLE[:3]
    reads = {RowId(f"r{at}"): (a, c) if at < 7 else (b, c) for at in range(10)}
    found = assign(list(rows), rows, reads, (a, b, c), 1, 3)
    assert loads(found) == [4, 3, 3]


@given(sizes, st.integers(1, 4), st.integers(0, 99))
def test_loads_differ_by_at_most_one_sample_where_everybody_reads_all(
    sizes: list[int], overlap: int, seed: int
) -> None:
    rows = project(sizes)
    found = assign(list(rows), rows, reading_all(rows), PEOPLE, overlap, seed)
    assert max(loads(found)) - min(loads(found)) <= 1
    times = Counter(key for keys in found.assigned.values() for key in keys)
    assert times == dict.fromkeys(rows, overlap)


@given(sizes, some_readers, st.integers(1, 4), st.integers(0, 9))
def test_nobody_gets_what_she_cannot_read_and_each_sample_gets_all_it_can(
    sizes: list[int], readers: list[set[PersonId]], overlap: int, seed: int
) -> None:
    rows = project(sizes)
    reads = {RowId(f"r{at}"): tuple(sorted(readers[at])) for at in range(len(sizes))}
    found = assign(list(rows), rows, reads, PEOPLE, overlap, seed)
    times = Counter(key for keys in found.assigned.values() for key in keys)
    for person, keys in found.assigned.items():
        assert all(person in reads[rows[key]] for key in keys)
    for key, row in rows.items():
        assert times[key] == min(overlap, len(reads[row]))
        assert (key in found.unread) == (not reads[row])
        assert (key in found.fewer) == (0 < len(reads[row]) < overlap)


@given(sizes, some_readers, st.integers(1, 3))
def test_no_sample_can_be_handed_to_somebody_with_two_fewer(
    sizes: list[int], readers: list[set[PersonId]], overlap: int
) -> None:
    rows = project(sizes)
    reads = {RowId(f"r{at}"): tuple(sorted(readers[at])) for at in range(len(sizes))}
    held = {p: set(keys) for p, keys in assign(list(rows), rows, reads, PEOPLE, overlap, 1).assigned.items()}
    for giver in PEOPLE:
        for taker in PEOPLE:
            free = [key for key in held[giver] - held[taker] if taker in reads[rows[key]]]
            assert not free or len(held[giver]) - len(held[taker]) <= 1


@given(sizes, st.randoms(use_true_random=False), st.integers(0, 9))
def test_who_scores_what_does_not_depend_on_the_order_in_which_rows_are_stored(
    sizes: list[int], chance: Random, seed: int
) -> None:
    rows = project(sizes)
    mixed = list(rows)
    chance.shuffle(mixed)
    other = {key: rows[key] for key in mixed}
    one = assign(sorted(rows), rows, reading_all(rows), PEOPLE, 2, seed)
    assert assign(sorted(other), other, reading_all(other), PEOPLE[::-1], 2, seed).assigned == one.assigned


def test_repeats_come_from_as_many_questions_as_possible() -> None:
    rows = project([5, 5, 5])
    found = choose_repeats(list(rows), rows, 4, "0/A")
    assert sorted(Counter(rows[key] for key in found).values()) == [1, 1, 2]
    assert len(set(found)) == 4


def test_more_repeats_than_samples_are_all_of_them_once() -> None:
    rows = project([2])
    assert sorted(choose_repeats(list(rows), rows, 9, "s")) == sorted(rows)


@given(sizes, st.integers(0, 20))
def test_a_longer_list_of_repeats_begins_like_a_shorter_one(sizes: list[int], most: int) -> None:
    rows = project(sizes)
    lists = [choose_repeats(list(rows), rows, count, "s") for count in range(most)]
    assert all(longer[: len(shorter)] == shorter for shorter, longer in pairwise(lists))
