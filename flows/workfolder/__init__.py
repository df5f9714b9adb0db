"""The work folder: its paths, atomic files, inbox, and municipality."""
