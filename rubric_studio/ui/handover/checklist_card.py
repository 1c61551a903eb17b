"""The checklist: is the guide saved, do questions train, are answers marked. From top to bottom it turns green."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.services.exporting import summary_of
from rubric_studio.services.handover import HandoverFacts
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.handover.check_line import CheckLine
from rubric_studio.ui.look import Look
from rubric_studio.ui.state_shape import Shape


class ChecklistCard(Card):
    """Each line that is not good yet leads to the very place where it is mended, as one of these wishes."""

    page_requested = Signal(str)
    row_requested = Signal(str)
    samples_requested = Signal(list)
    import_requested = Signal()
    comparison_requested = Signal(str)
    """The key of a point on which no expert's mark stands beside the model's."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Before you hand over"))
        self.guide, self.questions, self.answers, self.model = (CheckLine(look) for _ in range(4))
        self.asking = CheckLine(look)
        for line in (self.guide, self.questions, self.asking, self.answers, self.model):
            self.content.addWidget(line)

    def show_facts(self, facts: HandoverFacts) -> None:
        """Say how the project stands."""
        self._say_guide(facts)
        self._say_questions(facts)
        self._say_asking(facts)
        self._say_answers(facts)
        self._say_model(facts)

    def _say_guide(self, facts: HandoverFacts) -> None:
        version = facts.version
        saved = self.tr("Version {0} of {1} is handed over.").format(version.number, day_text(version.at))
        if facts.unsaved:
            words = saved + " " + self.tr("Your guide has changes that are not saved.")
            open_guide = lambda: self.page_requested.emit("guide")  # noqa: E731
            self.guide.say(Shape.PARTLY, words, self.tr("Open the guide"), open_guide)
        else:
            self.guide.say(Shape.MET, saved)

    def _say_questions(self, facts: HandoverFacts) -> None:
        total = len(facts.rows) + len(facts.left_out)
        words = self.tr("{0} of {1} questions can train.").format(len(facts.rows), total)
        shape = Shape.MET if facts.rows else Shape.MISSED
        if not facts.left_out:
            self.questions.say(shape, words)
            return
        words += " " + self.tr("These stay out: {0}.").format(summary_of(facts.left_out))
        first = facts.left_out[0].row
        one = self.tr("Look at it") if len(facts.left_out) == 1 else self.tr("Look at the first")
        self.questions.say(shape, words, one, lambda: self.row_requested.emit(first))

    def _say_asking(self, facts: HandoverFacts) -> None:
        """Say in which way the model is asked in training, and whether the answers here were."""
        sampled = facts.sampled
        words = self.tr("Questions go out as they stand.")
        if facts.prompt is not None:
            words = self.tr("Questions go out in the way of asking “{0}”.").format(facts.prompt.title)
        if not sampled.other and (facts.prompt is None or sampled.same == sampled.answers):
            self.asking.say(Shape.MET, words)
            return
        with_it = self.tr("{0} of {1} answers were sampled with it.")
        if facts.prompt is None:
            with_it = self.tr("{0} of {1} answers were sampled in another way.")
        count = sampled.same if facts.prompt is not None else sampled.other
        words += " " + with_it.format(count, sampled.answers)
        choose = lambda: self.page_requested.emit("models")  # noqa: E731
        self.asking.say(Shape.PARTLY, words, self.tr("Ways of asking"), choose)

    def _say_answers(self, facts: HandoverFacts) -> None:
        if not facts.answers:
            words = self.tr("There are no answers yet, so nothing shows how the guide scores.")
            bring_in = self.import_requested.emit
            self.answers.say(Shape.PARTLY, words, self.tr("Bring in answers…"), bring_in)
        elif facts.unscored:
            words = self.tr("{0} of {1} answers have no score yet.").format(facts.unscored, facts.answers)
            to_mark = list(facts.to_mark)
            mark = lambda: self.samples_requested.emit(to_mark)  # noqa: E731
            self.answers.say(Shape.PARTLY, words, self.tr("Mark them"), mark)
        else:
            self.answers.say(Shape.MET, self.tr("All {0} answers have a score.").format(facts.answers))

    def _say_model(self, facts: HandoverFacts) -> None:
        total = len(facts.points)
        if facts.own_points and not facts.by_model:
            words = self.tr("{0} points belong to single questions: a model must mark them in training.")
            self.model.say(Shape.PARTLY, words.format(facts.own_points))
            return
        if not facts.by_model:
            words = self.tr("All {0} points are marked by a program in training: the same score, proven.")
            self.model.say(Shape.MET, words.format(total))
            return
        words = self.tr("{0} of {1} points will be marked by a model in training.").format(
            len(facts.by_model), total
        )
        if facts.own_points:
            words += " " + self.tr("So will {0} points that belong to single questions.").format(
                facts.own_points
            )
        never = [point for point in facts.by_model if point.n == 0]
        if not never:
            self.model.say(Shape.MET, words)
            return
        one, many = self.tr("One was never compared with you."), self.tr("{0} were never compared with you.")
        words += " " + (one if len(never) == 1 else many.format(len(never)))
        compare = (lambda: self.comparison_requested.emit(never[0].key)) if facts.answers else None
        self.model.say(Shape.PARTLY, words, self.tr("Compare now"), compare)
