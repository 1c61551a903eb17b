"""Verdicts of single raters as tables: samples by raters, criterion by criterion. Computes no statistic.

Only verdicts on the questions that a rubric asks now count (the wording and those that were "only a typo"); a
rater's verdict under the newest of them stands. Other wordings are never mixed in.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from rubric_studio.domain.given_mark import GivenMark, given_mark
from rubric_studio.domain.ids import QuestionHash, RecordId, SampleKey
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import ANSWER_LEVELS, Level
from rubric_studio.domain.verdict import State
from rubric_studio.services.asked import Asked, Questionnaire, accepted_questions
from rubric_studio.services.ports import Progress, Store, no_progress

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.rating_table import RatingTable

Basis = Literal["rounds", "all"]
"""Exactly the verdicts that the closings of rounds count, or all that experts say now."""
SLICE = 400
DECIMALS = 9
OWN_WORTHS = {level.key: level.value for level in reversed(ANSWER_LEVELS)}
"""What the grades of rows' own criteria are worth."""


class AgreementRater(NamedTuple):
    """Somebody whose verdicts are compared: `id` is a person's permanent id, or a judge's name."""

    id: str
    name: str
    kind: Literal["expert", "judge"]


Grade = float | None
"""What a grade is worth; None says that the criterion does not apply."""


class Line(NamedTuple):
    """One sample with what raters (by id) said of one criterion on it."""

    sample: SampleInfo
    given: Mapping[str, Grade]


@dataclass(frozen=True)
class PointRatings:
    """What raters said of one criterion, sample by sample in store order; on every sample somebody said something.

    `raters` are those who gave a grade on any of them, in the order of all raters. `is_raw`: values are numbers
    of an imported formula, on no common scale.
    """

    key: str
    title: str
    stratum: str
    levels: tuple[Level, ...]
    lines: tuple[Line, ...]
    is_raw: bool = False

    def within(self, keep: Callable[[SampleInfo], bool]) -> "PointRatings":
        """The same of some samples only."""
        return replace(self, lines=tuple(line for line in self.lines if keep(line.sample)))

    @property
    def na_differs(self) -> int:
        """On how many samples some say that it does not apply and others give a grade."""
        said = [list(line.given.values()) for line in self.lines]
        return sum(None in each and any(grade is not None for grade in each) for each in said)


class Verdicts:
    """Verdicts of some raters, looked up by sample and question."""

    def __init__(self, raters: Sequence[AgreementRater], verdicts: Iterable[GivenMark]) -> None:
        self._by: dict[SampleKey, dict[QuestionHash, list[GivenMark]]] = {}
        wanted = {(rater.kind, rater.id) for rater in raters}
        for verdict in verdicts:
            if not verdict.repeat and (verdict.rater.kind, verdict.rater.name) in wanted:
                by_question = self._by.setdefault(verdict.sample, {})
                by_question.setdefault(verdict.question, []).append(verdict)
        self.raters = tuple(raters)

    @property
    def samples(self) -> Set[SampleKey]:
        """The samples on which any of the raters said anything."""
        return self._by.keys()

    def on(self, questions: Sequence[QuestionHash], sample: SampleKey) -> dict[str, GivenMark]:
        """Each rater's verdict under the newest question met; of several under one the last one written."""
        by_question = self._by.get(sample, {})
        return {
            verdict.rater.name: verdict
            for question in reversed(questions)
            for verdict in by_question.get(question, ())
        }


# ---- whose verdicts


def counted_verdicts(store: Store, rounds: Iterable[str] | None = None, repeat: int = 0) -> list[GivenMark]:
    """The verdicts that closings count, of some rounds or of all, oldest first; `repeat` 1 are the hidden ones."""
    closings = [head for head in store.heads(RecordKind.CLOSING, subjects=rounds) if head.body is not None]
    return _of_repeat(store.given_marks(counted_ids(closings)), repeat)


def all_verdicts(store: Store) -> list[GivenMark]:
    """All that experts say now, in rounds or outside, oldest first; without hidden repeats."""
    return _of_repeat(store.standing_marks(), 0)


def judge_verdicts(store: Store, judges: Iterable[str]) -> list[GivenMark]:
    """What those judges said when first asked."""
    wanted = frozenset(judges)
    if not wanted:
        return []
    said = (verdict for _, verdict in store.judge_verdicts())
    return [given_mark(verdict) for verdict in said if verdict.rater.name in wanted and not verdict.repeat]


def experts_among(store: Store, verdicts: Iterable[GivenMark]) -> list[AgreementRater]:
    """The people whose verdicts these are, by name."""
    said = {verdict.rater.name for verdict in verdicts if verdict.rater.kind == "expert"}
    names = {str(person.id): person.name for person in store.people()}
    found = [AgreementRater(id, names.get(id, id), "expert") for id in said]
    return sorted(found, key=lambda rater: (rater.name, rater.id))


def counted_ids(closings: Iterable[Record]) -> dict[RecordId, None]:
    """The records that closings count, each once."""
    told = ((closing.body or {}).get("counted", {}) for closing in closings)
    return {RecordId(id): None for counted in told for ids in counted.values() for id in ids}


