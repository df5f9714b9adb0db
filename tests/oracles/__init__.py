"""Oracles: the same answers by other means, in plain Python or from outside."""
