"""Second implementations that nobody here wrote: their numbers, and the scripts that asked them."""
