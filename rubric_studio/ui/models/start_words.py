"""What is said before a run starts: what leaves, how many calls, how it was estimated. Computes nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.redaction import Identifier
from rubric_studio.domain.run import RunPlan
from rubric_studio.services.estimate import Estimate, Finding, Part, Tokens
from rubric_studio.ui.number_text import count_text

MOST_SHOWN = 3


def tr(text: str) -> str:
    """Translate a text of the sheet."""
    return QCoreApplication.translate("start_sheet", text)


def heading_text(plan: RunPlan, number: int, of: int) -> str:
    """Return what a sheet is about; of several that come one after the other, which it is."""
    if of == 1:
        return tr("Before it starts")
    words = tr("Before it starts: {model} ({number} of {of})")
    return words.format(model=plan.model, number=number, of=of)


def goes_where(plan: RunPlan, connection: Connection | None) -> str:
    """Return which model on which server gets the texts."""
    host = connection.host if connection else plan.endpoint
    if connection is not None and connection.is_local:
        words = tr("Nothing leaves this computer. {model} runs here, at {host}, and reads:")
    else:
        words = tr("This goes to {model} at {host} ({name}):")
    return words.format(model=plan.model, host=host, name=plan.connection_name)


def part_text(part: Part, fields: Sequence[str]) -> str:
    """Return a part of the project in plain words."""
    return {
        "question": tr("the text of each question"),
        "fields": tr("from the questions' reference: {fields}").format(fields=", ".join(fields)),
        "answer": tr("each answer that is marked"),
        "wording": tr("the words of the points and their grades"),
        "anchors": tr("passages that show what a grade means"),
        "instructions": tr("your own instructions"),
        "schema": tr("the form that answers shall have"),
        "reasons": tr("grades and reasons given where experts differ, without names"),
    }[part]


def calls_text(estimate: Estimate) -> str:
    """Return how many calls there are, and how many must be made."""
    if not estimate.known:
        one, several = tr("One call to make."), tr("{calls} calls to make.")
        return one if estimate.calls == 1 else several.format(calls=count_text(estimate.calls))
    words = tr("{calls} calls planned, {known} of them answered already and free: {rest} to make.")
    return words.format(
        calls=count_text(estimate.calls),
        known=count_text(estimate.known),
        rest=count_text(estimate.to_ask),
    )


def tokens_text(tokens: Tokens) -> str:
    """Return an amount of tokens with its ends."""
    low, high = round_text(tokens.low), round_text(tokens.high)
    return low if low == high else tr("{low} – {high}").format(low=low, high=high)


def how_text(tokens: Tokens) -> str:
    """Return how an amount of tokens was found."""
    return {
        "earlier": tr("as {seen} earlier answers of this model here").format(seen=tokens.seen),
        "characters": tr("from the number of characters"),
        "limit": tr("a guess, at most the limit you set"),
        "guess": tr("a guess: nothing of this model is known here yet"),
    }[tokens.source]


def round_text(count: float) -> str:
    """Return a count with two figures that mean something: an estimate knows no more."""
    whole = round(count)
    unit = 10 ** max(0, len(str(whole)) - 2)
    return count_text(round(whole / unit) * unit)


def looked_text(estimate: Estimate) -> str:
    """Return how much of the order the estimate rests on; "" where it is all of it."""
    if estimate.looked_at >= estimate.calls:
        return ""
    words = tr("Estimated from {looked} calls spread over all {calls}.")
    return words.format(looked=count_text(estimate.looked_at), calls=count_text(estimate.calls))


def identifier_name(identifier: Identifier) -> str:
    """Return what an identifier is called."""
    return {
        "tax": tr("Tax and insurance numbers"),
        "vat": tr("VAT numbers"),
        "iban": tr("Bank accounts (IBAN)"),
        "email": tr("E-mail addresses"),
        "phone": tr("Phone numbers"),
    }[identifier]


def found_text(finding: Finding | None, looked_at: int) -> str:
    """Return how many of a kind were found, with the first of them."""
    if finding is None:
        return tr("none found")
    shown = ", ".join(finding.first[:MOST_SHOWN])
    more = " …" if finding.things > MOST_SHOWN else ""
    words = tr("{things} found, in {calls} of {looked} calls: {shown}")
    return words.format(things=finding.things, calls=finding.calls, looked=looked_at, shown=shown + more)


def start_text(estimate: Estimate | None, *, offline: bool) -> str:
    """Return what the button says that starts the run."""
    if estimate is None or not estimate.calls:
        return tr("Start")
    count = count_text(estimate.to_ask)
    if not estimate.to_ask:
        return tr("Take {count} answers at hand").format(count=count_text(estimate.known))
    is_one = estimate.to_ask == 1
    if offline:
        words = tr("Go online and start one call") if is_one else tr("Go online and start {count} calls")
    else:
        words = tr("Start one call") if is_one else tr("Start {count} calls")
    return words.format(count=count)
