"""What a user wants done: one function per thing, handed the adapters that it uses."""
