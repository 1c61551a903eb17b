"""How a rubric becomes a score: checks, formula, and the neutral plan that every target writes."""
