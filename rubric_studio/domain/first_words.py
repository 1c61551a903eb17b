"""The beginning of a text on one line, to know it by. The text itself stays where it is."""

USUAL = 90


def first_words(text: str, most: int = USUAL) -> str:
    """Return a text's first letters with every break and run of spaces as one space; "…" where more follows."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
