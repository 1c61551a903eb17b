"""The mark of tests in which a trainer's own package runs."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known, so that `-m "not trainer"` leaves these tests out."""
    config.addinivalue_line("markers", "trainer: a trainer's own package runs, in an environment of its own")
