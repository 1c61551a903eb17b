"""The dialog of a new round: few fields first, what it comes to beside them, and a remedy where it is long."""

from itertools import count

import pytest

from rubric_studio.domain.ids import PersonId, RecordId, RowId, SampleKey
from rubric_studio.domain.record import Person
from rubric_studio.domain.round import RoundExpert, RoundPlan
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.round_start import Pick, RoundNote, RoundProposal, RoundStart, Workload
from rubric_studio.services.versions import Version
from rubric_studio.ui.rounds.new_round_dialog import NewRoundDialog
from rubric_studio.ui.rounds.round_choices import RoundChoices

EVA, ANNA = Person(id=PersonId("01EVA"), name="Eva"), Person(id=PersonId("01ANNA"), name="Anna")
VERSION = Version(
    id="01V", number=3, note="", person="01EVA", at="2026-11-22T10:00:00.000Z", rubric=Rubric(name="r")
)
CHOICES = RoundChoices(
    number=2,
    versions=(VERSION,),
    lead=EVA,
    people=(EVA, ANNA),
    samples=500,
    languages={"language": ("de", "el", "en")},
    labels=("language",),
    has_judges=True,
    last=(ANNA.id,),
)


def proposal(start: RoundStart, *notes: RoundNote) -> RoundProposal:
    plan = RoundPlan(
        title="Round 2",
        number=2,
        version=RecordId("01V"),
        version_number=3,
        lead=EVA.id,
        experts=start.experts,
        assigned={expert.person: (SampleKey("s1"), SampleKey("s2")) for expert in start.experts},
        tuned=(RowId("q1"),),
        secret="0" * 64,
    )
    work = tuple(
        Workload(
            person=e.person, name=e.name, samples=2, repeats=0, rows=1, marks=8, words=50_000, minutes=660
        )
        for e in start.experts
    )
    return RoundProposal(plan=plan, workloads=work, notes=notes)


@pytest.fixture
def asked() -> list[RoundStart]:
    return []


@pytest.fixture
def dialog(look, qtbot, asked) -> NewRoundDialog:
    ids = count()
    dialog = NewRoundDialog(look, CHOICES, lambda: f"01NEW{next(ids)}", asks=asked.append)
    qtbot.addWidget(dialog)
    return dialog


def test_it_begins_with_the_lead_and_whoever_scored_last_time(dialog, asked):
    assert [expert.name for expert in asked[-1].experts] == ["Eva", "Anna"]
    assert asked[-1].version == "01V"
    assert asked[-1].language_field == "language"
    assert not dialog.start_button.isEnabled()  # nothing is worked out yet


def test_two_people_of_one_name_stay_two(dialog):
    for _ in range(2):
        dialog.experts.name.setText("  Ben   Olsen ")
        dialog.experts.add()
    ben = [expert for expert in dialog.start().experts if expert.name == "Ben Olsen"]
    assert [expert.person for expert in ben] == ["01NEW0", "01NEW1"]


def test_eleven_hours_offer_fewer_answers_with_one_button(dialog, asked, qtbot):
    facts = {"person": "01EVA", "name": "Eva", "minutes": 660, "fits": 60, "round_fits": 120}
    note = RoundNote(code="too_long", facts=facts)  # each answer goes to every other expert
    dialog.show_proposal(asked[-1], proposal(asked[-1], note))
    assert dialog.workload.too_long.text() == "11 hours for Eva."
    assert dialog.workload.fewer_button.text() == "Have each score 60?"
    dialog.workload.fewer_button.click()
    assert dialog.pick.count.value() == 120
    qtbot.waitUntil(lambda: asked[-1].pick.count == 120)


def test_a_proposal_for_an_older_choice_starts_nothing(dialog, asked):
    dialog.pick.count.setValue(7)
    dialog.show_proposal(asked[0], proposal(asked[0]))
    assert not dialog.start_button.isEnabled()


def test_nobody_scoring_asks_who(dialog):
    dialog.experts.choose(())
    dialog._ask()
    assert dialog.workload.total.text() == "Choose who scores."


def test_what_is_chosen_behind_more_is_part_of_the_start(dialog):
    dialog.more.overlap.setValue(1)
    dialog.more.repeats.setValue(5)
    dialog.more.held_out.setValue(20)
    dialog.more.stop.declared.setChecked(False)
    start = dialog.start()
    assert (start.overlap, start.repeats, start.hold_out.share, start.stop) == (1, 5, 0.2, None)


def test_a_round_out_of_disputes_keeps_its_answers_and_cures(look, qtbot, asked):
    start = RoundStart(
        title="Again",
        pick=Pick(how="chosen", samples=tuple(map(SampleKey, ("s1", "s2", "s3"))), again=True),
        experts=(RoundExpert(person=ANNA.id, name="Anna"),),
        cures=(RecordId("01C"),),
    )
    dialog = NewRoundDialog(look, CHOICES, str, start, asks=asked.append)
    qtbot.addWidget(dialog)
    assert dialog.start().pick.samples == ("s1", "s2", "s3")
    assert dialog.start().pick.how == "chosen"
    assert dialog.start().cures == ("01C",)
    assert dialog.start().pick.again


def test_a_round_out_of_disputes_begins_with_those_who_scored_last_time(look, qtbot, asked):
    start = RoundStart(title="Again", pick=Pick(how="chosen", samples=(SampleKey("s1"),)))
    dialog = NewRoundDialog(look, CHOICES, str, start, asks=asked.append)
    qtbot.addWidget(dialog)
    assert [expert.person for expert in dialog.start().experts] == list(CHOICES.last)
    assert [expert.person for expert in asked[-1].experts] == list(CHOICES.last)
