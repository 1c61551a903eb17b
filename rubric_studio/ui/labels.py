"""The one table from the words of the code to what people see. Nothing else in the window invents names.

Sentences stand whole where they are shown; here are only the words that several places share.
"""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rubric_studio.ui.number_text import count_text

CONTEXT = "labels"

# Word in the code -> one of it, many of it.
_WORDS = {
    "project": (QT_TRANSLATE_NOOP("labels", "project"), QT_TRANSLATE_NOOP("labels", "projects")),
    "row": (QT_TRANSLATE_NOOP("labels", "question"), QT_TRANSLATE_NOOP("labels", "questions")),
    "sample": (QT_TRANSLATE_NOOP("labels", "answer"), QT_TRANSLATE_NOOP("labels", "answers")),
    "rubric": (QT_TRANSLATE_NOOP("labels", "scoring guide"), QT_TRANSLATE_NOOP("labels", "scoring guides")),
    "stratum": (QT_TRANSLATE_NOOP("labels", "part"), QT_TRANSLATE_NOOP("labels", "parts")),
    "criterion": (QT_TRANSLATE_NOOP("labels", "point"), QT_TRANSLATE_NOOP("labels", "points")),
    "level": (QT_TRANSLATE_NOOP("labels", "grade"), QT_TRANSLATE_NOOP("labels", "grades")),
    "row_criterion": (
        QT_TRANSLATE_NOOP("labels", "this question's own point"),
        QT_TRANSLATE_NOOP("labels", "this question's own points"),
    ),
    "verdict": (QT_TRANSLATE_NOOP("labels", "mark"), QT_TRANSLATE_NOOP("labels", "marks")),
    "score": (QT_TRANSLATE_NOOP("labels", "score"), QT_TRANSLATE_NOOP("labels", "scores")),
    "round": (QT_TRANSLATE_NOOP("labels", "round"), QT_TRANSLATE_NOOP("labels", "rounds")),
    "flag": (QT_TRANSLATE_NOOP("labels", "flag"), QT_TRANSLATE_NOOP("labels", "flags")),
    "decision": (QT_TRANSLATE_NOOP("labels", "decision"), QT_TRANSLATE_NOOP("labels", "decisions")),
    "probe": (QT_TRANSLATE_NOOP("labels", "trick answer"), QT_TRANSLATE_NOOP("labels", "trick answers")),
    "bundle": (QT_TRANSLATE_NOOP("labels", "hand-over"), QT_TRANSLATE_NOOP("labels", "hand-overs")),
}

