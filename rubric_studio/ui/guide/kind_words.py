"""What the form calls the parameters of each kind of point, and their choices."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# Parameter -> its name in the form. "kind.parameter" goes before "parameter".
_NAMES = {
    "predicted": QT_TRANSLATE_NOOP("kind_words", "What is looked at"),
    "reference": QT_TRANSLATE_NOOP("kind_words", "Compared with this field of the question"),
    "mentions.reference": QT_TRANSLATE_NOOP("kind_words", "or those in this field of the question"),
    "forbids.reference": QT_TRANSLATE_NOOP("kind_words", "or those in this field of the question"),
    "terms": QT_TRANSLATE_NOOP("kind_words", "Words or citations, one on a line"),
    "metric": QT_TRANSLATE_NOOP("kind_words", "What counts"),
    "beta": QT_TRANSLATE_NOOP("kind_words", "How much more finding all counts than naming none too many"),
    "exact": QT_TRANSLATE_NOOP("kind_words", "Letter by letter, capitals too"),
    "absolute": QT_TRANSLATE_NOOP("kind_words", "May differ by"),
    "relative": QT_TRANSLATE_NOOP("kind_words", "or by this share of it (0.05 is 5 %)"),
    "band": QT_TRANSLATE_NOOP("kind_words", "beyond that, down to nothing over"),
    "decimal": QT_TRANSLATE_NOOP("kind_words", "Amounts are written"),
    "percent": QT_TRANSLATE_NOOP("kind_words", "Percent"),
    "days": QT_TRANSLATE_NOOP("kind_words", "May differ by days"),
    "order": QT_TRANSLATE_NOOP("kind_words", "Dates are written"),
    "ratio": QT_TRANSLATE_NOOP("kind_words", "What is compared"),
    "floor": QT_TRANSLATE_NOOP("kind_words", "Worth nothing up to a likeness of"),
    "ceiling": QT_TRANSLATE_NOOP("kind_words", "Worth everything from"),
    "min_chars": QT_TRANSLATE_NOOP("kind_words", "At least so many characters"),
    "max_chars": QT_TRANSLATE_NOOP("kind_words", "At most so many characters"),
    "json_schema": QT_TRANSLATE_NOOP("kind_words", "JSON Schema that the answer must fit"),
    "reads": QT_TRANSLATE_NOOP("kind_words", "Depends on these fields of the question"),
    "source": QT_TRANSLATE_NOOP("kind_words", "Own code, in Python"),
}

# "parameter.choice" -> what people see.
_CHOICES = {
    "metric.f_beta": QT_TRANSLATE_NOOP("kind_words", "Both together"),
    "metric.precision": QT_TRANSLATE_NOOP("kind_words", "How many of those named are right"),
    "metric.recall": QT_TRANSLATE_NOOP("kind_words", "How many of the right ones are named"),
    "decimal..": QT_TRANSLATE_NOOP("kind_words", "1,234.56"),
    "decimal.,": QT_TRANSLATE_NOOP("kind_words", "1.234,56"),
    "percent.keep": QT_TRANSLATE_NOOP("kind_words", "15 % is 15"),
    "percent.fraction": QT_TRANSLATE_NOOP("kind_words", "15 % is 0.15"),
    "order.dmy": QT_TRANSLATE_NOOP("kind_words", "Day, month, year"),
    "order.mdy": QT_TRANSLATE_NOOP("kind_words", "Month, day, year"),
    "order.ymd": QT_TRANSLATE_NOOP("kind_words", "Year, month, day"),
    "ratio.ratio": QT_TRANSLATE_NOOP("kind_words", "The whole texts"),
    "ratio.partial": QT_TRANSLATE_NOOP("kind_words", "The passage that fits best"),
    "ratio.token_set": QT_TRANSLATE_NOOP("kind_words", "The words, in any order"),
}

# What a kind does, in one sentence.
_SENTENCES = {
    "judged": QT_TRANSLATE_NOOP("kind_words", "A model or a person reads the wording and picks a grade."),
    "labels": QT_TRANSLATE_NOOP("kind_words", "A program compares the labels named with the right ones."),
    "choice": QT_TRANSLATE_NOOP("kind_words", "A program looks whether the one right choice is named."),
    "number": QT_TRANSLATE_NOOP("kind_words", "A program compares an amount with the right one."),
    "date": QT_TRANSLATE_NOOP("kind_words", "A program compares a date with the right one."),
    "mentions": QT_TRANSLATE_NOOP("kind_words", "A program counts which of these the answer mentions."),
    "forbids": QT_TRANSLATE_NOOP("kind_words", "A program looks that the answer mentions none of these."),
    "similar": QT_TRANSLATE_NOOP(
        "kind_words", "A program compares the answer with a text, letter by letter."
    ),
    "format": QT_TRANSLATE_NOOP("kind_words", "A program looks at the form and the length of the answer."),
    "python": QT_TRANSLATE_NOOP("kind_words", "Your own code marks this point."),
    "grader": QT_TRANSLATE_NOOP("kind_words", "A grader that came with a file marks this point, as it is."),
}


def parameter_name(kind: str, parameter: str) -> str:
    """Return what the form calls a parameter of a kind."""
    text = _NAMES.get(f"{kind}.{parameter}") or _NAMES[parameter]
    return QCoreApplication.translate("kind_words", str(text))


def choice_name(parameter: str, choice: str) -> str:
    """Return what people see for one of a parameter's choices."""
    return QCoreApplication.translate("kind_words", str(_CHOICES[f"{parameter}.{choice}"]))


def kind_sentence(kind: str) -> str:
    """Return in one sentence what a kind of point does."""
    return QCoreApplication.translate("kind_words", str(_SENTENCES[kind]))
