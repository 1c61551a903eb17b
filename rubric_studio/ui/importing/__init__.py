"""Bringing files in: the wizard, its steps, and the list of imports."""
