"""Money in words: amounts, prices, where a price comes from. Computes nothing."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.price import Price
from rubric_studio.services.estimate import Cost


def tr(text: str) -> str:
    """Translate a text of the prices."""
    return QCoreApplication.translate("prices", text)


def money_text(amount: float, currency: str) -> str:
    """Return an amount with as many decimals as it needs to say something: "0.004 USD", "12.50 USD"."""
    if 0 < amount < 0.001:
        return tr("less than 0.001 {currency}").format(currency=currency)
    shown = f"{amount:,.2f}" if amount < 1000 else f"{amount:,.0f}"
    if 0 < amount < 0.1:
        shown = f"{amount:.3f}".removesuffix("0")
    return tr("{amount} {currency}").format(amount=shown, currency=currency)


def cost_text(cost: Cost) -> str:
    """Return the ends of a cost: "0.40 – 1.20 USD"."""
    low, high = money_text(cost.low, cost.currency), money_text(cost.high, cost.currency)
    if low == high:
        return high
    ending = f" {cost.currency}"
    return tr("{low} – {high}").format(low=low.removesuffix(ending), high=high)


def price_text(price: Price) -> str:
    """Return what a price is and where it comes from."""
    words = tr("{model}: {prompt} a million prompt tokens, {answer} a million answer tokens").format(
        model=price.model,
        prompt=money_text(price.prompt, price.currency),
        answer=money_text(price.answer, price.currency),
    )
    as_of = tr("as of {date}").format(date=price.as_of) if price.as_of else tr("not dated")
    return tr("{price}, {as_of}.").format(price=words, as_of=as_of)
