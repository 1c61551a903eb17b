"""The lead's side of rounds: starting one, sending packets, taking answers in, closing."""
