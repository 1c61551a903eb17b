"""What is asked before somebody else's run goes on, and before one ends for good or is deleted."""

from rubric_studio.domain.run import RunSummary
from rubric_studio.services.taking_away import WhatGoes
from rubric_studio.ui.labels import counted
from rubric_studio.ui.message import Choice
from rubric_studio.ui.models.run_words import redaction_text, tr
from rubric_studio.ui.number_text import count_text


def cancelling(run: RunSummary) -> Choice:
    """Ask whether a run shall end before it is through."""
    text = tr(
        "{n} calls are not made any more, and the run cannot go on later. What was answered stays. "
        "To go on another time, pause it instead."
    )
    if run.sent:
        text = tr(
            "{n} calls end here, and the run cannot go on later. {sent} of them are in a batch, which is ended at the "
            "provider: what it has answered there by now is not fetched, and may be charged. What came back stays. "
            "To have the rest another time, pause the run instead."
        )
    return Choice(
        title=tr("Cancel {title}?").format(title=run.plan.title),
        text=text.format(n=count_text(run.open), sent=count_text(run.sent)),
        accept=tr("Cancel the run"),
        reject=tr("Keep it"),
        dangerous=True,
    )


def going_on(run: RunSummary, person: str, calls: int) -> Choice:
    """Ask whether calls that somebody else planned shall go out from this computer."""
    text = tr(
        "{person} planned this run, so you have not seen yet what goes out. From this computer and at the cost of "
        "your connection, up to {n} calls go to {model} at {address}. Taken out before: {redaction}."
    )
    plan = run.plan
    return Choice(
        title=tr("Go on with {title}?").format(title=plan.title),
        text=text.format(
            person=person or tr("Somebody else"),
            n=count_text(calls),
            model=plan.model,
            address=plan.endpoint,
            redaction=redaction_text(plan.redaction),
        ),
        accept=tr("Send them"),
        reject=tr("Send nothing"),
        dangerous=True,
    )


def deleting(run: RunSummary, goes: WhatGoes) -> Choice:
    """Ask whether a run shall go, saying what goes with it."""
    counts = (("sample", goes.samples), ("verdict", goes.judge_verdicts))
    things = ", ".join(counted(word, count) for word, count in counts if count)
    if not things:
        text = tr("Nothing else goes with it.")
    elif goes.retired:
        text = tr("People have marked, flagged or decided here. So this is hidden, not deleted: {things}.")
    else:
        text = tr("This goes with it: {things}.")
    paid = tr("The answers that were paid stay known: asked again in the same words, they cost nothing.")
    return Choice(
        title=tr("Delete {title}?").format(title=run.plan.title),
        text=f"{text.format(things=things)}\n\n{paid}",
        accept=tr("Delete it"),
        reject=tr("Keep it"),
        dangerous=True,
    )
