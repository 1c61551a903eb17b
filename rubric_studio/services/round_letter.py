"""The message that goes with a packet: what it is, how long it takes, how it comes back. It sends nothing."""

from typing import Literal, NamedTuple

from rubric_studio.domain.packet import ANSWERS_ENDING
from rubric_studio.domain.round import RoundPlan
from rubric_studio.services.workload import Workload

Form = Literal["program", "sheet"]
"""A file for this program, or a sheet for those who cannot install it."""
SHORT_MINUTES = 100


class Letter(NamedTuple):
    """A message as plain text."""

    subject: str
    body: str


def round_letter(
    plan: RoundPlan,
    work: Workload,
    *,
    project: str,
    lead: str,
    file: str,
    size: int,
    form: Form = "program",
) -> Letter:
    """Write the message to one expert.

    Args:
        work: what she has to do.
        project: the project's name.
        lead: the name of whoever started the round.
        file: the name of the file that goes with the message.
        size: its size in bytes.
    """
    paragraphs = [
        f"Dear {work.name},",
        (
            f"with this comes {file} ({size_words(size)}): your part of round {plan.number}, "
            f'"{plan.title}", of the project "{project}".'
        ),
        # What comes twice is not told: it is there to be met unawares.
        (
            f"It holds {work.samples + work.repeats} answers to {_questions(work.rows)}, about "
            f"{_rounded(work.words):,} words to read and {work.marks:,} marks to give. That takes about "
            f"{time_words(work.minutes)}. You can stop and go on whenever you like."
        ),
        *(_with_program() if form == "program" else _with_sheet(file)),
        (
            "Everybody scores alone. Your file holds nobody else's marks, and nobody, I included, is shown yours "
            "before the round is closed. So please do not talk about these answers with the others until then."
        ),
        *(_about_figures() if plan.tells_lead else ()),
        f"Thank you\n{lead}" if lead else "Thank you",
    ]
    return Letter(f"Round {plan.number} of {project}: your part to score", "\n\n".join(paragraphs) + "\n")


def _with_program() -> tuple[str, ...]:
    return (
        (
            "To open it: save the file on your computer, start Rubric Studio and choose "
            '"Open what a colleague sent". Every mark is saved as soon as you give it.'
        ),
        (
            'To send it back: choose "Hand in". The program then saves a small file, whose name ends in '
            f"{ANSWERS_ENDING}. Send me that file in reply to this message, or put it into the folder that we share. "
            "You may also send what you have so far, and the rest later."
        ),
    )


def _with_sheet(file: str) -> tuple[str, ...]:
    return (
        (
            "To fill it in: save the file on your computer and open it with Excel or LibreOffice. Choose a grade from "
            "the list in each cell that is open, and write a reason where you want to. All other cells are locked."
        ),
        f"To send it back: save {file} under its name and send it to me in reply to this message.",
    )


def _about_figures() -> tuple[str, ...]:
    return (
        "In this round I am also told figures of single people, such as how each of us compares with the rest.",
    )


def size_words(size: int) -> str:
    """A size as people say it: "12 kB", "3.4 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def time_words(minutes: float) -> str:
    """A time as people say it: "25 minutes", "3.5 hours"."""
    if minutes < SHORT_MINUTES:
        return f"{max(5, 5 * round(minutes / 5))} minutes"
    halves = round(minutes / 30)
    return f"{halves // 2} hours" if halves % 2 == 0 else f"{halves / 2:.1f} hours"


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"


def _rounded(words: int) -> int:
    """Two leading digits are enough to plan by."""
    step = 10 ** max(0, len(str(words)) - 2)
    return step * round(words / step)
