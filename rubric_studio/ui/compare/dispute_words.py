"""What is said of disputes: grades, sizes, causes, how they stand. It looks nothing up and decides nothing."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.rubric import Level
from rubric_studio.services.asked import Asked
from rubric_studio.services.disputes import Dispute, Disputes, Said
from rubric_studio.services.settling_disputes import Decision, Opinion
from rubric_studio.ui.labels import label
from rubric_studio.ui.number_text import count_text, score_text
from rubric_studio.ui.state_shape import Shape, shape_of

NA_KEY = "N"
STANDARD = ("fully", "partly", "no", "yes")


def tr(text: str) -> str:
    """Translate a text about disputes."""
    return QCoreApplication.translate("disputes", text)


def level_name(key: str) -> str:
    """Return a grade's name as people see it."""
    return label(f"level.{key}") if key in STANDARD else key


def grade_text(said: Said) -> str:
    """Return what somebody gave."""
    if said.says_na:
        return label("shape.not_applicable")
    if said.verdict.level is not None:
        return level_name(said.verdict.level)
    return "" if said.worth is None else score_text(said.worth)


def shape_said(asked: Asked, said: Said) -> Shape:
    """Return the shape of what somebody gave."""
    if said.says_na or said.worth is None:
        return Shape.NOT_APPLICABLE
    return shape_of(min(1.0, max(0.0, said.worth)), costs_points=asked.weight < 0)


def by_worth(levels: tuple[Level, ...]) -> list[Level]:
    """Return grades in the order of their keys 1, 2, 3: the best first."""
    return sorted(levels, key=lambda level: -level.value)


def cause_words(cause: str) -> str:
    """Return why people differed."""
    return label(f"cause.{cause}")


def standing_words(dispute: Dispute) -> str:
    """Return how a dispute stands, in a word or two."""
    if dispute.dropped:
        return tr("question dropped")
    decision = dispute.decision
    if decision is None:
        return ""
    if decision.is_open:
        return tr("left open")
    return tr("decided: {grade}").format(grade=decided_words(decision))


def decided_words(decision: Decision) -> str:
    """Return what was decided."""
    if decision.is_open:
        return tr("left open")
    if decision.value is None:
        return label("shape.not_applicable")
    return level_name(decision.level) if decision.level is not None else score_text(decision.value)


def opinion_words(opinion: Opinion) -> str:
    """Return what one side of an open question holds."""
    if opinion.level is not None:
        return level_name(opinion.level)
    return label("shape.not_applicable") if opinion.value is None else score_text(opinion.value)


def size_words(dispute: Dispute) -> str:
    """Return how far they lie apart and what that does to the answer's score."""
    words = tr("{size} apart; it moves the score by up to {moves}")
    return words.format(size=score_text(dispute.size), moves=score_text(dispute.moves))


def found_words(found: Disputes, shown: int) -> str:
    """Return how many there are, and what is not among them."""
    if not found.compared:
        return ""
    both = {
        "n": count_text(len(found)),
        "of": count_text(found.compared),
        "same": count_text(found.undisputed),
    }
    words = tr("{n} of {of} compared marks differ; {same} are undisputed and left out.").format(**both)
    if shown != len(found):
        words = tr("{shown} shown. {all}").format(shown=count_text(shown), all=words)
    if found.held_out == 1:
        words += " " + tr("1 difference lies in the part that is held out, and stays unseen.")
    elif found.held_out:
        more = tr("{n} differences lie in the part that is held out, and stay unseen.")
        words += " " + more.format(n=count_text(found.held_out))
    return words


def raters_line(dispute: Dispute, letters: Mapping[str, str]) -> str:
    """Return who gave what, for those who hear the list: "Anna fully, Bruno no"."""
    return ", ".join(f"{letters.get(each.rater, each.name)} {grade_text(each)}" for each in dispute.said)


def initials(name: str) -> str:
    """Return the first letters of the first and the last name."""
    words = name.split()
    return "".join(word[0] for word in (words if len(words) < 2 else (words[0], words[-1]))).upper()


def letters_apart(letters: dict[str, str]) -> dict[str, str]:
    """Give people with the same initials a number each."""
    found: dict[str, str] = {}
    for person, own in letters.items():
        same = [other for other, theirs in letters.items() if theirs == own]
        found[person] = own if len(same) == 1 else f"{own}{same.index(person) + 1}"
    return found


def nothing_words(found: Disputes) -> str:
    """Return why nothing is listed."""
    if not found.compared:
        return tr(
            "No two people have marked the same answer yet, or their round is not closed. In a round several people "
            "mark the same answers, each alone; once it is closed, this page shows where they differ."
        )
    return found_words(found, 0)
