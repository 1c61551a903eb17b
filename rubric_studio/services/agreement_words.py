"""What the command line says of a statistic: why it is withheld, which to trust and why. The window has its own."""

WITHHELD = {
    "": "it has no value here",
    "too few": "too few answers were marked twice",
    "one level": "all grades that it compares are the same",
    "constant": "one of the two always gave the same grade",
    "no overlap": "no answer was marked by two raters",
    "one rater": "fewer than two raters marked this",
    "incomplete": "fewer than two answers were marked by every rater",
    "no spread": "the answers do not differ by more than the raters do",
}

TRUSTED = {
    "none": "no figure",
    "percent": "the share of equal grades",
    "cohen": "Cohen's kappa",
    "fleiss": "Fleiss' kappa",
    "alpha_nominal": "alpha, nominal",
    "alpha_ordinal": "alpha, ordinal",
    "alpha_interval": "alpha, interval",
    "ac1": "AC1",
    "ac2": "AC2",
    "icc_2_1": "ICC(2,1)",
}

WHY = {
    "one rater": "there is only one rater",
    "no overlap": "no answer was marked by two raters",
    "few": "only {n} answers were marked twice; {needed} would tell more",
    "one level": "all grades are the same",
    "continuous": "there are many different values",
    "skewed": "one grade makes up {share:.0%} of all, which pulls kappa and alpha down",
    "missing": "{share:.0%} of the marks are missing",
    "two raters": "there are two raters who marked the same answers",
    "ordered": "the grades have an order",
    "plain": "the grades have no order, and everybody marked everything",
}
