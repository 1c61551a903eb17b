"""Orders given by gut against the totals of the guide as it is shown, for one question and over all. No widget.

It works in small pieces, and begins anew whenever the totals change: the question that is read comes first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.orders import (
    Cause,
    Order,
    Pair,
    Standing,
    Tally,
    orders,
    pairs_of,
    pulls,
    ranked,
    tally,
)
from rubric_studio.services.scores import RowScorer, SampleScore
from rubric_studio.ui.guide.current_question import CurrentQuestion
from rubric_studio.ui.guide.question_marks import QuestionMarks
from rubric_studio.ui.guide.scored_question import ScoredQuestion, asks_the_same
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session

AGAINST = (Standing.DIFFER, Standing.TIED)


@dataclass(frozen=True)
class PairSeen:
    """A pair with the answers' scores and, once they are known, the points that pull against the order."""

    pair: Pair
    better: SampleScore
    worse: SampleScore
    causes: tuple[Cause, ...] | None = None


@dataclass(frozen=True)
class OrderSeen:
    """One order against the totals."""

    order: Order
    pairs: tuple[PairSeen, ...]
    tally: Tally


@dataclass(frozen=True)
class AllOrders:
    """Every order of the project together; the causes are None until they are known."""

    questions: int
    people: int
    tally: Tally
    causes: tuple[Cause, ...] | None = None


class OrderNumbers(QObject):
    """`changed` tells that `here` (one's own order of the question that is read) or `overall` say something else."""

    changed = Signal()

    def __init__(
        self, session: Session, look: Look, current: CurrentQuestion, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._look, self._current = session, look, current
        self.here: OrderSeen | None = None
        self.overall: AllOrders | None = None
        self._orders: list[Order] | None = None
        self._others: dict[RowId, ScoredQuestion] = {}
        self._asking: Questionnaire | None = None
        self._last_edit = next((str(entry.id) for entry in session.store.edits(newest=1)), "")
        self._wants_causes = False
        self._work: Iterator[None] = iter(())
        session.changed.connect(self._on_session_changed)

    def own_order(self, row: RowId) -> Order | None:
        """One's own order of a question's answers."""
        person = self._session.author.person
        return next((o for o in self._all() if (o.row, o.person) == (row, person)), None)

    def want_causes(self, wanted: bool) -> None:
        """Find out which points cause what differs, or spare the work."""
        if wanted != self._wants_causes:
            self._wants_causes = wanted
            self.begin()

    def begin(self) -> None:
        """Compare anew, soon and in pieces."""
        self._work = self._steps()
        self._look.turns.later(self._go_on)

    def _go_on(self) -> None:
        if next(self._work, self) is None:
            self._look.turns.later(self._go_on)

    # ---- the pieces

    def _steps(self) -> Iterator[None]:
        row, question = self._current.row, self._current.question
        mine = self.own_order(row.id) if row is not None else None
        seen: dict[tuple[RowId, str], OrderSeen] = {}
        self.here = None
        if mine is not None and question is not None:
            yield from self._compare(question, mine, seen)
            self.here = seen[mine.row, mine.person]
        self.changed.emit()
        yield
        for order in self._all():
            if order is not mine:
                yield from self._read(order, seen)
        self._sum_up(list(seen.values()), None)
        self.changed.emit()
        if self._wants_causes:
            yield from self._find_causes(seen)

    def _read(self, order: Order, seen: dict[tuple[RowId, str], OrderSeen]) -> Iterator[None]:
        question = self._question(order.row)
        yield
        if question is not None:
            yield from self._compare(question, order, seen)

    def _compare(
        self, question: ScoredQuestion, order: Order, seen: dict[tuple[RowId, str], OrderSeen]
    ) -> Iterator[None]:
        scores: dict[SampleKey, SampleScore] = {}
        wanted = set(order.samples)
        for id in [id for id in question.ids if question.sample(id).key in wanted]:
            while question.get_ready(id):
                yield
            scores[question.sample(id).key] = question.score(id)
        pairs = pairs_of(order.samples, scores)
        shown = tuple(PairSeen(pair, scores[pair.better], scores[pair.worse]) for pair in pairs)
        seen[order.row, order.person] = OrderSeen(order, shown, tally(pairs))

    def _find_causes(self, seen: dict[tuple[RowId, str], OrderSeen]) -> Iterator[None]:
        scorer = RowScorer(self._current.rubric)
        everywhere: list[list[tuple[str, float]]] = []
        for found in list(seen.values()):
            shown: list[PairSeen] = []
            for each in found.pairs:
                if each.pair.standing in AGAINST:
                    pulled: list[tuple[str, float]] = []
                    row = self._row(found.order.row)
                    for pull in pulls(scorer, row, each.better, each.worse) if row is not None else ():
                        pulled.append(pull)
                        yield
                    everywhere.append(pulled)
                    each = PairSeen(each.pair, each.better, each.worse, tuple(ranked([pulled])))
                shown.append(each)
            if self.here is not None and found.order is self.here.order:
                self.here = OrderSeen(found.order, tuple(shown), found.tally)
                self.changed.emit()
        self._sum_up(list(seen.values()), tuple(ranked(everywhere)))
        self.changed.emit()

    def _sum_up(self, seen: list[OrderSeen], causes: tuple[Cause, ...] | None) -> None:
        total = Tally()
        for found in seen:
            total = total.plus(found.tally)
        rows, people = {o.order.row for o in seen}, {o.order.person for o in seen}
        self.overall = AllOrders(len(rows), len(people), total, causes) if seen else None

    # ---- what is read

    def _all(self) -> list[Order]:
        if self._orders is None:
            self._orders = orders(self._session.store)
        return self._orders

    def _row(self, id: RowId) -> Row | None:
        """The row of a question that is in memory."""
        if self._current.row is not None and self._current.row.id == id:
            return self._current.row
        known = self._others.get(id)
        return known.marks.row if known is not None else None

    def _question(self, id: RowId) -> ScoredQuestion | None:
        """A question whose answers were put in order, read once and scored under the guide as it is shown."""
        rubric, store = self._current.rubric, self._session.store
        if self._current.row is not None and self._current.row.id == id:
            return self._current.question
        if self._asking is None or not asks_the_same(self._asking.rubric, rubric):
            self._asking = questionnaire(store, rubric)
            self._others.clear()
        known = self._others.get(id)
        if known is None:
            row = next(iter(store.rows([id])), None)
            if row is None:
                return None
            choice, person = rater_choice(store, self._session.rater), self._session.author.person
            known = ScoredQuestion(QuestionMarks(store, self._asking, row, choice, person), rubric)
        elif known.rubric is not rubric:
            known = known.under(rubric)
        self._others[id] = known
        return known

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(Topic.ORDERS, Topic.ROWS, Topic.SAMPLES):
            self._orders = None
        if changes.touches(Topic.ROWS, Topic.SAMPLES, Topic.CHECKS, Topic.SETTINGS, Topic.PEOPLE):
            self._others.clear()
        if changes.touches(Topic.VERDICTS) and not self._hears_marks():
            self._asking = None
        if changes.touches(Topic.ORDERS):
            self.begin()

    def _hears_marks(self) -> bool:
        """Take over marks that were given just now; False where all must be read anew."""
        newest = next(iter(self._session.store.edits(newest=1)), None)
        if newest is None or str(newest.id) == self._last_edit:
            return False
        self._last_edit = str(newest.id)
        records = self._session.store.records_of_edit(newest.id)
        if any(record.kind is not RecordKind.VERDICT for record in records):
            return False
        for question in self._others.values():
            question.hear({record.subject for record in records})
        return True
