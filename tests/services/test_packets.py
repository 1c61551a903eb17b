"""A packet holds what one expert needs and nothing of anybody else; what it holds is right."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import QuestionHash, RecordId, RowId
from rubric_studio.domain.record import Person, RecordKind
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import CheckColumn, State
from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import (
    Author,
    ChangeDraft,
    FlagRows,
    NoteOnRow,
    SaveVersion,
    perform,
)
from rubric_studio.services.history import stacks
from rubric_studio.services.own_packet import fill_own_packet
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.reviewing import read_review
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.rounds import round_of
from rubric_studio.services.settling_disputes import LeaveOpen, Opinion, Settle
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import GUIDE, JUDGE_GOOD, answers, expert_says, fill, judge_says
from .packet_room import at_work, everything, mark, packet_at, sent
from .round_room import FOUR, NOON, begin

START = RoundStart(experts=FOUR[:2], pick=Pick(count=5, again=True), repeats=1, title="Before the summer")


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "rounds.rubric") as project:
        fill(project, author)
        yield project


def names_in(path: Path) -> set[str]:
    with open_project(path) as packet:
        return {sample.model for _, sample in packet.samples()}


def test_a_packet_has_its_experts_samples_under_other_names(
    store: ProjectFile, author: Author, tmp_path: Path
):
    round, plan = begin(store, author, START)
    path = packet_at(store, tmp_path / "anna.review", round, ANNA)
    with at_work(path) as (packet, review):
        assert len(review.tasks) == 6  # five, and one of them again
        assert {task.sample for task in review.tasks} == {info.key for info in packet.sample_infos()}
        assert not {info.key for info in packet.sample_infos()} & set(plan.samples())
        texts = {sample.text for _, sample in packet.samples()}
    assert texts == {sample.text for sample in answers() if sample.key in plan.assigned[ANNA]}
    assert names_in(path) == {""}


def test_a_packet_tells_its_round_and_nothing_can_be_undone_in_it(
    store: ProjectFile, author: Author, tmp_path: Path
):
    round, plan = begin(store, author, START)
    with at_work(packet_at(store, tmp_path / "anna.review", round, ANNA)) as (packet, review):
        made = review.packet
        assert (made.title, made.number, made.lead_name) == ("Before the summer", 1, "Anna")
        assert (made.version, made.version_number) == (plan.version, 1)
        assert made.project == store.first_edit()
        assert made.words > 0
        assert stacks(packet, author).undo == ()  # Anna leads and made the guide: its version must stay
        assert packet.heads(RecordKind.VERSION)[0].id == plan.version


def test_what_an_expert_does_is_the_newest_even_where_her_clock_is_behind(
    store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path
):
    round, _ = begin(store, author, START)
    path = packet_at(store, tmp_path / "anna.review", round, ANNA, "2099-01-01T00:00:00.000Z")
    with at_work(path) as (packet, review):
        task = review.tasks[0]
        mark(packet, review, task, review.points(task)[0], author)
        assert review.hear(packet) == {task.turn}
        assert stacks(packet, author).undo[-1].label.startswith("Mark")


def test_two_packets_of_one_moment_say_the_same(store: ProjectFile, author: Author, tmp_path: Path):
    round, _ = begin(store, author, START)
    paths = [packet_at(store, tmp_path / f"{name}.review", round, ANNA) for name in "ab"]
    with open_project(paths[0]) as one, open_project(paths[1]) as two:
        assert everything(one) == everything(two)


def test_what_the_checks_found_goes_with_the_samples(store: ProjectFile, author: Author, tmp_path: Path):
    told = GUIDE.to_json()
    told["strata"][0]["criteria"].append(
        {"key": "short", "title": "Short", "kind": {"type": "format", "max_chars": 50}}
    )
    perform(store, SaveVersion(rubric=type(GUIDE).model_validate(told), number=2), author)
    round, plan = begin(store, author, START)
    from rubric_studio.services.asked import questionnaire
    from rubric_studio.services.packet_guide import rubric_of

    row = next(store.rows([RowId("r0")]))
    check = next(each for each in questionnaire(store, rubric_of(store, plan)).on(row) if each.key == "short")
    ids = [info.id for info in store.sample_infos() if info.row == "r0"]
    column = CheckColumn(row.id, check.question.on_row(row), ids, [1.0] * 4, ["fits"] * 4, [()] * 4)
    other = CheckColumn(row.id, QuestionHash("ab" * 32), ids, [1.0] * 4, ["of another guide"] * 4, [()] * 4)
    store.put_check_verdicts([column, other])
    with at_work(packet_at(store, tmp_path / "anna.review", round, ANNA)) as (packet, _):
        rows = {info.id: info.row for info in packet.sample_infos()}
        found = [(rows[verdict.sample], verdict.reason) for verdict in packet.check_verdicts()]
    mine = [key for key in plan.assigned[ANNA] if key in {s.key for s in answers() if s.row == "r0"}]
    assert found == [("r0", "fits")] * len(mine)


# ---- what she knows already


def test_earlier_marks_go_along_and_what_was_decided_on_them(
    store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path
):
    first = _one_round(store, author, clock, tmp_path)
    old = next(head for head in store.heads(RecordKind.VERDICT) if head.person == BRUNO)
    assert old.body
    settle = Settle(
        sample=old.body["sample"], criterion=old.body["criterion"], question=old.body["question"],
        level="no", value=0.0, reason="It cites nothing", cause="slip",
    )  # fmt: skip
    perform(store, settle, author)
    others = tuple(
        sample.key for sample in answers() if sample.key not in round_of(store, first).plan.samples()
    )
    again = RoundStart(experts=FOUR[:2], pick=Pick(how="chosen", samples=others[:3]))
    second, _ = begin(store, author, again)
    with at_work(packet_at(store, tmp_path / "second.review", second, BRUNO)) as (packet, review):
        assert len(review.earlier) == 12  # what he said in the first round: six tasks by two points
        assert review.done() == 0
        assert {verdict.rater.name for verdict in review.earlier} == {BRUNO}
        (told,) = review.packet.told
        assert (told.decided, told.cause, told.reason, told.by) == ("no", "slip", "It cites nothing", "Anna")
        marked = next(head for head in packet.heads(RecordKind.VERDICT) if head.id == old.id)
        assert told.sample == marked.scope  # under the name that it has in here
        assert not {info.key for info in packet.sample_infos()} & {sample.key for sample in answers()}


def test_nothing_is_told_of_what_she_is_about_to_score_again(
    store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path
):
    first = _one_round(store, author, clock, tmp_path)
    old = store.heads(RecordKind.VERDICT)[0]
    assert old.body
    settle = Settle(
        sample=old.body["sample"], criterion=old.body["criterion"], question=old.body["question"],
        level="no", value=0.0,
    )  # fmt: skip
    perform(store, settle, author)
    same = RoundStart(
        experts=FOUR[:2], pick=Pick(how="chosen", samples=round_of(store, first).plan.samples())
    )
    second, _ = begin(store, author, same)
    with at_work(packet_at(store, tmp_path / "second.review", second, BRUNO)) as (_, review):
        assert review.packet.told == ()


def _one_round(store: ProjectFile, author: Author, clock: TickingClock, folder: Path) -> RecordId:
    """A first round, in which both marked everything and which is closed."""
    round, _ = begin(store, author, START)
    for person in (ANNA, BRUNO):
        path = packet_at(store, folder / f"{person} first.review", round, person)
        with at_work(path) as (packet, review):
            for task in review.tasks:
                for point in review.points(task):
                    mark(packet, review, task, point, Author(person, clock), reason=f"said by {person}")
            take_in(store, sent(packet, clock, finished=True))
    close_round(store, round, author)
    return round


def test_her_own_notes_and_flags_go_along(store: ProjectFile, author: Author, bruno: Author, tmp_path: Path):
    perform(store, NoteOnRow(row=RowId("r0"), text="of Bruno"), bruno)
    perform(store, NoteOnRow(row=RowId("r0"), text="of Anna"), author)
    everywhere = RoundStart(experts=FOUR[:2], pick=Pick(count=12))
    round, _ = begin(store, author, everywhere)
    with at_work(packet_at(store, tmp_path / "bruno.review", round, BRUNO)) as (packet, _):
        assert [note.body for note in packet.heads(RecordKind.NOTE)] == [{"text": "of Bruno"}]


# ---- nothing of others

PLANTED = "PLANTED"


def test_a_packet_holds_nothing_of_anybody_else(
    store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path
):
    forbidden = _plant(store, author, clock, tmp_path)
    start = RoundStart(experts=(FOUR[1], FOUR[0]), pick=Pick(count=6, again=True), title="Blind", seed=3)
    round, plan = begin(store, author, start)
    path = packet_at(store, tmp_path / "bruno.review", round, BRUNO)
    content = path.read_bytes()
    forbidden += [plan.secret, bytes.fromhex(plan.secret), "01CLARA", *plan.samples()]
    for each in forbidden:
        needle = each if isinstance(each, bytes) else each.encode()
        assert needle not in content, f"{each!r} stands in the packet"
    assert PLANTED.encode() not in content
    assert not list(tmp_path.glob("bruno.review-*"))  # nor in a file beside it
    with open_project(path) as packet:
        assert {head.person for head in packet.heads(RecordKind.VERDICT)} == {BRUNO}
        assert not list(packet.judge_verdicts())
        assert packet.problem() is None
        assert {person.id for person in packet.people()} == {ANNA, BRUNO}  # himself and the lead


def _plant(store: ProjectFile, author: Author, clock: TickingClock, folder: Path) -> list[str | bytes]:
    """Fill the project with what others said; texts and ids that no packet may hold."""
    clara = Author(FOUR[2].person, clock)
    store.add_person(Person(id=clara.person, name=f"{PLANTED} Clara"))
    store.add_person(Person(id=BRUNO, name="Bruno"))
    with store.writing() as writer:
        writer.source(Source(id="planted", kind="mixed", name=f"{PLANTED} source"))
        writer.rows([Row(id=RowId("secret row"), prompt=user_prompt(f"{PLANTED} row"))])
        more = [
            Sample(row=RowId(f"r{at}"), model=f"{PLANTED} model", run=at, text="y" * 9, facts={PLANTED: at})
            for at in range(3)
        ]
        writer.samples([*more, Sample(row=RowId("secret row"), model="m", text=f"{PLANTED} answer")])
    judge_says(store, {"good": JUDGE_GOOD}, judge=f"{PLANTED} judge")
    perform(store, ChangeDraft(rubric=GUIDE.model_copy(update={"name": f"{PLANTED} draft"})), clara)
    perform(store, NoteOnRow(row=RowId("r0"), text=f"{PLANTED} note"), clara)
    perform(store, FlagRows(rows=(RowId("r0"), RowId("r1")), reason=f"{PLANTED} flag"), clara)
    perform(store, SaveVersion(rubric=GUIDE, number=2, note=f"{PLANTED} version, says Clara"), clara)
    expert_says(store, clara, {"good": JUDGE_GOOD})
    first, _ = begin(store, author, RoundStart(experts=FOUR[1:3], pick=Pick(count=5, again=True)))
    for person in (BRUNO, clara.person):
        with at_work(packet_at(store, folder / "first.review", first, person)) as (packet, review):
            reason = "mine" if person == BRUNO else f"{PLANTED} reason"
            for task in review.tasks:
                for point in review.points(task):
                    mark(packet, review, task, point, Author(person, clock), reason=reason)
            take_in(store, sent(packet, clock, finished=True))
    close_round(store, first, author)
    theirs = [head for head in store.heads(RecordKind.VERDICT) if head.person == clara.person]
    about = theirs[0].body or {}
    view = Opinion(person=clara.person, state=State.SCORED, level="no", reason=f"{PLANTED} view")
    left_open = LeaveOpen(
        sample=about["sample"],
        criterion=about["criterion"],
        question=about["question"],
        opinions=(view,),
        reason="Open in law",
    )
    perform(store, left_open, clara)
    ids = [each.id for each in theirs] + [each.edit for each in theirs]
    return [clara.person, *ids, "alder", "birch"]


def test_whoever_is_not_in_the_round_gets_no_packet(store: ProjectFile, author: Author):
    round, _ = begin(store, author, START)
    with pytest.raises(StudioError, match="does not score in this round"):
        fill_packet(store, round, "01CLARA", NOON)


def test_a_project_is_no_packet(store: ProjectFile):
    assert packet_of(store) is None


def test_a_packet_that_was_lost_is_made_again_with_what_was_sent(
    store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path
):
    round, _ = begin(store, author, START)
    with at_work(packet_at(store, tmp_path / "anna.review", round, ANNA)) as (packet, review):
        for task in review.tasks[:2]:
            for point in review.points(task):
                mark(packet, review, task, point, author)
        take_in(store, sent(packet, clock))
    with create_project(tmp_path / "again.review") as packet:
        fill_own_packet(store, round, ANNA, NOON)(packet)
        review = read_review(packet)
        assert review is not None
        assert review.done() == 2
        later = sent(packet, clock)
    assert take_in(store, later).done == 2
