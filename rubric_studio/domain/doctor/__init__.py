"""The doctor for a rubric's wording: small detectors that need no model. `examination.py` puts them together."""
