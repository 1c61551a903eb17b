"""How a run is told in words: its state, its numbers, what was asked. Reads nothing and draws nothing."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.connection import is_this_computer
from rubric_studio.domain.model_call import Parameters, Usage
from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.run import RunPlan, RunState, RunSummary
from rubric_studio.services.run_progress import RunProgress
from rubric_studio.ui.day_text import time_text
from rubric_studio.ui.number_text import count_text

PAUSING = "pausing"
THOUSAND, MILLION = 1_000, 1_000_000

STATE_ICONS: dict[str, str] = {
    RunState.WAITING: "more",
    RunState.RUNNING: "play",
    PAUSING: "pause",
    RunState.PAUSED: "pause",
    RunState.DONE: "check",
    RunState.CANCELLED: "close",
}
STATE_ROLES: dict[str, str] = {
    RunState.RUNNING: "accent",
    RunState.PAUSED: "partly",
    PAUSING: "partly",
    RunState.DONE: "met",
}


def tr(text: str) -> str:
    """Translate a text of the runs."""
    return QCoreApplication.translate("runs", text)


def state_text(state: str) -> str:
    """Return a state in one word."""
    return {
        RunState.WAITING: tr("Waiting"),
        RunState.RUNNING: tr("Under way"),
        PAUSING: tr("Pausing"),
        RunState.PAUSED: tr("Paused"),
        RunState.DONE: tr("Done"),
        RunState.CANCELLED: tr("Cancelled"),
    }[RunState(state) if state != PAUSING else PAUSING]


def purpose_text(plan: RunPlan) -> str:
    """Return what a run is for."""
    if plan.purpose == "sampling":
        return tr("Fresh answers")
    if plan.purpose == "judging":
        return tr("Marks by {judge}").format(judge=plan.judge.rater if plan.judge else plan.model)
    if plan.purpose == "wording":
        return tr("Another wording for {point}").format(point=plan.title)
    return tr("Has {judge} changed?").format(judge=plan.judge.rater if plan.judge else plan.model)


def where_text(plan: RunPlan) -> str:
    """Return which model was asked, and where."""
    text = tr("{model} at {server}").format(model=plan.model, server=plan.connection_name)
    return tr("{what}, as a batch").format(what=text) if plan.batch else text


def counts_text(run: RunSummary) -> str:
    """Return how far it is: "812 of 2,000 calls"."""
    return tr("{done} of {total} calls").format(done=count_text(run.done), total=count_text(run.calls))


def flying_text(calls: int) -> str:
    """Return "1 call" or "8 calls"."""
    return tr("1 call") if calls == 1 else tr("{n} calls").format(n=count_text(calls))


def failed_text(failed: int) -> str:
    """Return "12 failed"."""
    return tr("{n} failed").format(n=count_text(failed))


def pace_text(progress: RunProgress) -> str:
    """Return rate and time left: "4.2 a second, about 5 min left"; "" before there is a pace."""
    if progress.calls_per_second <= 0:
        return ""
    rate = progress.calls_per_second
    text = tr("{n} a second").format(n=f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}")
    if rate < 0.5:
        text = tr("{n} a minute").format(n=f"{rate * 60:.0f}" if rate * 60 >= 10 else f"{rate * 60:.1f}")
    left = left_text(progress.seconds_left)
    return f"{text}, {left}" if left else text


def left_text(seconds: float | None) -> str:
    """Return a time left as people say it; "" where it is not known."""
    if seconds is None:
        return ""
    if seconds < 60:
        return tr("less than a minute left")
    if seconds < 5400:
        return tr("about {n} min left").format(n=round(seconds / 60))
    return tr("about {n} h left").format(n=round(seconds / 3600))


def tokens_text(usage: Usage) -> str:
    """Return how many tokens went there and back: "1.2 M tokens"."""
    count = usage.prompt + usage.answer
    if count >= MILLION:
        return tr("{n} M tokens").format(n=f"{count / MILLION:.3g}")
    if count >= 10 * THOUSAND:
        return tr("{n} k tokens").format(n=f"{count / THOUSAND:.0f}")
    return tr("{n} tokens").format(n=count_text(count))


def token_details(usage: Usage) -> str:
    """Return where the tokens went."""
    parts = [
        tr("{n} asked").format(n=count_text(usage.prompt)),
        tr("{n} answered").format(n=count_text(usage.answer)),
    ]
    if usage.reasoning:
        parts.append(tr("{n} of them for thinking").format(n=count_text(usage.reasoning)))
    if usage.cached:
        parts.append(tr("{n} asked at the price of repeated words").format(n=count_text(usage.cached)))
    return ", ".join(parts)


def cost_text(run: RunSummary, cost: float | None = None) -> str:
    """Return what it cost so far, of the budget where there is one: "0.84 of 5.00 USD".

    "" where the model runs on this computer and nobody gave it a price.
    """
    spent = run.cost if cost is None else cost
    if run.plan.price is None or spent is None:
        return "" if is_this_computer(run.plan.endpoint) else tr("no price known")
    currency = run.plan.price.currency
    if run.plan.budget is None:
        return f"{money_text(spent)} {currency}"
    budget = money_text(run.plan.budget)
    return tr("{spent} of {budget} {currency}").format(
        spent=money_text(spent), budget=budget, currency=currency
    )


def money_text(amount: float) -> str:
    """Return an amount with two decimals; less than a hundredth says so."""
    return "< 0.01" if 0 < amount < 0.005 else f"{amount:,.2f}"


def when_text(run: RunSummary, person: str) -> str:
    """Return who began it and when."""
    day = time_text(run.at) if run.at else ""
    return tr("{day}, by {person}").format(day=day, person=person) if day and person else day or person


def asked_lines(plan: RunPlan) -> list[tuple[str, str]]:
    """Return what was asked, as heading and words, line by line."""
    lines = [(tr("Model"), tr("{model} at {address}").format(model=plan.model, address=plan.endpoint))]
    if plan.prompt is not None:
        is_plain = plan.prompt == AS_IT_STANDS  # nobody wrote it: it has no versions
        lines.append((tr("Way of asking"), plan.prompt.name if is_plain else plan.prompt.title))
        if plan.prompt.response is not None:
            lines.append((tr("Form of the answer"), plan.prompt.response.name))
    if plan.purpose == "sampling":
        lines.append((tr("Answers per question"), count_text(plan.per_row)))
    if plan.judge is not None:
        lines += _judge_lines(plan)
    lines.append((tr("Settings"), parameters_text(plan.parameters)))
    lines.append((tr("Taken out before"), redaction_text(plan.redaction)))
    if plan.budget is not None and plan.price is not None:
        lines.append((tr("Pauses at"), f"{money_text(plan.budget)} {plan.price.currency}"))
    return lines


def _judge_lines(plan: RunPlan) -> list[tuple[str, str]]:
    assert plan.judge is not None
    modes = {
        "criterion": tr("one call for each point"),
        "stratum": tr("one call for each part"),
        "sample": tr("one call for each answer"),
    }
    lines = [(tr("Marks as"), f"{plan.judge.rater}, {modes[plan.judge.mode]}")]
    if plan.judge.repeats > 1:
        lines.append((tr("Asked"), tr("{n} times each").format(n=plan.judge.repeats)))
    return lines


def parameters_text(parameters: Parameters) -> str:
    """Return the settings that were chosen; the others are the server's own."""
    said = [
        (parameters.temperature, tr("temperature {0}")),
        (parameters.reasoning_effort, tr("thinking {0}")),
        (parameters.max_tokens, tr("at most {0} tokens")),
        (parameters.seed, tr("seed {0}")),
    ]
    parts = [words.format(value) for value, words in said if value is not None]
    return ", ".join(parts) or tr("as the server has them")


def redaction_text(redaction: Redaction) -> str:
    """Return what was taken out of the texts before they left."""
    names = {
        "tax": tr("tax numbers"),
        "vat": tr("VAT numbers"),
        "iban": tr("bank accounts"),
        "email": tr("e-mail addresses"),
        "phone": tr("telephone numbers"),
    }
    parts = [names[each] for each in redaction.identifiers]
    if redaction.fields:
        parts.append(tr("the fields {0}").format(", ".join(redaction.fields)))
    if redaction.names:
        parts.append(tr("{0} names").format(len(redaction.names)))
    return ", ".join(parts) or tr("nothing: texts left as they stand")
