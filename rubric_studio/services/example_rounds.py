"""The example's two closed rounds of blind scoring: three people who do not exist, before and after a rewording.

Nobody scored anything: who said what is written here. In the first round the words of one point are vague and the
three differ on it; in the second, under the words of today, they mostly agree.
"""

from collections.abc import Iterator, Mapping, Sequence

from rubric_studio.domain.ids import PersonId, RecordId, RowId, SampleKey
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.round import RoundExpert, RoundPlan, StopRule
from rubric_studio.domain.rubric import Level, Rubric
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.domain.verdict import State
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.edits import Author, GiveMark, Proposal, SaveVersion, perform, write
from rubric_studio.services.ports import Store
from rubric_studio.services.round_proposal import proposed_plan
from rubric_studio.services.round_start import HoldOut, Pick, RoundStart
from rubric_studio.services.rounds import CloseRound, new_expert, start_round
from rubric_studio.services.versions import newest_version

NAMES = ("Clara Example", "David Example", "Elena Example")
SAMPLES = 12
HELD_OUT = 4
"""Of twelve rows the last four: no wording is tuned on them."""
TASK = "tax-"
REWORDED = "turning_point"
VAGUE_WORDING = "The answer sees what matters in this case."
VAGUE_LEVELS = {
    "fully": "It is seen clearly.",
    "partly": "It is more or less seen.",
    "no": "It is not really seen.",
}
NOT_APPLICABLE = "-"

Said = Mapping[str, tuple[str, str, str]]
"""By point, for each of the three: one sign a sample, the place of the grade in the guide or "-"."""

FIRST: Said = {
    REWORDED: ("001120201021", "111020010120", "002221200012"),
    "steps": ("011200210102", "010200110102", "011201210102"),
    "unknown": ("--02-1--20--", "--02-2--21--", "--12-1--20--"),
    "invents": ("111011101111", "111011101111", "111011101111"),
}
SECOND: Said = {
    REWORDED: ("001120200021", "001120210021", "001120200022"),
    "steps": ("011200210102", "011200110102", "011200210102"),
    "unknown": ("--02-1--20--", "--02-1--20--", "--02-1--20--"),
    "invents": ("111011101111", "111011101111", "111011101101"),
}
REASONS = {
    (REWORDED, 1): "Right in the end, but the reader is not told why.",
    (REWORDED, 2): "Passes over the fact on which everything hangs.",
    ("steps", 1): "One amount falls from the sky.",
    ("steps", 2): "The order of the Act is not kept, so the result cannot be checked.",
    ("unknown", 2): "Takes for granted what the file does not say.",
    ("invents", 0): "This provision is not in the extract.",
}


def vague(guide: Rubric) -> Rubric:
    """The guide as it was before the rewording."""
    point = guide.criterion(REWORDED)
    assert point is not None
    levels = tuple(_vague_level(level) for level in point.levels)
    return with_criterion(guide, REWORDED, wording=VAGUE_WORDING, levels=levels)


def record_rounds(store: Store, author: Author, guide: Rubric) -> None:
    """Write the first round, the rewording of the vague point as a new version, and the second round."""
    experts = [new_expert(name, author) for name in NAMES]
    with store.writing():  # one commit instead of a dozen: the example is made while somebody waits
        record_round(store, author, FIRST, experts)
        perform(
            store, SaveVersion(rubric=guide, number=2, note="what the case turns on, said clearly"), author
        )
        record_round(store, author, SECOND, experts)


def record_round(store: Store, author: Author, said: Said, experts: Sequence[RoundExpert]) -> None:
    """Start a round under the newest version, write what the three said, and close it."""
    version = newest_version(store)
    assert version is not None
    samples = _samples(store)
    start = RoundStart(
        version=RecordId(version.id),
        pick=Pick(how="chosen", samples=tuple(samples), count=SAMPLES, again=True),
        experts=tuple(experts),
        hold_out=HoldOut(rows=tuple(list(samples.values())[-HELD_OUT:])),
        stop=StopRule(least=30),
        seed=1,
    )
    plan = proposed_plan(store, start, author.person, author.randomness).plan
    round, _ = start_round(store, plan, author)
    asked = _asked(store, version.rubric, samples)
    for place, expert in enumerate(plan.experts):
        marks = list(_marks(said, place, expert.person, round, asked))
        write(store, f"Hand in round {plan.number}", marks, author.standing_in_for(expert.person))
    counted = _counted(store, plan, round)
    perform(store, CloseRound(round=round, number=plan.number, counted=counted), author)


def _counted(store: Store, plan: RoundPlan, round: RecordId) -> dict[PersonId, tuple[RecordId, ...]]:
    """The marks of the round, by person, as closing a round would find them."""
    heads = store.heads(RecordKind.VERDICT, scopes=plan.samples())
    given = [head for head in heads if head.body is not None and head.body.get("round") == round]
    return {
        each.person: tuple(sorted(head.id for head in given if head.person == each.person))
        for each in plan.experts
    }


def _vague_level(level: Level) -> Level:
    return level.model_copy(update={"text": VAGUE_LEVELS[level.key]})


def _samples(store: Store) -> dict[SampleKey, RowId]:
    """One answer each to the first twelve of the questions that people mark, by turns of the two models."""
    found: dict[SampleKey, RowId] = {}
    by_row: dict[RowId, list[SampleKey]] = {}
    for info in sorted(store.sample_infos(), key=lambda each: (each.row, each.run, each.model)):
        if info.row.startswith(TASK):
            by_row.setdefault(info.row, []).append(info.key)
    for at, (row, keys) in enumerate(list(by_row.items())[:SAMPLES]):
        found[keys[at % 2]] = row
    return found


def _asked(
    store: Store, rubric: Rubric, samples: Mapping[SampleKey, RowId]
) -> list[tuple[SampleKey, dict[str, tuple[Asked, str]]]]:
    """For each sample its judged points, with the question that is asked on its row."""
    asking, rows = questionnaire(store, rubric), {row.id: row for row in store.rows(samples.values())}
    return [
        (
            key,
            {
                each.key: (each, str(each.question.on_row(rows[row])))
                for each in asking.on(rows[row])
                if each.is_judged
            },
        )
        for key, row in samples.items()
    ]


def _marks(
    said: Said,
    place: int,
    person: PersonId,
    round: RecordId,
    asked: Sequence[tuple[SampleKey, dict[str, tuple[Asked, str]]]],
) -> Iterator[Proposal]:
    for at, (sample, points) in enumerate(asked):
        for key, signs in said.items():
            point, question = points[key]
            sign = signs[place][at]
            level = None if sign == NOT_APPLICABLE else point.levels[int(sign)]
            mark = {
                "sample": sample,
                "criterion": key,
                "question": question,
                "person": person,
                "state": State.NOT_APPLICABLE if level is None else State.SCORED,
                "value": None if level is None else level.value,
                "level": None if level is None else level.key,
                "reason": "" if level is None else REASONS.get((key, int(sign)), ""),
                "round": round,
            }
            yield from GiveMark.model_validate(mark).proposals()
