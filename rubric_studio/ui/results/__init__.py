"""The Results page: its plots, the same as tables, and the answers behind every bar and point."""
