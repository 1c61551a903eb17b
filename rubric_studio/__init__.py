"""Rubric Studio: where experts make the rows and the rubric that reinforcement fine-tuning stands on."""

__version__ = "0.1.0"
