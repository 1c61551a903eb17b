"""The page on which the scoring guide is written, with the answers it scores beside it."""