# Word in the code -> the phrase for it.
_PHRASES = {
    "agreement": QT_TRANSLATE_NOOP("labels", "where we agree"),
    "dispute": QT_TRANSLATE_NOOP("labels", "where we differ"),
    "settlement": QT_TRANSLATE_NOOP("labels", "decided"),
    "headroom": QT_TRANSLATE_NOOP("labels", "room to improve"),
    "readiness": QT_TRANSLATE_NOOP("labels", "ready to train?"),
    "target": QT_TRANSLATE_NOOP("labels", "made for"),
    "rater": QT_TRANSLATE_NOOP("labels", "marked by"),
    "gate": QT_TRANSLATE_NOOP("labels", "condition"),
    "gate.hard": QT_TRANSLATE_NOOP("labels", "must be met first"),
    "gate.soft": QT_TRANSLATE_NOOP("labels", "counts in proportion"),
    "rater.trained": QT_TRANSLATE_NOOP("labels", "as in training"),
    "rater.check": QT_TRANSLATE_NOOP("labels", "program"),
    "rater.judge": QT_TRANSLATE_NOOP("labels", "model"),
    "rater.expert": QT_TRANSLATE_NOOP("labels", "person"),
    "decision.keep": QT_TRANSLATE_NOOP("labels", "keep"),
    "decision.fix": QT_TRANSLATE_NOOP("labels", "fix"),
    "decision.drop": QT_TRANSLATE_NOOP("labels", "drop"),
    "decision.open": QT_TRANSLATE_NOOP("labels", "not decided"),
    "shape.met": QT_TRANSLATE_NOOP("labels", "met"),
    "shape.partly": QT_TRANSLATE_NOOP("labels", "partly met"),
    "shape.missed": QT_TRANSLATE_NOOP("labels", "not met"),
    "shape.person": QT_TRANSLATE_NOOP("labels", "not marked"),
    "shape.not_applicable": QT_TRANSLATE_NOOP("labels", "does not apply"),
    "shape.fault": QT_TRANSLATE_NOOP("labels", "could not be marked"),
    "level.fully": QT_TRANSLATE_NOOP("labels", "fully"),
    "level.partly": QT_TRANSLATE_NOOP("labels", "partly"),
    "level.no": QT_TRANSLATE_NOOP("labels", "no"),
    "level.yes": QT_TRANSLATE_NOOP("labels", "yes"),
    "cause.wording": QT_TRANSLATE_NOOP("labels", "ambiguous wording"),
    "cause.fact": QT_TRANSLATE_NOOP("labels", "missing fact"),
    "cause.law": QT_TRANSLATE_NOOP("labels", "question of law"),
    "cause.slip": QT_TRANSLATE_NOOP("labels", "slip"),
    "page.questions": QT_TRANSLATE_NOOP("labels", "questions"),
    "page.guide": QT_TRANSLATE_NOOP("labels", "scoring guide"),
    "page.score": QT_TRANSLATE_NOOP("labels", "score"),
    "page.compare": QT_TRANSLATE_NOOP("labels", "compare"),
    "page.models": QT_TRANSLATE_NOOP("labels", "models"),
    "page.versions": QT_TRANSLATE_NOOP("labels", "versions"),
    "page.results": QT_TRANSLATE_NOOP("labels", "results"),
    "page.handover": QT_TRANSLATE_NOOP("labels", "hand over"),
    "page.training": QT_TRANSLATE_NOOP("labels", "training"),
    "aggregation.stratified": QT_TRANSLATE_NOOP("labels", "part by part"),
    "aggregation.points_clipped": QT_TRANSLATE_NOOP("labels", "points, never below zero"),
    "aggregation.points_shifted": QT_TRANSLATE_NOOP("labels", "points, faults spared count"),
    "aggregation.formula": QT_TRANSLATE_NOOP("labels", "own formula"),
    "kind.labels": QT_TRANSLATE_NOOP("labels", "set of labels"),
    "kind.choice": QT_TRANSLATE_NOOP("labels", "one right choice"),
    "kind.number": QT_TRANSLATE_NOOP("labels", "amount"),
    "kind.date": QT_TRANSLATE_NOOP("labels", "date"),
    "kind.mentions": QT_TRANSLATE_NOOP("labels", "must mention"),
    "kind.forbids": QT_TRANSLATE_NOOP("labels", "must not mention"),
    "kind.similar": QT_TRANSLATE_NOOP("labels", "alike to a text"),
    "kind.format": QT_TRANSLATE_NOOP("labels", "form of the answer"),
    "kind.judged": QT_TRANSLATE_NOOP("labels", "read and judged"),
    "kind.python": QT_TRANSLATE_NOOP("labels", "own code"),
    "kind.grader": QT_TRANSLATE_NOOP("labels", "a grader from a file"),
    "metric.precision": QT_TRANSLATE_NOOP("labels", "how many of those named are right"),
    "metric.recall": QT_TRANSLATE_NOOP("labels", "how many of the right ones are named"),
    "metric.f_beta": QT_TRANSLATE_NOOP("labels", "both together"),
    "theme.light": QT_TRANSLATE_NOOP("labels", "light"),
    "theme.dark": QT_TRANSLATE_NOOP("labels", "dark"),
    "theme.contrast": QT_TRANSLATE_NOOP("labels", "high contrast"),
}


def label(word: str, count: int = 1) -> str:
    """Return what people see for a word ("row", "kind.labels"), in the plural where `count` is not 1.

    KeyError for a word that is not in the table.
    """
    if word in _PHRASES:
        return QCoreApplication.translate(CONTEXT, str(_PHRASES[word]))
    one, many = _WORDS[word]
    return QCoreApplication.translate(CONTEXT, str(one if count == 1 else many))


def counted(word: str, count: int) -> str:
    """Return a count with its word: "1 question", "1,200 answers"."""
    return f"{count_text(count)} {label(word, count)}"


def heading(word: str, count: int = 1) -> str:
    """Return the same as it stands at the beginning of a line: "Scoring guide"."""
    text = label(word, count)
    return text[:1].upper() + text[1:]
