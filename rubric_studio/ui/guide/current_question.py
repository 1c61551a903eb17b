"""The question that is read: the way from one to another, its marks in memory, its scores. It draws nothing."""

from collections.abc import Sequence

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import Questionnaire
from rubric_studio.services.marks import AS_TRAINED, RaterChoice, rater_choice
from rubric_studio.services.panels import judge_names
from rubric_studio.services.versions import Version, newest_version
from rubric_studio.ui.guide.question_marks import Place, QuestionMarks
from rubric_studio.ui.guide.scored_question import ScoredQuestion, asks_the_same
from rubric_studio.ui.session import Session


class CurrentQuestion:
    """Reads through the session's store. `rubric` is the guide as it is shown, perhaps not saved yet."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.rubric = Rubric()
        self.rows: list[RowId] = []
        self.row: Row | None = None
        self.question: ScoredQuestion | None = None
        self.models: dict[str, int] = {}
        self.people: dict[str, str] = {}
        self._only: list[RowId] = []
        self._version: Version | None = None
        self._version_is_read = False
        self._checked: tuple[RowId, Rubric] | None = None
        self._askings: list[tuple[Rubric, list[Record], Questionnaire]] = []
        self._compared: tuple[Rubric, Rubric, bool] | None = None
        self._last_edit: str | None = None

    # ---- the way

    @property
    def number(self) -> int:
        """Which question it is, counted from 1; 0 where there is none."""
        return self.rows.index(self.row.id) + 1 if self.row and self.row.id in self.rows else 0

    def read_project(self) -> None:
        """Learn anew which questions, models and people there are; stay at the question where it is still there."""
        store = self._session.store
        self.rubric = self._session.draft
        everything = store.row_ids(RowQuery())
        known = set(everything)
        self.rows = [row for row in self._only if row in known] or everything
        self.models = {model: place for place, model in enumerate(store.counts().models)}
        self.people = {person.id: person.name for person in store.people()}
        stay = self.row.id if self.row and self.row.id in known else None
        if stay is None and self.rows:
            answered = store.row_ids(RowQuery(answered=True))
            stay = answered[0] if answered else self.rows[0]
        self.row = None
        self.question = None
        if stay is not None:
            self.go(stay)

    def go(self, row: RowId) -> bool:
        """Read another question; False where there is none of that id."""
        found = next(iter(self._session.store.rows([row])), None)
        if found is None:
            return False
        if row not in self.rows:
            self.only([])
        self.row = found
        self.read()
        return True

    def step(self, step: int) -> bool:
        """Go to the question before or after this one."""
        at = self.number - 1 + step
        return self.number > 0 and 0 <= at < len(self.rows) and self.go(self.rows[at])

    def only(self, rows: Sequence[RowId]) -> None:
        """Walk through these questions only; none of them named means all."""
        self._only = list(dict.fromkeys(rows))
        self.rows = self._only or self._session.store.row_ids(RowQuery())

    @property
    def is_narrowed(self) -> bool:
        """Whether one walks through some questions only."""
        return bool(self._only)

    def find(self, words: str) -> tuple[bool, int]:
        """Go to a question by number, id or words, with words to the next one; and how many there are."""
        if words.isascii() and words.isdigit() and 0 < int(words) <= len(self.rows):
            return self.go(self.rows[int(words) - 1]), 1
        if words in self.rows:
            return self.go(RowId(words)), 1
        known = {row: at for at, row in enumerate(self.rows)}
        found = self._session.store.row_ids(RowQuery(search=words)) if words else []
        places = sorted(known[row] for row in found if row in known)
        if not places:
            return False, 0
        after = next((at for at in places if at >= self.number), places[0])
        return self.go(self.rows[after]), len(places)

    # ---- marks and scores

    def read(self) -> None:
        """Read the question's marks anew and score them."""
        if self.row is None:
            return
        choice = self._choice()
        asking = self._asking(self.rubric)
        marks = QuestionMarks(self._session.store, asking, self.row, choice, self._session.author.person)
        self.question = ScoredQuestion(marks, self.rubric, self._saved(marks))
        self._last_edit = self._newest_edits(1)[0]

    def hear_marks(self) -> set[Place] | None:
        """Take over the marks of the newest edit, if only marks were given, by it alone; on which answers and points.

        None where that is not known: then everything is read anew.
        """
        newest, before = self._newest_edits(2)
        if self.question is None or newest is None or newest == self._last_edit or before != self._last_edit:
            return None
        records = self._session.store.records_of_edit(newest)
        if any(record.kind is not RecordKind.VERDICT for record in records):
            return None
        self._last_edit = newest
        return self.question.hear({record.subject for record in records})

    def show_rubric(self, rubric: Rubric) -> bool:
        """Score under another guide; True where the marks in memory were enough."""
        in_memory = self.question is not None and asks_the_same(self.rubric, rubric)
        self.rubric = rubric
        if self.question is not None and in_memory:
            self.question = self.question.under(rubric)
        else:
            self.read()
        return in_memory

    def forget_version(self) -> None:
        """Look for the saved version again when it is needed next."""
        self._version_is_read = False

    def check_answers(self) -> None:
        """Let programs look at answers they have not looked at, once for each question and guide."""
        if self.row is None or self.question is None or self._session.store.read_only:
            return
        unchecked = self.question.marks.unchecked()
        if unchecked and self._checked != (self.row.id, self.rubric):
            self._checked = (self.row.id, self.rubric)
            self._session.run_checks(self.rubric, unchecked)

    def raters(self) -> tuple[str | None, list[str]]:
        """The judge that counts in training, and the names of all judges, panels and people who may be asked for."""
        store = self._session.store
        judge = rater_choice(store).judge
        return judge, [*judge_names(store), *self.people.values()]

    def _choice(self) -> RaterChoice:
        try:
            return rater_choice(self._session.store, self._session.rater)
        except StudioError:  # whoever was chosen has left the project: undo, or a deleted run
            self._session.rater = AS_TRAINED
            return rater_choice(self._session.store)

    def _newest_edits(self, count: int) -> list[str | None]:
        found = [str(entry.id) for entry in self._session.store.edits(newest=count)]
        return [*found, *[None] * (count - len(found))]

    def _asking(self, rubric: Rubric) -> Questionnaire:
        """The guide ready to be asked, made once for many questions."""
        records = self._session.store.heads(RecordKind.SAME_MEANING)
        known = next((each for each in self._askings if each[0] is rubric and each[1] == records), None)
        if known is None:
            known = (rubric, records, Questionnaire(rubric, records))
        self._askings = [known, *(each for each in self._askings if each is not known)][:2]
        return known[2]

    def _saved(self, marks: QuestionMarks) -> ScoredQuestion | None:
        """The answers under the saved version."""
        if not self._version_is_read:
            self._version, self._version_is_read = newest_version(self._session.store), True
        if self._version is None:
            return None
        saved = self._version.rubric
        if self._compared is None or self._compared[0] is not saved or self._compared[1] is not self.rubric:
            self._compared = (saved, self.rubric, asks_the_same(saved, self.rubric))
        if not self._compared[2]:
            marks = marks.asked_otherwise(self._asking(saved))
        return ScoredQuestion(marks, saved)
