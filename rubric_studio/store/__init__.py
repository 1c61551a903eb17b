"""Where a project is kept: one SQLite file of immutable records and rebuildable machine work."""
