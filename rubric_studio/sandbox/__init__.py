"""Where work runs that may hang or must not be trusted, away from the window's process."""
