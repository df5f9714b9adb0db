"""Checks of the measures that need a hand of their own: bytes, custody and sums of a release."""
