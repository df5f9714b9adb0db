"""Counting: every declared cell of every table, zeros included."""
