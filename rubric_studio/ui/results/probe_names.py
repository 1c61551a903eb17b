"""What people see of each trick answer: its name as a thing done, and what it is. One table; it judges nothing."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rubric_studio.services.probe_outcomes import Standing
from rubric_studio.ui.state_shape import Shape

CONTEXT = "probes"

# A generator's name -> what is done, as the beginning of a sentence; what it is.
_NAMES = {
    "empty": (
        QT_TRANSLATE_NOOP("probes", "Saying nothing"),
        QT_TRANSLATE_NOOP("probes", "An empty answer."),
    ),
    "refusal": (
        QT_TRANSLATE_NOOP("probes", "Refusing politely"),
        QT_TRANSLATE_NOOP("probes", "A polite refusal in the question's language."),
    ),
    "prompt_copied": (
        QT_TRANSLATE_NOOP("probes", "Copying the question"),
        QT_TRANSLATE_NOOP("probes", "The question word for word as the answer."),
    ),
    "all_labels": (
        QT_TRANSLATE_NOOP("probes", "Naming every label"),
        QT_TRANSLATE_NOOP("probes", "All labels that any question has."),
    ),
    "frequent_label": (
        QT_TRANSLATE_NOOP("probes", "Always naming the most frequent label"),
        QT_TRANSLATE_NOOP("probes", "The same label, whatever the question."),
    ),
    "bare_answer": (
        QT_TRANSLATE_NOOP("probes", "Giving the bare result"),
        QT_TRANSLATE_NOOP("probes", "The right result without any reasoning."),
    ),
    "invented_authority": (
        QT_TRANSLATE_NOOP("probes", "Inventing authorities"),
        QT_TRANSLATE_NOOP("probes", "The right result, resting on citations that do not exist."),
    ),
    "superseded_year": (
        QT_TRANSLATE_NOOP("probes", "Applying an older year"),
        QT_TRANSLATE_NOOP("probes", "A good answer with every year moved back."),
    ),
    "wrong_jurisdiction": (
        QT_TRANSLATE_NOOP("probes", "Applying another country's law"),
        QT_TRANSLATE_NOOP("probes", "A good answer with countries, courts and codes of somewhere else."),
    ),
    "hedging": (
        QT_TRANSLATE_NOOP("probes", "Hedging both ways"),
        QT_TRANSLATE_NOOP("probes", "The right result and another side by side, without a decision."),
    ),
    "padding": (
        QT_TRANSLATE_NOOP("probes", "Padding to three times the length"),
        QT_TRANSLATE_NOOP("probes", "An ordinary answer, and the same with empty words."),
    ),
    "keywords": (
        QT_TRANSLATE_NOOP("probes", "Listing key words"),
        QT_TRANSLATE_NOOP("probes", "The words that the guide looks for, without a sentence."),
    ),
    "mimicry": (
        QT_TRANSLATE_NOOP("probes", "Copying only the form"),
        QT_TRANSLATE_NOOP("probes", "The structure of a good answer with nothing in it."),
    ),
    "wrong_conclusion": (
        QT_TRANSLATE_NOOP("probes", "Concluding wrongly"),
        QT_TRANSLATE_NOOP("probes", "The best answer's text with a wrong result."),
    ),
    "judge_note": (
        QT_TRANSLATE_NOOP("probes", "Asking the grader for full marks"),
        QT_TRANSLATE_NOOP("probes", "A note that tells whoever marks to ignore the guide."),
    ),
    "reference": (
        QT_TRANSLATE_NOOP("probes", "Giving the reference itself"),
        QT_TRANSLATE_NOOP("probes", "What is right by definition must be scored high."),
    ),
    "degraded": (
        QT_TRANSLATE_NOOP("probes", "Leaving out ever more of the reference"),
        QT_TRANSLATE_NOOP("probes", "The reference with ever less of it: its score must fall step by step."),
    ),
}

_STANDINGS = {
    Standing.HOLDS: (Shape.MET, QT_TRANSLATE_NOOP("probes", "holds")),
    Standing.SOME: (Shape.PARTLY, QT_TRANSLATE_NOOP("probes", "some questions")),
    Standing.BREAKS: (Shape.MISSED, QT_TRANSLATE_NOOP("probes", "fails")),
    Standing.OPEN: (Shape.PERSON, QT_TRANSLATE_NOOP("probes", "open")),
    Standing.NOWHERE: (Shape.NOT_APPLICABLE, QT_TRANSLATE_NOOP("probes", "not here")),
}


def doing(name: str, own: str = "") -> str:
    """Return what a trick answer does ("Naming every label"); one's own goes by the name `own`."""
    return _tr(_NAMES[name][0]) if name in _NAMES else own


def about(name: str) -> str:
    """Return what a trick answer is, "" for one's own."""
    return _tr(_NAMES[name][1]) if name in _NAMES else ""


def standing_shape(standing: Standing) -> Shape:
    """Return the shape that says how the guide stands to a trick."""
    return _STANDINGS[standing][0]


def standing_word(standing: Standing) -> str:
    """Return the word that says the same."""
    return _tr(_STANDINGS[standing][1])


def _tr(text: object) -> str:
    return QCoreApplication.translate(CONTEXT, str(text))  # what marks it for translation returns an object
