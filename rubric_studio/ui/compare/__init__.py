"""Where experts agree and where they differ, and how that ends."""
