"""The checklist: is the guide saved, do questions train, are answers marked. From top to bottom it turns green."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.services.exporting import summary_of
from rubric_studio.services.handover import HandoverFacts
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.handover.check_line import CheckLine
from rubric_studio.ui.look import Look
from rubric_studio.ui.state_shape import Shape


class ChecklistCard(Card):
    """Emits the name of the page where a line is mended."""

    page_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Before you hand over"))
        self.guide, self.questions, self.answers, self.model = (CheckLine(look) for _ in range(4))
        for line, page in (
            (self.guide, "guide"),
            (self.questions, "questions"),
            (self.answers, "guide"),
            (self.model, "guide"),
        ):
            self.content.addWidget(line)
            line.mend_requested.connect(lambda page=page: self.page_requested.emit(page))

    def show_facts(self, facts: HandoverFacts) -> None:
        """Say how the project stands."""
        self._say_guide(facts)
        self._say_questions(facts)
        self._say_answers(facts)
        self._say_model(facts)

    def _say_guide(self, facts: HandoverFacts) -> None:
        version = facts.version
        saved = self.tr("Version {0} of {1} is handed over.").format(version.number, version.at[:10])
        if facts.unsaved:
            words = saved + " " + self.tr("Your guide has changes that are not saved.")
            self.guide.say(Shape.PARTLY, words, self.tr("Open the guide"))
        else:
            self.guide.say(Shape.MET, saved)

    def _say_questions(self, facts: HandoverFacts) -> None:
        total = len(facts.rows) + len(facts.left_out)
        words = self.tr("{0} of {1} questions can train.").format(len(facts.rows), total)
        if not facts.left_out:
            self.questions.say(Shape.MET if facts.rows else Shape.MISSED, words, "")
            return
        words += " " + self.tr("These stay out: {0}.").format(summary_of(facts.left_out))
        shape = Shape.MET if facts.rows else Shape.MISSED
        self.questions.say(shape, words, self.tr("Look at them"))

    def _say_answers(self, facts: HandoverFacts) -> None:
        if not facts.answers:
            words = self.tr("There are no answers yet, so nothing shows how the guide scores.")
            self.answers.say(Shape.PARTLY, words, self.tr("Bring in answers"))
        elif facts.unscored:
            words = self.tr("{0} of {1} answers have no score yet.").format(facts.unscored, facts.answers)
            self.answers.say(Shape.PARTLY, words, self.tr("Mark them"))
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
        never = sum(1 for point in facts.by_model if point.n == 0)
        words = self.tr("{0} of {1} points will be marked by a model in training.").format(
            len(facts.by_model), total
        )
        if facts.own_points:
            words += " " + self.tr("So will {0} points that belong to single questions.").format(
                facts.own_points
            )
        if never:
            words += " " + self.tr("{0} were never compared with you.").format(never)
            self.model.say(Shape.PARTLY, words, self.tr("Compare now"))
        else:
            self.model.say(Shape.MET, words)
