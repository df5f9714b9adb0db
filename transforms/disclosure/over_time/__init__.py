"""Releases beside each other: what they prove together."""
