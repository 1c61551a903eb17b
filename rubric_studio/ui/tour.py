"""The first steps in a project: what they are, and the facts by which each ticks itself. Draws nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.record import RecordKind
from rubric_studio.resources import resource
from rubric_studio.services.orders import orders
from rubric_studio.services.ports import Store
from rubric_studio.ui.session import Session

EXAMPLE = "example"
OWN = "own"
ENOUGH_POINTS = 3
ENOUGH_MARKS = 5
WRONG_ROW = "tax-05"
"""The question of the example whose reference is wrong (resources/example/planted.json)."""

_TEXT = re.compile(r"^\d+\.\s+\*\*(?P<title>.+?)\*\*\s*(?P<why>.*?)\s*\*(?P<how>.+)\*$", re.MULTILINE)


@dataclass(frozen=True)
class Facts:
    """What a tour looks at.

    `gestures` counts changes of the guide, `moved` says that totals moved after marks, `wrong_row_met` that
    somebody flagged the example's wrong question or decided on it.
    """

    samples: int = 0
    points: int = 0
    marks: int = 0
    orders: int = 0
    wrong_row_met: bool = False
    gestures: int = 0
    moved: bool = False
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """One thing to do. `page` is where it is done; `done` compares the facts now with those at the beginning."""

    title: str
    how: str
    page: str
    done: Callable[[Facts, Facts], bool]


class Tour(QObject):
    """Watches a session and tells when a step is done. Steps may be done in any order; done stays done."""

    advanced = Signal()

    def __init__(self, session: Session, steps: Sequence[Step], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps = tuple(steps)
        self._session = session
        self._start = self._facts = _counted(Facts(), session)
        self.done = [False] * len(self.steps)
        session.changed.connect(self._on_session_changed)
        self._tick()

    @property
    def current(self) -> int | None:
        """The first step that is not done, or None at the end."""
        return next((at for at, done in enumerate(self.done) if not done), None)

    def see(self, page: str) -> None:
        """Note that a page was shown."""
        self._facts = replace(self._facts, pages=self._facts.pages | {page})
        self._tick()

    def _on_session_changed(self, changes: Changes) -> None:
        facts = self._facts
        if changes.touches(Topic.DRAFT):
            moved = facts.moved or facts.marks >= ENOUGH_MARKS
            facts = replace(facts, gestures=facts.gestures + 1, moved=moved)
        counted = (Topic.SAMPLES, Topic.DRAFT, Topic.VERDICTS, Topic.FLAGS, Topic.DECISIONS, Topic.ORDERS)
        self._facts = _counted(facts, self._session) if changes.touches(*counted) else facts
        self._tick()

    def _tick(self) -> None:
        done = [
            before or step.done(self._facts, self._start)
            for before, step in zip(self.done, self.steps, strict=True)
        ]
        if done != self.done:
            self.done = done
            self.advanced.emit()


def own_steps() -> tuple[Step, ...]:
    """The way through a project of one's own."""
    return (
        Step(_tr("Bring in answers"), _tr("Drop a file on the window."), "questions", lambda now, _: now.samples > 0),
        Step(
            _tr("Put answers in order"),
            _tr("Four to six answers to one question, best to worst, by your gut: press O."),
            "guide",
            lambda now, _: now.orders > 0 or now.points >= ENOUGH_POINTS,  # later it comes too late
        ),
        Step(
            _tr("Write three points"),
            _tr("What must a good answer do? One sentence for each."),
            "guide",
            lambda now, _: now.points >= ENOUGH_POINTS,
        ),
        Step(
            _tr("Mark five answers"),
            _tr("Press 1, 2 or 3 under an answer."),
            "guide",
            lambda now, _: now.marks >= ENOUGH_MARKS,
        ),
        Step(
            _tr("Watch the totals move"),
            _tr("Change what a point or a part weighs."),
            "guide",
            lambda now, _: now.moved,
        ),
    )  # fmt: skip


_EXAMPLE_STEPS: tuple[tuple[str, Callable[[Facts, Facts], bool]], ...] = (
    ("questions", lambda now, _: now.wrong_row_met),
    ("guide", lambda now, start: now.gestures > start.gestures),
    ("guide", lambda now, start: now.marks > start.marks),
    ("results", lambda now, _: "results" in now.pages),
    ("handover", lambda now, _: "handover" in now.pages),
)


def example_steps() -> tuple[Step, ...]:
    """The way through the example; its words are in resources/example/tour.md."""
    found = _TEXT.finditer(resource("example/tour.md").read_text("utf-8"))
    return tuple(
        Step(match["title"].rstrip("."), match["how"], page, done)
        for match, (page, done) in zip(found, _EXAMPLE_STEPS, strict=True)
    )


def _counted(facts: Facts, session: Session) -> Facts:
    store: Store = session.store
    counts = store.counts()
    return replace(
        facts,
        samples=counts.samples,
        marks=counts.expert_verdicts,
        orders=len(orders(store)),
        wrong_row_met=_is_met(store, WRONG_ROW),
        points=len(list(session.draft.criteria())),
    )


def _is_met(store: Store, row: str) -> bool:
    """Whether a row is flagged or decided on."""
    flags = store.heads(RecordKind.FLAG, scopes=[row])
    decisions = store.heads(RecordKind.DECISION, subjects=[row])
    return any(head.body is not None for head in (*flags, *decisions))


def _tr(text: str) -> str:
    return QCoreApplication.translate("tour", text)
