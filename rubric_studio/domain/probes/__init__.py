"""Probes: made-up outputs that a good grader must score low, or high. Pure generators; nothing is scored here."""