def _of_repeat(marks: Iterable[GivenMark], repeat: int) -> list[GivenMark]:
    return [mark for mark in marks if mark.repeat == repeat]


# ---- tables


def point_ratings(
    store: Store,
    asking: Questionnaire,
    verdicts: Verdicts,
    keys: frozenset[str] | None = None,
    progress: Progress = no_progress,
) -> list[PointRatings]:
    """What the raters said of each judged criterion, in guide order, rows' own after them; of some keys only.

    The rubric's criteria are all there, if need be without a line; a row's own only where somebody spoke of it.
    One key in several rows is one criterion.
    """
    gathered = {each.key: _Gathered(each) for each in asking.criteria() if each.is_judged}
    worths = _Worths()
    for row, infos in marked_rows(store, verdicts, progress):
        wanted = [each for each in asking.on(row) if each.is_judged and (keys is None or each.key in keys)]
        questions = accepted_questions(wanted, row)
        for asked in wanted:
            levels, hashes = worths.of(asked), questions[asked.key]
            for info in infos:
                given = _grades(levels, verdicts.on(hashes, info.key))
                if given:
                    gathered.setdefault(asked.key, _Gathered(asked)).lines.append(Line(info, given))
    return [each.ratings() for key, each in gathered.items() if keys is None or key in keys]


def marked_rows(
    store: Store, verdicts: Verdicts, progress: Progress
) -> Iterable[tuple[Row, list[SampleInfo]]]:
    """The rows with a sample on which somebody said something, and these samples."""
    marked = verdicts.samples
    by_row: dict[str, list[SampleInfo]] = defaultdict(list)
    for info in store.sample_infos():
        if info.key in marked:
            by_row[info.row].append(info)
    rows = [infos[0].row for infos in by_row.values()]
    for start in range(0, len(rows), SLICE):
        progress(start, len(rows), "reading marks")
        for row in store.rows(rows[start : start + SLICE]):
            yield row, by_row[row.id]


def grade_worth(levels: Mapping[str, float], verdict: GivenMark) -> float | None:
    """What a verdict is worth now: its level's present value (`levels`), or its own where it names no level."""
    return verdict.value if verdict.level is None else levels.get(verdict.level)


def level_worths(asked: Asked) -> dict[str, float]:
    """What each grade is worth now; of two of one key the first counts."""
    return {level.key: level.value for level in reversed(asked.levels)}


class _Worths:
    """What grades are worth, looked up once for each of the guide's criteria, for rows ask them again and again."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Asked, dict[str, float]]] = {}

    def of(self, asked: Asked) -> dict[str, float]:
        if asked.criterion is None:
            return OWN_WORTHS
        known = self._known.get(id(asked))
        if known is None:
            known = self._known[id(asked)] = (
                asked,
                level_worths(asked),
            )  # kept alive, so its id stays its own
        return known[1]


def _grades(levels: Mapping[str, float], said: Mapping[str, GivenMark]) -> dict[str, Grade]:
    """What each rater's verdict is worth; one that gives no grade says nothing."""
    found: dict[str, Grade] = {}
    for rater, verdict in said.items():
        if verdict.state is State.NOT_APPLICABLE:
            found[rater] = None
        elif (value := grade_worth(levels, verdict)) is not None:
            found[rater] = value
    return found


class _Gathered:
    """The lines of one criterion in the making."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.lines: list[Line] = []

    def ratings(self) -> PointRatings:
        criterion = self._asked.criterion
        return PointRatings(
            key=self._asked.key,
            title=self._asked.title,
            stratum=self._asked.stratum,
            levels=criterion.levels if criterion else (),
            lines=tuple(self.lines),
            is_raw=self._asked.raw,
        )


def graders_of(ratings: PointRatings, raters: Sequence[AgreementRater]) -> tuple[AgreementRater, ...]:
    """Those raters who gave a grade on any line, in their order."""
    met = {id for line in ratings.lines for id, grade in line.given.items() if grade is not None}
    return tuple(rater for rater in raters if rater.id in met)


def graded(ratings: PointRatings) -> PointRatings:
    """The same without the samples on which nobody gave a grade."""
    lines = (line for line in ratings.lines if any(grade is not None for grade in line.given.values()))
    return replace(ratings, lines=tuple(lines))


def rating_table(ratings: PointRatings, raters: Sequence[AgreementRater]) -> "RatingTable":
    """The grades as codes: lines by raters, -1 where there is none.

    Codes number what grades are worth, ascending: the values of the declared levels and others that were given,
    without levels only those given. Levels of one value share a code. Not applicable is no rating.
    """
    return coded_table(
        [[line.given.get(rater.id) for rater in raters] for line in ratings.lines],
        [level.value for level in ratings.levels],
    )


def coded_table(values: Sequence[Sequence[float | None]], declared: Iterable[float] = ()) -> "RatingTable":
    """Values (lines by raters, None where there is none) as a table; values equal to nine decimals are one."""
    from rubric_studio.domain.rating_table import table_of

    rounded = [[None if value is None else round(value, DECIMALS) for value in line] for line in values]
    met = {value for line in rounded for value in line if value is not None}
    return table_of(rounded, sorted(met | {round(value, DECIMALS) for value in declared}))
