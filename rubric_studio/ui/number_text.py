"""Numbers as people read them: two decimals for scores, a sign for differences. Computes nothing."""

MINUS = "\N{MINUS SIGN}"


def score_text(value: float) -> str:
    """Return a score with two decimals: "0.62"."""
    return f"{value:.2f}"


def range_text(low: float, high: float) -> str:
    """Return the two ends between which a score lies: "0.35 – 0.80"."""
    return f"{low:.2f} \N{EN DASH} {high:.2f}"


def difference_text(difference: float) -> str:
    """Return a difference with its sign, or "" where two decimals would show none: "+0.08"."""
    rounded = round(difference, 2)
    if rounded == 0:
        return ""
    return f"{'+' if rounded > 0 else MINUS}{abs(rounded):.2f}"


def signed_text(difference: float) -> str:
    """Return a difference with its sign, nought too: "+0.08", "0.00"."""
    return difference_text(difference) or score_text(0.0)


def share_text(share: float) -> str:
    """Return a share in percent without decimals: "62 %"."""
    return f"{share * 100:.0f} %"


def count_text(count: int) -> str:
    """Return a count with its thousands apart: "32,767"."""
    return f"{count:,}"


def weight_text(weight: float) -> str:
    """Return a weight as short as it can be said, three figures at most: "4", "0.25"."""
    return f"{abs(weight):.3g}" if weight >= 0 else f"{MINUS}{abs(weight):.3g}"
