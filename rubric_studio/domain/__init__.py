"""The words and values of Rubric Studio: no Qt, no database, no network, no file, no clock."""
