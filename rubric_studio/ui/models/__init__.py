"""The Models page: connections, sampling, judges, runs, and the sheet before a run."""
