"""Word lists of the doctor, one language a file. A language without a list is never remarked on."""
