"""The questions that each way asks; a file without imports, as every environment runs it."""

WORDS = "The taxpayer travelled for the whole month and kept no receipts. "


def question(number: int) -> str:
    """One of any number of different questions, some 500 characters long."""
    return f"Question {number}: " + WORDS * 7 + "What may be deducted?"
