"""One run: its context, and what is sealed under its key."""
