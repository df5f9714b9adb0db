"""Sums and means: rules, search, audit, and what may be released."""
