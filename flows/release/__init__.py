"""Releases: made, signed, published, and verified from outside."""
