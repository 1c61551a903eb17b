"""The report on rounds as one HTML page that loads nothing, prints well and is simple enough for Qt's own printer.

Every text in it is escaped. The values are made elsewhere; here are only the words for their codes.
"""

from jinja2 import Environment, StrictUndefined

from rubric_studio.domain.round_report import ReportFigure, RoundReport
from rubric_studio.targets.sources import template

STATISTICS = {
    "percent": "Same grade (share of pairs)",
    "cohen_quadratic": "Cohen's kappa, quadratic weights",
    "fleiss": "Fleiss' kappa",
    "alpha_nominal": "Krippendorff's alpha, nominal",
    "alpha_ordinal": "Krippendorff's alpha, ordinal",
    "alpha_interval": "Krippendorff's alpha, interval",
    "ac1": "Gwet's AC1",
    "ac2": "Gwet's AC2",
    "icc_2_1": "ICC(2,1)",
}
FINAL_REASONS = {
    "nothing held out": "no question was held out",
    "not scored": "the part that was held out was not marked by two people yet",
    "other wording": "the part that was held out was marked under words that have changed since",
    "one expert": "one expert alone marked the part that was held out",
}
STANDINGS = {
    "reached": "It was reached.",
    "not yet": "It was not reached.",
    "cannot be said": "Whether it was reached cannot be said.",
}
CAUSES = {
    "wording": "unclear wording",
    "fact": "a fact is missing in the question",
    "law": "open question of law",
    "slip": "a slip",
}


def agreement_page(report: RoundReport) -> bytes:
    """The page, UTF-8 with LF."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "statistic": lambda name: STATISTICS.get(name, name),
        "final_reason": lambda reason: FINAL_REASONS.get(reason, reason),
        "standing": lambda standing: STANDINGS.get(standing, standing),
        "cause": lambda cause: CAUSES.get(cause, cause),
        "value": _value,
        "ends": _ends,
        "share": _share,
        "between_shares": _between_shares,
        "two": _two,
        "signed": _signed,
        "count": _count,
        "p_value": lambda p: "p < .001" if p < 0.001 else f"p = {p:.3f}",
        "day": lambda at: at[:10],
    }
    page = environment.from_string(template("agreement.html")).render(report=report)
    return page.encode("utf-8", "backslashreplace")


def _two(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}".replace("-", "−")


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _value(figure: ReportFigure) -> str:
    if figure.value is None:
        return "–"
    return _share(figure) if figure.name == "percent" else _two(figure.value)


def _ends(figure: ReportFigure) -> str:
    if figure.low is None or figure.high is None:
        return "–"
    if figure.name == "percent":
        return f"{_percent(figure.low)} to {_percent(figure.high)}"
    return f"{_two(figure.low)} to {_two(figure.high)}"


def _share(figure: ReportFigure) -> str:
    return "–" if figure.value is None else _percent(figure.value)


def _between_shares(figure: ReportFigure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f" ({_percent(figure.low)} to {_percent(figure.high)})"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
