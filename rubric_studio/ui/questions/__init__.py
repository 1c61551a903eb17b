"""The Questions page: the table of rows, one of them beside it, flags and decisions."""
